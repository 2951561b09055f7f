import CEL
import Documents
import SourceText

/// CEL: results are those of the reference and of a text with all parentheses; nothing is fatal,
/// and everything gives the same result twice.
enum CELFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(4)
    let document = JSONReader.read(Value.make(&choices).json).document
    if mode == 0 {
      try checkRaw(String(decoding: choices.rest(), as: UTF8.self), document)
      return
    }
    let expression = ReferenceExpression.make(&choices, isPlain: mode == 1)
    let text = expression.source(isExplicit: false)
    let outcome = try outcome(of: text, in: document, checksTypes: false)
    let explicit = expression.source(isExplicit: true)
    let other = try self.outcome(of: explicit, in: document, checksTypes: false)
    try require(outcome == other, "\(text) gives \(outcome), and \(explicit) gives \(other)")
    let expected = expression.outcome
    if expected != .unknown {
      try require(
        outcome == expected.text(), "\(text) gives \(outcome), not \(expected.text())")
    }
    let checked = try self.outcome(of: text, in: document, checksTypes: true)
    try require(
      checked == outcome || checked == "invalid",
      "\(text) gives \(outcome) unchecked, and \(checked) checked")
    var damaged = Array(text.utf8)
    Damage.apply(to: &damaged, &choices, pieces: pieces)
    try checkRaw(String(decoding: damaged, as: UTF8.self), document)
  }

  private static func checkRaw(_ text: String, _ document: Document) throws {
    for checksTypes in [true, false] {
      _ = try outcome(of: text, in: document, checksTypes: checksTypes)
    }
    let bytes = Array(text.utf8)
    for alteration in CELAlterations.all(of: text).prefix(5) {
      try require(
        alteration.range.upperBound <= bytes.count, "an alteration beyond \(text.debugDescription)")
      _ = try outcome(of: alteration.applied(to: bytes), in: document, checksTypes: true)
    }
    _ = CELAlterations.mentions(of: text)
  }

  /// The value as text, `error`, or `invalid` where the expression does not compile.
  private static func outcome(
    of text: String, in document: Document, checksTypes: Bool
  ) throws -> String {
    var symbols = SymbolTable()
    let environment = CELEnvironment(
      variables: [.init(name: "self", type: .dyn), .init(name: "root", type: .dyn)],
      checksTypes: checksTypes)
    let compilation = CELCompiler.compile(text, environment: environment, symbols: &symbols)
    for error in compilation.errors {
      try require(
        error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count
          && !error.message.isEmpty, "an error at \(error.range) of \(text.debugDescription)")
    }
    guard let program = compilation.program else {
      try require(!compilation.errors.isEmpty, "\(text.debugDescription) fails without an error")
      return "invalid"
    }
    let request = TreeReference.request(document, to: symbols)
    var evaluator = CELEvaluator(costLimit: 20_000)
    var outcomes: [String] = []
    for _ in 0..<2 {
      do throws(CELError) {
        let value = try evaluator.evaluate(
          program, variables: [.node(.root), .node(.root)], in: request, symbols: symbols)
        outcomes.append(value.rendered(in: request, symbols: symbols).text)
      } catch {
        try require(
          error.range.upperBound <= text.utf8.count, "an error beyond \(text.debugDescription)")
        outcomes.append("error")
      }
    }
    try require(outcomes[0] == outcomes[1], "\(text.debugDescription) gives \(outcomes)")
    return outcomes[0]
  }

  private static let pieces = [
    "(", ")", "[", "]", "{", "}", ".", "?", ":", ",", "'", "\"", "\\", "r'", "b'", "'''", "1", "u",
    "e", "0x", "!", "-", "&&", "||", " in ", "self", "x", "\n", "//", "é", "has(", ".map(x, ",
    ".matches('(')", ".format(['", "9223372036854775808", "1e999", "optional.of(", "[?",
  ]
}
