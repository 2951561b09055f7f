import Documents
import Evaluation
import RequisitePatterns
import RulePacks

extension Keyword {
  /// `characters`, our own.
  static let characters = Keyword(
    name: "characters",
    summary: "Every character of the string is in this class, such as A-Za-z0-9_-.",
    vocabulary: .requisite, types: .string,
    value: .string, mutation: .characterClass,
    rule: Rule(
      "A string has only characters that the model allows.",
      help: "Replace or remove the character that the message names."),
    cases: [
      .init(#"{"characters": "a-c"}"#, valid: [#""abc""#, #""""#, "1"], invalid: [#""abd""#])
    ]
  ) { use, compiler in
    guard let text = compiler.string(use) else { return }
    do throws(PatternError) {
      compiler.plan.program.classes.append(try CharacterClass(classBody: text))
      compiler.emit(.characters(index: compiler.plan.program.classes.count - 1))
    } catch {
      compiler.mistake(
        "schema/bad-pattern", error.message, at: use.value,
        part: compiler.resources.files[use.value.file].file.sourceRange(
          of: error.offset..<error.offset, in: use.value.node))
    }
  }
}
