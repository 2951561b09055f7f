import SourceText

/// Something wrong with our own inputs: a pack, an argument, a file that cannot be read.
///
/// Never about what a request says: that is a finding.
package struct Diagnostic: Error, Sendable, Hashable {
  /// A stable name for the kind of trouble, such as `pack/unknown-field`.
  package var code: String
  /// How much it matters; an error ends the run with exit code 2.
  package var severity: Severity
  /// What is wrong and what was expected, without a full stop.
  package var problem: String
  /// What to do about it, such as an option to use; nil where the problem says it.
  package var hint: String?
  /// Where, if it is in a file.
  package var location: Location?
  /// Other places that matter.
  package var related: [RelatedLocation]

  /// Creates a diagnostic.
  package init(
    _ code: String, severity: Severity = .error, _ problem: String, hint: String? = nil,
    at location: Location? = nil, related: [RelatedLocation] = []
  ) {
    self.code = code
    self.severity = severity
    self.problem = problem
    self.hint = hint
    self.location = location
    self.related = related
  }

  /// Whether two diagnostics are the same, to the byte of the paths that they name.
  package static func == (left: Diagnostic, right: Diagnostic) -> Bool {
    left.code == right.code && left.severity == right.severity
      && left.problem.hasSameBytes(as: right.problem)
      && left.hint.map(ExactText.init) == right.hint.map(ExactText.init)
      && left.location == right.location && left.related == right.related
  }

  /// Feeds what tells diagnostics apart to a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(severity)
    hasher.combine(ExactText(problem))
    hasher.combine(hint.map(ExactText.init))
    hasher.combine(location)
  }
}

extension Diagnostic {
  /// The problem and the hint: one sentence without a full stop.
  package var message: String { hint.map { "\(problem); \($0)" } ?? problem }

  /// Makes an error of a warning or notice, and says which option does.
  package mutating func raise(by option: String) {
    guard severity != .error else { return }
    let note = " (\(severity.rawValue) without \(option))"
    if let hint { self.hint = hint + note } else { problem += note }
    severity = .error
  }
}

extension [Diagnostic] {
  /// Whether there is an error among them.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}

extension Diagnostic {
  /// The order in which diagnostics are shown: by file and place.
  package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    switch (left.location, right.location) {
    case (nil, nil): left.message.bytesPrecede(right.message)
    case (nil, _): true
    case (_, nil): false
    case (let left?, let right?):
      left.path.hasSameBytes(as: right.path)
        ? left.region < right.region : left.path.bytesPrecede(right.path)
    }
  }
}
