import RequisiteConfiguration
import Findings
import Linting
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
    // In memory without a file, a name is that of a built-in pack or unknown.
    try self.init(names.map { PackReference($0) }, options, memory: [:])
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
    var memory = files
    memory[name] = Array(bytes)
    try self.init([PackReference(name)], options, memory: memory)
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
    let references = ([path] + others).map { path in
      // Here, a name without a slash is a file's, also where a built-in pack has the same.
      PackReference(path.utf8.contains(UInt8(ascii: "/")) ? path : "./" + path)
    }
    try self.init(references, options, memory: nil)
  }

  private init(
    _ references: [PackReference], _ options: Options, memory: [String: [UInt8]]?
  ) throws(RuleSetError) {
    var settings: [ParameterSetting] = []
    var mistakes: [Findings.Diagnostic] = []
    for (name, value) in options.parameters.sorted(by: { $0.key < $1.key }) {
      switch ParameterSetting.read("\(name)=\(value)", source: "parameters") {
      case .success(let setting): settings.append(setting)
      case .failure(let diagnostic): mistakes.append(diagnostic)
      }
    }
    var loading = PackLoader.load(
      references, settings: settings, compilesFixes: true, memory: memory)
    loading.diagnostics = mistakes + loading.diagnostics
    try self.init(loading, options)
  }
}
