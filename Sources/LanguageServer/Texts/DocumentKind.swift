import Documents
import Linting
import RequisiteFiles
package import SourceText
import Suppressions

/// What a document is to the server.
package enum DocumentKind: Sendable, Hashable {
  /// Requests.
  case request(Syntax)
  /// A rule pack.
  case pack
  /// A configuration.
  case configuration
  /// A file of suppressions.
  case suppressions
  /// A baseline, which people do not edit.
  case baseline
  /// Nothing that is checked.
  case other

  /// Whether what other documents report may depend on it.
  var concernsOthers: Bool {
    switch self {
    case .request, .other: false
    case .pack, .configuration, .suppressions, .baseline: true
    }
  }

  /// Whether its report depends on what requests have, as that of suppressions does, and may take long.
  var isJudged: Bool { self == .suppressions || self == .configuration }

  /// Tells what a document is, by its path, the language that the editor takes it for, and its text.
  package init(path: String, language: String?, text: [UInt8]) {
    let name = Paths.name(of: path)
    if [".requisite.yaml", ".requisite.yml"].contains(name) {
      self = .configuration
    } else if name == SuppressionReader.fileName {
      self = .suppressions
    } else if name == KnownFindingsLoader.standardBaselineName {
      self = .baseline
    } else {
      let syntax = Syntax(path: path) ?? language.flatMap(Self.syntax(ofLanguage:))
      // JSON with comments is no request.
      guard let syntax, language != "jsonc", language != "json5" else {
        self = .other
        return
      }
      self = Self.ownKind(text, syntax) ?? .request(syntax)
    }
  }

  private static func syntax(ofLanguage language: String) -> Syntax? {
    switch language {
    case "json": .json
    case "jsonl", "jsonlines", "ndjson": .jsonLines
    case "yaml": .yaml
    default: nil
    }
  }

  /// The kind of a file that says the version of one of our formats; nil for any other.
  private static func ownKind(_ text: [UInt8], _ syntax: Syntax) -> DocumentKind? {
    let names: Set<String>
    switch syntax {
    case .jsonLines: return nil
    case .json:
      guard String(decoding: text.prefix(1 << 12), as: UTF8.self).contains("\"requisite\"") else {
        return nil
      }
      let document = JSONReader.read(text).document
      guard !document.isEmpty else { return nil }
      names = Set(document.members(of: .root).map { document.text(of: $0.name) })
    case .yaml: names = topLevelNames(text)
    }
    guard names.contains("requisite") else { return nil }
    if names.contains("name") || names.contains("rules") { return .pack }
    let others = names.subtracting(["requisite", "suppressions"])
    return others.isEmpty && names.contains("suppressions") ? .suppressions : .configuration
  }

  /// The plain names at the beginnings of lines, however broken the text is.
  private static func topLevelNames(_ text: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let first = line.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first,
        let colon = line.prefix(64).firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      names.insert(String(decoding: line[..<colon], as: UTF8.self))
    }
    return names
  }
}
