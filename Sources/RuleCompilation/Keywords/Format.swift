import Documents
import Evaluation
import Formats
import SourceText

/// A format of numbers: the type of a number, not its spelling.
package enum NumberFormat: String, Sendable, CaseIterable {
  case int32, int64

  /// The bits of an integer in the format.
  var bitCount: Int {
    switch self {
    case .int32: 32
    case .int64: 64
    }
  }

  /// What a number in the format is, such as "an integer of 32 bits".
  package var phrase: String { "an integer of \(bitCount) bits" }
}

extension Keyword {
  /// The names of all formats.
  static let formats = StringFormat.allCases.map(\.rawValue) + NumberFormat.allCases.map(\.rawValue)

  /// `format` (JSON Schema 2020-12 validation, section 7).
  static let format = Keyword(
    name: "format", summary: "The string has this format.",
    vocabulary: .formatAnnotation, types: [.string, .integer, .number],
    value: .format, mutation: .drop,
    rule: Rule(
      "A string has the format that the model requires.",
      help: "Write the string in this format; the message says what is wrong and where."),
    cases: [
      .init(#"{"format": "date"}"#, valid: [#""2024-02-29""#, "1"], invalid: [#""2023-02-29""#]),
      .init(
        #"{"format": "int32"}"#, valid: ["1", #""a""#], invalid: ["2147483648"], fails: ["type"]),
    ]
  ) { use, compiler in
    guard let name = compiler.string(use) else { return }
    // A meta-schema can ask for assertion (section 7.2.2), but not forbid what a pack is for.
    guard
      compiler.assertsFormats
        || compiler.resources.vocabularies(of: use.schema).contains(.formatAssertion)
    else { return }
    if let format = NumberFormat(rawValue: name) {
      compiler.emit(.integerWidth(format.bitCount))
    } else {
      if let format = StringFormat(rawValue: name) {
        compiler.emit(.format(format))
      } else if compiler.isStrict {
        let nearest = NearestName.nearest(to: name, among: formats)
        compiler.mistake(
          "schema/unknown-format",
          nearest.map { "unknown format \"\(name)\"; did you mean \"\($0)\"?" }
            ?? "unknown format \"\(name)\"; supported: \(formats.joined(separator: ", "))",
          at: use.value)
      }
    }
  }
}
