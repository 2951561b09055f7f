import Linting
import Testing

/// The beginning of a file that a report is about to replace.
struct OwnReportTests {
  @Test(arguments: [
    "", #"{"version":2,"findings":[],"#, #"{ "version" : 2,\n  "findings": [ ]"#,
    #"{"version":2,"findings":[{"rule":"a/b""#,
    """
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [{"tool": {"driver": {"name": "requisite",
    """,
    #"{"type":"finding","path":"a.json","line":1,"column":1,"rule":"a/b""#,
    #"{"type":"summary","files":1"#, #"{"source":{"name":"requisite","url":"x"},\n"diagnostics":["#,
    #"{"message":"m","location":{},"severity":"INFO","source":{"name":"requisite""#,
    #"[\n{"description":"d","check_name":"a/b","fingerprint":"0","#,
    #"{"issues":[\n{"ruleId":"a/b","#, #"{"issues":[],\n"rules":[]}"#,
    #"[]\n"#,
  ]) func reportsAreRecognized(text: String) {
    #expect(OwnReport.isReport(beginning: Array(text.replacing("\\n", with: "\n").utf8)))
  }

  @Test(arguments: [
    "x", "{}", #"{"version":2}"#, #"{"version":2,"findings":{}}"#,
    #"[{"version":2,"findings":[]}]"#,
    #"{"findings":[],"version":2}"#, #"{"version":1,"packs":[]}"#,
    #"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"other""#,
    #"{"$schema":"x","name":"requisite"}"#, "[]", #"[{"description":"d"}]"#,
    #"{"type":"finding","line":1}"#, #"{"source":{"name":"other"},"diagnostics":[]}"#,
    #"{"message":"m","source":{"name":"other"}}"#, #"{"issues":[{"id":1}]}"#,
  ]) func otherFilesAreNot(text: String) {
    #expect(!OwnReport.isReport(beginning: Array(text.utf8)))
  }
}
