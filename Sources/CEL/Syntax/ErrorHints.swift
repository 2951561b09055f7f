import SourceText

/// Hints that depend on what the expression looks like around an error.
enum ErrorHints {
  /// Adds to an error of parsing how a member is asked for whose name is in brackets.
  static func hinted(_ error: CELError, in text: String) -> CELError {
    let bytes = Array(text.utf8)
    switch error.kind {
    case .expected, .reservedWord, .badNumber:
      return HyphenatedMember(around: error.range, in: bytes)?.error ?? error
    default: break
    }
    guard case .macroArgument("has", let needs, nil) = error.kind else { return error }
    if let dash = bytes[error.range.lowerBound..<error.range.upperBound]
      .firstIndex(of: UInt8(ascii: "-")),
      let member = HyphenatedMember(around: TextRange(at: dash + 1, count: 0), in: bytes)
    {
      return member.error
    }
    let argument = bytes[error.range.lowerBound..<error.range.upperBound]
    guard argument.last == UInt8(ascii: "]"), let quote = argument.dropLast().last,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let open = argument.lastIndex(of: UInt8(ascii: "["))
    else { return error }
    let key = String(decoding: argument[(open + 1)...].dropLast(), as: UTF8.self)
    let container = String(decoding: argument[..<open], as: UTF8.self)
    return CELError(
      .macroArgument(macro: "has", needs: needs, hint: "use \(key) in \(container)"), error.range)
  }

  /// Makes one error of those that a member's name with hyphens has caused.
  static func hinted(_ errors: [CELError], in text: String) -> [CELError] {
    let bytes = Array(text.utf8)
    var found: [CELError] = []
    var others: [CELError] = []
    for error in errors {
      let member: HyphenatedMember? =
        switch error.kind {
        case .unknownName: HyphenatedMember(around: error.range, in: bytes)
        // The end of the name may be that of a type or a literal, as in `self.content-type`.
        case .noOverload("-", _, _): HyphenatedMember(within: error.range, in: bytes)
        default: nil
        }
      if let member { found.append(member.error) } else { others.append(error) }
    }
    guard !found.isEmpty else { return errors }
    others.removeAll { error in found.contains { $0.range.contains(error.range) } }
    var known: Set<CELError> = []
    return (others + found).sorted { $0.range < $1.range }.filter { known.insert($0).inserted }
  }
}

/// A member whose name has hyphens, as in `self.trace-id`.
private struct HyphenatedMember {
  /// The name.
  var name: String
  /// The bytes of the name.
  var range: TextRange
  /// How the member is read.
  var reading: String

  /// What is wrong with the member.
  var error: CELError { CELError(.hyphenatedMember(name, reading: reading), range) }

  /// Looks in a stretch of the text for a member with a hyphen before a word that names no variable.
  init?(within range: TextRange, in text: [UInt8]) {
    for index in range.lowerBound..<range.upperBound where text[index] == UInt8(ascii: "-") {
      let word = text[(index + 1)...].prefix { Self.isWord($0) }
      let end = String(decoding: word, as: UTF8.self)
      guard CELKind(rawValue: end) != nil || ["true", "false", "null"].contains(end),
        let member = HyphenatedMember(
          around: TextRange(at: index + 1, count: word.count), in: text)
      else { continue }
      self = member
      return
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Looks for a name that is part of one with hyphens and follows a dot.
  init?(around range: TextRange, in text: [UInt8]) {
    func isWord(_ index: Int) -> Bool {
      text.indices.contains(index) && Self.isWord(text[index])
    }
    func isPart(_ index: Int) -> Bool {
      guard text.indices.contains(index) else { return false }
      return isWord(index)
        || text[index] == UInt8(ascii: "-") && isWord(index - 1) && isWord(index + 1)
    }
    var start = range.lowerBound
    while isPart(start - 1) { start -= 1 }
    var end = range.upperBound
    while isPart(end) { end += 1 }
    guard start < range.lowerBound, start > 0, text[start - 1] == UInt8(ascii: ".") else {
      return nil
    }
    // What the member is read from, as far as it is names alone.
    var base = start - 1
    while isWord(base - 1) || base > 0 && text[base - 1] == UInt8(ascii: ".") { base -= 1 }
    name = String(decoding: text[start..<end], as: UTF8.self)
    self.range = TextRange(start, end)
    reading = "\(String(decoding: text[base..<(start - 1)], as: UTF8.self))['\(name)']"
  }
}
