import SourceText

/// A test whether a character is in a set: a bitmap for ASCII, a search for the rest.
package struct CharacterTest: Sendable {
  private let low: UInt64
  private let high: UInt64
  private let set: ScalarSet

  init(_ set: ScalarSet) {
    var words: (low: UInt64, high: UInt64) = (0, 0)
    for value in UInt32(0)..<128 where set.contains(value) {
      if value < 64 {
        words.low |= 1 << UInt64(value)
      } else {
        words.high |= 1 << UInt64(value - 64)
      }
    }
    (low, high) = words
    self.set = set
  }

  /// Writes the test.
  func write(to writer: inout BinaryWriter) {
    writer.unsigned(low)
    writer.unsigned(high)
    writer.list(set.ranges) { range, writer in
      writer.unsigned(UInt64(range.first))
      writer.unsigned(UInt64(range.last))
    }
  }

  /// Reads a test.
  init(from reader: inout BinaryReader) {
    low = reader.unsigned()
    high = reader.unsigned()
    set = ScalarSet(
      sorted: reader.list { reader in
        let first = UInt32(truncatingIfNeeded: reader.unsigned())
        return .init(first: first, last: UInt32(truncatingIfNeeded: reader.unsigned()))
      })
  }

  /// For each character of ASCII, whether it is in the set.
  package var ascii: [Bool] { (0..<128).map { containsASCII($0) } }

  func contains(_ value: UInt32) -> Bool {
    value < 0x80 ? containsASCII(UInt8(truncatingIfNeeded: value)) : set.contains(value)
  }

  private func containsASCII(_ byte: UInt8) -> Bool {
    (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }

  /// The offset of the first character that is in the set, or the first that is not.
  ///
  /// A malformed byte is a character outside every set.
  package func firstIndex(in bytes: Span<UInt8>, isInside: Bool) -> Int? {
    var index = 0
    let count = bytes.count
    while index < count {
      let byte = unsafe bytes[unchecked: index]
      if byte < 0x80 {
        if containsASCII(byte) == isInside { return index }
        index += 1
        continue
      }
      let decoded = UTF8Decoder.scalar(in: bytes, at: index)
      if decoded.map({ set.contains($0.scalar.value) }) ?? false == isInside { return index }
      index += decoded?.length ?? 1
    }
    return nil
  }
}

/// A set of characters, written as the inside of an ECMA-262 class: `A-Za-z0-9_-`.
package struct CharacterClass: Sendable {
  /// The text between the brackets.
  package let body: String
  /// The test of single characters.
  package let test: CharacterTest

  init(body: String, test: CharacterTest) {
    self.body = body
    self.test = test
  }

  /// Reads the text between the brackets of a class; a leading `^` negates it.
  ///
  /// - Throws: the first syntax error, with its offset in the text.
  package init(classBody body: String) throws(PatternError) {
    self.body = body
    var parser = PatternParser(body, isTolerant: true)
    test = CharacterTest(try parser.parseClassBody())
  }

  /// Whether the class holds a character.
  package func contains(_ scalar: Unicode.Scalar) -> Bool {
    test.contains(scalar.value)
  }

  /// The byte offset of the first character outside the class; nil if there is none.
  ///
  /// A byte that is not UTF-8 is outside every class.
  package func firstOutside(_ bytes: Span<UInt8>) -> Int? {
    test.firstIndex(in: bytes, isInside: false)
  }
}

extension PatternParser {
  /// Reads the whole text as the inside of a class.
  mutating func parseClassBody() throws(PatternError) -> ScalarSet {
    let isNegated = take(0x5E)
    let set = try classBody()
    guard isAtEnd else { throw error(.classBodyEnds) }
    return isNegated ? set.inverted : set
  }
}
