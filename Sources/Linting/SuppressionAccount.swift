import Documents
import Findings
import RulePacks
import SourceText
import Suppressions

/// Which suppressions a run met with, and what they took out.
struct SuppressionAccount {
  /// An entry and what became of it.
  private struct Record {
    let suppression: Suppression
    /// The number of the folder that its path is relative to.
    let folder: Int
    /// Whether it has run out.
    let isExpired: Bool
    /// How many findings it stands for.
    var count = 0
    /// Whether a file was seen that it means, with its rule evaluated there.
    var isSeen = false
  }

  /// From how many findings on an entry is more than an exception.
  static let broadLimit = 100

  private var records: [Record] = []
  private let folders: [String]
  private var byRule: [RuleID: [Int]] = [:]
  /// Entries for one path, by folder and path, that no file was seen for yet.
  private var pendingPaths: [PathKey: [Int]] = [:]
  /// Entries with wildcards that no file was seen for yet.
  private var pendingPatterns: [Int] = []
  /// The paths of the input at hand below each folder.
  private var paths: [String?] = []
  /// Which entries' patterns fit the input at hand, as far as was asked.
  private var fits: [Int: Bool] = [:]

  private struct PathKey: Hashable {
    var folder: Int
    var path: [UInt8]
  }

  init(_ sets: [KnownFindings.SuppressionSet], today: CalendarDate) {
    folders = sets.map(\.folder)
    for (folder, set) in sets.enumerated() {
      for suppression in set.entries {
        let index = records.count
        records.append(
          Record(
            suppression: suppression, folder: folder, isExpired: suppression.isExpired(on: today)))
        byRule[suppression.rule, default: []].append(index)
        if let path = suppression.path.singlePath {
          pendingPaths[PathKey(folder: folder, path: path), default: []].append(index)
        } else {
          pendingPatterns.append(index)
        }
      }
    }
  }

  mutating func begin(_ input: FilteredInput) {
    paths = folders.map { input.path(below: $0) }
    // The innermost configuration counts alone.
    let innermost = folders.indices.filter { paths[$0] != nil }.map { folders[$0].utf8.count }.max()
    for index in folders.indices where folders[index].utf8.count != innermost { paths[index] = nil }
    fits.removeAll(keepingCapacity: true)
  }

  /// Whether a finding is suppressed; one whose suppression has run out is told so.
  mutating func suppresses(_ finding: inout Finding) -> Bool {
    guard let candidates = byRule[finding.rule] else { return false }
    let place = finding.location.pointer.flatMap { JSONPointer($0) }
    let stablePlace = finding.stablePointer.flatMap { JSONPointer($0) }
    var expired: Int?
    for index in candidates where fitsInput(index) {
      let suppression = records[index].suppression
      guard
        suppression.covers(place) || stablePlace.map({ suppression.covers($0) }) ?? false
      else { continue }
      records[index].count += 1
      records[index].isSeen = true
      if !records[index].isExpired { return true }
      expired = expired ?? index
    }
    if let expired, let until = records[expired].suppression.until {
      finding.related.append(
        RelatedLocation(
          location: records[expired].suppression.location,
          message: "this finding was suppressed until \(until)"))
    }
    return false
  }

  private mutating func fitsInput(_ index: Int) -> Bool {
    if let known = fits[index] { return known }
    let record = records[index]
    let isFit = paths[record.folder].map { record.suppression.coversFile(at: $0) } ?? false
    fits[index] = isFit
    return isFit
  }

  mutating func end(_ input: FilteredInput) {
    var waiting: [Int] = []
    for index in pendingPatterns where !records[index].isSeen {
      if input.ran(records[index].suppression.rule), fitsInput(index) {
        records[index].isSeen = true
      } else {
        waiting.append(index)
      }
    }
    pendingPatterns = waiting
    for (folder, path) in paths.enumerated() {
      guard let path, !pendingPaths.isEmpty else { continue }
      // What names a folder means the files in it.
      var rest = Array(path.utf8)
      while true {
        let key = PathKey(folder: folder, path: rest)
        if var waiting = pendingPaths[key] {
          waiting.removeAll { index in
            guard input.ran(records[index].suppression.rule) else { return false }
            records[index].isSeen = true
            return true
          }
          pendingPaths[key] = waiting.isEmpty ? nil : waiting
        }
        guard let slash = rest.lastIndex(of: UInt8(ascii: "/")) else { break }
        rest.removeSubrange(slash...)
      }
    }
  }

  // MARK: - What is to be said of them

  /// What is wrong with entries, as far as the files of this run show it.
  func diagnostics(_ rules: KnownRules) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for record in records {
      let suppression = record.suppression
      func warn(_ code: String, _ message: String) {
        diagnostics.append(
          Diagnostic(
            "suppression/\(code)", severity: .warning, message, at: suppression.location))
      }
      if let message = Self.unknownRule(suppression.rule, rules) {
        warn("unknown-rule", message)
        continue
      }
      guard record.isSeen else { continue }
      if record.isExpired {
        let until = suppression.until.map { "\($0)" } ?? ""
        warn(
          "expired",
          record.count > 0
            ? "this suppression ran out on \(until), and what it stood for is reported again; mend it, or decide anew"
            : "this suppression ran out on \(until), and there is nothing left that it stood for; remove it"
        )
      } else if suppression.isTooBroad {
        warn(
          "too-broad",
          "this suppression stands for every place of every file; to do without a rule, switch it off in the configuration"
        )
      } else if record.count == 0 {
        warn(
          "unused",
          "this suppression stands for nothing any more in the files of this run; remove it")
      } else if record.count > Self.broadLimit {
        warn(
          "too-broad",
          "this suppression stands for \(record.count) findings; give it a narrower path or pointer, or take what is old into a baseline"
        )
      }
    }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }

  /// What to say of a rule that the run's packs should have and have not; nil where all is well.
  private static func unknownRule(_ rule: RuleID, _ rules: KnownRules) -> String? {
    guard !rules.all.contains(rule) else { return nil }
    if rules.packNames.contains(rule.pack) {
      let names = rules.all.map(\.description).sorted()
      let nearest = NearestName.nearest(to: rule.description, among: names)
      return "there is no rule '\(rule)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? "; 'requisite rules' lists them")
    }
    // Another run may load another pack, but not one whose name is a slip of the finger.
    let name = NearestName.folded(rule.pack)
    guard
      let slip = rules.packNames.sorted().first(where: {
        NearestName.isSlip(name, of: NearestName.folded($0))
      })
    else { return nil }
    return "there is no pack '\(rule.pack)'; did you mean '\(slip)'?"
  }
}
