extension Markdown {
  /// A part of the text of a block, or the begin or end of a span.
  package struct Inline: Sendable {
    /// What a part of a text is.
    package enum Content: Sendable, Equatable {
      /// Text in which escapes and references are resolved.
      case text(String)
      case code(String)
      /// An address between `<` and `>`.
      case autolink(String)
      /// A line's end.
      case softBreak
      /// A line's end that is to be shown.
      case hardBreak
      case begin(Span)
      case end(Span)
    }

    /// What the part is.
    package var content: Content
    /// The bytes of the source from its first to its last one, marks included.
    var range: Range<Int>
  }

  /// What a part of the text is marked as.
  package enum Span: Sendable, Equatable {
    case emphasis
    case strong
    case link(String)
    case image(String)
  }

  /// Whether a text is an address of the web that needs no escapes.
  package static func isWebAddress(_ text: some StringProtocol) -> Bool {
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
    return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }
  }
}
