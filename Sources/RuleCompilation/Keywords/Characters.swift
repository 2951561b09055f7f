import Documents
import Evaluation
import Patterns
import RulePacks

extension Keyword {
  /// `characters`, our own.
  static let characters = Keyword(
    name: "characters", summary: "Every character of the string is in this class.",
    vocabulary: .requisite, types: .string
  ) { use, compiler in
    guard let text = compiler.string(use) else { return }
    do throws(PatternError) {
      compiler.plan.classes.append(try CharacterClass(classBody: text))
      compiler.emit(.characters(index: compiler.plan.classes.count - 1))
    } catch {
      compiler.mistake(
        "schema/bad-pattern", error.message, at: use.value,
        part: compiler.resources.files[use.value.file].file.sourceRange(
          of: error.offset..<error.offset, in: use.value.node))
    }
  }
}
