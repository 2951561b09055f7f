import Documents
import Findings
import SourceText

/// Writes the test of packs for programs: `{"version":1,"packs":[…],"summary":{…}}`.
///
/// Lines and columns are 1-based, columns in code points. Members may be added within version 1; none
/// is taken away or changes its meaning.
enum PackTestJSONWriter {
  static func write(_ report: PackTestReport, into output: inout [UInt8]) {
    var json = JSONWriter(.indented)
    json.beginObject(into: &output)
    json.member("version", 1, into: &output)
    json.name("packs", into: &output)
    json.beginArray(into: &output)
    for suite in report.suites { write(suite, &json, into: &output) }
    json.endArray(into: &output)
    let examples = report.suites.flatMap(\.rules).flatMap(\.examples)
    json.name("summary", into: &output)
    json.beginObject(into: &output)
    json.member("examples", examples.count, into: &output)
    json.member("failedExamples", examples.count { $0.fault != nil }, into: &output)
    write(report.score, &json, into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
    output.write("\n")
  }

  private static func write(
    _ suite: PackTestSuite, _ json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member("name", suite.name, into: &output)
    json.member("path", suite.path, into: &output)
    write(suite.score, &json, into: &output)
    json.name("rules", into: &output)
    json.beginArray(into: &output)
    for rule in suite.rules { write(rule, &json, into: &output) }
    json.endArray(into: &output)
    json.name("notices", into: &output)
    json.beginArray(into: &output)
    for notice in suite.notices {
      json.beginObject(into: &output)
      json.member("code", notice.code, into: &output)
      json.member("message", notice.message, into: &output)
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    json.endObject(into: &output)
  }

  private static func write(
    _ rule: RuleTest, _ json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member("ruleId", rule.id.description, into: &output)
    write(rule.location, &json, into: &output)
    json.name("missing", into: &output)
    json.beginArray(into: &output)
    for side in rule.missing { json.value(side.rawValue, into: &output) }
    json.endArray(into: &output)
    json.name("examples", into: &output)
    json.beginArray(into: &output)
    for example in rule.examples {
      json.beginObject(into: &output)
      json.member("side", example.side.rawValue, into: &output)
      json.member("number", example.number, into: &output)
      json.member("title", example.title, into: &output)
      write(example.location, &json, into: &output)
      json.member("succeeds", example.fault == nil, into: &output)
      if let fault = example.fault { json.member("message", fault.message, into: &output) }
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    if let mutation = rule.mutation {
      write(mutation.score, &json, into: &output)
      json.name("survivors", into: &output)
      json.beginArray(into: &output)
      for survivor in mutation.survivors { write(survivor, &json, into: &output) }
      json.endArray(into: &output)
    }
    json.endObject(into: &output)
  }

  private static func write(
    _ survivor: MutationTest.Survivor, _ json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member("change", survivor.change, into: &output)
    write(survivor.location, &json, into: &output)
    if let suggestion = survivor.suggestion {
      json.name("suggestion", into: &output)
      json.beginObject(into: &output)
      json.member("side", suggestion.side.rawValue, into: &output)
      json.member("request", suggestion.request, into: &output)
      json.endObject(into: &output)
    }
    json.endObject(into: &output)
  }

  private static func write(
    _ score: MutationScore, _ json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name("mutants", into: &output)
    json.beginObject(into: &output)
    json.member("noticed", score.noticed, into: &output)
    json.member("survived", score.survived, into: &output)
    json.member("unviable", score.unviable, into: &output)
    json.member("untried", score.untried, into: &output)
    json.name("percent", into: &output)
    let (whole, tenth) = (score.permille / 10, score.permille % 10)
    json.value(verbatim: Array("\(whole)\(tenth == 0 ? "" : ".\(tenth)")".utf8), into: &output)
    json.endObject(into: &output)
  }

  private static func write(
    _ location: Location, _ json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.member("line", location.region.start.line, into: &output)
    json.member("column", location.region.start.column, into: &output)
    json.member("endLine", location.region.end.line, into: &output)
    json.member("endColumn", location.region.end.column, into: &output)
  }
}
