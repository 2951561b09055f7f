import Documents
import Evaluation

extension Keyword {
  /// `pattern` (JSON Schema 2020-12 validation, section 6.3.3).
  static let pattern = Keyword(
    name: "pattern", summary: "The pattern matches somewhere in the string.", types: .string
  ) { use, compiler in
    if let text = compiler.string(use), let index = compiler.pattern(text, at: use.value) {
      compiler.emit(.pattern(index: index))
    }
  }
}
