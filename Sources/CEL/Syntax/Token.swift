import SourceText

/// A piece of an expression's text.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case identifier(String)
    /// A member name between backticks.
    case quotedIdentifier(String)
    case integer(String)
    case unsigned(String)
    case double(String)
    case string([UInt8])
    case bytes([UInt8])
    case symbol(Punctuation)
    case end
  }

  var kind: Kind
  var range: TextRange
}

/// The marks of the grammar.
enum Punctuation: String, Sendable, CaseIterable {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case remainder = "%"
  case not = "!"
  case question = "?"
  case colon = ":"
  case comma = ","
  case dot = "."
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
}

extension Token {
  /// The token as an error message names it.
  var description: String {
    switch kind {
    case .identifier(let name): "'\(name)'"
    case .quotedIdentifier(let name): "'`\(name)`'"
    case .integer(let text), .unsigned(let text), .double(let text): "the number \(text)"
    case .string: "a string"
    case .bytes: "bytes"
    case .symbol(let punctuation): "'\(punctuation.rawValue)'"
    case .end: "the end of the expression"
    }
  }
}
