import Linting
import SourceText

/// The syntax of a text that is checked.
public enum Syntax: Sendable, Hashable, CaseIterable {
  /// One JSON text (RFC 8259).
  case json
  /// A JSON text on each line; blank lines are skipped.
  case jsonLines
  /// One YAML 1.2 document.
  case yaml
}

extension Syntax {
  /// What the linter is told of the bytes.
  ///
  /// The path is for messages alone.
  var input: InputSource {
    let syntax: SourceText.Syntax =
      switch self {
      case .json: .json
      case .jsonLines: .jsonLines
      case .yaml: .yaml
      }
    return InputSource(.file("input"), shownPath: "input", syntax: syntax, isExplicit: true)
  }
}
