import Baselines
import Documents
import Findings
import Foundation
import RequisiteFiles
import SourceText
import TestSupport
import Testing

@testable import Linting

/// Inputs in gzip containers.
struct CompressedInputTests {
  private static let bad =
    #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {}, "ClientToken": "t"}"#

  // MARK: - Members

  /// The check value of RFC 1952, section 8.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = ~0
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// A member whose content is stored, not compressed, in blocks of a size.
  private static func member(
    _ text: [UInt8], flags: UInt8 = 0, fields: [UInt8] = [], blockSize: Int = 60_000
  ) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 255] + fields
    var start = 0
    repeat {
      let block = text[start..<min(start + blockSize, text.count)]
      start = block.endIndex
      let length = UInt16(block.count)
      member += [start == text.count ? 1 : 0] + littleEndian(length) + littleEndian(~length)
      member += block
    } while start < text.count
    return member + littleEndian(checksum(text)) + littleEndian(UInt32(text.count))
  }

  private static func member(_ text: String) -> [UInt8] { member(Array(text.utf8)) }

  /// A million times the letter a, compressed: 1,002 bytes of matches.
  private static let repetitive: [UInt8] = {
    // A fixed block: literal "a", then matches of 258 bytes at distance 1.
    var bits: [UInt8] = [1, 1, 0]
    func code(_ value: Int, _ count: Int) {
      for bit in stride(from: count - 1, through: 0, by: -1) {
        bits.append(UInt8(value >> bit & 1))
      }
    }
    code(0x30 + 0x61, 8)
    for _ in 0..<3_876 {
      code(0b1100_0101, 8)
      code(0, 5)
    }
    code(0, 7)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: bits.count, by: 8) {
      var byte: UInt8 = 0
      for (place, bit) in bits[start..<min(start + 8, bits.count)].enumerated() {
        byte |= bit << place
      }
      bytes.append(byte)
    }
    let text = [UInt8](repeating: 0x61, count: 1 + 3_876 * 258)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + bytes + littleEndian(checksum(text))
      + littleEndian(UInt32(text.count))
  }()

  // MARK: - Decoding

  /// The text of a file, fed to the decoder in parts; nil in place of an error for a whole one.
  private func decode(
    _ bytes: [UInt8], parts: Int = .max, chunkSize: Int = 64
  ) -> (text: [UInt8], error: ContainerError?) {
    let decoder = GzipDecoder(chunkSize: chunkSize)
    var text: [UInt8] = []
    var rest = bytes[...]
    do throws(ContainerError) {
      while !rest.isEmpty {
        let part = Array(rest.prefix(parts))
        rest = rest.dropFirst(part.count)
        var position = 0
        while position < part.count || decoder.hasOutput {
          let (before, used) = (text.count, position)
          try decoder.decode(part, from: &position, into: &text)
          #expect(text.count - before <= chunkSize)
          #expect(text.count > before || position > used || !decoder.hasOutput)
        }
      }
    } catch {
      return (text, error)
    }
    return (text, decoder.isComplete ? nil : .truncated)
  }

  @Test(arguments: [1, 2, 7, Int.max], [1, 3, 64, 5_000])
  func membersAreOneText(parts: Int, chunkSize: Int) {
    let named = Self.member(Array("c".utf8), flags: 0x08, fields: Array("name\0".utf8))
    let file = Self.member("ab") + Self.member("") + named + Self.member("")
    let result = decode(file, parts: parts, chunkSize: chunkSize)
    #expect(result.text == Array("abc".utf8))
    #expect(result.error == nil)
  }

  @Test func shortDataMakesLongText() {
    for (parts, chunkSize) in [(Int.max, 1_000), (100, 1 << 16), (1, 4_096)] {
      let result = decode(Self.repetitive, parts: parts, chunkSize: chunkSize)
      #expect(result.text.count == 1 + 3_876 * 258)
      #expect(result.error == nil)
    }
  }

  @Test func errorsAreTold() {
    let whole = Self.member("abc")
    var checksum = whole
    checksum[checksum.count - 6] ^= 1
    var length = whole
    length[length.count - 1] ^= 1
    var header = whole
    header[3] = 0xE0
    for (bytes, text, error) in [
      (checksum, "abc", ContainerError.wrongChecksum), (length, "abc", .wrongLength),
      (Array(whole.dropLast()), "abc", .truncated), (whole + [0], "abc", .trailingBytes),
      (whole + [0x1F], "abc", .truncated), (whole + [0, 0], "abc", .trailingBytes),
      (whole + Array("{}".utf8), "abc", .trailingBytes),
      (whole + whole.dropLast(9), "abc", .truncated),
      (header, "", .malformed("unknown header flags set")),
    ] as [([UInt8], String, ContainerError)] {
      let result = decode(bytes)
      #expect(String(decoding: result.text.prefix(3), as: UTF8.self) == text)
      #expect(result.error == error)
    }
  }

  /// Whatever happens to a small file, its text is the same or there is an error, and all text that was
  /// handed on before is the beginning of the original where the data were only cut off.
  @Test func damageIsNeverSilent() {
    for whole in [Self.member(Self.bad), Self.member("a\n") + Self.member("b"), Self.repetitive] {
      let text = decode(whole).text
      for count in 0..<min(whole.count, 400) {
        let cut = decode(Array(whole.prefix(count)), chunkSize: 4_096)
        #expect(text.starts(with: cut.text))
        // What ends with a member is a whole file, and so is nothing at all without its name.
        let isWhole = cut.error == nil
        #expect(isWhole == (whole.count > 40 && cut.text == Array("a\n".utf8) && count == 25))
      }
      for place in 0..<min(whole.count, 400) {
        for bit: UInt8 in [1, 2, 16, 128, 255] {
          var damaged = whole
          damaged[place] ^= bit
          let result = decode(damaged, chunkSize: 4_096)
          #expect(result.error != nil || result.text == text, "\(place) ^ \(bit)")
        }
      }
    }
  }

  // MARK: - Runs

  private func brief(_ results: [LintResult]) -> [String] {
    results.flatMap(\.findings).map(\.brief) + results.flatMap(\.diagnostics).map(\.code)
  }

  /// What a run says of a file with a name; `real` is the name it has for the system.
  private func check(
    _ bytes: [UInt8], named name: String, jobs: Int = 1,
    changing change: (inout LintOptions) -> Void = { _ in }
  ) throws -> [String] {
    var results: [LintResult] = []
    try withFolder { folder in
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
      var options = LintOptions(
        in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
      change(&options)
      var session = LintSession([options], jobs: jobs)
      let input = InputSource(
        .file("\(folder)/\(name)"), shownPath: name,
        syntax: Syntax(path: name) ?? .json, isExplicit: true)
      session.run([(input, 0)]) {
        results.append($1)
      } ended: { _ in
      }
    }
    return brief(results)
  }

  @Test(arguments: ["r.json", "r.jsonl", "r.ndjson", "r.yaml", "r.yml", "r.txt"])
  func compressedTextHasTheSameFindings(name: String) throws {
    let text = Array((Self.bad + "\n").utf8)
    let plain = try check(text, named: name)
    #expect(!plain.isEmpty)
    // By its content, by its name, and in whatever letters.
    for name in [name, name + ".gz", name.uppercased() + ".GZ"] {
      #expect(try check(Self.member(text, blockSize: 20), named: name) == plain)
    }
  }

  @Test(arguments: [1, 3])
  func logsAreStreamed(jobs: Int) throws {
    // Members end within lines, and the text takes more than one block.
    let lines = (0..<6_000).map { $0 % 500 == 7 ? Self.bad : cleanRequest }
    let text = Array(lines.joined(separator: "\n").utf8)
    var file: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 100_003) {
      file += Self.member(Array(text[start..<min(start + 100_003, text.count)]))
    }
    let plain = try check(text, named: "l.jsonl", jobs: jobs)
    #expect(plain.count == 12)
    #expect(try check(file, named: "l.jsonl.gz", jobs: jobs) == plain)
  }

  @Test(arguments: [true, false])
  func linesBeforeDamageAreReported(hashesLines: Bool) throws {
    let text = Array((Self.bad + "\n" + cleanRequest + "\n" + Self.bad).utf8)
    for file in [Self.member(text).dropLast(3), Self.member(text).dropLast(20)] {
      let found = try check(Array(file), named: "l.jsonl.gz") {
        if hashesLines { $0.needs.insert(.lineHashes) }
      }
      #expect(
        found == [
          "error schema/required /ParticipantDetails/DisplayName 1:43", "input/corrupt-gzip",
        ])
    }
  }

  @Test(arguments: ["r.json.gz", "l.jsonl.gz", "r.yaml.gz"])
  func nameMustHoldTrue(name: String) throws {
    for bytes in [[], [0x1F], [0x1F, 0x8B], Array(Self.bad.utf8), [0x50, 0x4B, 3, 4]] {
      #expect(try check(bytes, named: name) == ["input/corrupt-gzip"])
    }
  }

  @Test func damagedDocumentIsNotChecked() throws {
    let file = Self.member(Self.bad)
    #expect(try check(Array(file.dropLast()), named: "r.json") == ["input/corrupt-gzip"])
    #expect(try check(file + [1, 2], named: "r.json") == ["input/corrupt-gzip"])
  }

  @Test func limitsCountText() throws {
    for (name, code) in [("a.json", "input/too-large"), ("a.jsonl", "input/line-too-long")] {
      #expect(
        try check(Self.repetitive, named: name) {
          $0.sizeLimits = SizeLimits(maximum: 400_000)
        } == [code])
    }
    // The data are longer than the limit, the text is not.
    let name = [UInt8](repeating: 0x6E, count: 500) + [0]
    let file = Self.member(Array(Self.bad.utf8), flags: 0x08, fields: name)
    for path in ["r.json", "r.jsonl.gz"] {
      let found = try check(file, named: path) { $0.sizeLimits = SizeLimits(maximum: 300) }
      #expect(found == ["error schema/required /ParticipantDetails/DisplayName 1:43"])
    }
    let log = Array(repeating: cleanRequest, count: 40).joined(separator: "\n")
    #expect(
      try check(Self.member(log), named: "l.jsonl.gz") {
        $0.sizeLimits = SizeLimits(maximum: 300)
      } == ["input/too-large"])
  }

  @Test func gzipInGzipIsNoText() throws {
    let file = Self.member(Self.member(Self.bad))
    #expect(try check(file, named: "r.json.gz") == ["error json/encoding - 1:1"])
    // Only what is still compressed after that was compressed twice.
    for (text, isTwice) in [
      (Self.member(Self.bad), true), ([0x28, 0xB5, 0x2F, 0xFD], false),
      ([0xFF, 0xFE, 0x7B, 0], false),
    ] {
      let error = try #require(text.otherTextEncoding)
      #expect(error.message.contains("twice") == isTwice)
      for syntax in [Syntax.json, .jsonLines, .yaml] {
        #expect(syntax.read(text).errors.map(\.message) == [error.message])
      }
      #expect(error.hidesText)
    }
    #expect(Array("{}".utf8).otherTextEncoding == nil)
  }

  // MARK: - Names

  @Test(arguments: [
    ("a.json.gz", Syntax.json), ("A.JSONL.GZ", .jsonLines), ("a.ndjson.gz", .jsonLines),
    ("a.yml.gz", .yaml), ("a.yaml.gz", .yaml), ("a.gz", nil), ("a.json.gz.gz", nil), (".gz", nil),
    ("a.gz.json", .json), ("a.tar.gz", nil),
  ])
  func formatsAreToldByTheNameWithin(name: String, format: Syntax?) {
    #expect(Syntax(path: name) == format)
  }

  @Test func walksTakeThemIn() throws {
    try withFolder { folder in
      for name in ["a.json.gz", "b.JSONL.gz", "c.tar.gz", "d.gz", ".e.json.gz", "f.yml.gz"] {
        try write("", to: "\(folder)/\(name)")
      }
      let found = InputCollector.collect(
        [folder], InputCollector.Options(in: RealFileSystem(), workingFolder: folder))
      #expect(found.inputs.map(\.shownPath) == ["a.json.gz", "b.JSONL.gz", "f.yml.gz"])
    }
  }

  @Test func containerIsToldByNameOrContent() throws {
    let gzip = try #require(Container(path: "x.gz"))
    try withFolder { folder in
      for (name, bytes, container) in [
        ("a.json", Array(Self.bad.utf8), Container?.none),
        ("b.json", Self.member("{}"), gzip),
        ("c.json.gz", [], gzip), ("d.json", [], nil), ("e.json", [0x1F], nil),
      ] {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        let input = InputSource(
          .file("\(folder)/\(name)"), shownPath: name, syntax: .json, isExplicit: true)
        #expect(RealFileSystem().container(of: input) == container, "\(name)")
      }
    }
  }
}
