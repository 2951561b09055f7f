package import SourceText

/// The sentence of a syntax error, with what it quotes of the text kept apart.
///
/// Only a `Quote` takes text of the document into a message, so that a report can leave out every
/// quote of a range that it must not show. Interpolate words of our own with `own:`.
package struct SyntaxMessage: Sendable, Hashable {
  /// A part of the document as a message shows it, and the bytes that it is made of.
  package struct Quote: Sendable, Hashable {
    /// The text, with quotation marks where the message has them.
    package var text: String
    /// The bytes of the document that the text shows.
    package var range: TextRange

    /// Creates a quote of a range.
    package init(_ text: String, of range: TextRange) {
      self.text = text
      self.range = range
    }

    /// Creates a quote in double quotation marks, shortened to 40 code points.
    package init(shortening text: String, of range: TextRange) {
      self.init("\"\(Self.shortened(text))\"", of: range)
    }

    /// At most 40 code points of a text, with an ellipsis where it is longer.
    package static func shortened(_ text: String, to limit: Int = 40) -> String {
      let start = String(Substring(text.unicodeScalars.prefix(limit + 1)))
      guard start.unicodeScalars.count > limit else { return text }
      return String(Substring(start.unicodeScalars.prefix(limit))) + "…"
    }
  }

  fileprivate enum Part: Sendable, Hashable {
    case text(String)
    case quote(Quote)
  }

  fileprivate var parts: [Part]

  /// The whole sentence.
  package var text: String { text { _ in false } }

  /// The sentence with a mark in the place of each quote of a hidden range.
  package func text(hiding isHidden: (TextRange) -> Bool) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let own): text += own
      case .quote(let quote): text += isHidden(quote.range) ? Redaction.mark : quote.text
      }
    }
    return text
  }

  /// One sentence after another.
  package static func + (left: SyntaxMessage, right: SyntaxMessage) -> SyntaxMessage {
    var sum = left
    sum.parts += right.parts
    return sum
  }
}

extension SyntaxMessage: ExpressibleByStringInterpolation {
  /// Creates a sentence that quotes nothing.
  package init(stringLiteral value: String) {
    parts = [.text(value)]
  }

  /// Creates a sentence from its parts.
  package init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
  }

  /// The parts of a sentence.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Creates a sentence without parts; the capacities are not used.
    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds words of our own.
    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }

    /// Adds a part of the document.
    package mutating func appendInterpolation(_ quote: Quote) { parts.append(.quote(quote)) }

    /// Adds a sentence with its quotes.
    package mutating func appendInterpolation(_ message: SyntaxMessage) { parts += message.parts }

    /// Adds a number that is no part of the document, such as a limit.
    package mutating func appendInterpolation(_ number: Int) { parts.append(.text(String(number))) }

    /// Adds words that are no part of the document.
    package mutating func appendInterpolation(own text: String) { parts.append(.text(text)) }
  }
}
