package import RequisiteConfiguration
package import Findings
import RequisiteFiles
import RequisitePatterns
import RulePacks
import SourceText

/// Finds how each input is to be checked: by which configuration, packs and severities.
///
/// Inputs of which the same entries of the same configuration speak share one profile. What is wrong
/// with a configuration, or with a pack that it names, concerns the inputs that it governs alone.
package struct LintProfiles: InputExclusion {
  let choices: SettingChoices
  /// What all profiles share; to be set before the first one is made.
  package var options: LintOptions
  /// Which rules are checked; to be set before the first profile is made.
  package var selection = RuleSelection()
  /// All rules of the packs in use, with the severities that they have without the selection.
  private var selectable: [RuleDescription] = []
  private let isStrict: Bool
  private let workingFolder: String
  private let root: ProjectRoot
  private var files: any FileSystem { options.files }
  private var finder: ConfigurationFinder
  private var locations: InputLocations
  private var places: [ProfileKey: Place] = [:]
  var packSets: [PackSetKey: PackSet] = [:]
  private var prepared: [Int?: Bool] = [:]
  private var told: Set<Diagnostic> = []
  private var caches: [Int: SettingCache] = [:]
  private var exclusions: [ProfileKey: Bool] = [:]
  /// The files of all packs that were read, without links.
  private var packFiles: Set<[UInt8]> = []
  /// For each configuration, which of its patterns of `files` fitted an input.
  private var fittingEntries: [Int: Set<Int>] = [:]
  /// All profiles found so far.
  package private(set) var profiles: [LintProfile] = []
  /// What is wrong with configurations and packs and was not taken yet.
  private var waiting: [Diagnostic] = []

  /// What is to be done with an input.
  package enum Place: Sendable, Equatable {
    /// It is checked in the way of the profile at this place of the list.
    case profile(Int)
    /// It is left out.
    case excluded
    /// Its configuration or a pack of it cannot be used, which is reported.
    case faulty
  }

  private struct ProfileKey: Hashable {
    var configuration: Int?
    var entries: SettingKey
  }

  struct PackSetKey: Hashable {
    var configuration: Int?
    var names: [[ExactText]]?

    init(_ selection: PackSelection, _ configuration: Int?) {
      names = selection.names?.map { [ExactText($0.folder ?? ""), ExactText($0.text)] }
      self.configuration = configuration
    }
  }

  /// The packs of a selection.
  ///
  /// Where they are faulty, they serve to find what else is wrong; none where they cannot be read.
  struct PackSet {
    var packs: [LoadedPack]
    /// For each name of the selection, the place of its pack in the composition.
    var places: [Int?] = []
    var isFaulty: Bool

    /// The packs that apply, of those of an operation if the selection has one.
    func packs(for selection: PackSelection) -> [LoadedPack] {
      guard let operation = selection.operation else { return packs }
      var packs = packs.filter { $0.isRequest(operation.text) }
      // That there were others besides is no reason to look twice.
      if packs.count == 1 { packs[0].needsDetection = false }
      return packs
    }
  }

  /// Creates a search; `options` are what all profiles share, and its packs count for nothing.
  ///
  /// With `isStrict`, what else would be a warning about a pack is an error. The working folder is an
  /// absolute path without links; without a root, it is that of the working folder.
  package init(
    _ choices: SettingChoices, from source: ConfigurationSource, options: LintOptions,
    isStrict: Bool = false, workingFolder: String, root: ProjectRoot? = nil
  ) {
    self.choices = choices
    self.options = options
    let files = options.files
    self.isStrict = isStrict
    self.workingFolder = workingFolder
    let root =
      root ?? (try? ProjectRoot.find(in: files, explicit: nil, workingFolder: workingFolder))
      ?? ProjectRoot(in: files, path: workingFolder)
    self.root = root
    locations = InputLocations(root: root, workingFolder: workingFolder)
    finder = ConfigurationFinder(source, in: files, workingFolder: workingFolder, root: root)
  }

  /// What was found wrong since this was last asked for, each thing once.
  package mutating func takeDiagnostics() -> [Diagnostic] {
    report(finder.diagnostics)
    defer { waiting = [] }
    return waiting.sorted(by: Diagnostic.precedes)
  }

  /// What is wrong with the selection of rules, once all inputs have their profiles.
  package var selectionMistakes: [Diagnostic] {
    profiles.isEmpty ? [] : selection.mistakes(among: selectable)
  }

  mutating func report(_ diagnostics: [Diagnostic]) {
    waiting += diagnostics.filter { told.insert($0).inserted }
  }

  // MARK: - What is in force

  /// What governs a path: nil where that cannot be used.
  private mutating func governing(
    _ path: String, isFolder: Bool
  ) -> (configuration: Int?, relativePath: String?)? {
    let (absolute, folder): (String, String)
    if isFolder {
      absolute = root.folderLocation(of: path, workingFolder: workingFolder)
      folder = absolute
    } else {
      (absolute, folder) = locations.place(of: path)
    }
    switch finder.lookUp(inFolder: folder) {
    case .faulty: return nil
    case .none: return (nil, nil)
    case .configuration(let index):
      let root = finder.configurations[index].root
      if isFolder, absolute.hasSameBytes(as: root) { return (index, nil) }
      return (index, files.path(of: absolute, below: root))
    }
  }

  /// Which entries of a configuration speak of a path, relative to its root.
  private mutating func key(forPath path: String?, _ index: Int?) -> SettingKey {
    guard let index else { return .none }
    let key = finder.configurations[index]
      .key(forPath: path, cache: &caches[index, default: SettingCache()])
    if path != nil, !key.entries.isEmpty {
      fittingEntries[index, default: []].formUnion(key.entries)
    }
    return key
  }

  /// The patterns of `files` that fit no file, in a run that sees all files they can mean.
  ///
  /// `paths` are what the run was given: only the patterns of configurations whose folder lies in a
  /// folder among them are looked at. Entries that leave files out may well fit none.
  package func unusedPatterns(inRunOver paths: [String]) -> [Diagnostic] {
    let walked = paths.filter { files.kind(of: $0) == .folder }.map {
      root.folderLocation(of: $0, workingFolder: workingFolder)
    }
    guard !walked.isEmpty else { return [] }
    var used: Set<Location> = []
    for (index, configuration) in finder.configurations.enumerated() {
      for entry in fittingEntries[index] ?? [] {
        used.insert(configuration.files[entry].pattern.location)
      }
    }
    var diagnostics: [Diagnostic] = []
    for entry in finder.configurations.flatMap(\.files) where entry.exclude?.value != true {
      guard walked.contains(where: { Paths.isPath(entry.pattern.base.folder, inside: $0) }),
        used.insert(entry.pattern.location).inserted,
        entry.pattern.glob.isWholeInWalk(of: entry.pattern.base.folder, in: files)
      else { continue }
      diagnostics.append(
        Diagnostic(
          "config/unused-pattern", severity: .warning,
          "pattern '\(entry.pattern.glob.text)' matches no file", hint: "correct or remove it",
          at: entry.pattern.location))
    }
    return diagnostics.sorted(by: Diagnostic.precedes)
  }

  /// The configuration that governs a path and what it and the choices make of it.
  ///
  /// Nil where the configuration cannot be used. A folder has the settings that no entry of `files`
  /// changes.
  package mutating func settings(
    forPath path: String, isFolder: Bool
  ) -> (settings: EffectiveSettings, configuration: Configuration?)? {
    guard let (index, relativePath) = governing(path, isFolder: isFolder) else { return nil }
    let configuration = index.map { finder.configurations[$0] }
    let key = key(forPath: isFolder ? nil : relativePath, index)
    return (EffectiveSettings(choices, configuration, key: key), configuration)
  }

  /// Whether a folder that is met in a walk holds nothing to look at.
  package mutating func excludesFolder(_ path: String) -> Bool {
    guard !choices.ignoresExclusion,
      case let (index?, relativePath?)? = governing(path, isFolder: true)
    else { return false }
    return finder.configurations[index].excludesFolder(relativePath)
  }

  /// Whether a file or link is excluded, by its own path.
  package mutating func excludesFile(_ path: String) -> Bool {
    isExcluded(path, isFolder: false)
  }

  /// Whether a folder is excluded by its own path, whatever becomes of some files in it.
  package mutating func excludesByName(folder path: String) -> Bool {
    isExcluded(path, isFolder: true)
  }

  private mutating func isExcluded(_ path: String, isFolder: Bool) -> Bool {
    guard !choices.ignoresExclusion,
      case let (index?, relativePath?)? = governing(path, isFolder: isFolder)
    else { return false }
    let key = ProfileKey(configuration: index, entries: key(forPath: relativePath, index))
    if let known = exclusions[key] { return known }
    let settings = EffectiveSettings(choices, finder.configurations[index], key: key.entries)
    exclusions[key] = settings.isExcluded
    return settings.isExcluded
  }

  /// The files that the run itself reads, as far as they are known, without links: configurations,
  /// packs with what they extend and refer to, and baselines, together with the reports that
  /// configurations ask for.
  ///
  /// `others` are paths relative to the working folder or absolute ones.
  package func ownFiles(with others: [String?]) -> OwnFiles {
    let files = files
    var own = packFiles
    func insert(_ path: String) {
      let path = files.absolutePath(of: path, workingFolder: workingFolder)
      own.insert(Array((files.realPath(path) ?? path).utf8))
    }
    for configuration in finder.configurations {
      for path in [configuration.file.source.path] + configuration.extendedPaths { insert(path) }
      let reports = configuration.formats?.compactMap(\.path) ?? []
      for name in reports + [configuration.baselinePath?.value].compactMap(\.self) {
        insert(Paths.joined(configuration.root, name))
      }
    }
    for path in others.compactMap(\.self) { insert(path) }
    return OwnFiles(paths: own)
  }

  /// What is to be done with an input.
  package mutating func place(of input: InputSource) -> Place {
    place(forPath: input.settingsPath, isFolder: false)
  }

  /// What would be done with a file at a path; a folder stands for a file of which no entry speaks.
  package mutating func place(forPath path: String, isFolder: Bool) -> Place {
    guard let (index, relativePath) = governing(path, isFolder: isFolder) else { return .faulty }
    let configuration = index.map { finder.configurations[$0] }
    let key = ProfileKey(
      configuration: index, entries: key(forPath: isFolder ? nil : relativePath, index))
    if let known = places[key] { return known }
    let settings = EffectiveSettings(choices, configuration, key: key.entries)
    let place = place(settings, index)
    places[key] = place
    return place
  }

  private mutating func place(_ settings: EffectiveSettings, _ index: Int?) -> Place {
    if settings.isExcluded { return .excluded }
    guard prepare(index), var packs = packs(settings, index) else { return .faulty }
    if !selection.isEverything {
      selectable += packs.ruleDescriptions
      packs = packs.map { selection.applied(to: $0) }
    }
    var options = options
    options.packs = packs
    options.applicability = settings.packs.value.applicability
    options.casing = settings.casing.value
    if !settings.suppressionComments.value { options.suppressionComments = nil }
    profiles.append(
      LintProfile(
        options: options, settings: settings,
        configuration: index.map { finder.configurations[$0] }))
    return .profile(profiles.count - 1)
  }

  // MARK: - Packs

  /// Loads all packs that a configuration names, and looks at what it says of them; false where any
  /// of that is wrong.
  private mutating func prepare(_ index: Int?) -> Bool {
    if let known = prepared[index] { return known }
    let configuration = index.map { finder.configurations[$0] }
    let selections = selections(of: configuration)
    let sets = selections.map { packSet($0, index) }
    var isSound = !sets.contains { $0.isFaulty }
    // Of packs that could not be read nobody can say which rules they have.
    if !sets.contains(where: { $0.packs.isEmpty && $0.isFaulty }) {
      let diagnostics = mistakes(of: configuration, index, selections)
      report(diagnostics)
      isSound = isSound && diagnostics.isEmpty
    }
    prepared[index] = isSound
    return isSound
  }

  /// What a configuration selects for files of which no entry speaks, then for those of each entry.
  private func selections(of configuration: Configuration?) -> [PackSelection] {
    let keys =
      [SettingKey.none]
      + (configuration?.files.indices ?? 0..<0).map {
        SettingKey(entries: [$0], exclusion: nil)
      }
    return keys.map { EffectiveSettings(choices, configuration, key: $0).packs.value }
  }

  /// The packs of a selection; loaded when they are asked for first.
  private mutating func packSet(_ selection: PackSelection, _ index: Int?) -> PackSet {
    let key = PackSetKey(selection, index)
    if let known = packSets[key] { return known }
    // An empty list names none, not all.
    if let names = selection.names, names.isEmpty { return PackSet(packs: [], isFaulty: false) }
    let configuration = index.map { finder.configurations[$0] }
    let settings = EffectiveSettings(choices, configuration, key: .none)
    var references: [PackReference] = []
    for name in selection.names ?? [] { references.append(reference(name)) }
    let loading = PackLoader(in: files).load(
      references, settings: settings.parameters, passesOverOtherPacks: true, isStrict: isStrict,
      compilesFixes: options.fixes != .none,
      readsExamples: options.readsExamples, costLimit: options.costLimit)
    report(loading.diagnostics)
    packFiles.formUnion(loading.files)
    var set = PackSet(
      packs: loading.packs, places: loading.places, isFaulty: loading.hasErrors)
    if set.isFaulty, !settings.parameters.isEmpty {
      // The values of parameters may be all that is wrong.
      set.packs =
        PackLoader(in: files).load(
          references, isStrict: isStrict,
          compilesFixes: options.fixes != .none,
          readsExamples: options.readsExamples, costLimit: options.costLimit
        ).packs
    }
    packSets[key] = set
    return set
  }

  /// The pack that a name means; one that a configuration names may lie anywhere in its project.
  private mutating func reference(_ name: PackSelection.PackName) -> PackReference {
    guard let location = name.location, let root = name.folder else {
      return PackReference(name.text)
    }
    let shown = self.root.shownPath(of: root, workingFolder: workingFolder)
    let folder = shown == "." ? "" : Paths.joined(shown, "")
    return PackReference(
      name.text, folder: folder, root: finder.project(of: root), location: location)
  }

  /// The packs that apply, with their severities; nil where they cannot be used.
  private mutating func packs(_ settings: EffectiveSettings, _ index: Int?) -> [LoadedPack]? {
    let selection = settings.packs.value
    let set = packSet(selection, index)
    guard !set.isFaulty else { return nil }
    return set.packs(for: selection).map { $0.graded(by: settings.grades) }
  }
}

extension LintProfiles {
  /// All packs that the configuration of a folder names, with the severities that it gives their rules
  /// wherever no entry of `files` says otherwise; nil where they cannot be used.
  package mutating func packsInUse(inFolder path: String) -> [LoadedPack]? {
    guard let (index, _) = governing(path, isFolder: true), prepare(index) else { return nil }
    let configuration = index.map { finder.configurations[$0] }
    let settings = EffectiveSettings(choices, configuration, key: .none)
    var packs = packs(settings, index) ?? []
    var known = Set(packs.ruleDescriptions.map(\.id))
    var seen: Set<PackSetKey> = []
    for selection in selections(of: configuration)
    where seen.insert(PackSetKey(selection, index)).inserted {
      for pack in packSet(selection, index).packs {
        let ids = pack.ruleDescriptions.map(\.id)
        guard !ids.allSatisfy(known.contains) else { continue }
        known.formUnion(ids)
        packs.append(pack.graded(by: settings.grades))
      }
    }
    return packs
  }
}

extension LoadedPack {
  /// Whether the pack is about requests for an operation.
  func isRequest(_ operation: String) -> Bool {
    owner != nil && self.operation?.utf8.elementsEqual(operation.utf8) ?? false
  }
}
