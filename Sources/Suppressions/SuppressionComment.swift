package import Findings
package import SourceText

/// What a comment of a YAML request suppresses: `# requisite: ignore RULE reason`, or
/// `# requisite: ignore RULE until 2027-03-31 reason`.
package struct SuppressionComment: Sendable {
  /// The rule whose findings are meant.
  package var rule: RuleID
  /// The last day on which it applies, by UTC; nil for good.
  package var until: CalendarDate?
  /// The reason that the comment gives.
  package var reason: String

  /// What the comments begin with, blanks behind the `#` aside.
  package static let beginning = Array("requisite:".utf8)

  /// What is wrong with a comment, which then suppresses nothing.
  package struct Problem: Error, Sendable {
    /// What is wrong and what to do, without a full stop; never shows text of the request.
    package var message: String
    /// The bytes that are wrong.
    package var range: TextRange

    /// Creates a problem.
    package init(message: String, range: TextRange) {
      self.message = message
      self.range = range
    }
  }

  /// How many errors, and how many warnings, are reported of the comments of one file.
  package static let diagnosticLimit = 200

  /// How many errors, and how many warnings, are reported of the comments of one run.
  package static let runDiagnosticLimit = 1_000

  /// How many bytes the id of a rule may have.
  private static let ruleLength = 200

  /// Reads the comment in a range of a text, from its `#` to the end of its line.
  ///
  /// `isPack` tells whether a name is that of a pack of the run.
  ///
  /// - Throws: the first thing that is wrong with it.
  package init(
    in bytes: [UInt8], _ range: TextRange, isPack: (String) -> Bool
  ) throws(Problem) {
    var words = Words(bytes, TextRange(range.lowerBound + 1, range.upperBound))
    words.skipBlanks()
    words.skip(Self.beginning.count)
    let command = words.next()
    guard Self.reads(command, "ignore", in: bytes) else {
      throw Problem(
        message:
          "expected '# requisite: ignore RULE reason'; start other comments with a different word",
        range: range)
    }
    let rule = words.next()
    guard !rule.isEmpty else {
      throw Problem(
        message: "missing rule in the suppression comment; write '# requisite: ignore RULE reason'",
        range: range)
    }
    self.rule = try Self.rule(at: rule, in: bytes)
    var rest = words
    if Self.reads(rest.next(), "until", in: bytes) {
      let date = rest.next()
      guard let until = CalendarDate(bytes[date.lowerBound..<date.upperBound]) else {
        throw Problem(
          message:
            "'until' in a suppression comment must be followed by an existing date, as in 'until 2027-03-31'; if no date is meant, start the reason with a different word",
          range: date.isEmpty ? range : date)
      }
      self.until = until
      words = rest
    }
    words.skipBlanks()
    let reason = words.rest
    guard !reason.isEmpty else {
      throw Problem(
        message: "missing reason in the suppression comment; say why the finding is accepted",
        range: range)
    }
    let first = words.next()
    if let other = Self.ruleID(at: first, in: bytes), isPack(other.pack) {
      throw Problem(
        message: "suppression comment names several rules; write a comment for each", range: first)
    }
    self.reason = String(decoding: bytes[reason.lowerBound..<reason.upperBound], as: UTF8.self)
  }

  /// Whether it has run out.
  package func isExpired(on day: CalendarDate) -> Bool { until.map { $0 < day } ?? false }

  private static func reads(_ range: TextRange, _ text: String, in bytes: [UInt8]) -> Bool {
    bytes[range.lowerBound..<range.upperBound].elementsEqual(text.utf8)
  }

  private static func rule(at range: TextRange, in bytes: [UInt8]) throws(Problem) -> RuleID {
    if range.count <= ruleLength,
      let rule = RuleID(String(decoding: bytes[range.lowerBound..<range.upperBound], as: UTF8.self))
    {
      return rule
    }
    throw Problem(
      message: bytes[range.lowerBound..<range.upperBound].contains(UInt8(ascii: "*"))
        ? "suppression comment must name one rule by its full id; to disable several rules, turn them off in the configuration"
        : "suppression comment must name a rule by its full id, such as aws-connect-chat/attributes-size, followed by a blank",
      range: range)
  }

  /// The rule that the first word of a reason names, perhaps with a comma behind it.
  private static func ruleID(at range: TextRange, in bytes: [UInt8]) -> RuleID? {
    guard range.count <= ruleLength else { return nil }
    var word = bytes[range.lowerBound..<range.upperBound]
    while let last = word.last, ",;:.".utf8.contains(last) { word.removeLast() }
    return RuleID(String(decoding: word, as: UTF8.self))
  }
}

/// The words of a comment, which blanks part.
private struct Words {
  private let bytes: [UInt8]
  private(set) var rest: TextRange

  init(_ bytes: [UInt8], _ range: TextRange) {
    self.bytes = bytes
    rest = range
  }

  private func isBlank(at index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  mutating func skip(_ count: Int) {
    rest = TextRange(min(rest.lowerBound + count, rest.upperBound), rest.upperBound)
  }

  mutating func skipBlanks() {
    var index = rest.lowerBound
    while index < rest.upperBound, isBlank(at: index) { index += 1 }
    rest = TextRange(index, rest.upperBound)
  }

  /// The next word; an empty range at the end.
  mutating func next() -> TextRange {
    skipBlanks()
    let start = rest.lowerBound
    var index = start
    while index < rest.upperBound, !isBlank(at: index) { index += 1 }
    rest = TextRange(index, rest.upperBound)
    return TextRange(start, index)
  }
}
