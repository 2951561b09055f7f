import Findings
import Reporting
import SourceText
import Testing

/// A report whose every part is given, and the files it is about.
struct FixedReport: Sendable, CustomTestStringConvertible {
  var name: String
  var rules: [RuleDescription]
  var files: [SourceFile]
  var findings: [Finding]
  var summary: ReportSummary

  var testDescription: String { name }

  /// What a writer makes of the report.
  func written(
    as format: ReportFormat, options: ReportOptions = ReportOptions()
  ) -> [UInt8] {
    let header = ReportHeader(toolVersion: "1.2.3", rules: rules)
    var writer = ReportWriter(format: format, header: header, options: options)
    var output: [UInt8] = []
    writer.begin(into: &output)
    for finding in findings { writer.append(finding, into: &output) }
    writer.end(summary, into: &output)
    return output
  }

  static let all = [empty, typical, nasty]
}

// MARK: - Building

extension SourceFile {
  init(_ path: String, _ text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The place of the first `text` of the file.
  func location(
    of text: String, pointer: String?, _ kind: Location.Kind = .value,
    redacting secret: String? = nil
  ) -> Location {
    let lines = lineIndex()
    let range = range(of: text)
    return Location(
      path: path, region: lines.region(of: range, in: bytes),
      pointer: pointer.flatMap { JSONPointer($0) }, kind: kind,
      excerpt: Excerpt(
        of: bytes, line: lines.lineRange(of: range.lowerBound, in: bytes), highlight: range,
        redactions: secret.map { [self.range(of: $0)] } ?? []))
  }

  private func range(of text: String) -> TextRange {
    let wanted = Array(text.utf8)
    let offset = bytes.indices.first { bytes[$0...].starts(with: wanted) }
    return TextRange(at: offset ?? bytes.count, count: offset == nil ? 0 : wanted.count)
  }
}

extension Finding {
  /// A finding at `location` of `file`, with the fingerprints it would have.
  init(
    _ rule: String, _ severity: Severity, _ message: String, detail: String? = nil,
    in file: SourceFile, at location: Location, related: [RelatedLocation] = [],
    fixability: Fixability? = nil
  ) {
    let parts = rule.split(separator: "/", maxSplits: 1).map(String.init)
    let id = RuleID(pack: parts[0], rule: parts[1])
    self.init(
      rule: id, severity: severity, message: message, detail: detail, location: location,
      related: related)
    self.fixability = fixability
    let line = location.region.start.line
    lineHash = LineHasher.hashes(of: file.bytes, lines: [line])[line]?.description
  }
}

extension ReportSummary {
  fileprivate init(files: Int, _ findings: [Finding], diagnostics: [Diagnostic] = []) {
    self.init(
      fileCount: files, requestCount: files,
      affectedFileCount: Set(findings.map(\.location.path)).count,
      counts: findings.reduce(into: [:]) { $0[$1.severity, default: 0] += 1 },
      diagnostics: diagnostics)
  }
}

// MARK: - Reports

extension FixedReport {
  private static let rules = [
    RuleDescription(
      id: RuleID(pack: "aws-connect-chat", rule: "content-types-include-plain-text"),
      severity: .error, summary: "The supported content types always include text/plain",
      help: """
        Amazon Connect falls back to `text/plain`, so a list without it is refused. Add it:

        ```json
        { "SupportedMessagingContentTypes": ["text/markdown", "text/plain"] }
        ```

        See [the reference](https://docs.aws.amazon.com/connect/).
        """,
      url: "https://docs.aws.amazon.com/connect/", tags: ["content-types", "aws"]),
    RuleDescription(
      id: RuleID(pack: "aws-connect-chat", rule: "chat-duration-range"), severity: .warning,
      summary: "A chat lasts from one hour to seven days.",
      help: "ChatDurationInMinutes is *at least* 60 and at most 10080. Leave it out for a day."),
    RuleDescription(
      id: RuleID(pack: "aws-connect-chat", rule: "chat-duration-explicit"), severity: nil,
      summary: "The duration is written out", help: ""),
    RuleDescription(
      id: RuleID(pack: "aws-connect-chat", rule: "schema"), severity: .error,
      summary: "The request fits its model", help: "A member that the model lacks is refused."),
    RuleDescription(
      id: RuleID(pack: "json", rule: "syntax"), severity: .error,
      summary: "A request is JSON (RFC 8259)", help: "Comments & trailing commas are not JSON."),
  ]

  static let empty = FixedReport(
    name: "empty", rules: rules, files: [], findings: [],
    summary: ReportSummary(fileCount: 14, requestCount: 14))

  static let typical: FixedReport = {
    let chat = SourceFile(
      "requests/chat.json",
      """
      {
        "InstanceId": "12345678-1234-1234-1234-123456789012",
        "CustomerId": "customer-4711", "Custommer": 1,
      \t"SupportedMessagingContentTypes": ["text/markdown"],
        "ChatDurationInMinutes": 30,
        "RelatedContactId": "a",
        "PersistentChat": { "SourceContactId": "b" }
      }

      """)
    let broken = SourceFile("requests/broken.json", "{\"a\": [1, 2\n")
    let findings = [
      Finding(
        "json/syntax", .error, "expected ',' or ']' after an element of \"a\"", in: broken,
        at: broken.location(of: "\n", pointer: nil, .text)),
      Finding(
        "aws-connect-chat/schema/additionalProperties", .error,
        "Custommer is no member of StartChatContact; did you mean CustomerId?", in: chat,
        at: chat.location(
          of: "\"Custommer\"", pointer: "/Custommer", .name, redacting: "\"customer-4711\""),
        fixability: .unsafe),
      Finding(
        "aws-connect-chat/content-types-include-plain-text", .error,
        "SupportedMessagingContentTypes must contain text/plain",
        detail: "no item equals \"text/plain\"", in: chat,
        at: chat.location(
          of: "\"SupportedMessagingContentTypes\"", pointer: "/SupportedMessagingContentTypes",
          .array), fixability: .safe),
      Finding(
        "aws-connect-chat/chat-duration-range", .warning, "30 is less than the minimum 60",
        in: chat, at: chat.location(of: "30", pointer: "/ChatDurationInMinutes")),
      Finding(
        "aws-connect-chat/schema/atMostOneOf", .info,
        "RelatedContactId and PersistentChat exclude each other", in: chat,
        at: chat.location(of: "\"PersistentChat\"", pointer: "/PersistentChat", .name),
        related: [
          RelatedLocation(
            location: chat.location(
              of: "\"RelatedContactId\"", pointer: "/RelatedContactId", .name),
            message: "RelatedContactId is here")
        ]),
    ]
    return FixedReport(
      name: "typical", rules: rules, files: [broken, chat], findings: findings,
      summary: ReportSummary(
        files: 14, findings,
        diagnostics: [
          Diagnostic("input/unreadable", "cannot read requests/secret.json: permission denied"),
          Diagnostic(
            "pack/unused-parameter", severity: .warning, "parameter maxBytes is never used",
            at: Location(
              path: "packs/acme.yaml", region: Region(start: .start, end: .start), pointer: nil,
              kind: .text)),
        ]))
  }()

  static let nasty: FixedReport = {
    let long = String(repeating: "0123456789", count: 60)
    let file = SourceFile(
      "odd/100% [x] ::error::\u{1B}[2J\u{202E}:#?ü",
      """
      \u{FEFF}{
      \t"\u{1F469}\u{200D}\u{1F4BB}名前\u{E9}e\u{301}":\t"\u{202E}gnp.exe", "x": 1,\r\
        "</script>": "[x](http://evil)", "::error::": "%0A{{ self }} {0}",\r
        "\(long)": ["\(long)", "needle", "\(long)"]
      }
      """)
    let findings = [
      Finding(
        "aws-connect-chat/schema/additionalProperties", .error,
        "\u{1B}]0;title\u{07}\u{1B}[31m名前\u{85}\u{2028}\u{FEFF} is unknown\n::error::injected",
        detail: "{0} and {{x}} and '}' and [x](http://evil) and \\ and </script>", in: file,
        at: file.location(
          of: "\"\u{202E}gnp.exe\"", pointer: "/\u{1F469}\u{200D}\u{1F4BB}名前\u{E9}e\u{301}")),
      Finding(
        "aws-connect-chat/schema/type", .error, "x is a number", in: file,
        at: file.location(of: "1,", pointer: "/x")),
      Finding(
        "aws-connect-chat/schema/pattern", .warning, "'[x](http://evil)' is refused!",
        in: file, at: file.location(of: "\"[x](http://evil)\"", pointer: "/<~1script>"),
        related: [
          RelatedLocation(
            location: file.location(of: "\"::error::\"", pointer: "/::error::", .name),
            message: "the name ::error::[y](2)\u{0}\n")
        ]),
      Finding(
        "aws-connect-chat/chat-duration-range", .info, "\(long) is not 'needle'", in: file,
        at: file.location(of: "\"needle\"", pointer: "/\(long)/1")),
    ]
    return FixedReport(
      name: "nasty",
      rules: rules + [
        RuleDescription(
          id: RuleID(pack: "stranger", rule: "rule"), severity: .info,
          summary: "<b>Bold</b> \u{1B}[31m\u{202E}",
          help: "<img src=x onerror=alert(1)> \\<b> `<i>`",
          url: "javascript:alert(1)", tags: ["a", "a", ""] + (0..<12).map { "tag\($0)" })
      ], files: [file], findings: findings,
      summary: ReportSummary(
        files: 1, findings,
        diagnostics: [
          Diagnostic("input/encoding", severity: .warning, "\u{1B}[2J is [no](1) \u{202E}name {0}")
        ]))
  }()
}
