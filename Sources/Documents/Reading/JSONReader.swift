package import SourceText

/// Reads JSON text (RFC 8259) into documents.
package enum JSONReader {
  /// The default maximum depth of nested arrays and objects.
  package static let defaultDepthLimit = 512

  /// Where a text comes from, which decides what is said of a second value in it.
  package enum Origin: Sendable {
    /// A file that holds one value.
    case file
    /// A file under a name that the user did not give, such as standard input.
    case standardInput
    /// One line of a log; a byte-order mark cannot begin it.
    case logLine

    var secondValueMessage: SyntaxMessage {
      switch self {
      case .file:
        "second document in the file; a file holds one JSON value (use .jsonl for one request per line)"
      case .standardInput: "second document in the input"
      case .logLine: "second value on the line; each line holds one JSON value"
      }
    }

    /// What to do about a second value, where an option says what the text is.
    var secondValueHint: String? {
      self == .standardInput ? "use --stdin-filename requests.jsonl for one request per line" : nil
    }
  }

  /// Reads a whole text, or the part of it in `range`; a byte-order mark at its start is skipped.
  ///
  /// Never fails: what is wrong with the text is in the reading. Duplicate names are not looked
  /// for here, but where names are bound. A text of 4 GiB or more is refused.
  package static func read(
    _ source: [UInt8], in range: TextRange? = nil, depthLimit: Int = defaultDepthLimit,
    from origin: Origin = .file
  ) -> Reading {
    var document = Document(source: source)
    if read(into: &document, in: range, depthLimit: depthLimit, from: origin) {
      return Reading(document: document, errors: [], isFaithful: true)
    }
    return recover(document.source, in: range, depthLimit: depthLimit, from: origin)
  }

  /// Reads well-formed text of the document's source into the document, whose room is reused.
  ///
  /// False where the text is not well formed: `recover` then says why. A byte-order mark at the
  /// start of the source is skipped.
  package static func read(
    into document: inout Document, in range: TextRange? = nil,
    depthLimit: Int = defaultDepthLimit, from origin: Origin = .file
  ) -> Bool {
    let range = textRange(range, in: document.source, origin)
    guard range.upperBound <= maximumCount else { return false }
    return JSONFastReader.read(range, into: &document, depthLimit: depthLimit)
  }

  /// Reads text that is not well formed: what is wrong, and what can be made out all the same.
  package static func recover(
    _ source: [UInt8], in range: TextRange? = nil, depthLimit: Int = defaultDepthLimit,
    from origin: Origin = .file
  ) -> Reading {
    let range = textRange(range, in: source, origin)
    guard range.upperBound <= maximumCount else {
      let error = SyntaxError(
        .syntax, TextRange(range.lowerBound, range.lowerBound),
        "text is 4 GiB or longer; split it, or write one request per line (.jsonl)")
      return Reading(document: Document(), errors: [error], isFaithful: false)
    }
    var reader = JSONRecoveringReader(
      source: source, range: range, depthLimit: depthLimit, origin: origin)
    return reader.read()
  }

  /// Puts other bytes under a document that is about to be read anew; its room for nodes is kept.
  package static func replaceSource(of document: inout Document, with source: [UInt8]) {
    document.source = source
    document.nodeCount = 0
  }

  private static let maximumCount = Int(UInt32.max)

  private static func textRange(
    _ range: TextRange?, in source: [UInt8], _ origin: Origin
  ) -> TextRange {
    let range = range ?? TextRange(0, source.count)
    let hasMark =
      range.lowerBound == 0 && range.count >= 3 && origin != .logLine
      && source[range.lowerBound..<range.upperBound].starts(with: ByteOrderMark.utf8)
    return hasMark ? TextRange(range.lowerBound + 3, range.upperBound) : range
  }
}

extension Document {
  /// The offset of the first such byte of the source in a range, or nil.
  package func firstOffset(of byte: UInt8, from start: Int, to end: Int) -> Int? {
    source.firstOffset(of: byte, from: start, to: end)
  }

  /// Whether a range of the source holds nothing but white space.
  package func isBlank(_ range: TextRange) -> Bool {
    source[range.lowerBound..<range.upperBound].allSatisfy { byte in
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
  }
}
