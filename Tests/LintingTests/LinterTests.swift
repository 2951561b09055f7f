import Findings
import Linting
import Documents
import SourceText
import Testing

private let head =
  #""InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "J"}, "ClientToken": "t""#

struct LinterTests {
  @Test func aCleanRequestHasNothing() {
    let result = lint("{\(head)}".utf8, choosesPack: false)
    #expect(result.findings.isEmpty)
    #expect(result.diagnostics.isEmpty)
    #expect(result.requestCount == 1)
  }

  @Test func whatNoPackFitsIsTroubleOnlyWhereItWasNamed() {
    let named = lint(#"{"name": "x"}"#.utf8, choosesPack: false)
    #expect(named.diagnostics.map(\.code) == ["input/no-pack"])
    #expect(named.requestCount == 0)
    let found = lint(#"{"name": "x"}"#.utf8, choosesPack: false, isExplicit: false)
    #expect(found.diagnostics.isEmpty && found.findings.isEmpty)
    // Broken text that looks like no request is no request either, unless it was named.
    #expect(lint("{oops".utf8, choosesPack: false, isExplicit: false).findings.isEmpty)
    #expect(!lint("{oops".utf8, choosesPack: false).findings.isEmpty)
  }

  @Test func findingsComeInTheOrderOfPlaces() {
    let result = lint(
      #"{"ChatDurationInMinutes": 5, \#(head), "Attributes": {"b c": "1", "a b": "2"}, "X": 1}"#
        .utf8)
    #expect(
      result.findings.map(\.brief) == [
        "error chat-duration-range /ChatDurationInMinutes 1:27",
        "error attribute-key-characters /Attributes/b c 1:150",
        "error attribute-key-characters /Attributes/a b 1:162",
        "error schema/additionalProperties /X 1:175",
      ])
  }

  @Test func equalFaultsHaveFingerprintsOfTheirOwn() {
    let text = #"{\#(head), "Attributes": {"a": "1", "a": "2", "a": "3"}}"#
    let prints = lint(text.utf8).findings.map(\.fingerprint)
    #expect(prints.count == 2)
    #expect(Set(prints).count == 2)
    // Lines may move without a finding becoming another one.
    #expect(lint("\n\n\(text)".utf8).findings.map(\.fingerprint) == prints)
  }

  // MARK: - Places

  @Test(arguments: [
    // A scalar is itself, an object or array its name, or its bracket where it has none.
    (#""ChatDurationInMinutes": 5"#, "5", "/ChatDurationInMinutes"),
    (#""InitialMessage": []"#, #""InitialMessage""#, "/InitialMessage"),
    (#""DisconnectOnCustomerExit": [[]]"#, "[", "/DisconnectOnCustomerExit/0"),
    // A missing member is at what lacks it, an unknown or bad name at the name.
    (
      #""PersistentChat": {"SourceContactId": "c"}"#, #""PersistentChat""#,
      "/PersistentChat/RehydrationType"
    ),
    (#""Unknown": {"x": 1}"#, #""Unknown""#, "/Unknown"),
    (#""Attributes": {"a~b/c": "1"}"#, #""a~b/c""#, "/Attributes/a~0b~1c"),
    (#""Attributes": {"a": null}"#, "null", "/Attributes/a"),
    (#""chatDurationInMinutes": 60"#, #""chatDurationInMinutes""#, "/chatDurationInMinutes"),
    // A fault inside embedded JSON is at its characters in the file.
    (
      #""InitialMessage": {"ContentType": "application/json", "Content": "\u005b1, \u0030\u0031]"}"#,
      #"\u0030"#, "/InitialMessage/Content"
    ),
  ])
  func placeIs(member: String, shown: String, pointer: String) throws {
    let text = "{\(head),\n \(member)}"
    let result = lint(text.utf8)
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1, "\(result.findings.map(\.brief))")
    #expect(finding.location.pointer?.description == pointer)
    let region = finding.location.region
    let bytes = Array(text.utf8)[region.start.offset..<region.end.offset]
    #expect(String(decoding: bytes, as: UTF8.self) == shown)
    #expect(region.start.line == 2)
  }

  @Test func theLaterOfTwoRivalsIsShown() throws {
    for (text, later) in [
      (
        #""PersistentChat": {"RehydrationType": "FROM_SEGMENT", "SourceContactId": "c"}, "RelatedContactId": "r""#,
        "/RelatedContactId"
      ),
      (
        #""RelatedContactId": "r", "PersistentChat": {"RehydrationType": "FROM_SEGMENT", "SourceContactId": "c"}"#,
        "/PersistentChat"
      ),
    ] {
      let findings = lint("{\(head), \(text)}".utf8).findings
      #expect(findings.map { $0.location.pointer?.description } == [later])
      #expect(findings.first?.related.count == 1)
      #expect(findings.first?.related.first?.location.pointer?.description != later)
    }
  }

  // MARK: - Casing

  @Test(arguments: [
    (Casing.auto, ["schema/casing"]), (.camel, ["schema/casing"]),
    (.wire, ["schema/additionalProperties"]),
  ])
  func casingIsTheRuns(casing: Casing, rules: [String]) {
    let text = #"{\#(head), "chat_duration_in_minutes": 60}"#
    let found = lint(text.utf8, casing: casing).findings.filter { finding in
      finding.location.pointer?.description == "/chat_duration_in_minutes"
    }
    #expect(found.map(\.rule.rule) == rules)
  }
}

/// What is kept back where a text cannot be read as a tree.
struct SensitiveTextTests {
  /// The excerpt of a broken request's only syntax error.
  private func excerpt(_ text: String) throws -> String {
    let findings = lint(text.utf8).findings.filter { $0.rule.rule == "syntax" }
    return try #require(findings.first?.location.excerpt).text
  }

  @Test(arguments: [
    // A whole value is kept back, and no more than it.
    (
      #"{"InstanceId": 'i', "CustomerId": "C", "X": 1}"#,
      #"{"InstanceId": 'i', "CustomerId": ‹redacted›, "X": 1}"#
    ),
    (
      #"{"InstanceId": 'i', "CustomerId": 12, "X": 1}"#,
      #"{"InstanceId": 'i', "CustomerId": ‹redacted›, "X": 1}"#
    ),
  ])
  func keepsBackTheValue(text: String, shown: String) throws {
    #expect(try excerpt(text) == shown)
  }

  @Test(arguments: [
    "{\"CustomerId\": oops SECRET}", "{\"customer_id\": \"SECRET}", "{CUSTOMERID=SECRET}",
    "{\"Customer\\u0049d\": SECRET}", "{\"CustomerId\":\n\n SECRET}",
    "{\"CustomerId\": \"a\nSECRET\"}", "{\"CustomerId\": [\n 1,, \n SECRET]}",
  ])
  func keepsBackAllThatMayBelongToABrokenValue(text: String) {
    for finding in lint(text.utf8).findings {
      #expect(!(finding.location.excerpt?.text.contains("SECRET") ?? false))
      #expect(!finding.message.contains("SECRET"))
    }
    #expect(!lint(text.utf8).findings.isEmpty)
  }

  @Test func showsWhatSurelyDoesNotBelongToIt() {
    let findings = lint("{\n \"CustomerId\": oops,\n \"InstanceId\": 'i'\n, }".utf8).findings
    let shown = findings.compactMap { $0.location.excerpt?.text }
    #expect(shown.contains(" \"InstanceId\": 'i'"))
    #expect(shown.contains(", }"))
  }
}
