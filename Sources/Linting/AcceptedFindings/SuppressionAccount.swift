import RequisitePatterns
import Documents
import Findings
import RequisiteFiles
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
    /// Whether the run sees all files that its path can mean.
    let isWhole: Bool
    /// Its pattern, where that is asked of every file.
    var matcher: PathGlobMatcher?
    /// Whether a file was seen that its path means.
    var hasFile = false
    /// How many findings it stands for.
    var count = 0
    /// Whether a file was seen that it means, with its rule evaluated there.
    var isSeen = false
  }

  /// From how many findings on an entry is more than an exception.
  static let broadLimit = 100

  private var records: [Record] = []
  private let folders: [String]
  private var byRule: [RuleID: Entries] = [:]
  /// Entries for one path, by folder and path, that no file was seen for yet.
  private var pendingPaths: [PathKey: [Int]] = [:]
  /// Entries with wildcards that no file was seen for yet.
  private var pendingPatterns: [Int] = []
  /// The paths of the input at hand below each folder.
  private var paths: [String?] = []
  /// Which entries' patterns fit the input at hand, as far as was asked.
  private var fits: [Int: Bool] = [:]
  /// The entries that fit the input at hand, for each rule that was asked for.
  private var fitting: [RuleID: FittingEntries] = [:]

  /// The entries of one rule.
  private struct Entries {
    /// Those for one path.
    var paths: [PathKey: [Int]] = [:]
    /// Those with wildcards.
    var patterns: [Int] = []
  }

  /// The entries of one rule that fit a file, ascending.
  private struct FittingEntries {
    /// Those for one place.
    var places: [JSONPointer: [Int]] = [:]
    /// Those for several places.
    var patterns: [Int] = []
  }

  private struct PathKey: Hashable {
    var folder: Int
    var path: [UInt8]
  }

  init(
    _ sets: [KnownFindings.SuppressionSet], in files: any FileSystem, walkedFolders: [String],
    today: CalendarDate
  ) {
    folders = sets.map(\.folder)
    for (folder, set) in sets.enumerated() {
      for suppression in set.entries {
        let index = records.count
        records.append(
          Record(
            suppression: suppression, folder: folder, isExpired: suppression.isExpired(on: today),
            isWhole: walkedFolders.contains {
              Paths.isPath(suppression.base?.folder ?? set.folder, inside: $0)
            }
              && suppression.path.isWholeInWalk(
                of: suppression.base?.folder ?? set.folder, in: files)
          ))
        if suppression.base == nil, let path = suppression.path.singlePath {
          let key = PathKey(folder: folder, path: path)
          byRule[suppression.rule, default: Entries()].paths[key, default: []].append(index)
          pendingPaths[key, default: []].append(index)
        } else {
          records[index].matcher = PathGlobMatcher(suppression.path)
          byRule[suppression.rule, default: Entries()].patterns.append(index)
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
    fitting.removeAll(keepingCapacity: true)
  }

  /// What suppresses a finding, if anything; one whose suppression has run out is reported so.
  mutating func suppression(of finding: inout Finding) -> Suppression? {
    guard byRule[finding.rule] != nil else { return nil }
    let place = finding.pointer
    let stablePlace = finding.stablePointer
    var expired: Int?
    for index in candidates(finding.rule, at: [place, stablePlace]) {
      let suppression = records[index].suppression
      guard
        suppression.covers(place) || stablePlace.map({ suppression.covers($0) }) ?? false
      else { continue }
      records[index].count += 1
      records[index].isSeen = true
      records[index].hasFile = true
      if !records[index].isExpired { return suppression }
      expired = expired ?? index
    }
    if let expired, let until = records[expired].suppression.until {
      finding.related.append(
        RelatedLocation(
          location: records[expired].suppression.location,
          message: "suppressed until \(until)"))
    }
    return nil
  }

  /// The entries of a rule that may be about one of some places of the input at hand, ascending.
  private mutating func candidates(_ rule: RuleID, at places: [JSONPointer?]) -> [Int] {
    let entries = fitting[rule] ?? fittingEntries(of: rule)
    fitting[rule] = entries
    var found: [Int] = []
    for place in Set(places.compactMap { $0 }) { found += entries.places[place] ?? [] }
    return found.isEmpty ? entries.patterns : (found + entries.patterns).sorted()
  }

  private mutating func fittingEntries(of rule: RuleID) -> FittingEntries {
    guard let entries = byRule[rule] else { return FittingEntries() }
    var indices = entries.patterns
    for (folder, path) in paths.enumerated() {
      guard let path, !entries.paths.isEmpty else { continue }
      for path in Self.pathAndFolders(path) {
        indices += entries.paths[PathKey(folder: folder, path: path)] ?? []
      }
    }
    var fitting = FittingEntries()
    for index in indices.sorted() where fitsInput(index) {
      if let place = records[index].suppression.pointer?.singlePlace {
        fitting.places[place, default: []].append(index)
      } else {
        fitting.patterns.append(index)
      }
    }
    return fitting
  }

  /// A path and the paths of its folders, innermost first.
  private static func pathAndFolders(_ path: String) -> [[UInt8]] {
    var paths: [[UInt8]] = []
    var rest = Array(path.utf8)
    while true {
      paths.append(rest)
      guard let slash = rest.lastIndex(of: UInt8(ascii: "/")) else { return paths }
      rest.removeSubrange(slash...)
    }
  }

  private mutating func fitsInput(_ index: Int) -> Bool {
    if let known = fits[index] { return known }
    let suppression = records[index].suppression
    var isFit = false
    if let path = paths[records[index].folder], let inside = suppression.innerPath(of: path) {
      isFit = records[index].matcher?.matches(inside) ?? suppression.path.matches(inside)
    }
    fits[index] = isFit
    return isFit
  }

  mutating func end(_ input: FilteredInput) {
    var waiting: [Int] = []
    for index in pendingPatterns where !records[index].isSeen {
      let hasRun = input.ran(records[index].suppression.rule)
      let isOpen = records[index].isWhole && !records[index].hasFile
      if hasRun || isOpen, fitsInput(index) {
        records[index].hasFile = true
        records[index].isSeen = hasRun
      }
      if !records[index].isSeen { waiting.append(index) }
    }
    pendingPatterns = waiting
    for (folder, path) in paths.enumerated() {
      guard let path, !pendingPaths.isEmpty else { continue }
      // What names a folder means the files in it.
      for path in Self.pathAndFolders(path) {
        let key = PathKey(folder: folder, path: path)
        guard var waiting = pendingPaths[key] else { continue }
        waiting.removeAll { index in
          records[index].hasFile = true
          guard input.ran(records[index].suppression.rule) else { return false }
          records[index].isSeen = true
          return true
        }
        pendingPaths[key] = waiting.isEmpty ? nil : waiting
      }
    }
  }

  // MARK: - What is to be said of them

  /// Records of one entry, which several configurations inherit, as one.
  private static func merged(_ records: [Record]) -> [Record] {
    var merged: [Record] = []
    var places: [Location: Int] = [:]
    for record in records {
      guard let place = places[record.suppression.location] else {
        places[record.suppression.location] = merged.count
        merged.append(record)
        continue
      }
      merged[place].count += record.count
      merged[place].isSeen = merged[place].isSeen || record.isSeen
      merged[place].hasFile = merged[place].hasFile || record.hasFile
    }
    return merged
  }

  /// The warning about an entry or a comment whose last day is over.
  static func expiredMessage(_ until: String, findingCount: Int) -> String {
    findingCount > 0
      ? "suppression expired on \(until), so its findings are reported again; fix them, or set a new date"
      : "suppression expired on \(until) and matches no finding; remove it"
  }

  /// What is wrong with entries, as far as the files of this run show it.
  func diagnostics(_ rules: KnownRules) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var names = UnknownNames(rules)
    for record in Self.merged(records) {
      let suppression = record.suppression
      func warn(_ code: String, _ message: String) {
        diagnostics.append(
          Diagnostic(
            code, severity: .warning, message, at: suppression.location))
      }
      if let message = names.message(on: suppression.rule) {
        warn("suppression/unknown-rule", message)
        continue
      }
      if suppression.reason.hasSameBytes(as: SuppressionText.openReason) {
        warn("suppression/open-reason", SuppressionText.openReasonMessage)
      }
      if record.isWhole, !record.hasFile {
        warn(
          "suppression/unused", "path of this suppression matches no file; correct or remove it"
        )
        continue
      }
      guard record.isSeen else { continue }
      if record.isExpired {
        let until = suppression.until.map { "\($0)" } ?? ""
        warn(
          "suppression/expired",
          Self.expiredMessage(until, findingCount: record.count))
      } else if suppression.isTooBroad {
        warn(
          "suppression/too-broad",
          "suppression covers every value of every file; to disable a rule, turn it off in the configuration"
        )
      } else if record.count == 0 {
        warn(
          "suppression/unused",
          "unused suppression: it matches no finding in the files of this run; remove it")
      } else if record.count > Self.broadLimit {
        warn(
          "suppression/too-broad",
          "suppression covers \(record.count) findings; use a narrower path or pointer, or accept old findings in a baseline"
        )
      }
    }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }
}

/// Tells which rules that entries name are unknown to a run, and what may be meant.
struct UnknownNames {
  private let rules: KnownRules
  private var ruleNames: NearestNames?
  private let packNames: [(name: String, folded: [UInt8])]
  /// What was said of packs that take no part.
  private var packs: [String: String?] = [:]

  init(_ rules: KnownRules) {
    self.rules = rules
    packNames = rules.packNames.sorted().map { ($0, NearestName.folded($0)) }
  }

  /// What to say of a rule that the run's packs should have and have not; nil where all is well.
  ///
  /// A name in a comment may be what nobody is to see, unless it resembles that of a rule.
  mutating func message(on rule: RuleID, inComment isInComment: Bool = false) -> String? {
    guard !rules.all.contains(rule) else { return nil }
    guard rules.packNames.contains(rule.pack) else {
      if let known = packs[rule.pack] { return known }
      // Another run may load another pack, but not one whose name is a slip of the finger.
      let folded = NearestName.folded(rule.pack)
      let slip = packNames.first { NearestName.isSlip(folded, of: $0.folded) }
      let message = slip.map { "unknown pack '\(rule.pack)'; did you mean '\($0.name)'?" }
      packs[rule.pack] = .some(message)
      return message
    }
    var names = ruleNames ?? NearestNames(rules.all.map(\.description).sorted())
    let nearest = names.nearest(to: rule.description)
    ruleNames = names
    if let nearest { return "unknown rule '\(rule)'; did you mean '\(nearest)'?" }
    let name = isInComment ? "" : " '\(rule)'"
    return "unknown rule\(name); run 'requisite rules' to list the rules"
  }
}
