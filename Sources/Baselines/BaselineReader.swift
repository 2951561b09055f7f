import Documents
package import Findings
package import SourceText

/// What reading a baseline gave.
package struct BaselineReading: Sendable {
  /// The baseline, as far as it could be read.
  package var baseline: Baseline
  /// What is wrong with it; with an error among them, no run may rely on it.
  package var diagnostics: [Diagnostic]

  /// Whether a run must not begin.
  package var hasErrors: Bool { diagnostics.hasErrors }
}

/// Reads baselines: JSON Lines, each line an entry.
///
/// Blank lines and any order are taken, since merges leave both; `update` puts them right.
package enum BaselineReader {
  /// How many errors are reported.
  static let mistakeLimit = 100

  /// Reads a baseline, every error at its line.
  package static func read(_ source: SourceFile) -> BaselineReading {
    var lines = Lines(source)
    lines.read()
    return BaselineReading(baseline: lines.baseline, diagnostics: lines.diagnostics)
  }

  /// The lines of a baseline, one after another.
  private struct Lines {
    let source: SourceFile
    let lines: LineIndex
    var baseline: Baseline
    var diagnostics: [Diagnostic] = []
    var document = Document()
    var isPastHeader = false
    /// How many errors were reported, and how many other things.
    var counts: [Severity: Int] = [:]
    /// Whether the file is something else than a baseline.
    var isOtherFile = false

    init(_ source: SourceFile) {
      self.source = source
      lines = source.lineIndex()
      baseline = Baseline(source: source)
    }

    mutating func read() {
      let bytes = source.bytes
      JSONReader.replaceSource(of: &document, with: bytes)
      let hasMark = bytes.starts(with: ByteOrderMark.utf8)
      var start = hasMark ? ByteOrderMark.utf8.count : 0
      var number = 1
      while start < bytes.count, !isOtherFile,
        counts[.error, default: 0] < BaselineReader.mistakeLimit
      {
        let end = document.firstOffset(of: UInt8(ascii: "\n"), from: start, to: bytes.count)
        let range = TextRange(start, end ?? bytes.count)
        if !document.isBlank(range) { readLine(range, number) }
        start = range.upperBound + 1
        number += 1
      }
      if !isPastHeader, diagnostics.isEmpty {
        report("empty file; a baseline begins with \(Baseline.header)", TextRange(at: 0))
      }
    }

    mutating func report(
      _ message: String, _ range: TextRange, code: String = "baseline/malformed",
      severity: Severity = .error
    ) {
      counts[severity, default: 0] += 1
      guard counts[severity, default: 0] <= BaselineReader.mistakeLimit else { return }
      diagnostics.append(
        Diagnostic(
          code, severity: severity, message, at: source.location(of: range, lines: lines)))
    }

    private mutating func readLine(_ range: TextRange, _ number: Int) {
      let text = source.bytes[range.lowerBound..<range.upperBound]
      for mark in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where text.starts(with: mark.utf8) {
        report(
          "unfinished merge; keep the lines of both sides, then run 'requisite baseline update' to sort them",
          range)
        isPastHeader = true
        return
      }
      guard JSONReader.read(into: &document, in: range),
        document.kind(of: .root) == .object
      else {
        if isPastHeader {
          report("expected a JSON object on each line of a baseline", range)
        } else {
          refuse(range)
        }
        return
      }
      if isPastHeader { readEntry(range, number) } else { readHeader(range) }
      isPastHeader = true
    }

    private mutating func readHeader(_ range: TextRange) {
      guard let version = document.value(named: "requisite-baseline", in: .root) else {
        refuse(range)
        return
      }
      guard document.kind(of: version) == .number, document.number(of: version) == .integer(1)
      else {
        report(
          "unsupported baseline format; this version supports format 1",
          document.range(of: version))
        return
      }
    }

    /// Reports that the file is something else, of which nothing is shown: it may hold secrets.
    private mutating func refuse(_ range: TextRange) {
      isOtherFile = true
      report("not a baseline: the first line must be \(Baseline.header)", range)
      diagnostics[diagnostics.count - 1].location?.excerpt = nil
    }

    // MARK: - Entries

    private mutating func readEntry(_ range: TextRange, _ number: Int) {
      guard let fields = fields() else { return }
      guard let path = text(.path, fields, range) else { return }
      guard Self.isRelative(path.text) else {
        report(
          "'path' must be relative to the root of the project, with forward slashes and without '.' and '..'; found \"\(path.text)\"",
          path.range)
        return
      }
      if fields[.content] != nil {
        guard let content = text(.content, fields, range) else { return }
        let isDigest =
          content.text.utf8.count == ContentDigest.digitCount
          && content.text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
              || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
          }
        guard isDigest else {
          report("'content' must be \(ContentDigest.digitCount) hexadecimal digits", content.range)
          return
        }
        for member in [BaselineMember.pointer, .rule, .ordinal] {
          if let value = fields[member]?.value {
            report(
              "'\(member.rawValue)' is not allowed beside 'content'; remove it",
              document.range(of: value))
            return
          }
        }
        baseline.insert(content: content.text, ofFileAt: path.text)
        return
      }
      guard let pointer = text(.pointer, fields, range), let rule = text(.rule, fields, range),
        let ordinal = ordinal(fields, range)
      else { return }
      guard JSONPointer(pointer.text) != nil else {
        report(
          "'pointer' must be a JSON Pointer: empty, or '/' before each name or index",
          pointer.range)
        return
      }
      guard let id = RuleID(rule.text) else {
        report(
          "'rule' must be the full id of a rule, such as aws-connect-chat/attributes-size",
          rule.range)
        return
      }
      let entry = BaselineEntry(
        path: path.text, pointer: pointer.text, rule: id, ordinal: ordinal)
      if !baseline.insert(entry, lineNumber: number) {
        report(
          "duplicate entry; run 'requisite baseline update' to remove it",
          range, code: "baseline/duplicate", severity: .warning)
      }
    }

    /// The members of the line at hand; nil where one is unknown, which is reported.
    private mutating func fields() -> Fields<BaselineMember>? {
      let fields = Fields<BaselineMember>(of: .root, in: document)
      guard let (member, field) = fields.others.first else { return fields }
      let text = document.text(of: member.name)
      report(
        field.map { "duplicate member '\($0.rawValue)' on this line" }
          ?? "unknown member '\(text)' in a line of a baseline; "
          + Fields<BaselineMember>.advice(on: text),
        document.range(of: member.name))
      return nil
    }

    private mutating func text(
      _ member: BaselineMember, _ fields: Fields<BaselineMember>, _ line: TextRange
    ) -> (text: String, range: TextRange)? {
      guard let node = fields[member]?.value else {
        report("missing '\(member.rawValue)'", line)
        return nil
      }
      guard document.kind(of: node) == .string else {
        report("'\(member.rawValue)' must be a string", document.range(of: node))
        return nil
      }
      return (document.text(of: node), document.range(of: node))
    }

    private mutating func ordinal(
      _ fields: Fields<BaselineMember>, _ line: TextRange
    ) -> Int? {
      guard let node = fields[.ordinal]?.value else {
        report("missing 'ordinal'", line)
        return nil
      }
      if document.kind(of: node) == .number, case .integer(let value) = document.number(of: node),
        let ordinal = Int(exactly: value), ordinal >= 0
      {
        return ordinal
      }
      report("'ordinal' must be an integer of at least 0", document.range(of: node))
      return nil
    }

    private static func isRelative(_ path: String) -> Bool {
      let steps = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      return steps.allSatisfy {
        !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8)
      }
    }
  }
}
