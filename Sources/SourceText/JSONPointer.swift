/// A place in a document by names and indices (RFC 6901).
///
/// Kept as its text, in one piece: a pointer of any depth is one allocation.
package struct JSONPointer: Sendable {
  /// The text in UTF-8, in which `~` and `/` of tokens are escaped; empty for the root.
  package private(set) var utf8: [UInt8] = []

  /// Creates the pointer to the root.
  package init() {}

  /// Creates a pointer from its tokens, unescaped, as UTF-8.
  package init(tokens: [[UInt8]]) {
    for token in tokens { append(token[...]) }
  }

  /// Reads the text of a pointer, or gives nil where it is none: `/a/b~1c`, or empty for the root.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.isEmpty || bytes[0] == Self.slash else { return nil }
    for index in bytes.indices where bytes[index] == Self.tilde {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      guard next == UInt8(ascii: "0") || next == UInt8(ascii: "1") else { return nil }
    }
    utf8 = bytes
  }

  private static let slash = UInt8(ascii: "/")
  private static let tilde = UInt8(ascii: "~")

  /// Whether it is the pointer to the root.
  package var isRoot: Bool { utf8.isEmpty }

  // MARK: - Tokens

  /// The reference tokens, unescaped, as UTF-8.
  package var tokens: [[UInt8]] {
    var tokens: [[UInt8]] = []
    var start = 0
    while start < utf8.count {
      let end = utf8[(start + 1)...].firstIndex(of: Self.slash) ?? utf8.count
      tokens.append(Array(Self.unescaped(utf8[(start + 1)..<end])))
      start = end
    }
    return tokens
  }

  /// The last reference token, unescaped; nil for the root.
  package var lastToken: ArraySlice<UInt8>? {
    utf8.lastIndex(of: Self.slash).map { Self.unescaped(utf8[($0 + 1)...]) }
  }

  /// A token of the text without its escapes.
  package static func unescaped(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(tilde) else { return text }
    var token: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      // Each tilde has a 0 or a 1 behind it.
      let isEscaped = text[index] == tilde && index + 1 < text.endIndex
      token.append(isEscaped && text[index + 1] == UInt8(ascii: "1") ? slash : text[index])
      index += isEscaped ? 2 : 1
    }
    return token[...]
  }

  /// Adds a token, unescaped, as UTF-8.
  package mutating func append(_ token: ArraySlice<UInt8>) {
    unsafe token.withUnsafeBufferPointer { unsafe append($0) }
  }

  private mutating func append(_ token: UnsafeBufferPointer<UInt8>) {
    // Without an early exit, so that the loop takes many bytes at a time.
    var special: UInt8 = 0
    for index in 0..<token.count {
      special |= unsafe token[index] == Self.slash || token[index] == Self.tilde ? 1 : 0
    }
    utf8.reserveCapacity(utf8.count + token.count + 1)
    utf8.append(Self.slash)
    guard special != 0 else {
      unsafe utf8.append(contentsOf: token)
      return
    }
    for index in 0..<token.count {
      let byte = unsafe token[index]
      switch byte {
      case Self.tilde: utf8.append(contentsOf: [byte, UInt8(ascii: "0")])
      case Self.slash: utf8.append(contentsOf: [Self.tilde, UInt8(ascii: "1")])
      default: utf8.append(byte)
      }
    }
  }

  /// Adds the index of an element.
  package mutating func append(index: Int) {
    utf8.append(Self.slash)
    guard index >= 10 else {
      utf8.append(UInt8(ascii: "0") + UInt8(clamping: index))
      return
    }
    utf8.append(contentsOf: String(index).utf8)
  }

  /// Adds the name of a member.
  package mutating func append(_ name: String) {
    let isDone: Void? = unsafe name.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe append(bytes)
    }
    if isDone == nil { append(Array(name.utf8)[...]) }
  }

  /// This pointer with U+FFFD in place of what is no UTF-8, as it is shown.
  package var repaired: JSONPointer {
    var all: UInt8 = 0
    for byte in utf8 { all |= byte }
    guard all >= 0x80 else { return self }
    var pointer = self
    pointer.utf8 = Array(description.utf8)
    return pointer
  }

  /// This pointer with one more token.
  package func appending(_ token: [UInt8]) -> JSONPointer {
    var pointer = self
    pointer.append(token[...])
    return pointer
  }

  /// This pointer with the name of one more member.
  package func appending(_ name: String) -> JSONPointer { appending(Array(name.utf8)) }
}

extension JSONPointer: Hashable {
  /// Feeds the text to a hasher, as equality compares it.
  package func hash(into hasher: inout Hasher) {
    unsafe utf8.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The text of the pointer, `~` and `/` escaped.
  package var description: String { String(decoding: utf8, as: UTF8.self) }
}
