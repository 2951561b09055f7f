import Documents
import SourceText

/// A format that a string can be in.
package enum StringFormat: String, Sendable, CaseIterable, Hashable {
  /// JSON text (RFC 8259).
  case json

  /// Finds where a text, as UTF-8, leaves the format; nil where it is in it.
  package func fault(in text: ArraySlice<UInt8>) -> FormatFault? {
    switch self {
    case .json:
      JSONReader.read(Array(text)).errors.first.map {
        FormatFault(offset: $0.range.lowerBound, message: $0.message)
      }
    }
  }

  /// The format in words, with its article.
  package var phrase: String {
    switch self {
    case .json: "JSON"
    }
  }
}

/// Where and how a text leaves a format.
package struct FormatFault: Sendable, Hashable {
  /// The offset in bytes within the text.
  package var offset: Int
  /// What is wrong there, without a full stop.
  package var message: String

  /// Creates a fault.
  package init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}
