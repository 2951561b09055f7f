package import Findings
import RuleCompilation
import RulePacks
import SourceText

/// What loading packs gave.
package struct PackLoading: Sendable {
  /// The packs that can be run.
  package var packs: [LoadedPack] = []
  /// Everything that is wrong with any of them.
  package var diagnostics: [Diagnostic] = []

  /// Whether a run must not begin.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Finds, reads and compiles packs.
package enum PackLoader {
  /// Loads packs by the names of built-in ones, or by paths; all built-in ones where there are none.
  ///
  /// Built-in packs are not checked for what their own tests check, so that a run begins at once.
  /// With `isStrict` they are, and every warning about a pack is an error. Fixes that are not asked
  /// for are not compiled either.
  package static func load(
    _ references: [String], isStrict: Bool = false, compilesFixes: Bool = false
  ) -> PackLoading {
    var loading = PackLoading()
    var seen: Set<String> = []
    for reference in references.isEmpty ? BuiltInPacks.names : references
    where seen.insert(reference).inserted {
      load(reference, isStrict: isStrict, compilesFixes: compilesFixes, into: &loading)
    }
    return loading
  }

  private static func load(
    _ reference: String, isStrict: Bool, compilesFixes: Bool, into loading: inout PackLoading
  ) {
    let reading: RulePackReading
    var checking = PackChecking.all
    if let builtIn = BuiltInPacks.read(reference) {
      reading = builtIn
      if !isStrict { checking = .none }
    } else {
      do throws(Diagnostic) {
        reading = try read(path: reference)
      } catch {
        loading.diagnostics.append(error)
        return
      }
    }
    var compilation = RuleCompiler.compile(
      reading, checking: checking, compilesFixes: compilesFixes)
    if isStrict {
      for index in compilation.diagnostics.indices {
        compilation.diagnostics[index].severity = .error
      }
    }
    loading.diagnostics += compilation.diagnostics
    guard let pack = reading.pack, let plan = compilation.plan,
      !compilation.diagnostics.contains(where: { $0.severity == .error })
    else { return }
    if let other = loading.packs.first(where: {
      $0.pack.name.value.utf8.elementsEqual(pack.name.value.utf8)
    })?.pack {
      if !pack.hasContent(of: other) {
        loading.diagnostics.append(
          Diagnostic(
            "pack/same-name",
            "the packs '\(other.file.source.path)' and '\(pack.file.source.path)' are both named '\(pack.name.value)'; rename one, or choose only one",
            at: pack.file.location(of: pack.name.node),
            related: [
              RelatedLocation(
                location: other.file.location(of: other.name.node), message: "the other pack's name"
              )
            ]))
      }
      return
    }
    loading.packs.append(LoadedPack(pack: pack, plan: plan))
  }

  private static func read(path: String) throws(Diagnostic) -> RulePackReading {
    switch FileAccess.kind(of: path) {
    case .file, .stream: break
    case .folder:
      throw Diagnostic("pack/unreadable", "'\(path)' is a folder; name the pack's file")
    case .missing:
      let nearest = NearestName.nearest(to: path, among: BuiltInPacks.names)
      throw Diagnostic(
        "pack/unknown",
        nearest.map { "there is no pack '\(path)'; did you mean '\($0)'?" }
          ?? "'\(path)' is neither a built-in pack (\(BuiltInPacks.names.joined(separator: ", "))) nor a file"
      )
    }
    let bytes = try FileAccess.bytes(of: path)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return RulePackReader.read(SourceFile(path: path, bytes: bytes)) {
      (relativePath) throws(Diagnostic) -> SourceFile in
      let target = folder + relativePath
      // A symbolic link must not lead out of the pack's folder either.
      guard let real = FileAccess.realPath(target) else {
        throw Diagnostic("pack/unreadable", "there is no file '\(target)'")
      }
      let root = FileAccess.realPath(folder.isEmpty ? "." : folder) ?? "/"
      guard root == "/" || real.utf8.starts(with: (root + "/").utf8) else {
        throw Diagnostic(
          "pack/unreadable",
          "'\(target)' leads out of the pack's folder, which nothing of a pack may")
      }
      return SourceFile(path: target, bytes: try FileAccess.bytes(of: real))
    }
  }
}

extension RulePack {
  /// Whether another pack is the same, file by file.
  fileprivate func hasContent(of other: RulePack) -> Bool {
    file.source.bytes == other.file.source.bytes
      && request?.schema?.file.source.bytes == other.request?.schema?.file.source.bytes
      && schemaFiles.mapValues(\.source.bytes) == other.schemaFiles.mapValues(\.source.bytes)
  }
}
