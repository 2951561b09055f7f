import Foundation
// example: problem
import RequisiteKit

/// Why a request was refused, as RFC 9457 describes: the body of an `application/problem+json`.
struct ProblemDocument: Encodable, Sendable {
  var type = "about:blank"
  var status: Int
  var title: String
  var detail: String?
  var errors: [Item]?

  /// One error in the request.
  struct Item: Encodable, Sendable {
    var detail: String
    /// The value, as a JSON Pointer in a URI fragment; absent where the body is not JSON.
    var pointer: String?
    var rule: String
    var line: Int
    var column: Int

    init(_ finding: Finding) {
      detail = finding.message
      pointer = finding.location.pointer.map { "#" + Self.fragment($0) }
      rule = finding.ruleID
      line = finding.location.start.line
      column = finding.location.start.column
    }

    /// What is no letter, digit or `-._~/` is percent-encoded.
    private static func fragment(_ pointer: String) -> String {
      pointer.utf8.reduce(into: "") { text, byte in
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/":
          text.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
      }
    }
  }
}
// end of example: problem

extension ProblemDocument {
  /// The document in JSON.
  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { Array($0) } ?? []
  }
}
