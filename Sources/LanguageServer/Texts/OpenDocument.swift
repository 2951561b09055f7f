import RequisiteFiles
import SourceText

/// A document that is open in the editor.
package struct OpenDocument: Sendable {
  /// The URI, as the editor gave it.
  package let uri: DocumentURI
  /// The absolute path; of a document that was never saved, one where it might be.
  package let path: String
  /// Whether it is, or would be, a file.
  let isFile: Bool
  /// What the editor takes it for.
  let language: String?
  /// The text in place of the file's content.
  let handle: OverlayFileSystem.Handle
  /// The number that the editor gave the text.
  package private(set) var version: Int?
  /// The text.
  package private(set) var buffer: TextBuffer
  /// What it is.
  package private(set) var kind: DocumentKind
  /// Whether a change could not be made, so that the text differs from that of the editor.
  package private(set) var isOutOfSync = false

  init(
    uri: DocumentURI, path: String, isFile: Bool, handle: OverlayFileSystem.Handle,
    language: String?,
    version: Int?, text: [UInt8]
  ) {
    self.uri = uri
    self.path = path
    self.isFile = isFile
    self.handle = handle
    self.language = language
    self.version = version
    buffer = TextBuffer(text)
    kind = DocumentKind(path: path, language: language, text: text)
  }

  /// Makes the changes of a notification, one after another.
  ///
  /// After one that cannot be made, none is until one with the whole text arrives.
  ///
  /// - Throws: `invalidParameters` for one that cannot be made, unless the whole text follows.
  mutating func change(
    _ changes: [IncomingValue], version: Int?, _ encoding: PositionEncoding
  ) throws(ResponseError) {
    self.version = version ?? self.version
    defer { kind = DocumentKind(path: path, language: language, text: buffer.bytes) }
    var failure: ResponseError?
    for change in changes {
      do throws(ResponseError) {
        try make(change, encoding)
        if !isOutOfSync { failure = nil }
      } catch {
        isOutOfSync = true
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func make(
    _ change: IncomingValue, _ encoding: PositionEncoding
  ) throws(ResponseError) {
    guard let text = change["text"]?.utf8 else {
      throw ResponseError(.invalidParameters, "change has no text")
    }
    guard let range = change["range"], !range.isNull else {
      buffer = TextBuffer(text)
      isOutOfSync = false
      return
    }
    if isOutOfSync { return }
    guard let range = TextPosition.range(range) else {
      throw ResponseError(.invalidParameters, "range of a change is malformed")
    }
    // Editors take the end of the text for the beginning of a line behind it.
    let lines = 0...buffer.lineStarts.count
    guard lines.contains(range.start.line), range.start.character >= 0, range.end.line >= 0,
      range.end.character >= 0
    else { throw ResponseError(.invalidParameters, "range of a change is outside of the text") }
    let start = buffer.offset(of: range.start, encoding)
    let end = buffer.offset(of: range.end, encoding)
    buffer.replace(TextRange(min(start, end), max(start, end)), with: text)
  }
}

extension TextPosition {
  /// Reads a position.
  init?(_ value: IncomingValue?) {
    guard let line = value?["line"]?.integer, let character = value?["character"]?.integer else {
      return nil
    }
    self.init(line: line, character: character)
  }

  /// Reads a range.
  static func range(_ value: IncomingValue?) -> (start: TextPosition, end: TextPosition)? {
    guard let start = TextPosition(value?["start"]), let end = TextPosition(value?["end"]) else {
      return nil
    }
    return (start, end)
  }

  /// The position as it is sent.
  var outgoing: OutgoingValue { ["line": .integer(line), "character": .integer(character)] }
}
