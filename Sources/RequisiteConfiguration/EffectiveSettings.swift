package import Documents
package import Findings
import RequisitePatterns
package import RulePacks

/// What is in force for a file: each setting with its value and where that comes from.
package struct EffectiveSettings: Sendable {
  /// Which packs apply.
  package let packs: Setting<PackSelection>
  /// Values for the parameters of packs, each name once, in the order of names.
  package let parameters: [ParameterSetting]
  /// The severities that rules are given, each rule once, in the order of ids.
  package let grades: [RuleGrade]
  /// How requests spell their members.
  package let casing: Setting<Casing>
  /// From which severity on findings make a run fail.
  package let failOn: Setting<FailureThreshold>
  /// Whether suppression comments in YAML requests are applied.
  package let suppressionComments: Setting<Bool>
  /// The path of the baseline's file; in a configuration, relative to its root.
  package let baseline: Setting<String>?
  /// Whether the file is left out, and by whose word; nil where nothing speaks of it.
  package let exclusion: Setting<Bool>?

  /// Whether the file is left out.
  package var isExcluded: Bool { exclusion?.value ?? false }
}

/// Which packs apply to a file.
package struct PackSelection: Sendable {
  /// The names and paths of packs with their places; nil for all built-in packs.
  package let names: [PackName]?
  /// The operation whose packs apply, of those named; nil for all of them.
  package let operation: PackName?
  /// The documents that the packs apply to.
  package let applicability: Applicability

  /// A text about packs, and where it stands if it is in a configuration.
  package struct PackName: Sendable, Hashable {
    /// The name, path or operation.
    package let text: String
    /// Where it stands.
    package let location: Location?
    /// The folder that a path is relative to; nil for the working folder.
    package let folder: String?

    /// Creates a text.
    package init(text: String, location: Location?, folder: String? = nil) {
      self.text = text
      self.location = location
      self.folder = folder
    }
  }
}

/// Which of a configuration's entries speak of a file: what two files must share to be alike.
package struct SettingKey: Sendable, Hashable {
  /// The places among `files` whose patterns fit, in order.
  package let entries: [Int]
  /// The place among `exclude` of the first pattern that fits.
  package let exclusion: Int?

  /// Creates a key.
  package init(entries: [Int], exclusion: Int?) {
    self.entries = entries
    self.exclusion = exclusion
  }

  /// What files share of which no entry speaks.
  package static let none = SettingKey(entries: [], exclusion: nil)
}

/// What matching many paths against the patterns of one configuration uses again.
package struct SettingCache: Sendable {
  fileprivate var files: [PatternCache] = []
  fileprivate var exclude: [PatternCache] = []

  /// Makes an empty cache.
  package init() {}
}

extension Configuration {
  /// Which entries speak of a file; the path is relative to the root, nil for a file outside of it.
  package func key(forPath path: String?, cache: inout SettingCache) -> SettingKey {
    guard let path else { return .none }
    if cache.files.isEmpty, cache.exclude.isEmpty {
      cache.files = Array(repeating: PatternCache(), count: files.count)
      cache.exclude = Array(repeating: PatternCache(), count: exclude.count)
    }
    let bytes = Array(path.utf8)
    /// The path relative to the base of the pattern before, as neighbours mostly share theirs.
    var relative: (base: PatternBase, path: [UInt8]?)?
    func relativePath(in base: PatternBase) -> [UInt8]? {
      if base.isOwn { return bytes }
      if let relative, relative.base == base { return relative.path }
      let path = base.path(of: bytes)
      relative = (base, path)
      return path
    }
    var entries: [Int] = []
    for index in files.indices {
      guard let path = relativePath(in: files[index].pattern.base) else { continue }
      if files[index].pattern.glob.matches(path.span, cache: &cache.files[index]) {
        entries.append(index)
      }
    }
    var exclusion: Int?
    for index in exclude.indices where exclusion == nil {
      guard let path = relativePath(in: exclude[index].base) else { continue }
      if exclude[index].glob.matches(path.span, cache: &cache.exclude[index]) { exclusion = index }
    }
    return SettingKey(entries: entries, exclusion: exclusion)
  }

  /// Whether nothing below a folder is ever looked at; the path is relative to the root.
  package func excludesFolder(_ path: String) -> Bool {
    // A later entry may take back in what an earlier pattern leaves out.
    guard !files.contains(where: { $0.exclude?.value == false }) else { return false }
    func covers(_ pattern: PathPattern) -> Bool {
      pattern.base.path(of: path).map { pattern.glob.coversFolder($0) } ?? false
    }
    return exclude.contains(where: covers)
      || files.contains { $0.exclude?.value == true && covers($0.pattern) }
  }
}

extension EffectiveSettings {
  /// The settings of all files of which the same entries of a configuration speak.
  package init(_ choices: SettingChoices, _ configuration: Configuration?, key: SettingKey) {
    let entries = configuration.map { file in key.entries.map { file.files[$0] } } ?? []
    func located<Value>(_ value: Placed<Value>) -> Setting<Value>? {
      Setting(value.value, from: .file(value.location))
    }
    packs =
      choices.packs.map {
        Setting(PackSelection(flags: $0.value), from: $0.origin)
      } ?? configuration.map { Self.packs(of: $0, entries) }
      ?? Setting(
        PackSelection(names: nil, operation: nil, applicability: .whenDetected), from: .standard)
    casing =
      choices.casing
      ?? (entries.last { $0.casing != nil }?.casing ?? configuration?.casing).flatMap(located)
      ?? Setting(.auto, from: .standard)
    failOn =
      choices.failOn
      ?? (entries.last { $0.failOn != nil }?.failOn ?? configuration?.failOn).flatMap(located)
      ?? Setting(.error, from: .standard)
    suppressionComments =
      (entries.last { $0.suppressionComments != nil }?.suppressionComments
      ?? configuration?.suppressionComments).flatMap(located) ?? Setting(true, from: .standard)
    baseline = choices.baseline ?? configuration?.baselinePath.flatMap(located)
    grades = Self.grades((configuration?.rules ?? []) + entries.flatMap(\.rules))
    parameters = Self.parameters((configuration?.parameters ?? []) + choices.parameters)
    if choices.ignoresExclusion {
      exclusion = Setting(false, from: .flag("--no-exclude"))
    } else if let exclude = entries.last(where: { $0.exclude != nil })?.exclude {
      exclusion = located(exclude)
    } else {
      exclusion = key.exclusion.flatMap { place in
        configuration.map {
          Setting(true, from: .file($0.exclude[place].location))
        }
      }
    }
  }

  private static func packs(
    of configuration: Configuration, _ entries: [FileEntry]
  ) -> Setting<PackSelection> {
    func names(_ packs: [PackEntry]) -> [PackSelection.PackName] {
      packs.map { .init(text: $0.value, location: $0.location, folder: $0.folder) }
    }
    func origin(_ packs: [PackEntry]) -> SettingOrigin {
      packs.first.map { .file($0.location) } ?? .standard
    }
    let base = configuration.packs
    guard let entry = entries.last(where: { $0.packs != nil || $0.operation != nil }) else {
      return Setting(
        PackSelection(names: base.map(names), operation: nil, applicability: .whenDetected),
        from: base.map(origin) ?? .standard)
    }
    let operation = entry.operation.map {
      PackSelection.PackName(text: $0.value, location: $0.location)
    }
    // An operation alone picks among the packs that an earlier entry has chosen.
    let chosen = entry.packs ?? entries.last { $0.packs != nil }?.packs ?? base
    return Setting(
      PackSelection(names: chosen.map(names), operation: operation, applicability: .always),
      from: entry.packs.map(origin) ?? operation?.location.map { .file($0) } ?? .standard)
  }

  /// The last grade of each rule.
  private static func grades(_ grades: [RuleGrade]) -> [RuleGrade] {
    var last: [[UInt8]: RuleGrade] = [:]
    for grade in grades { last[Array(grade.id.value.utf8)] = grade }
    return last.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// The last setting of each parameter.
  private static func parameters(_ settings: [ParameterSetting]) -> [ParameterSetting] {
    var last: [[UInt8]: ParameterSetting] = [:]
    for setting in settings { last[Array(setting.name.utf8)] = setting }
    return last.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}

extension PackSelection {
  /// The packs that a flag names, which apply to everything.
  fileprivate init(flags: [String]) {
    self.init(
      names: flags.map { PackName(text: $0, location: nil) }, operation: nil, applicability: .always
    )
  }
}
