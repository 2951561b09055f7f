import Findings

/// Makes text of unknown origin visible and harmless where a person reads it.
///
/// Names, values, paths and messages come from requests and packs that nobody vouches for. What
/// steers a terminal, reorders text or cannot be seen is written out in characters that can.
package enum TerminalText {
  /// How an unseen character is written out.
  package enum Notation {
    /// As in Swift: `\n`, `\u{1B}`.
    case escape
    /// As in the Unicode Standard, without backslashes and braces: `‹U+001B›`.
    case codePoint
  }

  /// How many code points of an unbroken run are shown; a longer one loses its middle.
  static let runLimit = 160
  /// How many code points of a text are shown at most.
  static let textLimit = 4_000

  /// Appends `text` with all that is unseen written out, and what is overlong cut.
  static func append(
    _ text: String, notation: Notation = .escape, into output: inout [UInt8]
  ) {
    if isShownAsIs(text) || isShortAndSeen(text) {
      output.write(text)
      return
    }
    var run: [Unicode.Scalar] = []
    var runCount = 0
    // Only the ends of an overlong run are held, however long it is.
    let (headCount, tailCount) = (runLimit - 40, 39)
    func flush(into output: inout [UInt8]) {
      if runCount > runLimit { run.removeSubrange(headCount..<(run.count - tailCount)) }
      for (index, scalar) in run.enumerated() {
        if index == headCount, runCount > runLimit { output.write("…") }
        append(scalar, notation: notation, into: &output)
      }
      run.removeAll(keepingCapacity: true)
      runCount = 0
    }
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == textLimit {
        flush(into: &output)
        output.write("…")
        return
      }
      if scalar == " " {
        flush(into: &output)
        output.append(0x20)
        continue
      }
      run.append(scalar)
      runCount += 1
      if run.count >= 2 * runLimit {
        run.removeSubrange(headCount..<(run.count - tailCount))
      }
    }
    flush(into: &output)
  }

  /// Appends the full name of a rule.
  static func append(_ rule: RuleID, into output: inout [UInt8]) {
    guard rule.pack.utf8.count + rule.rule.utf8.count < runLimit, isShownAsIs(rule.pack),
      isShownAsIs(rule.rule)
    else { return append(rule.description, into: &output) }
    output.write(rule.pack)
    output.append(UInt8(ascii: "/"))
    output.write(rule.rule)
  }

  /// Appends a path at the start of a line.
  ///
  /// A path that begins with `::` could be a command of a CI system; `./` before it changes nothing.
  static func append(path: String, into output: inout [UInt8]) {
    if let first = path.utf8.first, first > 0x20, first < 0x7F, first != UInt8(ascii: ":") {
      append(path, into: &output)
      return
    }
    let start = path.unicodeScalars.drop { $0.properties.isWhitespace }
    if start.starts(with: "::".unicodeScalars) { output.write("./") }
    append(path, into: &output)
  }

  /// A path at the start of a line.
  package static func visible(path: String) -> String {
    var output: [UInt8] = []
    append(path: path, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether a text is of printing ASCII characters alone, with nothing in it that is too long.
  static func isShownAsIs(_ text: String) -> Bool {
    guard text.utf8.count <= textLimit else { return false }
    // Reading through the view costs several times as much as reading the bytes.
    let answer = unsafe text.utf8.withContiguousStorageIfAvailable { text in
      unsafe isPlain(text) && (text.count <= runLimit || !hasLongRun(text))
    }
    return answer ?? false
  }

  /// Whether all characters of a text are seen, and nothing in it can be too long.
  private static func isShortAndSeen(_ text: String) -> Bool {
    text.utf8.count <= runLimit && !text.unicodeScalars.contains(where: isUnseen)
  }

  /// Whether a text is of printing ASCII characters alone.
  static func isPlain(_ text: String) -> Bool {
    let answer = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe isPlain($0) }
    return answer ?? false
  }

  /// Whether all characters of a text in UTF-8 are printing ASCII characters.
  static func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
    unsafe text.withUnsafeBufferPointer { unsafe isPlain($0) }
  }

  private static func hasLongRun(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for index in 0..<text.count where unsafe text[index] == 0x20 {
      if index - start > runLimit { return true }
      start = index + 1
    }
    return text.count - start > runLimit
  }

  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var odd: UInt8 = 0
    for index in 0..<bytes.count { odd |= unsafe bytes[index] &- 0x20 < 0x5F ? 0 : 1 }
    return odd == 0
  }

  /// The text as `append` writes it.
  package static func visible(_ text: String, notation: Notation = .escape) -> String {
    if isShownAsIs(text) { return text }
    var output: [UInt8] = []
    append(text, notation: notation, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// A text of our packs, whole, with its lines and tabs, and all else that is unseen written out.
  package static func lines(of text: String) -> String {
    var output: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        output.append(UInt8(ascii: scalar))
      } else {
        append(scalar, notation: .codePoint, into: &output)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The text on one line, whole, with all that is unseen written out.
  static func line(of text: String) -> String {
    var output: [UInt8] = []
    for scalar in text.unicodeScalars { append(scalar, into: &output) }
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends one scalar, written out if it is unseen.
  package static func append(
    _ scalar: Unicode.Scalar, notation: Notation = .escape, into output: inout [UInt8]
  ) {
    guard isUnseen(scalar) else {
      if scalar.isASCII {
        output.append(UInt8(ascii: scalar))
        return
      }
      output.append(contentsOf: scalar.utf8)
      return
    }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    switch (notation, scalar) {
    case (.escape, "\n"): output.write("\\n")
    case (.escape, "\r"): output.write("\\r")
    case (.escape, "\t"): output.write("\\t")
    case (.escape, _): output.write("\\u{\(digits)}")
    case (.codePoint, _):
      output.write("‹U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)›")
    }
  }

  /// Whether a scalar steers, reorders or hides: controls, formats, separators, ignorables,
  /// noncharacters.
  package static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
      return true
    default:
      let properties = scalar.properties
      return properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
    }
  }
}

// MARK: - Width

extension TerminalText {
  /// How many columns a scalar that is seen takes in a terminal: 0, 1 or 2.
  package static func width(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    // Vowels and final consonants join the initial consonant before them.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// How many columns a text takes, all that is unseen being written out.
  package static func width(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (isUnseen($1) ? 8 : width(of: $1)) }
  }

  /// Whether the East Asian Width (Unicode Standard Annex 11) is Wide or Fullwidth.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
      0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
      0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD:
      true
    case 0x1F1E6...0x1F1FF: false  // Half of a flag.
    case 0x231A...0x2B55, 0x1F004...0x1FAFF: scalar.properties.isEmojiPresentation
    default: false
    }
  }
}
