import Documents
import Evaluation

extension Keyword {
  /// `const` (JSON Schema 2020-12 validation, section 6.1.3).
  static let constant = Keyword(
    name: "const", summary: "The value equals this one."
  ) { use, compiler in
    compiler.plan.constants.append(compiler.constant(at: use.value))
    compiler.emit(.constant(index: compiler.plan.constants.count - 1))
  }
}
