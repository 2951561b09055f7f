import Documents
import Findings
import RequisiteFiles
import Reporting

/// Reads a plain command line of `check`.
///
/// The argument parser takes longer to start than most requests take to check: it looks types up by their
/// conformances. It stays the one declaration of options; this reads only lines that it understands entirely,
/// and leaves the others to the parser, which also reports what is wrong with them. A test compares both over
/// generated lines.
struct PlainArguments {
  private var arguments: CheckArguments
  /// The options with one value that were read.
  private var seen: [OptionName] = []

  /// What a line says; nil if it is not plain, or if there is something wrong with it.
  static func read(_ words: some Sequence<String>) -> CheckArguments? {
    var plain = PlainArguments(arguments: CheckArguments())
    var words = words.makeIterator()
    while let word = words.next() {
      guard plain.read(word, &words) else { return nil }
    }
    // What --config and --no-config say together, the parser checks.
    let settings = plain.arguments.settings
    guard settings.configurationPath == nil || !settings.hasNoConfiguration,
      (try? plain.arguments.validate()) != nil
    else { return nil }
    return plain.arguments
  }

  /// Reads a word and what belongs to it; false if it is not plain.
  private mutating func read(
    _ word: String, _ words: inout some IteratorProtocol<String>
  ) -> Bool {
    if word == "--" {
      while let path = words.next() { arguments.paths.append(path) }
      return true
    }
    guard word.utf8.first == UInt8(ascii: "-"), word != "-" else {
      arguments.paths.append(word)
      return !word.isEmpty
    }
    if let flag = FlagName(rawValue: word) {
      set(flag)
      return true
    }
    // Only the number of threads may be joined to its short name.
    let joined = word.dropFirst(2)
    if word.hasPrefix("-j"), let first = joined.utf8.first, first != UInt8(ascii: "=") {
      return set(.jobs, String(joined))
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let option = OptionName(name),
      let value = parts.count == 2 ? String(parts[1]) : words.next(),
      !value.isEmpty, value.utf8.first != UInt8(ascii: "-")
    else { return false }
    return set(option, value)
  }

  /// The flags of `check`.
  enum FlagName: String, CaseIterable {
    case allowEmpty = "--allow-empty"
    case diff = "--diff"
    case failOnInert = "--fail-on-inert"
    case fix = "--fix"
    case keyed = "--keyed"
    case noBaseline = "--no-baseline"
    case noConfig = "--no-config"
    case noExclude = "--no-exclude"
    case noGitIgnore = "--no-gitignore"
    case noIgnores = "--no-ignores"
    case null = "--null"
    case quiet = "--quiet"
    case sarifSuppressed = "--sarif-suppressed"
    case shortNull = "-0"
    case shortQuiet = "-q"
    case skipUnmatched = "--skip-unmatched"
    case statistics = "--statistics"
    case stepSummary = "--step-summary"
    case strictPacks = "--strict-packs"
    case strictSuppressions = "--strict-suppressions"
    case unsafeFixes = "--unsafe-fixes"
    case watch = "--watch"
  }

  private mutating func set(_ flag: FlagName) {
    switch flag {
    case .allowEmpty: arguments.inputs.allowEmpty = true
    case .diff: arguments.fixes.diff = true
    case .failOnInert: arguments.statistics.failOnInert = true
    case .fix: arguments.fixes.fix = true
    case .keyed: arguments.isKeyed = true
    case .noBaseline: arguments.ignoresBaseline = true
    case .noConfig: arguments.settings.hasNoConfiguration = true
    case .noExclude: arguments.settings.ignoresExclusion = true
    case .noGitIgnore: arguments.inputs.ignoresGitIgnore = true
    case .noIgnores: arguments.suppressions.noIgnores = true
    case .null, .shortNull: arguments.inputs.isListNullTerminated = true
    case .quiet, .shortQuiet: arguments.quiet = true
    case .sarifSuppressed: arguments.sarifSuppressed = true
    case .skipUnmatched: arguments.inputs.skipUnmatched = true
    case .statistics: arguments.statistics.statistics = true
    case .stepSummary: arguments.ci.stepSummary = true
    case .strictPacks: arguments.settings.isStrict = true
    case .strictSuppressions: arguments.suppressions.strictSuppressions = true
    case .unsafeFixes: arguments.fixes.unsafeFixes = true
    case .watch: arguments.watches = true
    }
  }

  /// The options of `check` that have a value.
  enum OptionName: String, CaseIterable {
    case annotations = "--annotations"
    case baseline = "--baseline"
    case casing = "--casing"
    case color = "--color"
    case config = "--config"
    case costLimit = "--cost-limit"
    case engine = "--engine"
    case failOn = "--fail-on"
    case filesFrom = "--files-from"
    case format = "--format"
    case hyperlinks = "--hyperlinks"
    case ignore = "--ignore"
    case jobs = "--jobs"
    case maxFindings = "--max-findings"
    case maxSize = "--max-size"
    case pack = "--pack"
    case param = "--param"
    case progress = "--progress"
    case root = "--root"
    case select = "--select"
    case showValues = "--show-values"
    case since = "--since"
    case stdinFilename = "--stdin-filename"

    /// Whether each value counts, and not one alone.
    var isRepeatable: Bool {
      switch self {
      case .format, .ignore, .pack, .param, .select: true
      default: false
      }
    }

    /// The option with a long or a short name.
    init?(_ name: Substring) {
      switch name {
      case "-f": self = .format
      case "-j": self = .jobs
      default: self.init(rawValue: String(name))
      }
    }
  }

  /// Sets an option; false if the value is none, or if the option cannot have another one.
  private mutating func set(_ option: OptionName, _ value: String) -> Bool {
    guard option.isRepeatable || !seen.contains(option) else { return false }
    seen.append(option)
    switch option {
    case .annotations:
      return assign(CIOptions.Annotations(rawValue: value)) { $0.ci.annotations = $1 }
    case .baseline: arguments.settings.baseline = value
    case .casing: return assign(Casing(rawValue: value)) { $0.settings.casing = $1 }
    case .color: return assign(ColorOptions.Choice(rawValue: value)) { $0.style.color = $1 }
    case .config: arguments.settings.configurationPath = value
    case .costLimit:
      return assign(Int(value)) { $0.settings.costLimit = $1 }
        && arguments.settings.costLimit.map { $0 > 0 } ?? false
    case .engine: return assign(EngineOptions.Choice(rawValue: value)) { $0.engine = $1 }
    case .failOn: return assign(FailureThreshold(rawValue: value)) { $0.settings.failOn = $1 }
    case .filesFrom: arguments.inputs.listPath = value
    case .format:
      return assign(OutputChoice(argument: value)) { $0.settings.formats.append($1) }
    case .hyperlinks:
      return assign(ColorOptions.Choice(rawValue: value)) { $0.style.hyperlinks = $1 }
    case .ignore: arguments.selection.ignored.append(value)
    case .jobs: return assign(JobCount(argument: value)) { $0.inputs.jobs = $1.value }
    case .maxFindings: return assign(Int(value)) { $0.selection.maximumCount = $1 }
    case .maxSize: return assign(ByteCount(argument: value)) { $0.inputs.maximumSize = $1.value }
    case .pack: arguments.settings.packs.append(value)
    case .param: arguments.settings.parameters.append(value)
    case .progress:
      return assign(ProgressOptions.Choice(rawValue: value)) { $0.progress = $1 }
    case .root: arguments.settings.rootPath = value
    case .select: arguments.selection.selected.append(value)
    case .showValues:
      return assign(ValueOptions.Choice(rawValue: value)) { $0.showValues = $1 }
    case .since: arguments.since.revision = value
    case .stdinFilename: arguments.stdinFilename = value
    }
    return true
  }

  /// Sets what a value was read as; false if it could not be read.
  private mutating func assign<Value>(
    _ value: Value?, _ set: (inout CheckArguments, Value) -> Void
  ) -> Bool {
    guard let value else { return false }
    set(&arguments, value)
    return true
  }
}
