import Documents
import Findings
import SourceText

/// How the lines of a log become requests.
enum LineForm: Sendable {
  /// Each line is a request.
  case request
  /// Each line has a key and a request.
  case keyed

  /// Whether each line is like a file of its own: positions are those within the request, and its findings
  /// depend on no other line.
  var isIndependent: Bool { self == .keyed }

  /// Whether nothing is said of a text that cannot be read: a blank line is no request, but a key has one.
  func skips(_ record: Record, of document: Document) -> Bool {
    self == .request && document.isBlank(record.text)
  }
}

/// The key of a line.
enum LineKey {
  /// There is none.
  case none
  /// A part of the block at hand.
  case source(TextRange)
  /// A text.
  case text(String)
}

extension Linter {
  /// The request of a line that has a key: `KEY`, a tab and the request, or an object with the members `key`
  /// and `request`, which a line that begins with a brace is.
  ///
  /// Nil for a blank line, and for one without a key, which is counted. The request itself may be broken.
  mutating func keyedRecord(
    in line: TextRange, of document: inout Document, _ state: inout LogState
  ) -> Record? {
    state.key = .none
    guard !line.isEmpty else { return nil }
    if document.source[line.lowerBound] == UInt8(ascii: "{") {
      if let record = wrappedRecord(in: line, of: &document, &state) { return record }
    } else if let tab = document.firstOffset(
      of: UInt8(ascii: "\t"), from: line.lowerBound, to: line.upperBound), tab > line.lowerBound
    {
      // It may be the text of a file, which begins with a mark that counts as no character.
      let mark = ByteOrderMark.utf8
      let hasMark = document.source[tab + 1..<line.upperBound].starts(with: mark)
      let request = TextRange(tab + 1 + (hasMark ? mark.count : 0), line.upperBound)
      state.key = .source(TextRange(line.lowerBound, tab))
      return Record(text: request, value: request)
    }
    if !document.isBlank(line) {
      state.counts.unkeyed += 1
      state.counts.firstUnkeyed = state.counts.firstUnkeyed ?? state.base.lines + 1
    }
    return nil
  }

  /// The request of a line that is an object with a key and a request.
  private mutating func wrappedRecord(
    in line: TextRange, of document: inout Document, _ state: inout LogState
  ) -> Record? {
    guard
      JSONReader.read(into: &document, in: line, depthLimit: options.depthLimit, from: .logLine),
      document.kind(of: .root) == .object,
      let key = document.value(named: "key", in: .root),
      document.kind(of: key) == .string || document.kind(of: key) == .number,
      let request = document.value(named: "request", in: .root)
    else { return nil }
    let text =
      document.kind(of: key) == .string
      ? document.text(of: key)
      : Self.text(of: document.range(of: key), in: document)
    guard !text.isEmpty else { return nil }
    state.key = .text(text)
    let range = document.range(of: request)
    return Record(text: range, value: range)
  }

  /// A part of a document's source as text.
  static func text(of range: TextRange, in document: Document) -> String {
    String(decoding: document.source[range.lowerBound..<range.upperBound], as: UTF8.self)
  }

  /// Adds the finding of a request that no pack fits, unless such requests are skipped.
  func addUnfit(
    _ range: TextRange, of document: Document, _ state: inout LogState, to found: inout [Finding]
  ) {
    guard !options.skipsUnmatched else {
      state.counts.unfit += 1
      state.counts.firstUnfit = state.counts.firstUnfit ?? state.base.lines + 1
      return
    }
    _ = state.countRequest()
    let text = FindingMaker.Text(
      bytes: Array(document.source[range.lowerBound..<range.upperBound]), base: .wholeFile,
      shift: 0,
      hidden: HiddenParts(ranges: [TextRange(0, range.count)]), disclosure: .nothing)
    let names = Set(options.packs.map(\.name)).sorted().joined(separator: ", ")
    let message = "does not look like a request of any pack (\(names)); choose one with --pack"
    let error = SyntaxError(.syntax, TextRange(0, 0), "\(own: message)")
    var finding = state.maker.finding(error, rule: ReadingRule.noPack, text)
    finding.message = message
    found.append(finding)
  }
}

extension LogState {
  /// Lets findings have the key of the line at hand in place of a path, if it has one.
  mutating func beginRequest(in block: Document) {
    switch key {
    case .none: break
    case .source(let range):
      maker.begin(key: Linter.text(of: range, in: block))
    case .text(let text): maker.begin(key: text)
    }
  }
}
