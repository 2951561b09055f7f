import Documents
import Evaluation
import Findings
import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing
import YAML

/// What of a request must not be shown, beside the values of sensitive members themselves.
struct HiddenPartsTests {
  private static let head =
    #""InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "J"}"#

  /// All that findings say of a text.
  private func words(_ findings: [Finding]) -> String {
    var words: [String] = []
    for finding in findings {
      let places = [finding.location] + finding.related.map(\.location)
      words += [finding.message, finding.detail ?? ""] + finding.related.map(\.message)
      for place in places {
        words += [place.excerpt?.text ?? "", place.pointer?.description ?? ""]
      }
      for edit in finding.fix?.edits ?? [] { words.append(edit.text) }
    }
    return words.joined(separator: "\n")
  }

  /// The text with a mark in the place of each hidden part.
  private func shown(_ text: String, isYAML: Bool = false) -> String {
    let bytes = Array(text.utf8)
    let hidden = Redactor(packs: builtIn.packs).redactions(of: bytes, isYAML ? .yaml : .json)
    return String(
      decoding: Redaction.marked(bytes[...], hiding: hidden.ranges), as: UTF8.self)
  }

  /// A rule that mentions a sensitive name in another spelling does not make it an ordinary one.
  @Test(arguments: [("customer_id", true), ("CUSTOMERID", true), ("customer_idx", false)])
  func mentionedNamesStayHidden(name: String, isHidden: Bool) throws {
    try withFolder { folder in
      try write(
        """
        {"requisite": 1, "name": "own", "extends": ["aws-connect-chat"],
         "rules": {"r": {"given": "$.Attributes", "then": {"required": ["\(name)", "tenant"]}}}}
        """, to: "\(folder)/own.json")
      let packs = PackLoader(in: RealFileSystem()).load([PackReference("\(folder)/own.json")])
      #expect(packs.diagnostics.map(\.code) == [])
      var linter = LintSession([
        LintOptions(
          in: RealFileSystem(), packs: packs.packs, applicability: .always, needs: .excerpts)
      ])
      let text = #"{\#(Self.head), "Attributes": {"\#(name)": "s3cr3t"}}"#
      let found = linter.lint(
        Array(text.utf8),
        of: InputSource(.file("a.json"), shownPath: "a.json", syntax: .json, isExplicit: true))
      #expect(found.findings.contains { $0.rule.rule == "r" })
      #expect(words(found.findings).contains("s3cr3t") != isHidden)
    }
  }

  // MARK: - Inside strings

  /// A string that holds the name and a secret in some encoding is hidden as a whole.
  @Test(arguments: [
    "%7B%22CustomerId%22%3A%22S%22%7D", "a %22customer_id%22%3a S", "%2522CustomerId%2522%253AS",
    "%43ustomerId%3DS", "https://x.example/?a=1&customerId=S", "CustomerId=S", "CustomerId: S",
    ", 'CustomerId': 'S'", "<CustomerId>S</CustomerId>", "&lt;CustomerId&gt;S",
    "{&quot;CustomerId&quot;:&quot;S&quot;}", "&#34;CustomerId&#34;: S", "&#x22;CustomerId&#X22;:S",
    #"\\u0022CustomerId\\u0022: S"#, #"\\x22CustomerId\\x22: S"#, "C%C3%BCstomerId%3A S",
    // {"CustomerId":"S"} in base64, with and without what is around it.
    "eyJDdXN0b21lcklkIjoiUyJ9", "Bearer eyJhIjoxfQ.eyJDdXN0b21lcklkIjoiUyJ9.c2ln",
    "data:application/json;base64,eyJDdXN0b21lcklkIjoiUyJ9", "path/eyJDdXN0b21lcklkIjoiUyJ9",
    #"eyJDdXN0\r\nb21lcklk\r\nIjoiUyJ9"#, "eyJDdXN0b21lcklkIjoiUyJ9==",
    // CustomerId=S? in the alphabet for URLs, without padding; the same twice encoded.
    "Q3VzdG9tZXJJZD1TPw", "UTNWemRHOXRaWEpKWkQxVFB3",
    "eyJDdXN0b21lcklkIjoiUyJ9%0A",
    // Behind words of the same characters, and with such characters in it.
    "https://x.example/login/oauth2/authorize/session/eyJDdXN0b21lcklkIjoiUyJ9",
    "kid-0f8fad5b-d9cb-469f-a165-70867728950e-eyJDdXN0b21lcklkIjoiUyJ9",
    "some_long_name_of_a_parameter_eyJDdXN0b21lcklkIjoiUyJ9_and_more_words_behind_it",
    "login/oauth2/authorize/session/PENYdXN0b21lcklkPlM8L0N1c3RvbWVySWQ-",
    "login/oauth2/authorize/session/eyJxIjoiYWE_IiwiQ3VzdG9tZXJJZCI6IlMifQ",
    // Names of embedded JSON.
    #"{\"{\\\"CustomerId\\\":\\\"S\\\"}\":1}"#, #"{\"CustomerId=S\":1}"#,
    #"{\"a\":[{\"eyJDdXN0b21lcklkIjoiUyJ9\":1}]}"#, #"{\"a\":{\"%22CustomerId%22%3A1\":1}}"#,
    // Numbers of characters with zeros before them, or without a semicolon.
    "&#0000000034;CustomerId&#x00000000000000022;: S", "&#67;ustomerId=S", "&#67ustomerId=S",
    #"\\U00000043ustomerId=S"#, #"\\u{43}ustomerId=S"#, #"\\u{000043}ustomerId=S"#,
    "%u0043ustomerId=S",
    #"\\103ustomerId=S"#, #"\\042CustomerId\\042 : S"#,
  ])
  func stringWithAnEncodedSecretIsHidden(text: String) {
    let shown = shown("{\(Self.head), \"X\": \"\(text)\"}")
    #expect(shown == "{\(Self.head), \"X\": \"‹redacted›\"}")
  }

  @Test(arguments: [
    "ask for the customer id", "CustomerId", "ContactIds: 1 2", "100%", "50% of CustomerId",
    "a&b;c", "a&#b;c", "%u", "%u00", #"\\04"#, #"\\"#, "&#", "&#x", #"\\u{"#, #"\\u{}"#,
    #"\\U0000"#,
    "https://x.example/login/oauth2/authorize/session/eyJhIjoxLCJiIjoyLCJjIjozfQ",
    #"{\"ContactIds\":\"S\",\"a b\":{\"c\":1}}"#, "some-long_name/of-a_parameter/and-more_words",
    "%22InstanceId%22%3A1", "&quot;InstanceId&quot;: 1", "eyJhIjoxLCJiIjoyLCJjIjozfQ==",
    "0f8fad5b-d9cb-469f-a165-70867728950e", "arn:aws:connect:us-east-1:1:instance/i",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  ])
  func stringWithoutASecretIsShown(text: String) {
    let text = "{\(Self.head), \"X\": \"\(text)\"}"
    #expect(shown(text) == text)
  }

  /// A text is hidden where more encodings are inside each other than are undone.
  @Test(arguments: 0...20, [true, false])
  func stringOfManyEncodingsIsHidden(count: Int, isURL: Bool) {
    var text = "CustomerId=S, and more words"
    var other = "InstanceId=S, and more words"
    for _ in 0..<count {
      (text, other) =
        isURL
        ? (text.replacing("%", with: "%25"), other.replacing("%", with: "%25"))
        : (base64(text), base64(other))
      if isURL, !text.contains("%") {
        text = text.replacing("=", with: "%3D")
        other = other.replacing("=", with: "%3D")
      }
    }
    #expect(shown("{\(Self.head), \"X\": \"\(text)\"}").hasSuffix(": \"‹redacted›\"}"))
    let isShown = !shown("{\(Self.head), \"X\": \"\(other)\"}").hasSuffix(": \"‹redacted›\"}")
    #expect(isShown == (count <= 8))
  }

  private func base64(_ text: String) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var result = ""
    var bits = 0
    var count = 0
    for byte in text.utf8 {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 6 {
        count -= 6
        result.append(digits[bits >> count & 63])
      }
    }
    if count > 0 { result.append(digits[bits << (6 - count) & 63]) }
    return result
  }

  /// The strings of text that is not well formed may be in no tree.
  @Test(arguments: [
    #", "X": "{\"custom\\u0065rId\" -> [\"S\"]}""#,
    #", "X": "[\"{\\\"custom\\\\u0065rId\\\": /* S */ 1}""#,
    #", "X": "%22CustomerId%22%3A%22S%22""#, #", "X": "eyJDdXN0b21lcklkIjoiUyJ9""#,
  ])
  func stringOutsideOfTheTreeIsHidden(text: String) {
    #expect(shown(text) == #", "X": "‹redacted›""#)
  }

  /// A comment before an escaped name, in a text that is in no tree.
  @Test func commentBeforeANameInAStringIsHidden() {
    let text = #", "X": "{\"n\": 1, /* S */\"CustomerId\": oops}""#
    #expect(shown(text) == #", "X": "{\"n\": 1, ‹redacted›\"CustomerId‹redacted›"#)
  }

  /// Of JSON that is well formed, only the member.
  @Test func theRestOfEmbeddedJSONIsShown() {
    let text =
      #"{\#(Self.head), "X": "{\"a\": \"100%\", \"CustomerId\": \"S\", \"b\": \"&amp;\"}"}"#
    #expect(
      shown(text)
        == #"{\#(Self.head), "X": "{\"a\": \"100%\", \"CustomerId\": ‹redacted›, \"b\": \"&amp;\"}"}"#
    )
  }

  // MARK: - Where a value ends

  /// Malformed texts whose secrets are not where a value of a member is.
  @Test(arguments: [
    // Only a brace closes the object of a member.
    (#"{"CustomerId": "a\"], {\"b\": [\"S\"]}]", "X": 1}"#, false),
    (#"{"CustomerId": {"a": 1} ]# S\#n}"#, false), (#"{"CustomerId": 1, ] // S\#n}"#, false),
    // Comments behind the braces, on the line of the value.
    ("{\"CustomerId\": 1 } # S\n}", false), ("[{\"CustomerId\": {} }] /* S */ ,", false),
    // A bracket somewhere in a broken value.
    ("{\"CustomerId\": L{\n\"InstanceId\": \"S\"\n} // end", false),
    ("{\"CustomerId\": L\n x [\n\"InstanceId\": \"S\"\n]", false),
    ("CustomerId: a: {\nInstanceId: S}", true),
    // A bracket is missing in a broken value.
    ("{\"CustomerId\": _\n\"InstanceId\": \"S\"\n}", false),
    ("{\"CustomerId\":\n\"InstanceId\": \"S\"\n}", false),
    // What is behind a string with an encoded name.
    (#"{"X": "{\"Customer\\u0049d\":\"S" /* S */}", "n": 1}"#, false),
    (#"{"X": "%22CustomerId%22%3A%22S%22" S, "n": 1}"#, false),
    (#"{"X": "CustomerId%3D1" # S\#n, "n": ,}"#, false),
    // YAML that is read as JSON.
    ("A: &c S\nCustomerId: *c", false), ("A: &c [S]\nCustomerId: *c\nInstanceId: 1", false),
  ])
  func valueGoesOnBehindAFault(text: String, isYAML: Bool) {
    #expect(!shown(text, isYAML: isYAML).contains("S"))
  }

  /// Where no colon parts a sensitive name from its value, the name behind it is no other.
  @Test(arguments: [
    ("InstanceId: 1\nCustomerId:S: S", true), ("CustomerId:S: {a: S}\nInstanceId: 1", true),
    ("{\"CustomerId: S\": \"S\", \"a\": 1}", false),
  ])
  func valueOfANameThatHoldsASecretIsHidden(text: String, isYAML: Bool) {
    let shown = shown(text, isYAML: isYAML)
    #expect(!shown.contains("S") && shown.contains("1"))
  }

  // MARK: - Comments

  /// Texts with their secret in a comment, and what is shown of their ends.
  @Test(arguments: [
    ("// S\r\n\"CustomerId\": 1, \"InstanceId\": 1,,", "\"InstanceId\": 1,,"),
    ("# S\r\"CustomerId\": 1, \"InstanceId\": 1,,", "\"InstanceId\": 1,,"),
    (
      "// S\n// S \"CustomerId\": 1,\n\"CustomerId\": 1, \"InstanceId\": 1,,", "\"InstanceId\": 1,,"
    ),
    ("{\"a\": 1, // S\n\"CustomerId\": 1, \"InstanceId\": 1,,", "\"InstanceId\": 1,,"),
    // The slash of `/*/` does not end the comment.
    ("\"CustomerId\" /*/ : 1, \"a\": 1, */ : \"S\", \"InstanceId\": 1,,", "\"InstanceId\": 1,,"),
    (
      "{/* S \"CustomerId\": 1, \"InstanceId\": 1 */ \"CustomerId\": 2, \"InstanceId\": 1,,",
      "\"InstanceId\": 1,,"
    ),
  ])
  func commentsOfMalformedTextAreHidden(text: String, end: String) {
    let shown = shown(text)
    #expect(!shown.contains("S"))
    #expect(shown.hasSuffix(end))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func commentsOfYAMLAreHidden(lineEnd: String) {
    let text = ["InstanceId: i", "# S", "# S", "CustomerId: 1 # S", "# S", "X: [i]", ""]
    let shown = shown(text.joined(separator: lineEnd), isYAML: true)
    #expect(!shown.contains("S"))
    #expect(shown.hasPrefix("InstanceId: i"))
    #expect(shown.hasSuffix("X: [i]" + lineEnd))
  }

  /// However many names there are, each line and comment is hidden once: the text before the names,
  /// what is repeated, and what is behind.
  @Test(arguments: [
    ("{", "// \"CustomerId\": 1,\n", "\"a\": 1,}x"), ("{", "# \"CustomerId\": 1,\n", "\"a\": 1,}x"),
    ("{", "# c\n\"CustomerId\": 1,\n", "\"a\": 1,}x"), ("{", "*/ \"CustomerId\": 1,", "x"),
    ("{", "/* */ \"CustomerId\": 1, \"InstanceId\": 1,", "x"),
    ("[", "{\"CustomerId\": \"S\", \"InstanceId\": 1},", "{"),
    ("", "\"CustomerId\": 1 } // \"CustomerId\": 1\n", "x"),
    ("", "\"CustomerId\": /* x\n\"InstanceId\": 1,\n", "x"),
  ])
  func rangesGrowWithTheText(begin: String, part: String, end: String) {
    expectGrowth(begin, part, end, isYAML: false, isBroken: true)
  }

  @Test(arguments: [
    ("# c\nX: [", "{CustomerId: S}, ", "] # c\n# c\n", false),
    ("", "- CustomerId: S # c\n", "", false),
    ("", "# c\n", "CustomerId: S\n# c\n", false),
    (
      "X: \"a\n" + String(repeating: "Y: &a b\n", count: 50), "CustomerId: *a\nInstanceId: b\n", "",
      true
    ),
    ("X: \"a\n", "CustomerId: *a\nInstanceId: &a b\n", "", true),
  ])
  func rangesOfYAMLGrowWithTheText(begin: String, part: String, end: String, isBroken: Bool) {
    expectGrowth(begin, part, end, isYAML: true, isBroken: isBroken)
  }

  private func expectGrowth(
    _ begin: String, _ part: String, _ end: String, isYAML: Bool, isBroken: Bool
  ) {
    let redactor = Redactor(packs: builtIn.packs)
    let counts = [100, 200, 400].map { count in
      let text = begin + String(repeating: part, count: count) + end
      let bytes = Array(text.utf8)
      let reading = isYAML ? YAMLReader.read(bytes) : JSONReader.read(bytes)
      #expect(reading.errors.isEmpty != isBroken)
      return redactor.hiddenParts(
        of: reading.document, isBroken: isBroken, isYAML ? .yaml : .json
      ).ranges.count
    }
    #expect(counts[0] > 0)
    #expect(counts[1] <= counts[0] * 2 + 8, "\(counts)")
    #expect(counts[2] <= counts[1] * 2 + 8, "\(counts)")
  }

  // MARK: - YAML

  /// The text, what of it is shown.
  @Test(arguments: [
    (
      "CustomerId: &S1 abc\nClientToken: *S1\n",
      "CustomerId‹redacted›abc‹redacted›\nClientToken: ‹redacted›\n"
    ),
    ("CustomerId: !S x\nInstanceId: i\n", "CustomerId‹redacted›\nInstanceId: i\n"),
    // Documents end where a line begins with a mark.
    ("CustomerId: [S\n---\nInstanceId: i\n", "CustomerId‹redacted›\n---\nInstanceId: i\n"),
    ("CustomerId: \"S\n--- \nInstanceId: i\n", "CustomerId‹redacted›\n--- \nInstanceId: i\n"),
    ("CustomerId: {a: S\n...\nX: i\n", "CustomerId‹redacted›\n...\nX: i\n"),
    ("CustomerId: [S\r\n---\r\nX: i\r\n", "CustomerId‹redacted›\n---\r\nX: i\r\n"),
    ("CustomerId: [S\n---", "CustomerId‹redacted›\n---"),
    ("CustomerId: [S\n---\nCustomerId: [S\n", "CustomerId‹redacted›\n---\nCustomerId‹redacted›"),
    // These do not.
    ("CustomerId: [S\n----\nS\n", "CustomerId‹redacted›"),
    ("CustomerId: [S\n ---\nS\n", "CustomerId‹redacted›"),
    ("CustomerId: \"S\n---S\nS\n", "CustomerId‹redacted›"),
  ])
  func yamlIsHiddenUpToTheEndOfTheDocument(text: String, expected: String) {
    let shown = shown(text, isYAML: true)
    #expect(
      shown.replacing("‹redacted›abc", with: "") == expected.replacing("‹redacted›abc", with: ""))
    #expect(!shown.contains("S1"))
  }

  @Test(arguments: [
    "CustomerId: &SECRET9 abc\nClientToken: *SECRET8\n",
    "CustomerId: [&SECRET9 abc]\nClientToken: *SECRET8\n",
    "CustomerId: {a: &SECRET9 [b]}\nClientToken: *SECRET8\n",
    "CustomerId:\n  - &SECRET9 {b: 1}\nClientToken: *SECRET8\n",
  ])
  func noAliasIsSuggestedByAHiddenName(text: String) throws {
    let findings = lint(
      "InstanceId: i\nContactFlowId: f\nParticipantDetails: {DisplayName: J}\n\(text)".utf8,
      named: "r.yaml"
    ).findings
    let message = try #require(findings.first { $0.rule.rule == "syntax" }?.message)
    // Behind a bracket, the alias may be a part of the value itself.
    let isHidden = text.contains("{a:") || text.contains("[&")
    #expect(message.contains("did you mean ‹redacted›?") != isHidden)
    #expect(!words(findings).contains("SECRET9"))
  }

  @Test func otherAliasesAreSuggested() throws {
    let findings = lint("InstanceId: &name1 i\nContactFlowId: *name2\n".utf8, named: "r.yaml")
      .findings
    #expect(findings.contains { $0.message.contains("*name1?") })
  }

  // MARK: - Fixes

  /// A linter by the pack of a file alone, which computes fixes.
  private func fixingLinter(_ path: String) throws -> LintSession {
    let packs = PackLoader(in: RealFileSystem()).load([PackReference(path)], compilesFixes: true)
    try #require(packs.packs.count == 1, "\(packs.diagnostics.map(\.message))")
    var options = LintOptions(in: RealFileSystem(), packs: packs.packs, applicability: .always)
    options.fixes = .attach
    return LintSession([options])
  }

  /// Fixes that take the sensitive member away, or copy what is beside it, or make something of it.
  private static let fixing = """
    requisite: 1
    name: acme
    request: { sensitive: [$.CustomerId] }
    rules:
      no-null: { given: $, then: { properties: { CustomerId: false } }, fix: { safe: false, operations: [{ op: remove, path: /CustomerId }] } }
      copies: { given: $, then: { required: [Copy] }, fix: [{ op: copy, from: /a, path: /Copy }] }
      makes: { given: $, then: { required: [Made] }, fix: [{ op: add, path: /Made, value: '{{ self.?CustomerId.orValue("none") }}' }] }
      token: { given: $, then: { required: [Token] } }
      made: { given: $.Made, then: { const: x } }
    """

  @Test(arguments: [
    "{\"x\": 1, /* SECRET */ \"CustomerId\": 1, \"y\": 2}",
    "{\"x\": 1, // SECRET\n \"CustomerId\": 1, \"y\": 2}",
    "{\"x\": 1,\n // SECRET\n \"CustomerId\": 1, \"y\": 2}",
    "{\"a\": {\"b\": 1 /* SECRET */},\n \"CustomerId\": 1, \"y\": 2}",
    "{\"x\": 1, \"CustomerId\": \"SECRET\", \"y\": 2}",
    "{\"x\": 1, /* SECRET */ \"CustomerId\": \"SECRET\", \"y\": 2}",
  ])
  func whatWasHiddenStaysHiddenInAFixedText(text: String) throws {
    try withFolder { folder in
      try write(Self.fixing, to: "\(folder)/acme.yaml")
      var linter = try fixingLinter("\(folder)/acme.yaml")
      let input = InputSource(
        .file("r.json"), shownPath: "r.json", syntax: .json, isExplicit: true)
      let first = linter.lint(Array(text.utf8), of: input)
      #expect(!words(first.findings).contains("SECRET"))
      let fixed = linter.fix(Array(text.utf8), of: input, includingUnsafe: true)
      #expect(fixed.fixCount > 0)
      let hidden = linter.redactor().redactions(of: fixed.bytes, .json).adding(fixed.hidden)
      let rest = Redaction.marked(fixed.bytes[...], hiding: hidden.ranges)
      #expect(!String(decoding: rest, as: UTF8.self).contains("SECRET"))
      let left = linter.lint(fixed.bytes, of: input, hiding: fixed.hidden)
      #expect(!left.findings.isEmpty)
      #expect(!words(left.findings).contains("SECRET"))
    }
  }

  // MARK: - Logs

  /// The lines of a log, and which of them are shown, as far as their findings show them.
  ///
  /// HEAD are the members that a request needs; lines are malformed by `?`.
  @Test(arguments: [
    // A line that is an object from its first byte to its last does not go on in the next one.
    (["{HEAD, \"CustomerId\": S}", "{HEAD, \"b\" 1}"], [2]),
    (["{HEAD, \"CustomerId\": \"a\" \"S\"}", "{HEAD, \"b\" 1}"], [2]),
    (["{HEAD, \"CustomerId\": {\"a\": S}}", "\"b\" 1"], [2]),
    (["{HEAD, \"CustomerId\": S},", "\"b\" 1"], [2]),
    // One that is cut off does, unless the next one is another object.
    (["{HEAD, \"CustomerId\": S", "S \"b\" 1"], []),
    (["{HEAD, \"CustomerId\": S", "{HEAD, \"b\" 1"], [2]),
    (["{HEAD, \"CustomerId\": \"a\"", "\"InstanceId\": S \"b\" 1"], [2]),
    // What is in open quotes or brackets, or has not begun, may look like an object.
    (["{HEAD, \"CustomerId\": \"S", "{HEAD, \"b\" 1}", "\"S b\" 1"], []),
    (["{HEAD, \"CustomerId\": {", "\"InstanceId\": \"S\", \"b\" 1", "S b}"], []),
    (["{HEAD, \"CustomerId\": [", "{\"InstanceId\": \"S\"},", "S b]"], []),
    (["{HEAD, \"CustomerId\":", "{\"InstanceId\": \"S\", \"b\" 1}"], []),
    // A line that is JSON by itself ends it.
    (["{HEAD, \"CustomerId\": [", "{HEAD}", "\"b\" 1"], [2, 3]),
    (["{HEAD, \"CustomerId\": [", "\"S\"", "\"b\" 1"], []),
    (["{HEAD, \"CustomerId\": // S", "{\"InstanceId\": \"S\", \"b\" 1}"], []),
    (["{HEAD, \"CustomerId\" /* S */ : /* S", "\"InstanceId\": \"S\", \"b\" 1"], []),
    (["{HEAD, \"CustomerId\": // S", "{\"S\": 1, \"S\": 2}", "\"b\" 1"], []),
    (["{HEAD, \"CustomerId\":", "{\"S\": 1, \"S\": 2}", "\"b\" 1"], []),
    (["{HEAD, \"CustomerId\": \"a\"", "{\"b\": 1, \"b\": 2}", "\"b\" 1"], [2, 3]),
  ])
  func linesAfterAnOpenSecret(lines: [String], shown: [Int]) throws {
    try withFolder { folder in
      let text = lines.map { $0.replacing("HEAD", with: Self.head) + "\n" }.joined()
      try write(text, to: "\(folder)/log.jsonl")
      var options = LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
      options.fixes = .attach
      var linter = LintSession([options])
      var findings: [Finding] = []
      linter.lint(
        InputSource(
          .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines, isExplicit: true
        )
      ) { findings += $0.findings }
      let found = findings.filter { $0.location.region.start.line > 1 }
      let visible = found.filter { $0.location.excerpt.map { $0.text != "‹redacted›" } ?? false }
      #expect(Set(visible.map(\.location.region.start.line)) == Set(shown))
      #expect(Set(found.map(\.location.region.start.line)).count == lines.count - 1)
    }
  }

  /// A sensitive value and a fix, and the names of the request's members.
  private static let logFixing = """
    requisite: 1
    name: acme
    request: { detect: { required: [Id] }, schema: s.json, sensitive: [$.Password] }
    rules:
      note: { given: $.Note, then: { const: nothing }, fix: { safe: false, operations: [{ op: replace, path: '', value: nothing }] } }
    """

  /// The lines of a log, which of them may belong to a value before them, and which are fixed.
  ///
  /// Where a value goes on, even a line that is well formed and fails a rule is neither shown nor fixed.
  @Test(arguments: [
    (["FAIL", #"{"Id": "a", "Password": "S"}"#, "FAIL"], [], [1, 3]),
    (["FAIL", #"{"Id": "a", "Password": ["#, #" {"k": "S"}"#, "]}", "FAIL"], [3, 4], [1, 5]),
    ([#"{"Id": "a", "Password": {"#, #"{"x": "S", "Id": "b", "Note": "S"}"#, "FAIL"], [2], [3]),
    ([#"{"Id": "a", "Password": {"#, "", #"{"x": "S", "Id": "b", "Note": "S"}"#], [3], []),
    // Lines with no finding do not end a value either.
    (
      [
        #"{"Id": "a", "Password": ["#, #"{"x": "S", "Id": "b"}"#, #"{"x": "S"}"#,
        #"{"x": "S", "Id": "b", "Note": "S"}"#, "FAIL",
      ], [2, 3, 4], [5]
    ),
    (
      [#"{"Id": "a", "Password": ["#, #"{"x": 1}"#, #", {"x": "S", "Note": "S"}"#, "]}"],
      [2, 3, 4], []
    ),
    // Nor is the line fixed in which it begins.
    ([#"{"Id": "a", "Note": "n", "Password": ["#, #"{"x": "S"}"#, "FAIL"], [2], [3]),
    ([#"{"Id": "a", "Note": "n", "Password": "S"#, #"S"}"#, "FAIL"], [2], [3]),
  ])
  func linesInAnOpenSecretAreNotFixed(lines: [String], hidden: [Int], fixed: [Int]) throws {
    try withFolder { folder in
      let lines = lines.map { $0.replacing("FAIL", with: #"{"Id": "b", "Note": "n"}"#) + "\n" }
      try write(lines.joined(), to: "\(folder)/log.jsonl")
      try write(Self.logFixing, to: "\(folder)/acme.yaml")
      try write(
        #"{"type": "object", "properties": {"Id": {}, "Note": {}, "Password": {}}}"#,
        to: "\(folder)/s.json")
      var linter = try fixingLinter("\(folder)/acme.yaml")
      let input = InputSource(
        .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines, isExplicit: true)
      var pieces: [(old: [UInt8], isHidden: Bool, isFixed: Bool)] = []
      var findings: [Finding] = []
      let tally = linter.fixLog(
        input, includingUnsafe: true,
        sink: { piece in
          switch piece {
          case .same(let bytes, let isHidden): pieces.append((bytes, isHidden, false))
          case .changed(let old, _, _): pieces.append((old, false, true))
          }
        }, emit: { findings += $0.findings })
      #expect(pieces.flatMap(\.old) == Array(lines.joined().utf8))
      let places = pieces.flatMap { piece in
        LineDifference.lines(of: piece.old).map { _ in (piece.isHidden, piece.isFixed) }
      }
      let isBlank = lines.map { $0 == "\n" }
      #expect(lines.indices.filter { places[$0].0 && !isBlank[$0] }.map { $0 + 1 } == hidden)
      #expect(lines.indices.filter { places[$0].1 }.map { $0 + 1 } == fixed)
      #expect(tally.lineCount == fixed.count && tally.fixCount == fixed.count)
      linter.lint(input) { findings += $0.findings }
      #expect(!words(findings).contains("S\""))
      let fixable = findings.filter { $0.fix != nil }.map(\.location.region.start.line)
      #expect(Set(fixable) == Set(fixed))
    }
  }

  /// Broken lines beyond the limit of their findings are counted alone, but still begin a value.
  @Test func anOpenSecretBeyondTheLimitIsHidden() throws {
    try withFolder { folder in
      let head = "{\(Self.head)"
      let text =
        String(repeating: "[1 2]\n", count: 10_010) + "\(head), \"CustomerId\": [\n"
        + "{\"x\": \"S\", \(Self.head), \"ClientToken\": [\"S\"]}\n" + head
        + ", \"ClientToken\": [\"T\"]}\n"
      try write(text, to: "\(folder)/log.jsonl")
      var linter = LintSession([
        LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
      ])
      var findings: [Finding] = []
      linter.lint(
        InputSource(
          .file("\(folder)/log.jsonl"), shownPath: "log.jsonl", syntax: .jsonLines, isExplicit: true
        )
      ) { findings += $0.findings }
      let last = findings.filter { $0.location.region.start.line > 10_011 }
      #expect(Set(last.map(\.location.region.start.line)) == [10_012, 10_013])
      #expect(!words(last).contains("\"S\"") && words(last).contains("\"T\""))
    }
  }
}
