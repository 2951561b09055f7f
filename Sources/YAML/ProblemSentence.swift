import Documents
import SourceText

/// Says in a sentence for people what libyaml found wrong.
struct ProblemSentence {
  private let source: [UInt8]
  private let problem: ParserProblem
  /// The byte offset where libyaml stopped.
  private let place: Int
  /// The byte offset where what it was reading begins.
  private let context: Int?

  init(source: [UInt8], problem: ParserProblem, place: Int, context: Int?) {
    self.source = source
    self.problem = problem
    self.place = min(place, source.count)
    self.context = context.map { min($0, source.count) }
  }

  /// The error to report.
  var error: SyntaxError {
    switch problem.problem {
    case "could not find expected ':'": missingColon
    case "mapping values are not allowed in this context": misplacedColon
    case "found unexpected end of stream", "found unexpected document indicator": unclosedQuote
    case "found character that cannot start any token": strangeStart
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      tab
    case "did not find expected key", "did not find expected '-' indicator": misplacedEntry
    case "did not find expected ',' or ']'": unclosed("list", "]")
    case "did not find expected ',' or '}'": unclosed("mapping", "}")
    case "did not find expected node content": missingValue
    case "found invalid Unicode character escape code": badCodePoint
    case "found unknown escape character": unknownEscape
    default: SyntaxError(.syntax, here, plainSentence, related: relatedContext)
    }
  }

  // MARK: - Places

  private var atEnd: Bool { place >= source.count }

  /// The character where libyaml stopped; empty at the end of the text.
  private var here: TextRange { character(at: place) }

  private func character(at offset: Int) -> TextRange {
    guard offset < source.count, !source[offset].isBreak else { return TextRange(at: offset) }
    return TextRange(
      at: offset, count: max(1, ScreenedSource.sequenceLength(at: offset, in: source)))
  }

  /// What is left of the line from an offset on, without white space at its end.
  private func restOfLine(from offset: Int) -> TextRange {
    var end = offset
    while end < source.count, !source[end].isBreak { end += 1 }
    while end > offset, source[end - 1].isBlank { end -= 1 }
    return TextRange(offset, end)
  }

  /// A part of the text as messages show it, without quotation marks.
  private func text(_ range: TextRange) -> SyntaxMessage.Quote {
    let bytes = source[range.lowerBound..<range.upperBound]
    let text = String(decoding: bytes, as: UTF8.self)
    return SyntaxMessage.Quote(SyntaxMessage.Quote.shortened(text, to: 60), of: range)
  }

  /// The rest of a line in double quotation marks.
  private func quoted(_ range: TextRange) -> SyntaxMessage.Quote {
    var quote = text(range)
    quote.text = "\"\(quote.text)\""
    return quote
  }

  private var relatedContext: SyntaxError.Related? {
    context.map { context in
      SyntaxError.Related(range: character(at: context), message: problem.context)
    }
  }

  // MARK: - Sentences

  private var missingColon: SyntaxError {
    let key = restOfLine(from: context ?? place)
    if let first = source.byte(at: key.lowerBound),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    {
      return SyntaxError(
        .syntax, character(at: key.lowerBound),
        "expected a key and ':' here, not '\(text(character(at: key.lowerBound)))'")
    }
    if let colon = colonWithoutSpace(in: key) {
      return SyntaxError(
        .syntax, colon, "expected a space after ':', to make the text before it a key")
    }
    return SyntaxError(
      .syntax, key,
      "expected ':' and a value after \(quoted(key)); a key and its ':' must be on one line of "
        + "at most 1024 characters")
  }

  private func colonWithoutSpace(in line: TextRange) -> TextRange? {
    guard
      let colon = source[line.lowerBound..<line.upperBound].firstIndex(of: UInt8(ascii: ":")),
      colon > line.lowerBound
    else { return nil }
    return TextRange(at: colon, count: 1)
  }

  private var misplacedColon: SyntaxError {
    SyntaxError(
      .syntax, here,
      "unexpected ':'; put the value in quotes if the ':' is part of it, or begin a nested "
        + "mapping on a line of its own")
  }

  private var unclosedQuote: SyntaxError {
    let start = context ?? place
    let quote = source.byte(at: start) == UInt8(ascii: "'") ? "single" : "double"
    let end = atEnd ? "the end of the file" : "a document mark"
    return SyntaxError(
      .syntax, character(at: start), "\(own: quote) quote is never closed",
      related: SyntaxError.Related(range: here, message: "\(end) is here"))
  }

  private var strangeStart: SyntaxError {
    if source.byte(at: place) == UInt8(ascii: "\t") { return tab }
    if source.byte(at: place) == UInt8(ascii: "%") {
      return SyntaxError(
        .syntax, here,
        "'%' begins a directive, which is only allowed before '---'; put text that begins "
          + "with '%' in quotes")
    }
    return SyntaxError(
      .syntax, here, "unquoted text cannot begin with '\(text(here))'; put it in quotes")
  }

  private var tab: SyntaxError {
    var offset = place
    // libyaml may stop a little before or behind the tab that it means.
    if source.byte(at: offset) != UInt8(ascii: "\t") {
      var start = min(offset, source.count)
      while start > 0, !source[start - 1].isBreak { start -= 1 }
      while start < source.count, source[start] == UInt8(ascii: " ") { start += 1 }
      if source.byte(at: start) == UInt8(ascii: "\t") { offset = start }
    }
    return SyntaxError(
      .syntax, character(at: offset), "tabs cannot indent lines in YAML; use spaces")
  }

  private var misplacedEntry: SyntaxError {
    let isMapping = problem.problem == "did not find expected key"
    let related = context.map { context in
      SyntaxError.Related(
        range: character(at: context),
        message: isMapping ? "mapping begins here" : "list begins here")
    }
    let rest = restOfLine(from: place)
    if rest.isEmpty {
      return SyntaxError(
        .syntax, here,
        isMapping ? "expected a key here" : "expected '-' here", related: related)
    }
    if isMapping, let closing = closingMark(before: place) {
      let what = closing == UInt8(ascii: "]") || closing == UInt8(ascii: "}") ? "bracket" : "quote"
      return SyntaxError(
        .syntax, rest,
        "unexpected text after the closing \(own: what) of a value; if \(quoted(rest)) belongs to "
          + "the value, put the whole value in quotes of another kind",
        related: related)
    }
    if isMapping, source.byte(at: place) == UInt8(ascii: ":") {
      return SyntaxError(.syntax, here, "expected a key before ':'", related: related)
    }
    if isMapping, source.byte(at: place) == UInt8(ascii: "-") {
      return SyntaxError(
        .syntax, here,
        "expected a key, not a list's '-'; check the indentation of this line", related: related)
    }
    return SyntaxError(
      .syntax, rest,
      isMapping
        ? "expected a key aligned with the mapping's other keys, not \(quoted(rest)); "
          + "check the indentation and the quotes"
        : "expected '-' or a line that is indented less than the list, not \(quoted(rest)); "
          + "check the indentation",
      related: related)
  }

  /// The quote or bracket that ends a value on the same line right before an offset.
  private func closingMark(before offset: Int) -> UInt8? {
    var index = offset
    while index > 0, source[index - 1].isBlank { index -= 1 }
    guard index > 0 else { return nil }
    switch source[index - 1] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "]"), UInt8(ascii: "}"):
      return source[index - 1]
    default: return nil
    }
  }

  private func unclosed(_ what: String, _ bracket: String) -> SyntaxError {
    let open = context.map { context in
      SyntaxError.Related(range: character(at: context), message: "\(what) begins here")
    }
    let found: SyntaxMessage =
      atEnd ? "the end of the file" : "\(quoted(restOfLine(from: place)))"
    return SyntaxError(
      .syntax, here, "expected ',' or '\(own: bracket)' before \(found)", related: open)
  }

  private var missingValue: SyntaxError {
    if source.byte(at: place) == UInt8(ascii: ":") {
      return SyntaxError(.syntax, here, "expected a key before ':'")
    }
    let found: SyntaxMessage = atEnd ? "the end of the file" : "'\(text(here))'"
    return SyntaxError(.syntax, here, "expected a value, found \(found)")
  }

  private var unknownEscape: SyntaxError {
    let range = TextRange(place, character(at: place + 1).upperBound)
    return SyntaxError(
      .syntax, range,
      "'\(text(range))' is not an escape in double quotes; write '\\\\' for a backslash, or use single "
        + "quotes")
  }

  private var badCodePoint: SyntaxError {
    var start = min(place, source.count)
    while start > 0, start + 2 > place, source.byte(at: start) != UInt8(ascii: "\\") { start -= 1 }
    if source.byte(at: start) != UInt8(ascii: "\\") { start = place }
    guard let unit = StringEscapes.codeUnit(at: start + 2, in: source[...]), unit >= 0xD800 else {
      return SyntaxError(.encoding, here, "escape does not name a Unicode character")
    }
    let range = TextRange(at: start, count: 6)
    let half: SyntaxMessage = "\(text(range)) is half of a surrogate pair"
    if unit < 0xDC00, source.byte(at: start + 6) == UInt8(ascii: "\\"),
      let low = StringEscapes.codeUnit(at: start + 8, in: source[...]),
      (0xDC00...0xDFFF).contains(low)
    {
      let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
      let digits = String(value, radix: 16, uppercase: true)
      let escape = SyntaxMessage.Quote(
        "\\U" + String(repeating: "0", count: 8 - digits.count) + digits,
        of: TextRange(at: start, count: 12))
      return SyntaxError(
        .encoding, range,
        "\(half), which YAML does not support; write the character itself or \(escape)")
    }
    return SyntaxError(.encoding, range, "\(half), not a character")
  }

  /// The sentence for the rest of libyaml's problems.
  private var plainSentence: SyntaxMessage {
    switch problem.problem {
    case "block sequence entries are not allowed in this context":
      "'-' cannot begin a list here; begin the list on its own line, or put the text in quotes"
    case "mapping keys are not allowed in this context":
      "unexpected key; begin the mapping on its own line"
    case "found unexpected ':'": "unexpected ':'; put the text in quotes"
    case "found an indentation indicator equal to 0":
      "indentation of a block scalar must be from 1 to 9"
    case "did not find expected comment or line break":
      problem.context == "while scanning a block scalar"
        ? "text of '|' and '>' must begin on the next line; put text that begins with one of them in quotes"
        : "expected the end of the line"
    case "did not find expected hexdecimal number": "expected hexadecimal digits in the escape"
    case "did not find expected alphabetic or numeric character":
      "expected a name after '\(own: problem.context == "while scanning an alias" ? "*" : "&")'; put "
        + "text that begins with it in quotes"
    case "found undefined tag handle": "undefined tag handle; define it with a %TAG directive"
    case "did not find expected <document start>":
      "expected '---' or the end of the file; check whether the line before it is complete"
    case "found duplicate %YAML directive": "second %YAML directive; remove it"
    case "found duplicate %TAG directive": "second %TAG directive for the same handle; remove it"
    case "did not find expected '!'": "expected a tag handle, such as '!' or '!name!'"
    case "did not find expected tag URI":
      problem.context == "while parsing a %TAG directive"
        ? "expected a tag prefix, such as 'tag:example.com,2000:'" : "expected a tag after '!'"
    case "did not find URI escaped octet", "found an incorrect leading UTF-8 octet",
      "found an incorrect trailing UTF-8 octet":
      "expected '%' and two hexadecimal digits for each byte of a UTF-8 character in the tag"
    case "did not find expected version number", "did not find expected digit or '.' character",
      "found extremely long version number":
      "expected a version after %YAML, such as 1.2"
    case "could not find expected directive name", "found unexpected non-alphabetical character",
      "found unknown directive name":
      "unsupported directive; only %YAML and %TAG are supported"
    case "did not find expected whitespace", "did not find expected whitespace or line break":
      "expected a space"
    case "found incompatible YAML document": "unsupported YAML version; supported: 1.2"
    case ParserProblem.outOfMemory: "not enough memory to read this text"
    case "": "not YAML"
    default:
      problem.context.isEmpty
        ? "\(own: problem.problem)" : "\(own: problem.problem), \(own: problem.context)"
    }
  }
}
