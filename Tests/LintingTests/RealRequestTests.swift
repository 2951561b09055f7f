import Findings
import Linting
import SourceText
import TestSupport
import Testing

/// Requests found in public repositories, each with the verdict that the suite's index leads to.
@Suite(.enabled(if: Conformance.has("startchat/real"), "the StartChatContact data is not here"))
struct RealRequestTests {
  private static let token = "info client-token-recommended /ClientToken 1:1"

  /// For each file: its findings, but for the recommendation of a client token that none of them has.
  static let verdicts: [(String, [String])] = [
    ("01-localproxy-readme.json", []),
    (
      "02-localproxy-curl.json",
      ["error schema/required /ParticipantDetails 1:1", "error json/syntax - 3:29"]
    ),
    ("03-custombuild-index.json", []),
    (
      "04-custom-startchat-callback.json",
      [
        "error schema/required /InstanceId 1:1",
        "error schema/additionalProperties /ConnectInstanceId 2:3",
      ]
    ),
    ("05-react-native-readme.json", []),
    (
      "06-ios-demo.json",
      [
        "error schema/required /InstanceId 1:1",
        "error schema/additionalProperties /ConnectInstanceId 2:3",
      ]
    ),
    ("07-android-demo.json", []),
    ("08-startchat-lambda.json", []),
    ("09-async-lambda.json", []),
    (
      "10-chatinterface-test-min.json",
      ["error schema/required /ContactFlowId 1:1", "error schema/required /InstanceId 1:1"]
    ),
    (
      "11-chatinterface-test-types.json",
      [
        "error schema/required /ContactFlowId 1:1", "error schema/required /InstanceId 1:1",
        "error content-types-include-plain-text /SupportedMessagingContentTypes 5:3",
        "error content-types-supported /SupportedMessagingContentTypes/0 6:5",
        "error content-types-supported /SupportedMessagingContentTypes/1 7:5",
      ]
    ),
    (
      "12-chatinterface-test-duration.json",
      ["error schema/required /ContactFlowId 1:1", "error schema/required /InstanceId 1:1"]
    ),
    ("13-chatinterface-initiator.json", ["error schema/additionalProperties /Username 7:3"]),
    (
      "14-persistentchat-feature.txt",
      [
        "error json/syntax - 11:4", "error json/syntax - 11:8", "error json/syntax - 13:4",
        "error json/syntax - 16:8", "error json/syntax - 16:42",
      ]
    ),
    (
      "15-interactive-doc.txt",
      ["error json/syntax - 5:29", "error json/syntax - 21:40", "error json/syntax - 21:112"]
    ),
    ("16-chatjs-example.json", []),
  ]

  @Test(arguments: verdicts) func verdict(file: String, expected: [String]) throws {
    let result = lint(try Conformance.bytes("startchat/real/\(file)"), named: file)
    #expect(result.diagnostics.isEmpty)
    #expect(result.findings.map(\.brief).filter { $0 != Self.token } == expected)
  }

  @Test func everyFileHasAVerdict() throws {
    let files = try Conformance.files(in: "startchat/real").filter { $0 != "INDEX.md" }
    #expect(files == Self.verdicts.map(\.0))
  }
}
