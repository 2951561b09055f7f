import RequisitePatterns
import Documents
package import Findings
import RulePacks
package import SourceText

/// A suppression that is to be written down, in the words that are in the file.
package struct SuppressionText: Sendable {
  /// The rule's full id.
  package var rule: String
  /// The pattern of paths.
  package var path: String
  /// The pattern of places; nil for all.
  package var pointer: String?
  /// Why.
  package var reason: String
  /// Who answers for it.
  package var owner: String?
  /// The last day.
  package var until: String?

  /// The reason that the action of an editor leaves for a person to replace.
  package static let openReason = "say why this finding is accepted"

  /// What is said of that reason where nobody has replaced it.
  package static let openReasonMessage =
    "reason was not replaced; say why the finding is accepted"

  /// Creates an entry.
  package init(
    rule: String, path: String, pointer: String?, reason: String, owner: String? = nil,
    until: String? = nil
  ) {
    self.rule = rule
    self.path = path
    self.pointer = pointer
    self.reason = reason
    self.owner = owner
    self.until = until
  }

  /// The pattern that fits one path and nothing else, unless it is a folder.
  package static func pattern(ofPath path: String) -> String { PathGlob.text(ofPath: path) }

  /// The fields that are there, in the order in which they are written.
  fileprivate var fields: [(name: String, text: String)] {
    let fields: [(String, String?)] = [
      ("rule", rule), ("path", path), ("pointer", pointer), ("reason", reason), ("owner", owner),
      ("until", until),
    ]
    return fields.compactMap { name, text in text.map { (name, $0) } }
  }

  /// Whether an entry that was read says the same.
  fileprivate func equals(_ entry: Suppression) -> Bool {
    entry.rule.description.utf8.elementsEqual(rule.utf8)
      && entry.path.text.utf8.elementsEqual(path.utf8)
      && entry.pointer == pointer.flatMap { try? PointerPattern($0) }
      && entry.reason.utf8.elementsEqual(reason.utf8)
      && (entry.owner ?? "").utf8.elementsEqual((owner ?? "").utf8)
      && entry.until == until.flatMap { CalendarDate($0.utf8) }
  }
}

/// Adds an entry to a file of suppressions, or to a configuration; all else stays byte for byte.
package struct SuppressionWriter {
  private let source: SourceFile
  private let document: Document
  private let entry: SuppressionText
  /// How lines end in the file.
  private let lineEnd: String

  /// The address of the schema of such files, for editors.
  package static let schemaAddress =
    "https://raw.githubusercontent.com/requisite-dev/requisite/main/Sources/CBuiltInPacks/schemas/ignore.schema.json"

  /// The text of a new file with one entry; `schema` is where editors find the file's schema.
  package static func newFile(_ entry: SuppressionText, schema: String) -> [UInt8] {
    var text = "# yaml-language-server: $schema=\(schema)\n"
    text += "requisite: 1\nsuppressions:\n"
    text += block(entry, indentation: "  ", lineEnd: "\n")
    return Array(text.utf8)
  }

  /// The file with one more entry.
  ///
  /// - Throws: `suppression/cannot-add` for a file with errors, or with a layout that has no place for
  ///   an entry.
  package static func adding(
    _ entry: SuppressionText, to source: SourceFile
  ) throws(Diagnostic) -> [UInt8] {
    try Target(source).adding(entry)
  }

  /// A file that was read once, to try several entries.
  package struct Target: Sendable {
    fileprivate let file: PackFile
    fileprivate let entries: [Suppression]

    /// Reads a file.
    ///
    /// - Throws: `suppression/cannot-add` for one with errors.
    package init(_ source: SourceFile) throws(Diagnostic) {
      let (file, reading) = PackFile.read(source)
      guard reading.errors.isEmpty, let entries = SuppressionWriter.entries(of: file) else {
        throw refusal(source)
      }
      self.file = file
      self.entries = entries
    }

    /// The file with one more entry.
    ///
    /// - Throws: `suppression/cannot-add` for a layout that has no place for an entry.
    package func adding(_ entry: SuppressionText) throws(Diagnostic) -> [UInt8] {
      try SuppressionWriter.adding(entry, to: self)
    }
  }

  private static func adding(
    _ entry: SuppressionText, to target: Target
  ) throws(Diagnostic) -> [UInt8] {
    let (file, before) = (target.file, target.entries)
    let source = file.source
    let bytes = SuppressionWriter(file, entry).edited()
    let (newFile, newReading) = PackFile.read(SourceFile(path: source.path, bytes: bytes))
    // Whatever the file looks like: exactly one entry more, and it says what it should.
    guard newReading.errors.isEmpty, let after = entries(of: newFile),
      after.count == before.count + 1, let last = after.last, entry.equals(last),
      newFile.document.childCount(of: .root) - file.document.childCount(of: .root) <= 1,
      zip(before, after).allSatisfy({ old, new in
        SuppressionText(old).equals(new)
      })
    else { throw refusal(source) }
    return bytes
  }

  private static func refusal(_ source: SourceFile) -> Diagnostic {
    Diagnostic(
      "suppression/cannot-add",
      "'\(source.path)' has a layout to which no entry can be added safely",
      hint: "add it by hand, as --dry-run shows it"
    )
  }

  /// The entries of a file's list; nil where something is wrong with one of them.
  private static func entries(of file: PackFile) -> [Suppression]? {
    guard !file.document.isEmpty, file.document.kind(of: .root) == .object else { return nil }
    guard let list = file.document.value(named: listName, in: .root),
      file.document.kind(of: list) != .null
    else { return [] }
    let reading = SuppressionReader.read(list: list, in: file)
    return reading.hasErrors ? nil : reading.entries
  }

  private static let listName = "suppressions"

  private init(_ file: PackFile, _ entry: SuppressionText) {
    source = file.source
    document = file.document
    self.entry = entry
    let bytes = file.source.bytes
    let feed = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? 0
    lineEnd = feed > 0 && bytes[feed - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  // MARK: - Where the entry goes

  private func edited() -> [UInt8] {
    let member = document.members(of: .root).first {
      document.text(of: $0.name, equals: Array(Self.listName.utf8))
    }
    guard let member else { return appendingList() }
    let list = member.value
    switch document.kind(of: list) {
    case .array where document.childCount(of: list) == 0:
      let range = document.range(of: list)
      if isBlankBehind(range.upperBound), !isWithinBrackets(range.lowerBound) {
        // Nothing is lost by writing an empty list in the usual way.
        return replacing(
          TextRange(endOfText(before: range.lowerBound), range.upperBound),
          lineEnd + block(Self.usualIndentation).droppingLineEnd(lineEnd))
      }
      return replacing(TextRange(at: range.lowerBound + 1), flow(isJSON: false))
    case .null where !document.range(of: list).isEmpty:
      // A null that is written out is an empty list as well.
      let range = document.range(of: list)
      guard !isWithinBrackets(range.lowerBound) else { return source.bytes }
      // A comment behind it stays.
      let start = endOfText(before: range.lowerBound)
      return insertingLines(
        block(Self.usualIndentation), behindLineAt: start,
        of: replacing(TextRange(start, range.upperBound), ""))
    case .array: return adding(to: list)
    default:
      let nameEnd = document.range(of: member.name).upperBound
      return insertingLines(block(Self.usualIndentation), behindLineAt: nameEnd, of: source.bytes)
    }
  }

  private static let usualIndentation = "  "

  private func adding(to list: NodeID) -> [UInt8] {
    let elements = Array(document.elements(of: list))
    guard let last = elements.last else { return source.bytes }
    let range = document.range(of: last)
    let isFlow = source.bytes[range.lowerBound] == UInt8(ascii: "{")
    let isJSON = isFlow && firstName(of: last).map { source.bytes[$0] } == UInt8(ascii: "\"")
    let listStart = document.range(of: list).lowerBound
    if listStart < source.bytes.count, source.bytes[listStart] == UInt8(ascii: "[") {
      let indentation = indentation(before: range.lowerBound)
      let separator = indentation.map { ",\(lineEnd)\($0)" } ?? ", "
      return replacing(TextRange(at: range.upperBound), separator + flow(isJSON: isJSON))
    }
    guard let dash = dashIndentation(of: range.lowerBound) else { return source.bytes }
    let text =
      isFlow
      ? dash + "- " + flow(isJSON: isJSON) + lineEnd
      : block(dash)
    return insertingLines(
      text, behindLineAt: endOfText(before: range.upperBound), of: source.bytes)
  }

  private func appendingList() -> [UInt8] {
    let text = Self.listName + ":" + lineEnd + block(Self.usualIndentation)
    var bytes = source.bytes
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes += lineEnd.utf8 }
    return bytes + text.utf8
  }

  // MARK: - Places in the text

  private func firstName(of object: NodeID) -> Int? {
    for member in document.members(of: object) {
      return document.range(of: member.name).lowerBound
    }
    return nil
  }

  /// The end of what is not white space before an offset.
  private func endOfText(before offset: Int) -> Int {
    var end = min(offset, source.bytes.count)
    while end > 0, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[end - 1]) { end -= 1 }
    return end
  }

  private func lineStart(of offset: Int) -> Int {
    var start = offset
    while start > 0, source.bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }

  private func isBlankBehind(_ offset: Int) -> Bool {
    for byte in source.bytes[offset...] {
      if byte == UInt8(ascii: "\n") { return true }
      if ![0x20, 0x09, 0x0D].contains(byte) { return false }
    }
    return true
  }

  /// Whether the root is written in braces.
  private func isWithinBrackets(_ offset: Int) -> Bool {
    source.bytes[document.range(of: .root).lowerBound] == UInt8(ascii: "{")
  }

  /// The white space before an offset, if nothing else is before it on its line.
  private func indentation(before offset: Int) -> String? {
    let start = lineStart(of: offset)
    let lead = source.bytes[start..<offset]
    guard lead.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return String(decoding: lead, as: UTF8.self)
  }

  /// The indentation of the dash that an element is behind.
  private func dashIndentation(of offset: Int) -> String? {
    var start = lineStart(of: offset)
    while true {
      var index = start
      while index < offset, source.bytes[index] == 0x20 { index += 1 }
      if index < offset, source.bytes[index] == UInt8(ascii: "-") {
        return String(repeating: " ", count: index - start)
      }
      guard start > 0 else { return nil }
      start = lineStart(of: start - 1)
    }
  }

  // MARK: - Edits

  private func replacing(_ range: TextRange, _ text: String) -> [UInt8] {
    var bytes = source.bytes
    bytes.replaceSubrange(range.lowerBound..<range.upperBound, with: text.utf8)
    return bytes
  }

  /// Puts whole lines behind the line on which an offset lies.
  private func insertingLines(
    _ text: String, behindLineAt offset: Int, of bytes: [UInt8]
  ) -> [UInt8] {
    guard let feed = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else {
      return bytes + (lineEnd + text.droppingLineEnd(lineEnd)).utf8
    }
    return Array(bytes[...feed]) + text.utf8 + bytes[(feed + 1)...]
  }

  // MARK: - The entry's text

  private func block(_ indentation: String) -> String {
    Self.block(entry, indentation: indentation, lineEnd: lineEnd)
  }

  private static func block(
    _ entry: SuppressionText, indentation: String, lineEnd: String
  ) -> String {
    var text = ""
    for (index, field) in entry.fields.enumerated() {
      text += indentation + (index == 0 ? "- " : "  ")
      text += "\(field.name): \(value(field, inFlow: false))\(lineEnd)"
    }
    return text
  }

  private func flow(isJSON: Bool) -> String {
    let fields = entry.fields.map { field in
      isJSON
        ? "\"\(field.name)\": \(YAMLText.quoted(field.text))"
        : "\(field.name): \(Self.value(field, inFlow: true))"
    }
    return (isJSON ? "{" : "{ ") + fields.joined(separator: ", ") + (isJSON ? "}" : " }")
  }

  private static func value(_ field: (name: String, text: String), inFlow: Bool) -> String {
    // A day needs no quotes, and reads better without.
    field.name == "until" ? field.text : YAMLText.scalar(field.text, inFlow: inFlow)
  }

  /// The entry as it would be in a file, for people to copy.
  package static func shown(_ entry: SuppressionText) -> String {
    block(entry, indentation: "  ", lineEnd: "\n")
  }
}

extension SuppressionText {
  fileprivate init(_ entry: Suppression) {
    self.init(
      rule: entry.rule.description, path: entry.path.text, pointer: entry.pointer?.description,
      reason: entry.reason, owner: entry.owner, until: entry.until?.description)
  }
}

extension String {
  fileprivate func droppingLineEnd(_ lineEnd: String) -> String {
    hasSuffix(lineEnd) ? String(dropLast(lineEnd.count)) : self
  }
}
