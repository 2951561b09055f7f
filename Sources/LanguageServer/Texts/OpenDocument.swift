import RequisiteFiles
import SourceText

/// A document that is open in the editor.
package struct OpenDocument: Sendable {
  /// The address, as the editor gave it.
  package let uri: String
  /// The absolute path; of a document that was never saved, one where it might be.
  package let path: String
  /// Whether it is, or would be, a file.
  let isFile: Bool
  /// What the editor takes it for.
  let language: String?
  /// The number that the editor gave the text.
  package private(set) var version: Int?
  /// The text.
  package private(set) var buffer: TextBuffer
  /// What it is.
  package private(set) var kind: DocumentKind

  init(
    uri: String, path: String, isFile: Bool, language: String?, version: Int?, text: [UInt8]
  ) {
    self.uri = uri
    self.path = path
    self.isFile = isFile
    self.language = language
    self.version = version
    buffer = TextBuffer(text)
    kind = DocumentKind(path: path, language: language, text: text)
  }

  /// Makes the changes of a notification, one after another.
  ///
  /// - Throws: `invalidParameters` for one that is none; those before it are made.
  mutating func change(
    _ changes: [ReceivedValue], version: Int?, _ encoding: PositionEncoding
  ) throws(ResponseError) {
    self.version = version ?? self.version
    defer { kind = DocumentKind(path: path, language: language, text: buffer.bytes) }
    for change in changes {
      guard let text = change["text"]?.utf8 else {
        throw ResponseError(.invalidParameters, "change has no text")
      }
      guard let range = change["range"] else {
        buffer = TextBuffer(text)
        continue
      }
      guard let range = TextPosition.range(range) else {
        throw ResponseError(.invalidParameters, "range of a change is none")
      }
      let start = buffer.offset(of: range.start, encoding)
      let end = buffer.offset(of: range.end, encoding)
      buffer.replace(TextRange(min(start, end), max(start, end)), with: text)
    }
  }
}

extension TextPosition {
  /// Reads a position.
  init?(_ value: ReceivedValue?) {
    guard let line = value?["line"]?.integer, let character = value?["character"]?.integer else {
      return nil
    }
    self.init(line: line, character: character)
  }

  /// Reads a range.
  static func range(_ value: ReceivedValue?) -> (start: TextPosition, end: TextPosition)? {
    guard let start = TextPosition(value?["start"]), let end = TextPosition(value?["end"]) else {
      return nil
    }
    return (start, end)
  }

  /// The position as it is sent.
  var wire: WireValue { ["line": .integer(line), "character": .integer(character)] }
}
