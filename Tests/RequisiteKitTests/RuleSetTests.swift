import Foundation
import RequisiteKit
import TestSupport
import Testing

/// Loading rule sets, and what their findings hold.
struct RuleSetTests {
  private static let pack = """
    requisite: 1
    name: tiny
    request:
      sensitive: [ $.secret ]
    rules:
      short-name:
        description: Names are short.
        help: Shorten the name.
        given: $.name
        then: { maxLength: 3 }
        examples: { pass: [ { name: abc } ], fail: [ { name: abcd } ] }
      short-secret:
        description: Secrets are short.
        given: $.secret
        severity: warning
        then: { maxLength: 3 }
        examples: { pass: [ { secret: abc } ], fail: [ { secret: abcd } ] }
    """

  private static func rules(_ options: RuleSet.Options = .init()) throws -> RuleSet {
    try RuleSet(pack: pack.utf8, named: "tiny.yaml", options: options)
  }

  @Test func findingsHoldWhatTheyPromise() throws {
    let bytes = Array("\u{FEFF}{\n \"é\": 1, \"name\": \"abcd\"}".utf8)
    let findings = try Self.rules().check(bytes)
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.ruleID == "tiny/short-name")
    #expect(finding.severity == .error)
    #expect(finding.rule.help == "Shorten the name.")
    #expect(finding.rule.summary == "Names are short.")
    #expect(finding.location.pointer == "/name")
    #expect(finding.location.path == nil)
    let range = finding.location.start.offset..<finding.location.end.offset
    #expect(String(decoding: bytes[range], as: UTF8.self) == "\"abcd\"")
    #expect(finding.location.start.line == 2)
    #expect(finding.location.start.column == 18)
    #expect(finding.location.start.utf16Column == 18)
  }

  @Test(arguments: [
    (#"{"secret": "hunter2-hunter2"}"#, Syntax.json),
    (#"{"secret": "hunter2-hunter2""#, .json),
    (#"{"secret": "hunter2-hunter2", "secret": "hunter2"}"#, .json),
    ("{\"name\": \"hunter2\n{\"secret\": \"hunter2-hunter2\"}\n{\"secret\": \"hunter2", .jsonLines),
    ("secret: hunter2-hunter2", .yaml), ("secret: [ hunter2", .yaml),
  ])
  func sensitiveValuesAreNotShown(text: String, syntax: Syntax) throws {
    for showsValues in [true, false] {
      let findings = try Self.rules(.init(showsValues: showsValues)).check(text.utf8, as: syntax)
      #expect(!findings.isEmpty)
      // Everything that a finding holds, nested parts included.
      var texts = ""
      dump(findings, to: &texts)
      #expect(texts.contains("tiny/") || texts.contains("/syntax"))
      if !text.contains("name") { #expect(!texts.contains("hunter2")) }
    }
  }

  @Test func valuesCanBeHidden() throws {
    let text = #"{"ChatDurationInMinutes": "abcdefg"}"#
    func messages(_ showsValues: Bool) throws -> String {
      try RuleSet(builtIn: "aws-connect-chat", options: .init(showsValues: showsValues))
        .check(text.utf8).map { "\($0.message) \($0.detail ?? "")" }.joined()
    }
    #expect(try messages(true).contains("abcdefg"))
    #expect(try !messages(false).contains("abcdefg"))
  }

  @Test func fixesAreEditsOfTheBytes() throws {
    let rules = try RuleSet(builtIn: "aws-connect-chat")
    let name = "requests.jsonl"
    let request = try #require(Request.all.first { $0.name == name })
    let findings = rules.check(request.bytes, as: .jsonLines)
    let fixed = try #require(findings.first { $0.fix != nil })
    let fix = try #require(fixed.fix)
    var bytes = request.bytes
    for edit in fix.edits.reversed() { bytes.replaceSubrange(edit.range, with: edit.text.utf8) }
    let left = rules.check(bytes, as: .jsonLines)
    #expect(left.count == findings.count - 1)
    #expect(!left.contains { $0.ruleID == fixed.ruleID && $0.location == fixed.location })
  }

  // MARK: - Options

  @Test func optionsAdaptThePack() throws {
    let text = #"{"name": "abcd", "secret": "abcd"}"#
    let raised = try Self.rules(
      .init(severities: ["tiny/short-secret": .info], disabledRules: ["tiny/short-name"]))
    #expect(raised.check(text.utf8).map(\.ruleID) == ["tiny/short-secret"])
    #expect(raised.check(text.utf8).map(\.severity) == [.info])
    #expect(raised.rules.first { $0.id == "tiny/short-name" }?.severity == .some(nil))
    let limited = try RuleSet(
      builtIn: "aws-connect-chat",
      options: .init(parameters: ["aws-connect-chat.maxAttributeBytes": "2"]))
    let attributes = #"{"Attributes": {"key": "value"}}"#
    #expect(
      limited.check(attributes.utf8).map(\.ruleID).contains("aws-connect-chat/attributes-size"))
  }

  @Test(arguments: [
    (RuleSet.Options(severities: ["tiny/short-nam": .info]), ["config/unknown-rule"]),
    (.init(disabledRules: ["json/syntax"]), ["config/fixed-rule"]),
    (
      .init(disabledRules: ["tiny/schema/limit", "x"]),
      ["config/fixed-rule", "config/unknown-rule"]
    ),
    (.init(parameters: ["tiny": "1"]), ["argument/bad-parameter"]),
    (.init(parameters: ["tiny.a: b": "1"]), ["argument/bad-parameter"]),
    (.init(parameters: ["tiny.x": "["]), ["argument/bad-parameter"]),
  ])
  func wrongOptionsAreErrors(options: RuleSet.Options, codes: [String]) throws {
    let error = try #require(throws: RuleSetError.self) { try Self.rules(options) }
    #expect(error.diagnostics.map(\.code) == codes)
  }

  /// A member that is not spelled in the chosen style is unknown or misspelled.
  @Test(arguments: [
    (Casing.auto, #"{"contact_flow_id": "f", "instance_id": 5}"#, ["type"]),
    (.snake, #"{"contact_flow_id": "f", "instance_id": 5}"#, ["type"]),
    (.wire, #"{"contact_flow_id": "f", "instance_id": 5}"#, ["additionalProperties"]),
    (.camel, #"{"contactFlowId": "f", "instanceId": 5}"#, ["type"]),
    (.snake, #"{"ContactFlowId": "f", "InstanceId": 5}"#, ["type", "casing"]),
    (.wire, #"{"ContactFlowId": "f", "InstanceId": 5}"#, ["type"]),
  ])
  func membersAreSpelledInAStyle(casing: Casing, text: String, keywords: [String]) throws {
    let rules = try RuleSet(builtIn: "aws-connect-chat", options: .init(casing: casing))
    let ids = Set(rules.check(text.utf8).map(\.ruleID))
    #expect(ids.contains("aws-connect-chat/schema/casing") == keywords.contains("casing"))
    for keyword in ["type", "additionalProperties"] {
      #expect(
        ids.contains("aws-connect-chat/schema/\(keyword)") == keywords.contains(keyword), "\(ids)")
    }
  }

  // MARK: - Packs

  @Test func allErrorsOfAPackAreThrown() throws {
    let text = "requisite: 1\nname: tiny\nrulez: {}\nrules:\n  a: { given: '$[', then: {} }\n"
    let error = try #require(throws: RuleSetError.self) {
      try RuleSet(pack: text.utf8, named: "bad.yaml")
    }
    #expect(error.diagnostics.count > 1)
    #expect(error.diagnostics.allSatisfy { $0.location?.path == "bad.yaml" })
    #expect(
      error.diagnostics.contains { $0.code == "pack/unknown-field" && $0.location?.start.line == 3 }
    )
    #expect(error.description.hasPrefix("bad.yaml:"))
  }

  @Test(arguments: ["", "aws-connect-chatt", "Tests", "/", "tiny.yaml"])
  func onlyBuiltInPacksHaveNames(name: String) throws {
    let error = try #require(throws: RuleSetError.self) { try RuleSet(builtIn: name) }
    #expect(error.diagnostics.map(\.code) == ["pack/unknown"])
  }

  /// What a pack in memory refers to is in memory as well: no file is read, wherever it is.
  @Test(arguments: [
    "extends: [ other.yaml ]", "extends: [ ../etc/passwd ]", "request: { schema: other.yaml }",
  ])
  func packsInMemoryReadNoFile(line: String) throws {
    let text = "requisite: 1\nname: tiny\n\(line)\n"
    let error = try #require(throws: RuleSetError.self) {
      try RuleSet(pack: text.utf8, named: "folder/tiny.yaml")
    }
    #expect(error.diagnostics.contains { $0.location?.path == "folder/tiny.yaml" })
    #expect(error.diagnostics.allSatisfy { $0.severity < .error || $0.code.hasPrefix("pack/") })
  }

  @Test func packsInMemoryExtendOthers() throws {
    let text =
      "requisite: 1\nname: child\nextends: [ ../base/tiny.yaml ]\nrules: { short-name: info }\n"
    for name in ["packs/child.yaml", "./packs/child.yaml"] {
      let rules = try RuleSet(
        pack: text.utf8, named: name, files: ["base/./tiny.yaml": Array(Self.pack.utf8)])
      let findings = rules.check(#"{"name": "abcd"}"#.utf8)
      #expect(findings.map(\.ruleID) == ["tiny/short-name"])
      #expect(findings.map(\.severity) == [.info])
    }
    let built = "requisite: 1\nname: mine\nextends: [ aws-connect-chat ]\n"
    #expect(try !RuleSet(pack: built.utf8).check("{}".utf8).isEmpty)
    // The bytes are meant, although a built-in pack has the name.
    #expect(try RuleSet(pack: Self.pack.utf8, named: "aws-connect-chat").check("{}".utf8).isEmpty)
  }

  @Test func filesAreReadOnceAndForAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "requisite-kit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "tiny.yaml")
    try Data(Self.pack.utf8).write(to: file)
    let rules = try RuleSet(contentsOf: file.path)
    try FileManager.default.removeItem(at: folder)
    #expect(rules.check(#"{"name": "abcd"}"#.utf8).map(\.ruleID) == ["tiny/short-name"])
    let error = try #require(throws: RuleSetError.self) { try RuleSet(contentsOf: file.path) }
    #expect(error.diagnostics.map(\.code) == ["pack/unknown"])
    #expect(throws: RuleSetError.self) { try RuleSet(contentsOf: "aws-connect-chat") }
  }

  // MARK: - What cannot be checked

  @Test func whatIsNoRequestIsAFinding() throws {
    let text =
      "requisite: 1\nname: other\nextends: [ tiny.yaml ]\nrequest: { detect: { required: [name] } }\nrules: { tiny/short-name: warning }\n"
    let detecting = Self.pack.replacing(
      "  sensitive:", with: "  detect: { required: [secret] }\n  sensitive:")
    let rules = try RuleSet(
      pack: text.utf8, named: "other.yaml", files: ["tiny.yaml": Array(detecting.utf8)])
    #expect(rules.check(#"{"secret": "abcd"}"#.utf8).map(\.ruleID) == ["tiny/short-secret"])
    let findings = rules.check("{}".utf8)
    #expect(findings.map(\.ruleID) == ["input/no-pack"])
    #expect(findings.map(\.severity) == [.error])
    #expect(findings.allSatisfy { !$0.message.contains("--") && !$0.rule.help.isEmpty })
    let log = rules.check("{\"secret\": \"a\"}\n{}\n".utf8, as: .jsonLines)
    #expect(log.map(\.ruleID) == ["input/unfit-lines"])
    // Of several packs, one may detect the elements of an array; for one pack, the array is the request.
    let list = #"[{}, {"secret": "abcd"}]"#
    #expect(
      rules.check(list.utf8).map(\.ruleID) == ["tiny/short-secret", "input/unfit-elements"])
    let chat = try RuleSet(builtIn: "aws-connect-chat")
    #expect(chat.check(list.utf8).map(\.ruleID) == ["aws-connect-chat/schema/type"])
  }

  /// A gzip file with a text that is stored in it.
  private static func compressed(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
      (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    var checksum: UInt32 = ~0
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 {
        checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1
      }
    }
    let length = UInt16(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + littleEndian(length) + littleEndian(~length)
      + bytes + littleEndian(~checksum) + littleEndian(UInt32(bytes.count))
  }

  @Test(arguments: [
    (#"{"name": "abcd"}"#, Syntax.json), ("{}\n{\"name\": \"abcd\"}\n", .jsonLines),
    ("name: abcd\n", .yaml), (#"{"name": "abcd""#, .json), ("", .json),
  ])
  func compressedBytesAreCheckedLikeTheirText(text: String, syntax: Syntax) throws {
    let rules = try Self.rules()
    let expected = rules.check(text.utf8, as: syntax)
    #expect(!expected.isEmpty)
    #expect(rules.check(Self.compressed(text), as: syntax) == expected)
    // Several members are one text.
    let middle = text.utf8.count / 2
    let parts = [text.utf8.prefix(middle), text.utf8.dropFirst(middle)]
      .map { Self.compressed(String(decoding: $0, as: UTF8.self)) }
    #expect(rules.check(parts[0] + parts[1], as: syntax) == expected)
  }

  @Test func damagedGzipIsAFinding() throws {
    let rules = try Self.rules()
    let whole = Self.compressed(#"{"name": "abc"}"#)
    #expect(rules.check(whole).isEmpty)
    var damaged = (2..<whole.count).map { Array(whole[..<$0]) }
    damaged.append(whole + [0])
    for index in 10..<whole.count {
      var bytes = whole
      bytes[index] ^= 0x55
      damaged.append(bytes)
    }
    for bytes in damaged {
      for syntax in Syntax.allCases {
        let findings = rules.check(bytes, as: syntax)
        #expect(findings.map(\.ruleID) == ["input/corrupt-gzip"], "\(bytes)")
        #expect(findings.allSatisfy { $0.severity == .error })
      }
    }
  }

  @Test func rulesListsEveryRule() throws {
    let rules = try RuleSet(builtIn: "aws-connect-chat")
    let known = Set(rules.rules.map(\.id))
    #expect(known.count == rules.rules.count)
    #expect(RuleSet.builtInNames.contains("aws-connect-chat"))
    for request in Request.all {
      for finding in rules.check(request.bytes, as: request.syntax)
      where !finding.ruleID.hasPrefix("input/") {
        #expect(known.contains(finding.ruleID))
      }
    }
  }
}
