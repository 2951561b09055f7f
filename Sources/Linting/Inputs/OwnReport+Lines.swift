import Documents
import Findings
import RequisiteFiles
import SourceText

/// Reports with a finding on each line: `jsonl` and `rdjsonl`.
extension OwnReport {
  /// Whether a log is such a report, by its first lines and, if those look like one, by all of them.
  ///
  /// Each line has exactly the members of a line of a report, so that a log with requests in it is none.
  static func isReport(
    _ input: InputSource, beginning block: LogBlock, in files: any FileSystem, limits: SizeLimits
  ) -> Bool {
    // Most logs differ in their first bytes.
    guard !input.isExplicit, !input.isStream, block.base.offset == 0,
      lineBeginnings.contains(where: { block.bytes.starts(with: $0) })
    else { return false }
    var lines = ReportLines()
    do throws(Diagnostic) {
      var reader = try LogReader(input, in: files, limits: limits)
      while let part = try reader.next() {
        guard case .block(let block) = part, lines.take(block.bytes) else { return false }
      }
    } catch {
      return false
    }
    return lines.areWhole
  }

  private static let lineBeginnings = [#"{"type":"#, #"{"message":"#].map { Array($0.utf8) }
}

/// Follows the lines of a log as long as they are those of reports.
private struct ReportLines {
  /// Whether the last line can be the last one of a report.
  private(set) var areWhole = false
  private var document = Document()

  /// Whether all lines of a block are those of reports.
  mutating func take(_ bytes: [UInt8]) -> Bool {
    var start = 0
    JSONReader.replaceSource(of: &document, with: bytes)
    while start < bytes.count {
      let end =
        document.firstOffset(of: UInt8(ascii: "\n"), from: start, to: bytes.count) ?? bytes.count
      guard start < end,
        JSONReader.read(into: &document, in: TextRange(start, end), from: .logLine),
        let layout = LineLayout.all.first(where: { $0.fits(document) })
      else { return false }
      areWhole = layout.canBeLast
      start = end + 1
    }
    return true
  }
}

/// The members of a line of a report.
private struct LineLayout {
  /// The names of members, and of what kinds their values are.
  var members: [(name: String, kinds: [NodeKind])]
  /// How many of them are always there.
  var requiredCount: Int
  /// A member with a text that tells the line from others; in an object of this name, if one is given.
  var mark: (object: String?, name: String, text: String)
  /// Whether a report can end with the line.
  var canBeLast: Bool

  /// Whether a document has the members in their order, once each, and no others.
  func fits(_ document: Document) -> Bool {
    guard document.kind(of: .root) == .object else { return false }
    var place = 0
    for member in document.members(of: .root) {
      while place < members.count,
        !document.text(of: member.name, equals: Array(members[place].name.utf8))
      {
        guard place >= requiredCount else { return false }
        place += 1
      }
      guard place < members.count, members[place].kinds.contains(document.kind(of: member.value))
      else {
        return false
      }
      place += 1
    }
    guard place >= requiredCount else { return false }
    let holder = mark.object.map { document.value(named: $0, in: .root) } ?? .root
    guard let holder, let value = document.value(named: mark.name, in: holder) else { return false }
    return document.kind(of: value) == .string
      && document.text(of: value, equals: Array(mark.text.utf8))
  }

  static let all = [
    typed(
      "finding",
      [
        ("path", [.string]), ("line", [.number]), ("column", [.number]), ("endLine", [.number]),
        ("endColumn", [.number]), ("pointer", [.string, .null]), ("rule", [.string]),
        ("severity", [.string]), ("message", [.string]), ("detail", [.string]), ("fix", [.string]),
        ("fingerprint", [.string]),
      ]),
    typed(
      "diagnostic",
      [
        ("path", [.string, .null]), ("line", [.number, .null]), ("column", [.number, .null]),
        ("code", [.string]), ("severity", [.string]), ("message", [.string]),
      ]),
    typed(
      "summary",
      [
        "files", "requests", "errors", "warnings", "infos", "suppressed", "baseline", "known",
        "unmatched",
      ].map { ($0, [.number]) }, canBeLast: true),
    LineLayout(
      members: [
        ("message", [.string]), ("location", [.object]), ("severity", [.string]),
        ("source", [.object]), ("code", [.object]), ("suggestions", [.array]),
        ("related_locations", [.array]),
      ], requiredCount: 5, mark: ("source", "name", OwnReport.toolName), canBeLast: true),
  ]

  private static func typed(
    _ type: String, _ members: [(name: String, kinds: [NodeKind])], canBeLast: Bool = false
  ) -> LineLayout {
    LineLayout(
      members: [("type", [.string])] + members, requiredCount: members.count + 1,
      mark: (nil, "type", type), canBeLast: canBeLast)
  }
}
