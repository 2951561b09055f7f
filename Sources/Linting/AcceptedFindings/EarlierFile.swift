import Baselines
import Findings
import SourceText

/// What a file had to report at an earlier commit: how many findings of each rule at each place.
struct EarlierFile: Sendable {
  /// Where a rule did not hold: a pointer in the file or, for a line of a log or an element of an array,
  /// in that request.
  struct Place: Hashable, Sendable {
    var rule: RuleID
    var pointer: JSONPointer
    var isInRecord: Bool
  }

  /// A place in requests of some content.
  struct RecordPlace: Hashable, Sendable {
    var place: Place
    var content: String
  }

  /// How many findings there were at each place.
  private(set) var counts: [Place: Int] = [:]
  /// How many there were in requests of the same content.
  private(set) var recordCounts: [RecordPlace: Int] = [:]
  /// Where requests with findings began, by their content.
  private(set) var records: [String: Set<Int>] = [:]

  /// Adds a finding, and the request that it is in where a file has several.
  mutating func add(_ finding: Finding, in record: RecordText?) {
    let place = Self.place(of: finding, in: record)
    counts[place, default: 0] += 1
    guard let record else { return }
    recordCounts[RecordPlace(place: place, content: record.content), default: 0] += 1
    records[record.content, default: []].insert(record.offset)
  }

  /// Where a finding is.
  static func place(of finding: Finding, in record: RecordText?) -> Place {
    var pointer = finding.stablePointer ?? finding.pointer ?? JSONPointer()
    // The position in the array is not of the request.
    if record?.isElement ?? false {
      pointer = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
    }
    return Place(rule: finding.rule, pointer: pointer, isInRecord: record != nil)
  }
}

/// A request among several of one file.
struct RecordText {
  /// Where it begins in the file.
  var offset: Int
  /// The digest of its text.
  var content: String
  /// Whether it is an element of an array, so that pointers begin with its position.
  var isElement: Bool
}

/// The requests of a part of a log or of an array.
struct RecordTexts {
  private let bytes: [UInt8]
  private let base: Int
  private let records: [Record]?

  /// The requests of a block.
  init(_ block: LogBlock) {
    bytes = block.bytes
    base = block.base.offset
    records = block.records
  }

  /// A single line of a log, or element of an array.
  init(_ bytes: [UInt8], at offset: Int, isElement: Bool) {
    self.bytes = bytes
    base = offset
    let all = TextRange(0, bytes.count)
    records = isElement ? [Record(text: all, value: all)] : nil
  }

  /// The request that a place of the file is in; nil for one of another part, and between requests.
  func record(of finding: Finding) -> RecordText? {
    let offset = finding.location.range.lowerBound - base
    guard offset >= 0, offset <= bytes.count else { return nil }
    guard let records else {
      let newline = UInt8(ascii: "\n")
      let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
      let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
      return record(start, end, isElement: false)
    }
    guard let place = records.lazy.map(\.value).index(holding: offset) else { return nil }
    let range = records[place].value
    return record(range.lowerBound, range.upperBound, isElement: true)
  }

  private func record(_ start: Int, _ end: Int, isElement: Bool) -> RecordText {
    RecordText(
      offset: base + start, content: ContentDigest.of(Array(bytes[start..<end]), .jsonLines),
      isElement: isElement)
  }

  /// The digests of all requests.
  var contents: [String] {
    if let records {
      return records.map {
        ContentDigest.of(Array(bytes[$0.value.lowerBound..<$0.value.upperBound]), .jsonLines)
      }
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map {
      ContentDigest.of(Array($0), .jsonLines)
    }
  }
}

/// Tells which findings of a file it had at an earlier commit.
///
/// As in a baseline, those of a rule at a place count, in the order of the text. Among the requests of a log
/// or array, those in requests that did not change come first: only what is left is for others.
struct EarlierMatch {
  private let file: EarlierFile
  /// How many findings were met at each place.
  private var met: [EarlierFile.Place: Int] = [:]
  /// How many are left in requests of the same content.
  private var remaining: [EarlierFile.RecordPlace: Int]
  /// How many were in requests that are gone; nil until it is asked for.
  private var leftOver: [EarlierFile.Place: Int]?

  init(_ file: EarlierFile) {
    self.file = file
    remaining = file.recordCounts
  }

  /// Whether the file had a finding; `contents` counts the requests that it has now.
  mutating func isKnown(
    _ finding: Finding, in record: RecordText?, contents: (Set<String>) -> [String: Int]
  ) -> Bool {
    let place = EarlierFile.place(of: finding, in: record)
    guard let record else {
      let count = met[place, default: 0]
      met[place] = count + 1
      return count < file.counts[place, default: 0]
    }
    let key = EarlierFile.RecordPlace(place: place, content: record.content)
    if let count = remaining[key], count > 0 {
      remaining[key] = count - 1
      return true
    }
    guard file.counts[place] != nil else { return false }
    var leftOver = self.leftOver ?? Self.leftOver(file, contents(Set(file.records.keys)))
    defer { self.leftOver = leftOver }
    guard let count = leftOver[place], count > 0 else { return false }
    leftOver[place] = count - 1
    return true
  }

  private static func leftOver(
    _ file: EarlierFile, _ contents: [String: Int]
  ) -> [EarlierFile.Place: Int] {
    var leftOver: [EarlierFile.Place: Int] = [:]
    for (key, count) in file.recordCounts {
      let before = file.records[key.content]?.count ?? 0
      let gone = before - contents[key.content, default: 0]
      guard gone > 0 else { continue }
      // Requests of the same content have the same findings.
      leftOver[key.place, default: 0] += count * gone / before
    }
    return leftOver
  }
}
