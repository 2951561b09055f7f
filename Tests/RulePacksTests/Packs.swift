import Findings
import RulePacks
import SourceText

/// Packs for tests.
enum Packs {
  /// Reads a pack whose model, if it has one, is the file `model.yaml` or `models/model.yaml`.
  static func read(
    _ text: String, path: String = "pack.yaml", model: String = "type: object\n"
  ) -> RulePackReading {
    RulePackReader.read(SourceFile(path: path, bytes: Array(text.utf8))) {
      relativePath throws(Diagnostic) in
      guard relativePath == "model.yaml" || relativePath == "models/model.yaml" else {
        throw Diagnostic("pack/unreadable", "no file '\(relativePath)'")
      }
      return SourceFile(path: relativePath, bytes: Array(model.utf8))
    }
  }

  /// The composition of a pack by itself.
  static func composition(of pack: RulePack) -> PackComposition {
    let member = PackComposition.Member(
      pack: pack, parents: [], ancestors: [], isBuiltIn: false, isWhole: true)
    return PackComposer.compose(
      [member], roots: [0], settings: [], modelKeywords: ["limit", "required", "type"],
      fixedKeyword: "limit"
    ).composition
  }

  /// A pack with one good rule, and more lines.
  static func withRule(_ lines: String) -> String {
    """
    requisite: 1
    name: p
    rules:
      r:
        description: D
        then: true
    \(lines)

    """
  }

  /// The diagnostics, each as `path:line:column: code: message`.
  static func lines(_ reading: RulePackReading) -> [String] {
    reading.diagnostics.map { diagnostic in
      let place =
        diagnostic.location.map { location in
          "\(location.path):\(location.region.start.line):\(location.region.start.column)"
        } ?? "nowhere"
      return "\(place): \(diagnostic.code): \(diagnostic.message)"
    }
  }
}
