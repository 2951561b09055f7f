import Findings

/// Something wrong with a rule pack or with the options of a rule set; never with a request.
public struct Diagnostic: Sendable, Hashable {
  /// A stable name for the kind of problem, such as `pack/unknown-field`.
  public let code: String
  /// The severity; an error keeps the rule set from being loaded.
  public let severity: Severity
  /// What is wrong and what was expected: one sentence without a full stop.
  public let message: String
  /// The location, if it is in a file.
  public let location: Location?
  /// Other locations that matter.
  public let related: [RelatedLocation]
}

/// Why a rule set could not be loaded.
public struct RuleSetError: Error, Hashable {
  /// Everything that is wrong, warnings included, in the order of files and locations.
  public let diagnostics: [Diagnostic]
}

extension RuleSetError: CustomStringConvertible {
  /// The diagnostics, one a line: `path:line:column: severity: message [code]`.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic in one line: `path:line:column: severity: message [code]`.
  public var description: String {
    var text = "\(severity.rawValue): \(message) [\(code)]"
    if let location {
      text =
        "\(location.path ?? ""):\(location.start.line):\(location.start.column): \(text)"
    }
    return text
  }
}

extension Diagnostic {
  init(_ diagnostic: Findings.Diagnostic) {
    self.init(
      code: diagnostic.code, severity: Severity(diagnostic.severity), message: diagnostic.message,
      location: diagnostic.location.map { Location($0, hasFile: true) },
      related: diagnostic.related.map { RelatedLocation($0, hasFile: true) })
  }
}

extension RuleSetError {
  init(_ diagnostics: [Findings.Diagnostic]) {
    self.init(diagnostics: diagnostics.map { Diagnostic($0) })
  }
}
