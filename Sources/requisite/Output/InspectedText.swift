import Documents
import Findings
import Linting
import SourceText

/// The documents of a file that is inspected, with what must not be shown of each.
struct InspectedText {
  private let source: SourceFile
  private let syntax: Syntax
  private let readings: [Reading]
  private let hidden: [HiddenParts]
  private let lines: LineIndex
  private let hidesAll: Bool

  /// Reads a text; of a log, only one line if one is given.
  ///
  /// With `hidesAll`, nothing of a text with errors is shown.
  init(
    _ bytes: [UInt8], of input: InputSource, line: Int?, _ redactor: Redactor, hidesAll: Bool
  ) {
    source = SourceFile(path: input.shownPath, bytes: bytes)
    lines = source.lineIndex()
    syntax = input.syntax
    self.hidesAll = hidesAll
    var readings: [Reading] = []
    var hidden: [HiddenParts] = []
    var previous = HiddenParts()
    if syntax == .jsonLines {
      previous = Self.hiddenParts(before: line, in: bytes, redactor)
      readings = Self.lines(of: bytes, only: line).map { Self.reading(of: bytes, in: $0) }
    } else {
      readings = [syntax.read(bytes, from: input.jsonOrigin)]
    }
    for index in readings.indices {
      // Only a log has more than one.
      previous = redactor.hiddenParts(
        of: readings[index].document, isBroken: !readings[index].errors.isEmpty, syntax,
        continuing: previous.continuation)
      hidden.append(previous)
    }
    self.readings = readings
    self.hidden = hidden
  }

  /// What is wrong with the text.
  var errors: [Diagnostic] {
    let errors = readings.flatMap(\.errors)
    guard !errors.isEmpty else { return [] }
    var ranges = hidden.flatMap(\.ranges)
    if hidesAll { ranges.append(TextRange(0, source.bytes.count)) }
    let redactions = Redactions(ranges)
    return errors.map { error in
      let (message, redactions) = error.shown(in: source.bytes, hiding: redactions)
      return Diagnostic(
        "\(syntax.ruleGroup)/\(error.category.rawValue)", message,
        at: source.location(of: error.range, lines: lines, redactions: redactions))
    }
  }

  /// The values of each document.
  func trees(disclosure: Disclosure) -> [TreeText] {
    zip(readings, hidden).map { reading, hidden in
      TreeText(
        document: reading.document, bytes: source.bytes, lines: lines, hidden: hidden.nodes,
        marks: hidden.marks, disclosure: disclosure)
    }
  }

  // MARK: - Logs

  private static func reading(of bytes: [UInt8], in line: TextRange) -> Reading {
    JSONReader.read(bytes, in: line, from: line.lowerBound == 0 ? .file : .logLine)
  }

  /// What is hidden of the line before one, in which a sensitive value may go on.
  private static func hiddenParts(
    before line: Int?, in bytes: [UInt8], _ redactor: Redactor
  ) -> HiddenParts {
    var previous = HiddenParts()
    guard let line, redactor.hidesAnything else { return previous }
    for (index, range) in lines(of: bytes, only: nil, upTo: line - 1).enumerated() {
      let reading = JSONReader.read(bytes, in: range, from: index == 0 ? .file : .logLine)
      previous = redactor.hiddenParts(
        of: reading.document, isBroken: !reading.errors.isEmpty, .jsonLines,
        continuing: previous.continuation)
    }
    return previous
  }

  /// The ranges of the lines that hold something, or that of one line.
  private static func lines(
    of bytes: [UInt8], only number: Int?, upTo last: Int = .max
  ) -> [TextRange] {
    var ranges: [TextRange] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where index < last && number.map({ $0 == index + 1 }) ?? true {
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { ranges.append(TextRange(line.startIndex, line.endIndex)) }
    }
    return ranges
  }
}
