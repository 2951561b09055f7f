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
  ]) func reportsAreRecognized(text: String) {
    #expect(OwnReport.isReport(beginning: Array(text.replacing("\\n", with: "\n").utf8)))
  }

  @Test(arguments: [
    "x", "{}", #"{"version":2}"#, #"{"version":2,"findings":{}}"#,
    #"[{"version":2,"findings":[]}]"#,
    #"{"findings":[],"version":2}"#, #"{"version":1,"packs":[]}"#,
    #"{"$schema":"x","version":"2.1.0","runs":[{"tool":{"driver":{"name":"other""#,
    #"{"$schema":"x","name":"requisite"}"#,
  ]) func otherFilesAreNot(text: String) {
    #expect(!OwnReport.isReport(beginning: Array(text.utf8)))
  }
}
