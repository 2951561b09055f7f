// The library's page "Refuse requests in a server" shows what is between the markers.
// example: gate
import RequisiteKit

/// Decides which bodies a server accepts.
struct RequestGate: Sendable {
  private let rules: RuleSet

  /// Loads the rules once, when the server starts.
  ///
  /// - Throws: A problem of a pack.
  init() throws(RuleSetError) {
    rules = try RuleSet(builtIn: "aws-connect-chat")
  }

  /// Why a body is refused; nil for one that is accepted, which may have warnings.
  func refusal(of body: [UInt8]) -> ProblemDocument? {
    // The library would decompress it, to at most 512 MiB.
    if body.starts(with: [0x1F, 0x8B]) {
      return ProblemDocument(status: 415, title: "The body must not be compressed")
    }
    let errors = rules.check(body).filter { $0.severity == .error }
    guard !errors.isEmpty else { return nil }
    let isMalformed = errors.contains { ["json/syntax", "json/encoding"].contains($0.ruleID) }
    return ProblemDocument(
      type: "https://example.com/problems/invalid-request",
      status: isMalformed ? 400 : 422,
      title: isMalformed ? "The body is not JSON" : "The request breaks a rule",
      detail: errors.count == 1 ? errors[0].message : "\(errors.count) errors",
      errors: errors.prefix(100).map { ProblemDocument.Item($0) })
  }
}
// end of example: gate
