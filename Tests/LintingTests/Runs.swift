import Documents
import Findings
import Foundation
import Linting
import RequestDecoding
import RequisiteFiles
import SourceText
import Testing

/// The built-in packs, loaded once.
let builtIn = PackLoader(in: RealFileSystem()).load([])

/// A request that no built-in rule has anything to say of.
let cleanRequest =
  #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "J"}, "ClientToken": "t"}"#

/// What the built-in pack says of a text.
func lint(
  _ text: some Sequence<UInt8>, named path: String = "request.json", casing: Casing = .auto,
  choosesPack: Bool = true, isExplicit: Bool = true
) -> LintResult {
  var linter = LintSession([
    LintOptions(
      in: RealFileSystem(), packs: builtIn.packs,
      applicability: choosesPack ? .always : .whenDetected, casing: casing)
  ])
  let format = Syntax(path: path) ?? .json
  return linter.lint(
    Array(text),
    of: InputSource(.file(path), shownPath: path, syntax: format, isExplicit: isExplicit))
}

extension Finding {
  /// The finding in a line: severity, rule within its pack, pointer, place.
  var brief: String {
    let start = location.region.start
    return
      "\(severity.rawValue) \(rule.pack == "aws-connect-chat" ? rule.rule : rule.description) \(location.pointer?.description ?? "-") \(start.line):\(start.column)"
  }
}
