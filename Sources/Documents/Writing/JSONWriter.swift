import SourceText

/// Writes JSON text (RFC 8259) piece by piece onto the end of a byte array.
///
/// The caller says what comes; the writer puts commas, line breaks and escapes. It holds no text
/// itself, so a long document can be flushed between two calls. Well-formedness is the caller's:
/// each begin has its end, and in an object a name is before each value.
package struct JSONWriter: Sendable {
  /// How the text is laid out.
  package enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// One member or element a line, two spaces for each level.
    case indented
  }

  private let layout: Layout
  private var depth: Int
  private var isAtStart = true
  private var followsName = false

  /// Creates a writer of one value, or of several, one after another, at the top level.
  package init(_ layout: Layout = .compact) {
    self.layout = layout
    depth = 0
  }
}

// MARK: - Structure

extension JSONWriter {
  /// Opens an object.
  package mutating func beginObject(into output: inout [UInt8]) {
    begin(UInt8(ascii: "{"), into: &output)
  }

  /// Closes the object that was opened last.
  package mutating func endObject(into output: inout [UInt8]) {
    end(UInt8(ascii: "}"), into: &output)
  }

  /// Opens an array.
  package mutating func beginArray(into output: inout [UInt8]) {
    begin(UInt8(ascii: "["), into: &output)
  }

  /// Closes the array that was opened last.
  package mutating func endArray(into output: inout [UInt8]) {
    end(UInt8(ascii: "]"), into: &output)
  }

  /// Writes the name of a member; its value must be next.
  package mutating func name(_ name: String, into output: inout [UInt8]) {
    separate(into: &output)
    Self.append(quoted: name, to: &output)
    output.append(UInt8(ascii: ":"))
    if layout == .indented { output.append(UInt8(ascii: " ")) }
    followsName = true
  }

  private mutating func begin(_ bracket: UInt8, into output: inout [UInt8]) {
    separate(into: &output)
    output.append(bracket)
    depth += 1
    isAtStart = true
  }

  private mutating func end(_ bracket: UInt8, into output: inout [UInt8]) {
    depth = max(0, depth - 1)
    if !isAtStart { breakLine(into: &output) }
    output.append(bracket)
    isAtStart = false
  }

  private mutating func separate(into output: inout [UInt8]) {
    if followsName {
      followsName = false
      return
    }
    guard depth > 0 else { return }
    if !isAtStart { output.append(UInt8(ascii: ",")) }
    breakLine(into: &output)
    isAtStart = false
  }

  private func breakLine(into output: inout [UInt8]) {
    guard layout == .indented else { return }
    output.append(UInt8(ascii: "\n"))
    for _ in 0..<(2 * depth) { output.append(UInt8(ascii: " ")) }
  }
}

// MARK: - Values

extension JSONWriter {
  /// Writes a string, or null for nil.
  package mutating func value(_ text: String?, into output: inout [UInt8]) {
    separate(into: &output)
    if let text {
      Self.append(quoted: text, to: &output)
    } else {
      output.append(contentsOf: "null".utf8)
    }
  }

  /// Writes an integer.
  package mutating func value(_ number: Int, into output: inout [UInt8]) {
    separate(into: &output)
    Self.append(number, to: &output)
  }

  /// Appends the decimal digits of an integer.
  package static func append(_ number: Int, to output: inout [UInt8]) {
    guard (0..<1_000_000).contains(number) else {
      output.append(contentsOf: String(number).utf8)
      return
    }
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes a boolean.
  package mutating func value(_ boolean: Bool, into output: inout [UInt8]) {
    separate(into: &output)
    output.append(contentsOf: (boolean ? "true" : "false").utf8)
  }

  /// Writes a value whose JSON text is at hand; it must be well formed.
  package mutating func value(verbatim text: [UInt8], into output: inout [UInt8]) {
    separate(into: &output)
    output.append(contentsOf: text)
  }

  /// Writes a member that is a string, or null for nil.
  package mutating func member(_ name: String, _ text: String?, into output: inout [UInt8]) {
    self.name(name, into: &output)
    value(text, into: &output)
  }

  /// Writes a member that is an integer.
  package mutating func member(_ name: String, _ number: Int, into output: inout [UInt8]) {
    self.name(name, into: &output)
    value(number, into: &output)
  }

  /// Writes a member that is a boolean.
  package mutating func member(_ name: String, _ boolean: Bool, into output: inout [UInt8]) {
    self.name(name, into: &output)
    value(boolean, into: &output)
  }
}

// MARK: - Strings

extension JSONWriter {
  /// Appends `text` in quotes, escaped.
  ///
  /// Beyond what RFC 8259 demands, controls and characters that reorder or hide text are escaped
  /// too: the same value to every reader, and harmless where the JSON is shown on a screen.
  package static func append(quoted text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    // Reading through the view costs several times as much as reading the bytes.
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe append(escaping: bytes, to: &output)
    }
    if isDone == nil {
      let bytes = Array(text.utf8)
      unsafe bytes.withUnsafeBufferPointer { unsafe append(escaping: $0, to: &output) }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Appends well-formed UTF-8 in quotes, escaped in the same way.
  package static func append(quoted text: [UInt8], to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    unsafe text.withUnsafeBufferPointer { unsafe append(escaping: $0, to: &output) }
    output.append(UInt8(ascii: "\""))
  }

  /// Appends the UTF-8 bytes of a string: as they are in runs, but for what is to be escaped.
  private static func append(
    escaping bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    // Without an early exit, so that the loop takes many bytes at a time.
    var special: UInt8 = 0
    for index in 0..<bytes.count { special |= unsafe isPlain(bytes[index]) ? 0 : 1 }
    if special == 0 {
      unsafe output.append(contentsOf: bytes)
      return
    }
    var runStart = 0
    var index = 0
    while index < bytes.count {
      let byte = unsafe bytes[index]
      if isPlain(byte) {
        index += 1
        continue
      }
      guard let (scalar, count) = unsafe UTF8Decoder.scalar(in: bytes.span, at: index) else {
        index += 1
        continue
      }
      let end = index + count
      let value = scalar.value
      if value == 0x22 || value == 0x5C || isUnseen(value) {
        unsafe output.append(contentsOf: bytes[runStart..<index])
        append(escaped: value, to: &output)
        runStart = end
      }
      index = end
    }
    unsafe output.append(contentsOf: bytes[runStart...])
  }

  /// Whether an ASCII byte stands for itself in a string; false for all others.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte &- 0x20 < 0x5F) && (byte != UInt8(ascii: "\"")) && (byte != UInt8(ascii: "\\"))
  }

  private static func append(escaped value: UInt32, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    switch value {
    case 0x22: output.append(UInt8(ascii: "\""))
    case 0x5C: output.append(UInt8(ascii: "\\"))
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x10000...:
      append(unit: 0xD7C0 + value >> 10, to: &output)
      output.append(UInt8(ascii: "\\"))
      append(unit: 0xDC00 | value & 0x3FF, to: &output)
    default: append(unit: value, to: &output)
    }
  }

  /// Appends `u` and the four digits of a UTF-16 code unit.
  private static func append(unit: UInt32, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }

  /// Whether a scalar is a control, reorders the text around it, or has no width.
  private static func isUnseen(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
