import ArgumentParser
import Findings
import Linting
import Reporting
import RequisiteFiles
import RulePacks
import SourceText

/// `requisite new`: creates packs and rules.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Create a pack, or add a rule to a pack.",
    subcommands: [NewPack.self, NewRule.self])
}

/// `requisite new pack`: a pack that loads and passes its tests, with comments.
struct NewPack: Command {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Create a commented pack with one rule.")

  @Argument(
    help: ArgumentHelp(
      "The pack's name, in lowercase letters, digits and hyphens.", valueName: "name"))
  var name: String

  @Option(
    help: ArgumentHelp("The pack to extend.", valueName: "name|path"),
    completion: NameCompletion.packs)
  var extends: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The output file, or - for standard output (default: NAME.yaml).",
      valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    guard PackTemplate.isName(name, ofPack: true) else {
      try console.fail(
        Diagnostic(
          "argument/bad-name",
          "invalid pack name '\(name)'",
          hint: "use lowercase letters, digits and single hyphens, but not 'json' or 'yaml'"
        ))
    }
    let path = output ?? "\(name).yaml"
    try OutputFile(path: path, replaces: .nothing, files: invocation.files, console: console)
      .write(Array(PackTemplate.pack(named: name, extending: extends).utf8))
    if !StandardStream.isMeant(by: path) {
      Output.error.write("wrote \(TerminalText.visible(path))\n")
    }
  }
}

/// `requisite new rule`: one more rule in a pack's file.
struct NewRule: Command {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Add a rule to a pack file, keeping its comments and layout.")

  @Argument(help: ArgumentHelp("The pack file.", valueName: "pack"), completion: .file())
  var pack: String

  @Argument(
    help: ArgumentHelp(
      "The rule's name, in lowercase letters, digits and hyphens.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("The values that the rule checks.", valueName: "jsonpath"))
  var given = "$"

  @OptionGroup var colorOptions: ColorOptions

  func run(in invocation: Invocation) throws {
    let console = Console(colorOptions, invocation.environment)
    let lock = invocation.files.lockFolder(ofFileAt: pack, shownAs: pack)
    defer { withExtendedLifetime(lock) {} }
    let reading = try console.checked { () throws(Diagnostic) -> RulePackReading in
      try read(in: invocation.files)
    }
    try console.check(reading.diagnostics)
    guard let read = reading.pack else { throw ExitCode(2) }
    let added = try console.checked { () throws(Diagnostic) -> Addition in
      try addition(to: read, PackLoader(in: invocation.files))
    }
    try OutputFile(path: pack, files: invocation.files, console: console).write(added.bytes)
    console.show(added.warnings)
    Output.error.write(
      "added \(name) at \(TerminalText.visible(pack)):\(added.line)\n")
  }

  /// Reads the pack, unless its name or that of the rule cannot be used.
  private func read(in files: any FileSystem) throws(Diagnostic) -> RulePackReading {
    guard PackTemplate.isName(name, ofPack: false) else {
      throw Diagnostic(
        "argument/bad-name",
        "invalid rule name '\(name)'", hint: "use lowercase letters, digits and single hyphens")
    }
    if BuiltInPacks.names.contains(pack), files.kind(of: pack) == .missing {
      throw Diagnostic(
        "argument/built-in-pack",
        "'\(pack)' is a built-in pack and cannot be changed; extend it with 'requisite new pack NAME --extends \(pack)'"
      )
    }
    return try PackLoader(in: files).readFile(at: pack)
  }

  /// The text of a pack with one more rule.
  private struct Addition {
    var bytes: [UInt8]
    /// What the rule is warned of.
    var warnings: [Diagnostic]
    /// The line of the rule.
    var line: Int
  }

  /// Adds the rule to the text of the pack.
  private func addition(
    to read: RulePack, _ loader: PackLoader
  ) throws(Diagnostic) -> Addition {
    // Where there are mistakes elsewhere, the models that are surely there have to do.
    let before = loader.load([PackReference(pack)])
    let packs =
      before.packs.first?.composition.members.map(\.pack)
      ?? [read] + read.extensions.compactMap { BuiltInPacks.read($0.reference.value)?.pack }
    let texts = try RuleInsertion.texts(
      of: read, adding: name, given: given, models: packs.compactMap { $0.request?.schema?.file })
    let (bytes, warnings) = try suiting(texts, before, loader)
    let after = try loader.readFile(at: pack, bytes: bytes)
    // A text that was not understood after all is left alone.
    guard let written = after.pack, !after.hasErrors, written.rules.count == read.rules.count + 1
    else {
      throw Diagnostic(
        "pack/no-place", "cannot add the rule to '\(pack)' in its current layout",
        hint: "add it by hand")
    }
    let line =
      written.rules.first { $0.name.value.utf8.elementsEqual(name.utf8) }
      .map { written.file.location(of: $0.name.node).region.start.line } ?? 1
    return Addition(bytes: bytes, warnings: warnings, line: line)
  }

  /// The first of several texts of the pack with which it loads as it did before, or the one that has
  /// the fewest warnings; throws where none of them loads.
  private func suiting(
    _ texts: [[UInt8]], _ before: PackLoading, _ loader: PackLoader
  ) throws(Diagnostic) -> (bytes: [UInt8], warnings: [Diagnostic]) {
    let known = Set(before.diagnostics.map { [$0.code, $0.message] })
    var best: (bytes: [UInt8], warnings: [Diagnostic])?
    var failure: Diagnostic?
    for bytes in texts {
      let after = loader.load([PackReference(pack)], bytes: bytes)
      let found = after.diagnostics.filter { !known.contains([$0.code, $0.message]) }
      if let error = found.first(where: { $0.severity == .error }) {
        failure = failure ?? error
        // A path that selects nothing does so whatever is demanded.
        if error.code == "pack/unreachable-path" { break }
      } else if best.map({ found.count < $0.warnings.count }) ?? true {
        best = (bytes, found)
        if found.isEmpty { break }
      }
    }
    if let best { return best }
    throw Diagnostic(
      failure?.code ?? "pack/no-place",
      "--given '\(given)' is not valid in '\(pack)': \(failure?.message ?? "no rule can be added")")
  }
}
