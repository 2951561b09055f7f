import Documents
import Evaluation
import Formats
import SourceText

extension Keyword {
  /// `format` (JSON Schema 2020-12 validation, section 7).
  static let format = Keyword(
    name: "format", summary: "The string has this format.",
    vocabulary: .formatAnnotation, types: [.string, .integer, .number]
  ) { use, compiler in
    guard let name = compiler.string(use) else { return }
    // A meta-schema can ask for assertion (section 7.2.2), but not forbid what a pack is for.
    guard
      compiler.assertsFormats
        || compiler.resources.vocabularies(of: use.schema).contains(.formatAssertion)
    else { return }
    switch name {
    // Formats of numbers say what type a number has, not how it is written.
    case "int32": compiler.emit(.integerWidth(32))
    case "int64": compiler.emit(.integerWidth(64))
    default:
      if let format = StringFormat(rawValue: name) {
        compiler.emit(.format(format))
      } else if compiler.isStrict {
        let names = StringFormat.allCases.map(\.rawValue) + ["int32", "int64"]
        let nearest = NearestName.nearest(to: name, among: names)
        compiler.mistake(
          "schema/unknown-format",
          nearest.map { "unknown format \"\(name)\"; did you mean \"\($0)\"?" }
            ?? "unknown format \"\(name)\"; known are \(names.joined(separator: ", "))",
          at: use.value)
      }
    }
  }
}
