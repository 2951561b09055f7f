import Evaluation
package import Findings
package import RequisiteFiles
import RuleCompilation
package import RulePacks

/// What loading packs gave.
package struct PackLoading: Sendable {
  /// The requests of the packs with their rules, ready to run.
  package var packs: [LoadedPack] = []
  /// For each reference that was followed, in order, the place of its pack among the members of the
  /// packs' composition; nil for one that cannot be used.
  package var places: [Int?] = []
  /// Everything that is wrong with any of the packs.
  package var diagnostics: [Diagnostic] = []
  /// The files that were read, without links: of the packs, and of what they extend and refer to.
  package var files: Set<[UInt8]> = []

  /// Whether a run must not begin.
  package var hasErrors: Bool { diagnostics.hasErrors }

  /// Sets what one evaluation of an expression may cost, as compiling with that limit does.
  fileprivate mutating func limitExpressions(to cost: Int) {
    for index in packs.indices { packs[index].plan.limits.cost = cost }
  }
}

/// Finds, reads and compiles packs.
package struct PackLoader: Sendable {
  private let files: any FileSystem
  /// The folder whose tree no pack may lie outside of; nil for that of each pack that is asked for.
  private let boundary: String?

  /// Creates a loader of built-in packs and those of a file system.
  package init(in files: any FileSystem, boundary: String? = nil) {
    self.files = files
    self.boundary = boundary
  }

  /// A family without packs.
  func newFamily() -> PackFamily { PackFamily(in: files, boundary: boundary) }

  /// Loads packs by the names of built-in ones, or by paths; all built-in ones where there are none.
  ///
  /// All of them together, with what they extend, are one composition: a pack that several extend
  /// takes part once, and of two that override a rule the later one wins. Built-in packs are not
  /// checked for what their own tests check, so that a run begins at once. With `isStrict` they are,
  /// and every warning about a pack is an error. With `passesOverOtherPacks`, settings of packs that do
  /// not take part count for nothing; otherwise they are errors. Fixes of built-in packs
  /// that are not asked for are not compiled, and their examples need not be read, as long as no other pack
  /// extends them. `costLimit` is what one evaluation of an expression may
  /// cost; by default that of `CELEvaluator`. With `bytes`, these are read in place of what the files
  /// of the references hold.
  package func load(
    _ references: [PackReference], settings: [ParameterSetting] = [],
    passesOverOtherPacks: Bool = false, isStrict: Bool = false, compilesFixes: Bool = false,
    readsExamples: Bool = true, costLimit: Int? = nil, bytes: [UInt8]? = nil
  ) -> PackLoading {
    if settings.isEmpty, !isStrict, bytes == nil,
      var loading = CompiledPacks.load(
        references, compilesFixes: compilesFixes, readsExamples: readsExamples)
    {
      if let costLimit { loading.limitExpressions(to: costLimit) }
      return loading
    }
    return loadNow(
      references, settings: settings, passesOverOtherPacks: passesOverOtherPacks,
      isStrict: isStrict, compilesFixes: compilesFixes, readsExamples: readsExamples,
      costLimit: costLimit, bytes: bytes)
  }

  /// The same, whatever was compiled beforehand.
  private func loadNow(
    _ references: [PackReference], settings: [ParameterSetting], passesOverOtherPacks: Bool,
    isStrict: Bool, compilesFixes: Bool, readsExamples: Bool, costLimit: Int?, bytes: [UInt8]?
  ) -> PackLoading {
    var budget = LoadingBudget(costLimit: costLimit)
    var settings = settings
    var family = newFamily()
    family.firstBytes = bytes
    family.readsExamples =
      readsExamples || isStrict || !references.allSatisfy { BuiltInPacks.names.contains($0.text) }
    var roots: [Int] = []
    var isComplete = true
    /// For each reference, which of the roots it is.
    var numbers: [Int?] = []
    for reference in references.isEmpty ? BuiltInPacks.names.map({ PackReference($0) }) : references
    {
      if let root = family.add(reference) {
        if !roots.contains(root) { roots.append(root) }
        numbers.append(roots.firstIndex(of: root))
      } else {
        numbers.append(nil)
        isComplete = false
      }
    }
    roots = family.settle(roots)
    if passesOverOtherPacks {
      settings.removeAll { setting in
        !family.members.contains { member in
          setting.name.utf8.starts(with: (member.pack.name.value + ".").utf8)
        }
      }
    }
    var loading = PackLoading(
      places: numbers.map { $0.map { roots[$0] } }, diagnostics: family.diagnostics,
      files: family.files)
    let checking = family.members.map { member -> PackChecking in
      member.isBuiltIn && !isStrict ? .none : .all
    }
    // Values from outside of the packs do not count for what a pack's own examples show.
    if !settings.isEmpty, checking.contains(.all) {
      let (_, diagnostics) = compile(
        family.members, roots, [], checking, compilesFixes, costLimit, &budget)
      loading.diagnostics += diagnostics
    }
    let (packs, diagnostics) = compile(
      family.members, roots, settings, checking, compilesFixes, costLimit, &budget)
    loading.diagnostics += diagnostics
    var seen: Set<Diagnostic> = []
    loading.diagnostics = loading.diagnostics.filter { seen.insert($0).inserted }
    loading.diagnostics.sort(by: Diagnostic.precedes)
    if isStrict {
      for index in loading.diagnostics.indices {
        loading.diagnostics[index].raise(by: "--strict-packs")
      }
    }
    if isComplete, !loading.hasErrors { loading.packs = packs }
    return loading
  }

  /// Loads built-in packs by reading and compiling them.
  package static func compiledNow(_ names: [String]) -> PackLoading {
    PackLoader(in: InMemoryFileSystem()).loadNow(
      names.map { .builtIn($0) }, settings: [], passesOverOtherPacks: false, isStrict: false,
      compilesFixes: true, readsExamples: true, costLimit: nil, bytes: nil)
  }

  /// Reads built-in packs and composes them, without compiling them.
  static func composition(ofBuiltIn names: [String], readsExamples: Bool) -> PackComposition {
    var family = PackLoader(in: InMemoryFileSystem()).newFamily()
    family.readsExamples = readsExamples
    let read = names.compactMap { family.add(.builtIn($0)) }
    let roots = family.settle(read)
    return PackComposer.compose(family.members, roots: roots).composition
  }

  /// Reads the file of one pack by itself, without what it extends.
  ///
  /// With `bytes`, these are read in place of the file's content.
  ///
  /// - Throws: `pack/unknown` for a missing file, `pack/unreadable` for one that cannot be read.
  package func readFile(
    at path: String, bytes: [UInt8]? = nil
  ) throws(Diagnostic) -> RulePackReading {
    switch files.kind(of: path) {
    case .file, .stream: break
    case .folder:
      throw Diagnostic("pack/unreadable", "'\(path)' is a folder", hint: "name the pack's file")
    case .missing: throw Diagnostic("pack/unknown", "no file '\(path)'")
    }
    var family = newFamily()
    return try family.readFile(at: path, bytes: bytes)
  }

  /// Composes packs and compiles each request of theirs.
  private func compile(
    _ members: [PackComposition.Member], _ roots: [Int], _ settings: [ParameterSetting],
    _ checking: [PackChecking], _ compilesFixes: Bool, _ costLimit: Int?,
    _ budget: inout LoadingBudget
  ) -> (packs: [LoadedPack], diagnostics: [Diagnostic]) {
    guard !members.isEmpty else { return ([], []) }
    var (composition, diagnostics) = PackComposer.compose(
      members, roots: roots, settings: settings)
    var packs: [LoadedPack] = []
    let owners = composition.requestOwners.map { Optional($0) }
    // Rules of a pack without a request are about any document that it is chosen for.
    let isGeneral = composition.roots.contains { composition.requests[$0].isEmpty }
    for owner in owners + (isGeneral ? [nil] : []) {
      let compilation = RuleCompiler.compile(
        composition, requestOf: owner, checking: checking, compilesFixes: compilesFixes,
        costLimit: costLimit, budget: &budget)
      diagnostics += compilation.diagnostics
      guard let plan = compilation.plan else { continue }
      let pack = composition.members[owner ?? composition.roots.last ?? 0].pack
      packs.append(
        LoadedPack(
          CompositionSource(composition), owner: owner,
          needsDetection: owner.map { composition.comesWithOthers($0) } ?? false,
          operation: pack.request?.operation?.value,
          packNames: composition.members.map(\.pack.name.value), plan: plan))
    }
    return (packs, diagnostics)
  }
}

extension PackComposition {
  /// Whether every pack that was asked for and that brings a request along brings others as well.
  fileprivate func comesWithOthers(_ owner: Int) -> Bool {
    roots.allSatisfy { root in
      let brought = requestOwners.filter { $0 == root || members[root].ancestors.contains($0) }
      return brought != [owner]
    }
  }
}
