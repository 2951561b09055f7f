import Foundation
import TestSupport
import Testing

// The pages of the library show what is between the markers.
// example: check
import RequisiteKit

/// Checks the bodies of requests before they are sent.
struct RequestGuard {
  private let rules: RuleSet

  init() throws {
    rules = try RuleSet(builtIn: "aws-connect-chat")
  }

  /// What keeps a body from being accepted, one problem a line.
  func problems(in body: [UInt8]) -> [String] {
    rules.check(body).filter { $0.severity == .error }.map { finding in
      let start = finding.location.start
      return "\(start.line):\(start.column): \(finding.message) [\(finding.ruleID)]"
    }
  }
}
// end of example: check

// example: options
/// The rules of one environment.
struct ChatRules {
  private let rules: RuleSet

  init(maxAttributeBytes: Int) throws(RuleSetError) {
    rules = try RuleSet(
      builtIn: "aws-connect-chat",
      options: RuleSet.Options(
        parameters: ["aws-connect-chat.maxAttributeBytes": "\(maxAttributeBytes)"],
        disabledRules: ["aws-connect-chat/client-token-recommended"],
        casing: .wire))
  }

  /// Counts the findings of a log by rule.
  ///
  /// The log has a request on each line; it may be compressed with gzip.
  func findingsByRule(inLog log: [UInt8]) -> [String: Int] {
    rules.check(log, as: .jsonLines).reduce(into: [:]) { counts, finding in
      counts[finding.ruleID, default: 0] += 1
    }
  }
}
// end of example: options

/// The examples of the library's pages.
struct ExampleTests {
  private static let folder = repository.appending(path: "Sources/RequisiteKit/Documentation.docc")

  @Test func runs() throws {
    let requestGuard = try RequestGuard()
    let body = Array(#"{"InstanceId": 5}"#.utf8)
    let problems = requestGuard.problems(in: body)
    #expect(problems.contains { $0.hasPrefix("1:16: ") && $0.hasSuffix("/schema/type]") })
  }

  @Test func optionsHaveEffect() throws {
    let line = #"{"InstanceId": "i", "ContactFlowId": "f", "Attributes": {"a": "long"}}"# + "\n"
    let roomy = try ChatRules(maxAttributeBytes: 100).findingsByRule(inLog: Array(line.utf8))
    let tight = try ChatRules(maxAttributeBytes: 2).findingsByRule(inLog: Array((line + line).utf8))
    #expect(roomy["aws-connect-chat/attributes-size"] == nil)
    #expect(tight["aws-connect-chat/attributes-size"] == 2)
    #expect(!roomy.keys.contains("aws-connect-chat/client-token-recommended"))
  }

  @Test(arguments: [("check", "RequisiteKit.md"), ("options", "Checking-Requests.md")])
  func isThatOfThePage(name: String, page: String) throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let start = try #require(source.range(of: "// example: \(name)\n"))
    let end = try #require(source.range(of: "// end of example: \(name)\n"))
    let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    let example = source[start.upperBound..<end.lowerBound]
    #expect(text.contains("```swift\n\(example)```\n"))
  }
}
