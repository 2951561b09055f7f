package import SourceText

/// Why a text is no JSONPath query, and where.
package struct JSONPathError: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Kind: Sendable, Hashable {
    /// Something else is there, or nothing.
    case expected(String, found: String?)
    /// A name behind a dot that can only be written in brackets.
    case nameWithoutShorthand(String)
    /// A string is never closed.
    case unclosedString
    /// A backslash with what no escape begins with.
    case unknownEscape(String)
    /// `\u` without four hexadecimal digits.
    case incompleteEscape
    /// `\u` with half of a surrogate pair.
    case loneSurrogate
    /// A control character within a string.
    case controlCharacter(UInt8)
    /// White space where none may occur.
    case strayWhiteSpace(String)
    /// An index or slice bound beyond ±(2^53 − 1).
    case integerOutOfRange
    /// An integer that begins with 0, or `-0`.
    case badInteger(String)
    /// A number that no JSON number is.
    case badNumber(String)
    /// A function that there is not, and the nearest that is.
    case unknownFunction(String, nearest: String?)
    /// A function with too few or too many arguments.
    case argumentCount(function: String, expected: Int, found: Int)
    /// An argument that must select at most one node.
    case pluralArgument(function: String)
    /// An argument that must be a query.
    case queryArgument(function: String)
    /// A test function used where a value is wanted.
    case testAsValue(function: String)
    /// A value function used where a test is wanted.
    case valueAsTest(function: String)
    /// A literal used where a test is wanted.
    case literalAsTest
    /// A comparison with a query that may select several nodes.
    case pluralComparison
    /// `!` in front of a comparison.
    case negatedComparison
    /// Nesting beyond the limit.
    case tooDeep(limit: Int)
  }

  /// What is wrong.
  package var kind: Kind
  /// The bytes of the query's text that are wrong; empty where something is missing.
  package var range: TextRange
  /// The 1-based column of the range's start in code points.
  package var column: Int

  /// The byte offset of the fault in the query's text.
  package var offset: Int { range.lowerBound }
}

extension JSONPathError {
  /// A sentence for people, with the column.
  package var message: String { "column \(column): \(sentence)" }

  /// A sentence for people, without the place.
  package var sentence: String {
    switch kind {
    case .expected(let expected, let found):
      "expected \(expected), found \(found.map { "'\($0)'" } ?? "the end")"
    case .nameWithoutShorthand(let name):
      "a name after '.' can only have letters, digits and '_'; use ['\(name)'] instead"
    case .unclosedString: "string is never closed; add the closing quote"
    case .unknownEscape(let escape):
      "expected one of the escapes \\b \\f \\n \\r \\t \\/ \\\\ \\uXXXX or the escaped quote, found "
        + "'\(escape)'"
    case .incompleteEscape: "expected four hexadecimal digits after '\\u'"
    case .loneSurrogate:
      "expected a whole surrogate pair, such as \\ud83d\\ude00, found half of one"
    case .controlCharacter(let byte):
      "expected an escape such as \\n, found the control character U+00\(byte < 16 ? "0" : "")"
        + String(byte, radix: 16, uppercase: true)
    case .strayWhiteSpace(let place): "unexpected whitespace \(place)"
    case .integerOutOfRange:
      "expected an integer from -9007199254740991 to 9007199254740991"
    case .badInteger(let text): "expected an integer without leading zeros, found '\(text)'"
    case .badNumber(let text): "expected a number as in JSON, found '\(text)'"
    case .unknownFunction(let name, let nearest):
      "expected one of the functions length, count, match, search and value, found '\(name)'"
        + (nearest.map { " (did you mean \($0)?)" } ?? "")
    case .argumentCount(let function, let expected, let found):
      "expected \(expected) argument\(expected == 1 ? "" : "s") of \(function), found \(found)"
    case .pluralArgument(let function):
      "expected a query for at most one node as argument of \(function), such as @.a or @[0]"
    case .queryArgument(let function): "expected a query such as @.* as argument of \(function)"
    case .testAsValue(let function):
      "expected a value, found \(function), which is a test and has no value to compare"
    case .valueAsTest(let function):
      "expected a test, found \(function), which returns a value; compare it, as in \(function)(…) > 1"
    case .literalAsTest: "expected a test, found a literal; compare it with something"
    case .pluralComparison:
      "expected a query for at most one node in a comparison, such as @.a or @[0]"
    case .negatedComparison:
      "expected the comparison after '!' in parentheses, as in !(@.a == 1)"
    case .tooDeep(let limit):
      "filters and parentheses are nested more than \(limit) levels deep"
    }
  }
}
