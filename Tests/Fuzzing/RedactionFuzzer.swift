import Documents
import Findings
import Linting
import Reporting
import RequisiteFiles
import SourceText

/// Redaction: a value that a pack calls sensitive is in no report, however broken the request is.
enum RedactionFuzzer {
  private static let canary = "CANARY"
  private static let builtIn = PackLoader(in: RealFileSystem()).load([])

  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let isYAML = choices.once(in: 4)
    var secret = Value.make(&choices, depth: choices.below(5))
    secret = Self.marked(secret)
    var value = Value.object([
      ("InstanceId", .text("i-1")), ("ContactFlowId", .text("f-1")),
      ("ParticipantDetails", .object([("DisplayName", .text("Jane"))])),
    ])
    guard case .object(var members) = value else { return }
    members.append(.init(name: Array("CustomerId".utf8), value: secret))
    if choices.once(in: 2) {
      members.append(.init(name: Array("X".utf8), value: Value.make(&choices, depth: 4)))
    }
    value = .object(members)
    var text = value.json(&choices)
    // One fault at the sensitive value or behind it: the name before it is never touched.
    if choices.once(in: 2),
      let name = String(decoding: text, as: UTF8.self).firstRange(of: "CustomerId")
    {
      let start = name.upperBound + 2
      let end = start + 1 + choices.below(max(1, text.count - start))
      if end <= text.count {
        switch choices.below(3) {
        case 0: text.remove(at: end - 1)
        case 1: text.insert(contentsOf: Array(choices.pick(Damage.json).utf8), at: end)
        default: text[end - 1] = choices.byte()
        }
      }
    }
    try check(text, isYAML: isYAML)
  }

  /// The value with a canary in each string and name, and in place of each other scalar.
  private static func marked(_ value: Value) -> Value {
    switch value {
    case .array(let elements): .array(elements.map(marked))
    case .object(let members):
      .object(
        members.map { .init(name: Array(canary.utf8) + $0.name, value: marked($0.value)) })
    case .string(let text): .string(Array(canary.utf8) + text)
    default: .text(canary)
    }
  }

  private static func check(_ text: [UInt8], isYAML: Bool) throws {
    var options = LintOptions(in: RealFileSystem(), packs: builtIn.packs, applicability: .always)
    options.fixes = .attach
    options.needs.insert(.fixHunks)
    var linter = Linter(options: options)
    let name = isYAML ? "r.yaml" : "r.json"
    let result = linter.lint(
      text,
      of: InputSource(
        .file(name), shownPath: name, syntax: isYAML ? .yaml : .json, isExplicit: true))
    for format in ReportFormat.allCases {
      var writer = ReportWriter(
        format: format, header: ReportHeader(toolVersion: "0", rules: []), options: ReportOptions())
      var report: [UInt8] = []
      writer.begin(into: &report)
      for finding in result.findings { writer.append(finding, into: &report) }
      let shownReport = String(decoding: report, as: UTF8.self)
      try require(
        shownReport.firstRange(of: canary) == nil,
        "a \(format.rawValue) report shows a sensitive value of \(shown(text)): \(shownReport)")
    }
    for diagnostic in result.diagnostics {
      try require(
        diagnostic.message.firstRange(of: canary) == nil,
        "a diagnostic shows a sensitive value of \(shown(text))")
    }
  }
}
