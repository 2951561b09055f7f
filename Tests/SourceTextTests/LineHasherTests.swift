import Foundation
import SourceText
import TestSupport
import Testing

struct LineHasherTests {
  private struct Vectors: Decodable {
    struct Vector: Decodable {
      var text: String
      var hashes: [String]
    }
    var vectors: [Vector]
  }

  /// The hashes of all lines, the bytes coming in blocks of `size`.
  private func hashes(of bytes: [UInt8], blocksOf size: Int) -> [String] {
    var hasher = LineHasher()
    var lines: [Int] = []
    var hashes: [String] = []
    var start = 0
    while start < bytes.count {
      hasher.update(Array(bytes[start..<min(start + size, bytes.count)])) { line, hash in
        lines.append(line)
        hashes.append(hash?.description ?? "")
      }
      start += size
    }
    hasher.finish { line, hash in
      lines.append(line)
      hashes.append(hash?.description ?? "")
    }
    #expect(lines == Array(1...max(lines.count, 1)))
    return hashes
  }

  @Test(
    .enabled(if: Conformance.has("github-fingerprints"), "no github-fingerprints"),
    arguments: [1, 7, 64, .max / 2])
  func agreesWithGitHub(blockSize: Int) throws {
    let data = Data(try Conformance.bytes("github-fingerprints/vectors.json"))
    let vectors = try JSONDecoder().decode(Vectors.self, from: data).vectors
    var passed = 0
    for vector in vectors {
      let actual = hashes(of: Array(vector.text.utf8), blocksOf: blockSize)
      #expect(actual == vector.hashes, "\(vector.text)")
      passed += actual == vector.hashes ? 1 : 0
    }
    print("GitHub line hashes, blocks of \(blockSize): \(passed) of \(vectors.count) passed")
    #expect(!vectors.isEmpty)
  }

  @Test func hashesOneLineLikeTheWholeFile() {
    let bytes = Array("a\nb\r\nc\rd".utf8)
    let all = hashes(of: bytes, blocksOf: 100)
    #expect(all.count == 4)
    #expect(LineHasher.hashes(of: bytes, lines: [3]).mapValues(\.description) == [3: all[2]])
  }

  /// Malformed UTF-8 counts as U+FFFD, once for each maximal part, wherever a block ends.
  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xE2, 0x82], "\u{FFFD}"),
      ([0xE2, 0x82, 0x41], "\u{FFFD}A"), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F, 0xF0, 0x9F, 0x98, 0x80], "\u{FFFD}\u{1F600}"),
      ([0xC0, 0x80, 0xF5], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xC3, 0x0A, 0x41], "\u{FFFD}\nA"),
    ] as [([UInt8], String)])
  func repairs(bytes: [UInt8], text: String) {
    for size in 1...3 {
      #expect(hashes(of: bytes, blocksOf: size) == hashes(of: Array(text.utf8), blocksOf: 100))
    }
  }

  @Test func countsAByteOrderMark() {
    #expect(
      hashes(of: Array("\u{FEFF}a".utf8), blocksOf: 9) != hashes(of: Array("a".utf8), blocksOf: 9))
  }

  /// The hashes of all lines by the definition: of each, over the units that follow its start.
  private func referenceHashes(of text: String) -> [String] {
    var units: [UInt16] = []
    var starts: [Int] = []
    var isAtLineStart = true
    var last: UInt16 = 0
    for unit in Array(text.utf16) + [0xFFFF] {
      defer { last = unit }
      if unit == 0x20 || unit == 0x09 || unit == 0x0A && last == 0x0D { continue }
      if isAtLineStart { starts.append(units.count) }
      units.append(unit == 0x0D ? 0x0A : unit)
      isAtLineStart = units.last == 0x0A
    }
    units += [UInt16](repeating: 0, count: 100)
    var counts: [UInt64: Int] = [:]
    return starts.map { start in
      let hash = units[start..<(start + 100)].reduce(UInt64(0)) { $0 &* 37 &+ UInt64($1) }
      counts[hash, default: 0] += 1
      return "\(String(hash, radix: 16)):\(counts[hash, default: 0])"
    }
  }

  /// Lines around the length of a block, with line ends of all kinds and blocks that end anywhere.
  @Test func agreesWithTheDefinition() {
    var random = SystemRandomNumberGenerator()
    let characters = ["a", "b", " ", "\t", "\u{E9}", "\u{20AC}", "\u{1F600}"]
    for round in 0..<60 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let length = [0, 1, 40, 98, 99, 100, 101, 102, 250].randomElement(using: &random) ?? 0
        let isPlain = Bool.random(using: &random)
        for _ in 0..<length {
          text += isPlain ? "c" : characters.randomElement(using: &random) ?? "a"
        }
        text += ["\n", "\r\n", "\r", "\n\n", "\r \n"].randomElement(using: &random) ?? ""
      }
      if round % 2 == 0 { text += "end" }
      for size in [1, 2, 99, 1_000_000] {
        #expect(
          hashes(of: Array(text.utf8), blocksOf: size) == referenceHashes(of: text),
          "\(text.debugDescription)")
      }
    }
  }

  /// Beyond the limit of different hashes, lines are told of without one, so that nothing waits for it.
  @Test func linesBeyondTheLimitHaveNoHash() {
    let count = LineHasher.distinctHashLimit + 1_000
    var bytes: [UInt8] = []
    for line in 0..<count { bytes += Array("line number \(line)\n".utf8) }
    var (told, hashed) = (0, 0)
    var hasher = LineHasher()
    let note: (Int, LineHasher.LineHash?) -> Void = { _, hash in
      told += 1
      hashed += hash == nil ? 0 : 1
    }
    hasher.update(bytes, note)
    hasher.finish(note)
    #expect(told >= count)
    #expect(hashed == LineHasher.distinctHashLimit)
  }
}
