import RequisiteConfiguration
import Findings
import Linting
import RequisiteFiles
import RulePacks
import SourceText

extension RuleSet {
  /// The names of the built-in packs, such as `aws-connect-chat`.
  public static var builtInNames: [String] { BuiltInPacks.names }

  /// Loads built-in packs; reads no file.
  ///
  /// With one pack, every request is checked against it. With several, each request is checked against
  /// those that it looks like a request of.
  ///
  /// - Parameters:
  ///   - names: The names of the packs; without any, all built-in packs.
  ///   - options: How the packs are adapted.
  /// - Throws: ``RuleSetError`` for an unknown name (`pack/unknown`), or for options that do not fit the
  ///   packs.
  public init(builtIn names: String..., options: Options = Options()) throws(RuleSetError) {
    try self.init(names.map { .builtIn($0) }, options, in: InMemoryFileSystem())
  }

  /// Loads a pack from bytes; reads no file.
  ///
  /// The pack may extend built-in packs.
  ///
  /// - Parameters:
  ///   - bytes: The pack's text: YAML, or JSON if the name ends in `.json`.
  ///   - name: The name of the pack's file, as diagnostics show it.
  ///   - files: The files that the pack refers to, such as the schema of its request and packs that it
  ///     extends, by their paths. The paths are relative like `name`.
  ///   - options: How the pack is adapted.
  /// - Throws: ``RuleSetError`` with everything that is wrong with the pack, or with the options.
  public init(
    pack bytes: some Sequence<UInt8>, named name: String = "pack.yaml",
    files: [String: [UInt8]] = [:], options: Options = Options()
  ) throws(RuleSetError) {
    var files = files
    files[name] = Array(bytes)
    // So deep that paths of different files stay different, however many steps upward they begin with.
    let folder = String(repeating: "/_", count: 32)
    try self.init(
      [Self.file(name)], options, in: InMemoryFileSystem(files, workingFolder: folder))
  }

  /// Loads packs from files, with the files that they refer to.
  ///
  /// With several packs, each request is checked against those that it looks like a request of.
  ///
  /// - Parameters:
  ///   - path: The path of a pack, absolute or relative to the working folder.
  ///   - others: The paths of more packs.
  ///   - options: How the packs are adapted.
  /// - Throws: ``RuleSetError`` for a file that cannot be read (`pack/unreadable`), with everything that
  ///   is wrong with the packs, or with the options.
  public init(
    contentsOf path: String, _ others: String..., options: Options = Options()
  ) throws(RuleSetError) {
    try self.init(([path] + others).map(Self.file), options, in: RealFileSystem())
  }

  /// A pack's file; a name without a slash is a file's, also where a built-in pack has the same.
  private static func file(_ path: String) -> PackReference {
    PackReference(path.utf8.contains(UInt8(ascii: "/")) ? path : "./" + path)
  }

  private init(
    _ references: [PackReference], _ options: Options, in files: any FileSystem
  ) throws(RuleSetError) {
    var settings: [ParameterSetting] = []
    var mistakes: [Findings.Diagnostic] = []
    for (name, value) in options.parameters.sorted(by: { $0.key < $1.key }) {
      switch ParameterSetting.read("\(name)=\(value)", source: "parameters") {
      case .success(let setting): settings.append(setting)
      case .failure(let diagnostic): mistakes.append(diagnostic)
      }
    }
    // Files in memory belong together, wherever they are.
    let boundary = files is InMemoryFileSystem ? "/" : nil
    var loading = PackLoader(in: files, boundary: boundary).load(
      references, settings: settings, compilesFixes: true)
    loading.diagnostics = mistakes + loading.diagnostics
    try self.init(loading, options)
  }
}
