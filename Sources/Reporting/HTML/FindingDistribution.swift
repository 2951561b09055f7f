import Findings
import SourceText

/// The numbers of findings by rule and by file, of which only the files with the most findings are kept.
struct FindingDistribution: Sendable {
  /// How many findings of each severity there are.
  struct Counts: Sendable {
    private var errors = 0
    private var warnings = 0
    private var infos = 0

    /// How many there are of a severity.
    subscript(severity: Severity) -> Int {
      get {
        switch severity {
        case .error: errors
        case .warning: warnings
        case .info: infos
        }
      }
      set {
        switch severity {
        case .error: errors = newValue
        case .warning: warnings = newValue
        case .info: infos = newValue
        }
      }
    }

    /// How many there are in all.
    var total: Int { errors + warnings + infos }
  }

  /// How many files with the most findings are known.
  static let fileLimit = 10

  /// All findings.
  private(set) var counts = Counts()
  /// The rules with findings, in the order of their first ones.
  private(set) var rules: [(id: RuleID, counts: Counts)] = []
  private var places: [RuleID: Int] = [:]
  /// Files with findings: those with the most of them, and others that are yet to be left out.
  private var files: [(path: String, counts: Counts)] = []
  /// How many files have findings.
  private(set) var fileCount = 0

  /// Counts a finding, all of whose file come one after another.
  ///
  /// - Returns: the place of its rule in `rules`.
  mutating func add(_ finding: Finding) -> Int {
    let severity = finding.severity
    counts[severity] += 1
    if files.last?.path.hasSameBytes(as: finding.artifactPath) != true {
      if files.count >= 4 * Self.fileLimit { files = largestFiles }
      files.append((finding.artifactPath, Counts()))
      fileCount += 1
    }
    files[files.count - 1].counts[severity] += 1
    let place = places[finding.rule] ?? rules.count
    if place == rules.count {
      places[finding.rule] = place
      rules.append((finding.rule, Counts()))
    }
    rules[place].counts[severity] += 1
    return place
  }

  /// The files with the most findings, most first, and among equals by their order.
  var largestFiles: [(path: String, counts: Counts)] {
    let order = files.indices.sorted { left, right in
      let (first, second) = (files[left].counts.total, files[right].counts.total)
      return first == second ? left < right : first > second
    }
    return order.prefix(Self.fileLimit).map { files[$0] }
  }

  /// The places of the rules with the most findings, most first.
  var rulesBySize: [Int] {
    rules.indices.sorted { left, right in
      let (first, second) = (rules[left].counts.total, rules[right].counts.total)
      return first == second ? rules[left].id < rules[right].id : first > second
    }
  }
}
