package import Baselines
package import Findings
import RequisiteFiles
import SourceText

/// Which findings of a run the baseline accepts, and which of its entries are met.
struct BaselineAccount {
  private let files: any FileSystem
  private let accepted: KnownFindings.AcceptedFindings
  private var baseline: Baseline { accepted.baseline }
  /// What was seen of each file, by the bytes of its path.
  private var seen: [[UInt8]: SeenFile] = [:]
  /// The file at hand.
  private var file: SeenFile?
  /// Files of the baseline that are gone from disk, by the digests of their content; made when a
  /// file turns up that the baseline does not know.
  private var gone: [String: [[UInt8]]]?
  /// Files of the baseline that were found again under another name.
  private var followed: Set<[UInt8]> = []

  /// A file that the run looked at.
  private struct SeenFile {
    var path: String
    /// The path that the baseline knows it by; another one after it was renamed.
    var knownPath: [UInt8]?
    /// The digest of its content, where it was needed.
    var content: String?
    var hasContent = false
    /// How often a rule failed at a place so far.
    var ordinals: [Place: Int] = [:]
    /// The entries that findings were met for, as lines.
    var met: Set<[UInt8]> = []
    /// What the baseline does not accept.
    var new: [BaselineEntry] = []
    /// Which packs' rules were evaluated.
    var input: FilteredInput?
  }

  private struct Place: Hashable {
    var rule: RuleID
    var pointer: JSONPointer
  }

  init(_ accepted: KnownFindings.AcceptedFindings, in files: any FileSystem) {
    self.files = files
    self.accepted = accepted
  }

  /// The folder that the paths of the baseline are relative to.
  var root: String { accepted.root }

  // MARK: - During the run

  mutating func begin(_ input: FilteredInput) {
    guard let path = input.path(below: accepted.root) else {
      file = nil
      return
    }
    let key = Array(path.utf8)
    var file = seen[key] ?? SeenFile(path: path)
    // A file that is read again, after a fix, has the same findings, not others.
    file.ordinals = [:]
    if file.knownPath == nil, baseline.files[key] != nil { file.knownPath = key }
    self.file = file
  }

  /// Whether the baseline accepts a finding of the file at hand.
  mutating func accepts(_ finding: Finding, content: () -> String?) -> Bool {
    guard var file else { return false }
    // With a second owner, each change would copy all that is known of the file.
    self.file = nil
    defer { self.file = file }
    if file.knownPath == nil { follow(&file, content: content) }
    let pointer = finding.stablePointer ?? finding.pointer ?? JSONPointer()
    let place = Place(rule: finding.rule, pointer: pointer)
    let ordinal = file.ordinals[place, default: 0]
    file.ordinals[place] = ordinal + 1
    var entry = BaselineEntry(
      path: file.path, pointer: pointer.description, rule: finding.rule, ordinal: ordinal)
    if let known = file.knownPath.flatMap({ baseline.files[$0] }) {
      entry.path = known.path
      let line = entry.line
      if known.entries[line] != nil {
        file.met.insert(line)
        return true
      }
    }
    if accepted.recordsNew {
      entry.path = file.path
      file.new.append(entry)
    }
    return false
  }

  /// Looks for a file of the baseline that this one was, under a name that is gone.
  private mutating func follow(_ file: inout SeenFile, content: () -> String?) {
    guard !file.hasContent else { return }
    let gone = self.gone ?? goneFiles()
    self.gone = gone
    guard !gone.isEmpty else { return }
    file.content = content()
    file.hasContent = true
    guard let candidates = file.content.flatMap({ gone[$0] }),
      let known = candidates.first(where: { !followed.contains($0) })
    else { return }
    followed.insert(known)
    file.knownPath = known
  }

  private func goneFiles() -> [String: [[UInt8]]] {
    var gone: [String: [[UInt8]]] = [:]
    for (key, file) in baseline.files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    where !file.contents.isEmpty && isGone(file.path) {
      for content in file.contents { gone[content, default: []].append(key) }
    }
    return gone
  }

  private func isGone(_ path: String) -> Bool {
    files.kind(of: Paths.joined(accepted.root, path)) == .missing
  }

  mutating func end(_ input: FilteredInput, content: () -> String?) {
    guard var file else { return }
    file.input = input
    // Only what may be written down is hashed.
    if accepted.recordsNew, !file.hasContent, file.knownPath != nil || !file.new.isEmpty {
      file.content = content()
      file.hasContent = true
    }
    seen[Array(file.path.utf8)] = file
    self.file = nil
  }

  // MARK: - Afterwards

  /// What came of it.
  func outcome(_ rules: KnownRules) -> BaselineOutcome {
    var outcome = BaselineOutcome()
    var kept = Baseline()
    var known: Set<[UInt8]> = []
    for file in seen.values {
      for entry in file.new { outcome.new.append(entry) }
      guard let key = file.knownPath, let old = baseline.files[key] else { continue }
      known.insert(key)
      if !key.elementsEqual(file.path.utf8) {
        outcome.renamed.append(.init(from: old.path, to: file.path))
      }
      for (line, entry) in old.entries {
        let wasEvaluated =
          file.input.map { input in
            input.ran(entry.rule)
              || rules.isGone(entry.rule) && input.ranRules(ofPack: entry.rule.pack)
          } ?? false
        let isStale = wasEvaluated && !file.met.contains(line)
        if isStale {
          outcome.stale.append(entry)
        } else {
          var entry = entry
          entry.path = file.path
          kept.insert(entry)
        }
      }
    }
    for (key, old) in baseline.files where !known.contains(key) {
      let wasWalked = isWalked(old.path) && isGone(old.path)
      for entry in old.entries.values {
        if wasWalked, rules.isActive(entry.rule) || rules.isGone(entry.rule) {
          outcome.stale.append(entry)
        } else {
          kept.insert(entry)
        }
      }
      for content in old.contents { kept.insert(content: content, ofFileAt: old.path) }
    }
    for file in seen.values {
      if let content = file.content { kept.insert(content: content, ofFileAt: file.path) }
    }
    outcome.kept = kept
    outcome.stale.sort { $0.line.lexicographicallyPrecedes($1.line) }
    outcome.new.sort { $0.line.lexicographicallyPrecedes($1.line) }
    outcome.renamed.sort { $0.from.utf8.lexicographicallyPrecedes($1.from.utf8) }
    outcome.diagnostics = diagnostics(outcome.stale)
    return outcome
  }

  /// Whether the run walked through the folder of a path.
  private func isWalked(_ path: String) -> Bool {
    let whole = Paths.joined(accepted.root, path)
    return accepted.walkedFolders.contains {
      Paths.relativePath(of: whole, below: $0) != nil
    }
  }

  /// How many stale entries are reported one by one.
  static let staleLimit = 20

  private func diagnostics(_ stale: [BaselineEntry]) -> [Diagnostic] {
    guard let lines = baseline.source?.lineIndex() else { return [] }
    var diagnostics = stale.prefix(Self.staleLimit).map { entry in
      Diagnostic(
        "baseline/stale", severity: .warning,
        "\(entry.rule) is no longer found at \(entry.path)#\(entry.pointer)",
        hint: "run 'requisite baseline update' to remove the entry",
        at: baseline.location(of: entry, lines: lines))
    }
    if stale.count > Self.staleLimit {
      diagnostics.append(
        Diagnostic(
          "baseline/stale", severity: .warning,
          "\(stale.count - Self.staleLimit) more entries of the baseline are stale",
          hint: "run 'requisite baseline update' to remove them"
        ))
    }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }
}

/// What a run came to know of the baseline.
package struct BaselineOutcome: Sendable {
  /// A file that the baseline knows by another name.
  package struct Rename: Sendable {
    /// The name in the baseline.
    package var from: String
    /// The name of the file with the same content.
    package var to: String
  }

  /// Findings that the baseline does not accept, sorted; where they were to be recorded.
  package var new: [BaselineEntry] = []
  /// Entries whose findings are no more, sorted; only of files and rules that the run saw.
  package var stale: [BaselineEntry] = []
  /// Files that were renamed, sorted.
  package var renamed: [Rename] = []
  /// What is to be said of stale entries.
  package var diagnostics: [Diagnostic] = []
  /// The baseline without stale entries, with files under their names of today.
  package var kept = Baseline()

  /// Creates the outcome of a run without findings.
  package init() {}

  /// The baseline with what is new.
  package var accepting: Baseline {
    var baseline = kept
    for entry in new { baseline.insert(entry) }
    return baseline
  }
}
