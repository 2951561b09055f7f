/// Requests with a secret in every place and with every kind of malformation, by a seed and a number.
///
/// No text shows the secret anywhere but at, below or beside a member that packs call sensitive, so
/// that no output of any command may hold it. Needs no other file but that of `SteadyBytes`:
/// `Tests/Fuzzing/RedactionRun` compiles the two alone.
package struct RedactionTexts: RandomNumberGenerator {
  /// What no output may hold; a part of it that is cut off counts as well.
  package static let canary = "CANARY7141"

  /// A request: the bytes of a file, and the end of the file's name.
  package struct Text {
    /// The bytes.
    package var bytes: [UInt8]
    /// `json`, `jsonl` or `yaml`.
    package var kind: String
  }

  private var bytes: SteadyBytes
  /// Whether a text has one sensitive name, which is not damaged: with two, one might lose its meaning.
  private var hasOneName = true

  /// Creates the texts of a seed.
  package init(seed: UInt64) { bytes = SteadyBytes(seed: seed) }

  package mutating func next() -> UInt64 { bytes.next() }

  private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
  private mutating func once(in count: Int) -> Bool { below(count) == 0 }
  private mutating func pick(_ values: [String]) -> String { values[below(values.count)] }

  /// The next text.
  package mutating func text() -> Text {
    switch below(10) {
    case 0..<5: return Text(bytes: json(breaksLines: true), kind: "json")
    case 5..<7:
      // A request on one line, or on several, some of which may be well formed by themselves.
      if once(in: 4) { return Text(bytes: lines(), kind: "jsonl") }
      let lines = [
        Array("{\(Self.head)}".utf8), json(breaksLines: once(in: 4), isLog: true),
        Array("{\(Self.head)}".utf8),
      ]
      return Text(bytes: Array(lines.joined(separator: [0x0A])) + [0x0A], kind: "jsonl")
    default: return Text(bytes: yaml(), kind: "yaml")
    }
  }

  /// A log with a sensitive value on several lines, between requests that fixes change.
  private mutating func lines() -> [UInt8] {
    let fixable = "{\(Self.head), \"Attributes\": {\"blob\": \"b\"}}"
    let name = spelled(pick(Self.names))
    var lines = [fixable, "{\(Self.head), \"\(name)\": \(pick(["[", "{", "[[", "{\"a\": ["]))"]
    for _ in 0...below(3) {
      lines.append(
        pick([
          value(), "[\(value())]", "{\"k\": \(value())}", "", "{\"k\": 1}",
          "{\"k\": \"CANARY\", \(Self.head), \"Attributes\": {\"blob\": \"CANARY\"}}",
          ", {\"k\": \"CANARY\"}", "\"a\": \"CANARY\",",
        ]))
    }
    lines += [pick(["]}", "}}", "]", "}", "{\(Self.head)}"]), fixable]
    return Self.bytes(lines.joined(separator: "\n") + "\n")
  }

  private static let head =
    #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane"}"#

  // MARK: - Names and values

  /// The sensitive name, in every style and with one slip.
  private static let names = [
    "CustomerId", "CustomerId", "CustomerId", "CustomerId", "customerId", "customer_id",
    "CUSTOMER-ID", "Customer Id", "customer.id", "C\u{FC}stomerId", "Custom\u{435}rId",
    "CustomerI\u{301}d", "CustomrId", "CustomerIdd", "CutsomerId", "ustomerId", "xCustomerId",
    "custumer_id", "Cust\u{200B}omerId",
  ]

  private mutating func spelled(_ name: String) -> String {
    guard once(in: 8), let letter = name.unicodeScalars.randomElement(using: &self) else {
      return name
    }
    let digits = String(letter.value, radix: 16)
    let escape = "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    var result = ""
    var isDone = false
    for scalar in name.unicodeScalars {
      if scalar == letter, !isDone {
        result += escape
        isDone = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Well-formed JSON that holds the canary.
  private mutating func value(depth: Int = 0) -> String {
    switch below(depth > 3 ? 4 : 12) {
    case 0..<3: return "\"CANARY\""
    case 3: return "\"\(pick(["a ", "\\u00e9 ", "\\\" ", "\\n", "x, ", "{ ", "b: "]))CANARY\""
    case 4: return "[\(value(depth: depth + 1)), 1]"
    case 5: return "{\"CANARY\": \(value(depth: depth + 1))}"
    case 6: return "{\"a\": \(value(depth: depth + 1)), \"CANARY\": 2, \"InstanceId\": \"CANARY\"}"
    case 7: return Self.quoted(value(depth: depth + 1))
    case 8: return Self.quoted("{\"InstanceId\": \(value(depth: depth + 1))")
    case 9: return "[[\"CANARY\"], {\"b\": [\"CANARY\"]}]"
    case 10: return "\"\(String(repeating: "CANARY", count: 30))\""
    default: return "{\"CANARY\": 1, \"CANARY\": 2}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  // MARK: - JSON

  /// What stands for a value that is not JSON; HEX is a byte that is not UTF-8.
  private static let brokenValues = [
    "\"O\"CANARY\" y\"", "\"\"\"CANARY\"\"\"", "'CANARY'", "'O'CANARY' y'", "CANARY", "\"CANARY",
    "CANARY\"", "'CANARY", "CANARY'", "\u{201C}CANARY\u{201D}", "`CANARY`", "\"x\" + \"CANARY\"",
    "\"x\" \"CANARY\"", "\"x\", CANARY\"", "\"x\", \"CANARY\" y\"", "\"x\"; \"CANARY\"",
    "(\"CANARY\")", "f(CANARY)", "<CANARY>", "${CANARY}", "{{ CANARY }}", "${CANARY}-{{ CANARY }}",
    "... CANARY", "\"\\q CANARY\"", "\"\\ud800 CANARY\"", "\"\\u12 CANARY\"", "\"HEX CANARY\"",
    "HEX CANARY", "\"\tCANARY\"", "\"CANARY\\\"", "{\"a\": CANARY, \"CANARY\"}", "{CANARY}",
    "{\"CANARY\"", "[\"CANARY\",, \"CANARY\" \"CANARY\"]", "[CANARY", "[\"CANARY\"}",
    "{\"a\": \"CANARY\"]",
    "\"{\"CustomerId\": \"CANARY\"}\"", "\"{\"CANARY\": \"CANARY\"}\"", "CANARY CANARY",
    "+1 CANARY",
    "0x1F CANARY", "01 \"CANARY\"", "True \"CANARY\"", "NaN, \"CANARY\": CANARY",
    "\"a\": \"CANARY\"",
    ": \"CANARY\"", ", \"CANARY\"", "\"a\"\"CANARY\"", "\"a\" : \"CANARY\"", "@CANARY",
    "\\\"CANARY\\\"",
    "b'CANARY'", "\"a\" 'CANARY'", "\"a\"CANARY", "1CANARY", "-CANARY", "null CANARY",
    "\"CANARY\" oops",
  ]

  private static let brokenValuesOfLines = [
    "\"x\" +\n \"CANARY\"", "\"x\"\n+ CANARY", "\n\nCANARY", "\"line\nCANARY\"", "\"line\n\nCANARY",
    "\"\"\"\nCANARY\n\"\"\"", "[\n\"CANARY\"\n\"CANARY\"\n]", "{\n\"CANARY\" 1\n}",
    "{\n\"InstanceId\": \"CANARY\"",
    "'a\n  CANARY'", "\"a\r\nCANARY\"", "|\n  CANARY", "\"{\n  \"InstanceId\": \"CANARY\"\n}\"",
    "CANARY\nCANARY", "\"a\\\nCANARY\"",
  ]

  private mutating func member(breaksLines: Bool, isLog: Bool = false) -> String {
    let name = spelled(pick(Self.names))
    var quoted = "\"\(name)\""
    var colon = pick([":", ": ", " : "])
    var value = self.value()
    var (before, behind) = ("", "")
    let fault = below(12)
    switch fault {
    case 0..<5:
      value = pick(breaksLines ? Self.brokenValues + Self.brokenValuesOfLines : Self.brokenValues)
    case 5:
      quoted = pick(["'\(name)'", name, "\"\(name)", "\(name)\"", "\"\(name)'", "`\(name)`"])
    case 6: colon = pick([" ", " = ", " => ", "::", ": : ", ";", "", " -> ", ":= "])
    case 7:
      before = pick(["/* CANARY */ ", "/* CANARY\n*/", breaksLines ? "// CANARY\n" : ""])
      if breaksLines, once(in: 2) { before = "\n# CANARY\n" }
      // The line before is another text in a log.
      if !breaksLines || isLog { before = "/* CANARY */" }
    case 8:
      colon = pick([" /* CANARY */ : ", ": /* CANARY */ ", breaksLines ? ": // CANARY\n" : ":"])
    case 9:
      behind =
        breaksLines ? pick([" /* CANARY */", " // CANARY\n", " # CANARY\n"]) : " /* CANARY */"
    case 10:
      hasOneName = false
      quoted = "\"\(name)\": \"a\", \"\(name)\""
    default: break
    }
    return before + quoted + colon + value + behind
  }

  private mutating func json(breaksLines: Bool, isLog: Bool = false) -> [UInt8] {
    var members = Self.members
    let sensitive: String
    if once(in: 6) {
      // In JSON inside a string, once or twice.
      var inner = "{\"n\": 1, \(member(breaksLines: false))}"
      if once(in: 3) { inner = "{\"deep\": \(Self.quoted(inner))}" }
      var string = Self.quoted(inner).filter { $0 != "\t" }
      if once(in: 3) {
        string =
          "\"\(encoded(once(in: 3) ? "CustomerId=CANARY" : "{\"CustomerId\": \"CANARY\"}"))\""
        hasOneName = false
      }
      sensitive = "\"Attributes\": {\"blob\": \(string), \"n\": 1}"
    } else {
      sensitive = member(breaksLines: breaksLines, isLog: isLog)
    }
    let place = once(in: 3) ? members.count : below(members.count)
    members.insert(sensitive, at: place)
    if once(in: 3) { members.append(pick(Self.faults)) }
    let separator = breaksLines ? pick([", ", ",", ",\n  ", "\n, ", ",\n\t"]) : ", "
    var text = "{" + (separator.contains("\n") ? "\n  " : "") + members.joined(separator: separator)
    text += separator.contains("\n") ? "\n}" : "}"
    if once(in: 10) { text += pick([" x", "}", " {}", " // end", "\n]"]) }
    if breaksLines, once(in: 20) { (text, hasOneName) = ("[\(text), \(text)]", false) }
    if breaksLines, once(in: 20) { text = "```json\n\(text)\n```" }
    var bytes = Self.bytes(text)
    if once(in: 4), hasOneName { damage(&bytes) }
    hasOneName = true
    return bytes
  }

  /// A text as URLs, markup or base64 have it.
  private mutating func encoded(_ text: String) -> String {
    switch below(4) {
    case 0:
      return text.utf8.map { byte in
        byte < 0x30 || byte > 0x39 && byte < 0x41 || byte > 0x7A
          ? "%" + String(byte, radix: 16, uppercase: true) : String(Unicode.Scalar(byte))
      }.joined()
    case 1:
      return text.unicodeScalars.map { scalar in
        switch scalar {
        case "\"": pick(["&quot;", "&#34;", "&#x22;"])
        case "=": "&#61;"
        default: String(scalar)
        }
      }.joined()
    default:
      // The canary itself, which is put in only later.
      let bytes = Self.bytes(text)
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
      var digits: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
        bits <<= 8
        for _ in 0...group.count {
          digits.append(alphabet[Int(bits >> 26)])
          bits <<= 6
        }
      }
      return pick(["", "Bearer ", "a.", "data:;base64,"]) + String(decoding: digits, as: UTF8.self)
    }
  }

  private static let members = [
    "\"InstanceId\": \"i-1\"", "\"ContactFlowId\": \"f-1\"",
    "\"ParticipantDetails\": {\"DisplayName\": \"Jane\"}",
  ]

  private static let faults = [
    "\"ChatDurationInMinutes\": 5", "\"Unknown\": 1", "\"ClientToken\": 7",
    "'RelatedContactId': 'x'",
    "\"ClientToken\": \"a\" oops", "\"Attributes\": {\"a\": 1}", "\"InitialMessage\": {}",
    "\"SupportedMessagingContentTypes\": [\"a\"]", "// note", "...", "\"ClientToken\": \"open",
  ]

  /// Takes out, puts in or changes one byte behind the sensitive name, or cuts the text off.
  ///
  /// No line of YAML begins in another column than before, where it would be a member of its own.
  private mutating func damage(_ bytes: inout [UInt8], isYAML: Bool = false) {
    // Behind the first name only: it must stay one.
    let marks = Array("ustom".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: marks) }),
      let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")), colon + 1 < bytes.count
    else { return }
    let index = colon + 1 + below(bytes.count - colon - 1)
    let isIndentation = bytes[...index].last { $0 != 0x20 } == 0x0A && bytes[index] == 0x20
    if isYAML, isIndentation { return }
    switch below(4) {
    case 0: bytes.remove(at: index)
    case 1:
      bytes.insert(
        contentsOf: pick(["\"", "}", "]", "{", "[", ",", ":", "\\", "'", "\n", " "]).utf8, at: index
      )
    case 2: bytes[index] = UInt8(truncatingIfNeeded: below(256))
    default: bytes.removeSubrange(index...)
    }
    if isYAML, index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D {
      bytes.insert(0x20, at: index + 1)
    }
  }

  // MARK: - YAML

  private static let yamlMembers = [
    "NAME: CANARY", "NAME: [CANARY]", "NAME: {CANARY: 1}", "NAME: \"CANARY", "NAME: 'CANARY",
    "NAME: {a: CANARY", "NAME: [CANARY", "NAME: *CANARY", "NAME: !CANARY CANARY",
    "NAME: !!int CANARY",
    "NAME: CANARY: CANARY", "NAME:\n  - CANARY\n - CANARY", "NAME:\n  'CANARY\n  CANARY",
    "? NAME\n: CANARY\n  : CANARY", "NAME: \"\\q CANARY\"", "NAME=>\"CANARY\"", "NAME \"CANARY\"",
    "\"NAME\"=>\"CANARY\"", "\"NAME\" \"CANARY\"", "\"NAME\": \"CANARY\" CANARY",
    "'NAME': 'O'CANARY'",
    "NAME: CANARY # CANARY", "# CANARY\nNAME: a", "NAME: # CANARY\n  a",
    "NAME: a # CANARY\n# CANARY",
    "NAME: |\n  CANARY\n  CANARY", "NAME: >-\n  CANARY\n\n  CANARY", "NAME: |2\n CANARY",
    "NAME: CANARY\n  CANARY", "NAME: &c [CANARY]", "NAME: &c CANARY\nClientToken: *c",
    "Attributes: &c {k: CANARY}\nNAME: *c", "NAME:\n\t- CANARY", "NAME: \tCANARY", "NAME: @CANARY",
    "NAME: `CANARY", "NAME: %CANARY", "NAME: CANARY\nNAME: CANARY", "NAME: {CANARY: 1, CANARY: 2}",
    "NAME: &CANARY1 a\nClientToken: *CANARY1", "NAME: [&CANARY1 a]\nClientToken: *CANARX1",
    "NAME: [CANARY\n---\nInstanceId: [", "NAME: \"CANARY\n...\nNAME: CANARY",
    "NAME: .inf", "NAME: [CANARY, .nan]", "NAME: HEX CANARY", "NAME: \"\\ud800 CANARY\"",
    "NAME: '{\"CustomerId\": \"CANARY\"}'",
    "Attributes:\n  blob: |\n    {\"NAME\":\n     \"CANARY\"}",
    "Attributes: {blob: '{\"NAME\": \"CANARY\"'}", "NAME: - CANARY",
    "NAME:\n  CANARY: a\n CANARY: b",
    "NAME: {\n  InstanceId: CANARY", "NAME: |\n  InstanceId: CANARY",
    "NAME: \"a\nInstanceId: CANARY\"",
    "NAME: [a, CANARY: ]", "NAME: !<CANARY", "NAME: &CANARY", "NAME: *c CANARY", "{NAME: CANARY",
    "- NAME: CANARY", "NAME: <<CANARY>>", "NAME: CANARY\n<<: *CANARY", "NAME: \u{7}CANARY",
  ]

  private static let yamlFaults = [
    "ChatDurationInMinutes: 5", "Unknown: 1", "ClientToken: 7", "Attributes: {a: 1}",
    "ClientToken: \"open",
    "a: b: c", "\tx: 1", "InitialMessage: [", "ClientToken: *nobody", "x: .nan",
    "Unknown: 1\nUnknown: 2",
  ]

  private mutating func yaml() -> [UInt8] {
    var name = pick(Self.names.filter { !$0.contains("\u{200B}") })
    if name.contains("I\u{301}") { name = "CustomerId" }
    var members = [
      "InstanceId: i-1", "ContactFlowId: f-1", "ParticipantDetails: {DisplayName: Jane}",
    ]
    var member = pick(Self.yamlMembers)
    member = member.split(separator: "NAME", omittingEmptySubsequences: false).joined(
      separator: name)
    members.insert(member, at: once(in: 3) ? below(members.count) : members.count)
    if once(in: 2) { members.append(pick(Self.yamlFaults)) }
    var bytes = Self.bytes(members.joined(separator: "\n") + "\n")
    if once(in: 6), !member.contains("*c"), !member.contains("*CANAR"),
      member.split(separator: name, omittingEmptySubsequences: false).count < 3
    {
      damage(&bytes, isYAML: true)
    }
    return bytes
  }

  // MARK: - Bytes

  /// The bytes of a text with the canary and bytes that are not UTF-8 in place of their names.
  private static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index...].starts(with: "CANARY".utf8) {
        bytes += canary.utf8
        index += 6
      } else if source[index...].starts(with: "HEX".utf8) {
        bytes.append(0xFF)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return bytes
  }
}
