import Foundation
import TestSupport
import Testing

// The page of the library shows what is between the markers.
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
// end of example

/// The example of the library's page.
struct ExampleTests {
  private static let folder = repository.appending(path: "Sources/RequisiteKit/Documentation.docc")

  @Test func runs() throws {
    let requestGuard = try RequestGuard()
    let body = Array(#"{"InstanceId": 5}"#.utf8)
    let problems = requestGuard.problems(in: body)
    #expect(problems.contains { $0.hasPrefix("1:16: ") && $0.hasSuffix("/schema/type]") })
  }

  @Test func isThatOfThePage() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let start = try #require(source.range(of: "// example: check\n"))
    let end = try #require(source.range(of: "// end of example\n"))
    let page = try String(
      contentsOf: Self.folder.appending(path: "RequisiteKit.md"), encoding: .utf8)
    let example = source[start.upperBound..<end.lowerBound]
    #expect(page.contains("```swift\n\(example)```\n"))
  }
}
