import Documents
import SourceText
import TestSupport
import Testing

/// A text with errors, each marked with `▸`.
struct Faulty: CustomTestStringConvertible, Sendable {
  var text: String
  var isFaithful: Bool
  var testDescription: String { text }

  init(_ text: String, isFaithful: Bool = true) {
    self.text = text
    self.isFaithful = isFaithful
  }
}

private let faults: [Faulty] = [
  Faulty("{▸// a note\n\"a\": 1}"),
  Faulty("{\"a\": 1 ▸/* b */}"),
  Faulty("▸# note\n[]"),
  Faulty("{\"a\": 1▸,\n}"),
  Faulty("[1▸,]"),
  Faulty("[▸,1]"),
  Faulty("[1,▸,1]"),
  Faulty("{\"InstanceId\": \"a\" ▸\"b\": 1}"),
  Faulty("[1 ▸2]"),
  Faulty("{▸'a': 1}"),
  Faulty("{▸a: 1}"),
  Faulty("{▸“a”: 1}"),
  Faulty("{\"a\" ▸= 1}"),
  Faulty("{\"a\" ▸=> 1}"),
  Faulty("{\"a\" ▸1}"),
  Faulty("{\"a\": 1▸; \"b\": 2}"),
  Faulty("[▸True, ▸None]"),
  Faulty("[▸+1]"),
  Faulty("[▸01]"),
  Faulty("[▸.5]"),
  Faulty("[▸1.]"),
  Faulty("[▸0x3C]"),
  Faulty("[\"▸\\x\"]"),
  Faulty("[\"▸\\'\"]"),
  Faulty("[\"a▸\tb\"]"),
  Faulty("[\"▸\\ud800x\"]"),
  Faulty("[▸NaN]", isFaithful: false),
  Faulty("{\"a\": ▸number}", isFaithful: false),
  Faulty("{\"a\": ▸undefined}", isFaithful: false),
  Faulty("{\"a\": 1, ▸...}", isFaithful: false),
  Faulty("[▸..., 1]", isFaithful: false),
  Faulty("{\"a\":▸}", isFaithful: false),
  Faulty("{\"a\"▸}", isFaithful: false),
  Faulty("{} ▸{}", isFaithful: false),
  Faulty("[1▸}", isFaithful: false),
  Faulty("{\"a\": [1▸}", isFaithful: false),
  Faulty("{\"a\": 1▸", isFaithful: false),
  Faulty("[▸\"a]\n", isFaithful: false),
  Faulty("[▸\"a\n▸", isFaithful: false),
  Faulty("{\"A\": \"a▸\"b\"}", isFaithful: false),
  Faulty("{\"A\": \"say ▸\"a\", \"b▸\" and \"c\"\", \"B\": 1}", isFaithful: false),
  Faulty("{\"A\": \"▸\"\"b\"\"\"}", isFaithful: false),
  Faulty("{\"a▸\"b\": 1}", isFaithful: false),
  Faulty("{\"a\": ▸\"b, \"c\": \"d\", \"e\": [1]}", isFaithful: false),
  Faulty("[▸\"a, \"b\", \"c\"]", isFaithful: false),
  Faulty("{▸\"a: 1, \"b\": 2}", isFaithful: false),
  Faulty("{▸\"a: \"b\", \"c\": 2}", isFaithful: false),
  Faulty("{\"a\": ▸\"b,\n\"c\": 1}", isFaithful: false),
  Faulty("{\"a\": ▸b\", \"c\": 1}", isFaithful: false),
  Faulty("{▸a\": 1}"),
  Faulty("{\"a\": ▸two words, \"c\": 1}", isFaithful: false),
  Faulty("{\"a\": ▸\(String(repeating: "x", count: 41))}", isFaithful: false),
  Faulty("{\"a\": ▸<\(String(repeating: "X", count: 50))>}", isFaithful: false),
  Faulty("[1] ▸\u{FEFF}"),
  Faulty("▸", isFaithful: false),
  Faulty("{\"Content\":\"line one▸\nline two\",\"b\":1}"),
  Faulty("{\"Content\":\"a▸\r\nb\n\nc\" }"),
  Faulty("{\"a▸\nb\": 1}"),
  Faulty("▸```json\n{\"a\": 1}\n```\n"),
  Faulty("\n▸```\n[1]"),
  Faulty("▸```json\n{\"a\": 1\n▸```\n", isFaithful: false),
  Faulty("▸```json\n{\"a\": 1}\n```\n▸more", isFaithful: false),
  Faulty("{\"a\": ▸${VAR}, \"b\": 1}", isFaithful: false),
  Faulty("{\"a\": ▸{{ x.y }}}", isFaithful: false),
  Faulty("{\"a\": ▸<your id>, \"b\": [▸<c>]}", isFaithful: false),
  Faulty("[▸${A}-${B}, 1]", isFaithful: false),
  Faulty("{▸: 1}", isFaithful: false),
  Faulty("{\"a\": 1, ▸: 2}", isFaithful: false),
  Faulty("[▸@]", isFaithful: false),
  Faulty("[1] ▸<--- add", isFaithful: false),
]

struct SyntaxErrorTests {
  @Test(arguments: faults)
  func reportsErrors(_ fault: Faulty) {
    let text = fault.text.replacing("▸", with: "")
    let reading = JSONReader.read(Array(text.utf8))
    #expect(reading.isFaithful == fault.isFaithful)
    #expect(reading.errors.map(\.range.lowerBound) == markedOffsets(in: fault.text))
    expectMessages(
      reading.errors.map { "\($0.range.lowerBound): \($0.message)" }, of: fault.text)
  }

  @Test func twoFaultsAreTwoErrors() {
    let reading = JSONReader.read(Array("{\"a\": 1,}\n// b\n".utf8))
    #expect(reading.errors.count == 2)
    #expect(reading.document.dump().contains("number 6..<7 \"1\""))
  }

  @Test func badBytesAreEncodingErrors() {
    let reading = JSONReader.read([0x5B, 0x22, 0x61, 0xFF, 0x22, 0x5D])
    #expect(reading.errors.map(\.category) == [.encoding])
    #expect(reading.errors.map(\.range) == [TextRange(3, 4)])
    #expect(reading.document.dump().contains("a\u{FFFD}"))
  }

  @Test(arguments: [512, 513, 100_000])
  func depthIsLimited(depth: Int) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let reading = JSONReader.read(Array(text.utf8))
    #expect(reading.errors.map(\.category) == (depth > 512 ? [.depth] : []))
  }

  @Test func unclosedDepthIsLimitedToo() {
    let reading = JSONReader.read(Array(String(repeating: "{\"a\":", count: 100_000).utf8))
    #expect(reading.errors.contains { $0.category == .depth })
  }

  /// Damaged texts: the two readers agree and nothing traps, whatever the bytes.
  @Test func readersAgreeOnDamagedTexts() {
    var random = SteadyBytes(seed: 42)
    let seeds = [
      #"{"a":[1,-2.5e+3,true,false,null],"b":{"c":"d\u00e9\ud83d\ude00é😀","e":[]},"f":{}}"#,
      #"  [ "\\\"" , 0.1 , [ [ ] , { } ] , "日本語" ] "#,
      "{:a=>1}", #"{ : "a"}"#, #"{"a":1, : 2}"#, #"{"" "":1}"#, #"{"""":1}"#, "{\"a\":\"b\nc\"}",
      "```json\n{\"a\": [${B}, {{ c }}, <d e>]}\n```\n", "{a:'b',“c”:…}",
    ].map { Array($0.utf8) }
    let alphabet =
      Array("{}[]:,\"\\u0123e.-+ \n\ttfn/*#'".utf8) + [0x80, 0xC3, 0xE2, 0xF0, 0xFF, 0]
    for _ in 0..<20_000 {
      var bytes = seeds[Int(random.next() % UInt64(seeds.count))]
      for _ in 0...(random.next() % 4) {
        let index = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[index] = alphabet[Int(random.next() % UInt64(alphabet.count))]
        case 1: bytes.insert(alphabet[Int(random.next() % UInt64(alphabet.count))], at: index)
        default: if bytes.count > 1 { bytes.remove(at: index) }
        }
      }
      expectAgreement(on: bytes)
      expectSound(bytes)
    }
  }

  /// Members without a name: the tree keeps its form.
  @Test(arguments: [
    "{:", "{:a=>1}", #"{ : "a"}"#, #"{"a":1, : 2}"#, #"{"" "":1}"#, #"{"""":1}"#, "{::}", "{:1:2}",
    "[{:[{:", "{\"a\"", "{a b c", "{a:@:b}", "{a=>}", "{\"a\":1 2:3}",
  ])
  func treesOfDamagedTextsAreSound(text: String) {
    expectSound(Array(text.utf8))
  }

  /// The recovering reader's tree: names and values alternate in objects, ends nest, counts fit.
  private func expectSound(_ bytes: [UInt8]) {
    struct Frame {
      var node: NodeID
      var names = 0
      var values = 0
    }
    let document = JSONReader.recover(bytes).document
    let text = String(decoding: bytes, as: UTF8.self)
    var frames: [Frame] = []
    func close(before index: Int) {
      while let frame = frames.last, document.end(of: frame.node) <= index {
        frames.removeLast()
        let isObject = document.kind(of: frame.node) == .object
        #expect(frame.names == (isObject ? frame.values : 0), "\(text)")
        #expect(document.childCount(of: frame.node) == frame.values, "\(text)")
      }
    }
    for index in 0..<document.nodeCount {
      let node = NodeID(index)
      close(before: index)
      #expect((index == 0) == frames.isEmpty, "\(text): a second root at \(index)")
      let end = document.end(of: node)
      let limit = frames.last.map { document.end(of: $0.node) } ?? document.nodeCount
      #expect(end > index && end <= limit, "\(text)")
      if let frame = frames.last {
        let isName = document.kind(of: node) == .name
        let wantsName =
          document.kind(of: frame.node) == .object && frame.names == frame.values
        #expect(isName == wantsName, "\(text): node \(index)")
        if isName {
          frames[frames.count - 1].names += 1
        } else {
          frames[frames.count - 1].values += 1
        }
      }
      if [.array, .object].contains(document.kind(of: node)) { frames.append(Frame(node: node)) }
    }
    close(before: document.nodeCount)
    #expect(frames.isEmpty, "\(text)")
  }

  private func markedOffsets(in text: String) -> [Int] {
    var offsets: [Int] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if scalar == "▸" { offsets.append(offset) } else { offset += UTF8.width(scalar) }
    }
    return offsets
  }
}
