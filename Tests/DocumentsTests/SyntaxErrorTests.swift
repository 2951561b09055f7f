import Documents
import SourceText
import TestSupport
import Testing

/// One text with a fault, marked where it should be told, and what should be told.
struct Faulty: CustomTestStringConvertible, Sendable {
  var text: String
  var messages: [String]
  var isFaithful: Bool
  var testDescription: String { text }

  init(_ text: String, _ messages: String..., isFaithful: Bool = true) {
    self.text = text
    self.messages = messages
    self.isFaithful = isFaithful
  }
}

/// Every text has one `▸` before each place where a fault should be told.
private let faults: [Faulty] = [
  Faulty("{▸// a note\n\"a\": 1}", "comments are not allowed in JSON; remove it"),
  Faulty("{\"a\": 1 ▸/* b */}", "comments are not allowed in JSON; remove it"),
  Faulty("▸# note\n[]", "comments are not allowed in JSON; remove it"),
  Faulty("{\"a\": 1▸,\n}", "trailing comma: remove the ',' before '}'"),
  Faulty("[1▸,]", "trailing comma: remove the ',' before ']'"),
  Faulty("[▸,1]", "nothing stands before this ','; remove it"),
  Faulty("[1,▸,1]", "nothing stands before this ','; remove it"),
  Faulty(
    "{\"InstanceId\": \"a\" ▸\"b\": 1}", "expected ',' or '}' after the value of \"InstanceId\""),
  Faulty("[1 ▸2]", "expected ',' or ']' after the element"),
  Faulty("{▸'a': 1}", "strings stand in double quotes in JSON: \"…\", not '…'"),
  Faulty("{▸a: 1}", "the name \"a\" must stand in double quotes"),
  Faulty("{▸“a”: 1}", "'“' is a typographic quote; JSON takes plain double quotes: \""),
  Faulty("{\"a\" ▸= 1}", "expected ':' after the name \"a\", found '='"),
  Faulty("{\"a\" ▸=> 1}", "expected ':' after the name \"a\", found '=>'"),
  Faulty("{\"a\" ▸1}", "expected ':' after the name \"a\""),
  Faulty("{\"a\": 1▸; \"b\": 2}", "expected ',' between members, found ';'"),
  Faulty("[▸True, ▸None]", "'True' is written 'true' in JSON", "'None' is written 'null' in JSON"),
  Faulty("[▸+1]", "a JSON number has no '+' before it; remove it"),
  Faulty("[▸01]", "a JSON number does not begin with 0; write it without"),
  Faulty("[▸.5]", "a JSON number has a digit before its '.'; write 0 there"),
  Faulty("[▸1.]", "a JSON number has a digit after its '.'; remove the '.'"),
  Faulty("[▸0x3C]", "JSON has no hexadecimal numbers; write 60"),
  Faulty("[\"▸\\x\"]", "\\ before 'x' is no escape of JSON; a backslash is written \\\\"),
  Faulty("[\"▸\\'\"]", "a single quote is not escaped in JSON; remove the backslash"),
  Faulty("[\"a▸\tb\"]", "a tab inside a string is written \\t"),
  Faulty(
    "[\"▸\\ud800x\"]", "\\ud800 is half of a surrogate pair; no character is written so"),
  Faulty(
    "[▸NaN]", "'NaN' is no JSON number; write a number or leave the member out", isFaithful: false),
  Faulty(
    "{\"a\": ▸number}", "\"number\" is no JSON value; a string stands in double quotes",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸undefined}", "'undefined' is no JSON value; leave the member out or write null",
    isFaithful: false),
  Faulty(
    "{\"a\": 1, ▸...}",
    "'...' is a guide's sign for something left out; write what belongs here or remove it",
    isFaithful: false),
  Faulty(
    "[▸..., 1]",
    "'...' is a guide's sign for something left out; write what belongs here or remove it",
    isFaithful: false),
  Faulty("{\"a\":▸}", "expected a value after the name \"a\"", isFaithful: false),
  Faulty("{\"a\"▸}", "expected ':' and a value after the name \"a\"", isFaithful: false),
  Faulty(
    "{} ▸{}",
    "a second document starts here; a file holds one JSON value (one request a line: .jsonl)",
    isFaithful: false),
  Faulty("[1}▸", "expected ']' to close the array, found '}'", isFaithful: false),
  Faulty("{\"a\": [1▸}", "expected ']' to close the array, found '}'", isFaithful: false),
  Faulty("{\"a\": 1▸", "the text ends inside an object; expected '}'", isFaithful: false),
  Faulty(
    "[▸\"a]\n", "the string that begins here lacks its closing quote", isFaithful: false),
  Faulty(
    "[▸\"a\n",
    "the string that begins here is not closed on its line; a line break in it is written \\n",
    "the text ends inside an array; expected ']'", isFaithful: false),
  Faulty(
    "{\"A\": \"a▸\"b\"}", "a quotation mark inside a string is written \\\"", isFaithful: false),
  Faulty(
    "{\"A\": \"say ▸\"a\", \"b▸\" and \"c\"\", \"B\": 1}",
    "a quotation mark inside a string is written \\\"",
    "a quotation mark inside a string is written \\\"", isFaithful: false),
  Faulty(
    "{\"A\": \"▸\"\"b\"\"\"}", "a quotation mark inside a string is written \\\"", isFaithful: false
  ),
  Faulty(
    "{\"a▸\"b\": 1}", "a quotation mark inside a string is written \\\"", isFaithful: false),
  Faulty(
    "{\"a\": ▸\"b, \"c\": \"d\", \"e\": [1]}",
    "the string that begins here lacks its closing quote", isFaithful: false),
  Faulty(
    "[▸\"a, \"b\", \"c\"]", "the string that begins here lacks its closing quote",
    isFaithful: false),
  Faulty(
    "{▸\"a: 1, \"b\": 2}", "the name that begins here lacks its closing quote", isFaithful: false),
  Faulty(
    "{▸\"a: \"b\", \"c\": 2}", "the name that begins here lacks its closing quote",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸\"b,\n\"c\": 1}", "the string that begins here lacks its closing quote",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸b\", \"c\": 1}", "the string \"b\" lacks its opening quote", isFaithful: false),
  Faulty("{▸a\": 1}", "the name \"a\" must stand in double quotes"),
  Faulty(
    "{\"a\": ▸two words, \"c\": 1}",
    "\"two words\" is no JSON value; a string stands in double quotes", isFaithful: false),
  Faulty(
    "{\"a\": ▸\(String(repeating: "x", count: 41))}",
    "\"\(String(repeating: "x", count: 40))…\" is no JSON value; a string stands in double quotes",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸<\(String(repeating: "X", count: 50))>}",
    "'<\(String(repeating: "X", count: 39))…' is a placeholder; write the value that belongs here",
    isFaithful: false),
  Faulty("[1] ▸\u{FEFF}", "a byte-order mark can only begin a file; remove it"),
  Faulty("▸", "the text is empty; a JSON value was expected", isFaithful: false),
  Faulty(
    "{\"Content\":\"line one▸\nline two\",\"b\":1}", "a line break inside a string is written \\n"),
  Faulty("{\"Content\":\"a▸\r\nb\n\nc\" }", "a line break inside a string is written \\n"),
  Faulty("{\"a▸\nb\": 1}", "a line break inside a string is written \\n"),
  Faulty(
    "▸```json\n{\"a\": 1}\n```\n", "the text stands in a Markdown fence; remove the ``` lines"),
  Faulty("\n▸```\n[1]", "the text stands in a Markdown fence; remove the ``` lines"),
  Faulty(
    "▸```json\n{\"a\": 1\n▸```\n", "the text stands in a Markdown fence; remove the ``` lines",
    "the text ends inside an object; expected '}'", isFaithful: false),
  Faulty(
    "▸```json\n{\"a\": 1}\n```\n▸more", "the text stands in a Markdown fence; remove the ``` lines",
    "expected the end of the text after the fence, found 'm'", isFaithful: false),
  Faulty(
    "{\"a\": ▸${VAR}, \"b\": 1}", "'${VAR}' is a placeholder; write the value that belongs here",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸{{ x.y }}}", "'{{ x.y }}' is a placeholder; write the value that belongs here",
    isFaithful: false),
  Faulty(
    "{\"a\": ▸<your id>, \"b\": [▸<c>]}",
    "'<your id>' is a placeholder; write the value that belongs here",
    "'<c>' is a placeholder; write the value that belongs here", isFaithful: false),
  Faulty(
    "[▸${A}-${B}, 1]", "'${A}-${B}' is a placeholder; write the value that belongs here",
    isFaithful: false),
  Faulty("{▸: 1}", "expected a name before ':'", isFaithful: false),
  Faulty("{\"a\": 1, ▸: 2}", "expected a name before ':'", isFaithful: false),
  Faulty("[▸@]", "expected a value or ']', found '@'", isFaithful: false),
  Faulty(
    "[1] ▸<--- add", "expected the end of the text after the value, found '<'", isFaithful: false),
]

struct SyntaxErrorTests {
  @Test(arguments: faults)
  func tellsTheFault(_ fault: Faulty) {
    let text = fault.text.replacing("▸", with: "")
    let reading = JSONReader.read(Array(text.utf8))
    #expect(reading.errors.map(\.message) == fault.messages)
    #expect(reading.isFaithful == fault.isFaithful)
    let marked = markedOffsets(in: fault.text)
    if marked.count == reading.errors.count, fault.text != "[1}▸" {
      #expect(reading.errors.map(\.range.lowerBound) == marked)
    }
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
