package import SourceText

/// What is wrong with an expression, or with evaluating it, and where in its text.
package struct CELError: Error, Sendable, Hashable {
  /// The trouble, as data.
  package enum Kind: Sendable, Hashable {
    // The text is no expression.
    case expected(String, found: String, hint: String?)
    case unterminatedString
    case badEscape(String)
    case badNumber(String)
    case badCharacter(String, hint: String?)
    case reservedWord(String)
    case tooDeep(limit: Int)
    case macroArgument(macro: String, needs: String, hint: String?)
    case unsupportedObject(String)

    // The expression can never be evaluated.
    case unknownName(String, nearest: String?, hint: String?)
    case unknownFunction(String, nearest: String?, hint: String?)
    case unknownMember(String, nearest: String?, hint: String?)
    /// A member whose name has hyphens, which were read as minus signs; and how it is read.
    case hyphenatedMember(String, reading: String)
    case noOverload(function: String, arguments: [String], known: [String])
    case notSelectable(String, member: String, hint: String?)
    case incomparable(String, String, operation: String)
    case differentBranches(String, String)
    case notBoolean(String, place: String)
    case badConstantPattern(String)

    // Evaluating it failed.
    case absentMember(String)
    case absentKey
    case indexOutOfRange(Int64, count: Int)
    case divisionByZero
    case overflow
    case unsupported(operation: String)
    case mismatch(operation: String, String, String)
    case conversion(to: String)
    case invalidArgument(String)
    case duplicateKey
    case unsupportedKey
    case missingOptionalValue
    case badPattern
    case costLimit(Int)
    case valueTooDeep
    case unbound(String)
  }

  /// What is wrong.
  package var kind: Kind
  /// The bytes of the expression's text that the trouble is about.
  package var range: TextRange

  /// Creates an error.
  package init(_ kind: Kind, _ range: TextRange) {
    self.kind = kind
    self.range = range
  }

  /// Whether evaluation was given up because it cost too much.
  package var isCostLimit: Bool {
    if case .costLimit = kind { true } else { false }
  }

  /// Whether a member that the expression reads is not there, which a condition takes for false.
  package var isAbsence: Bool {
    switch kind {
    case .absentMember, .absentKey: true
    default: false
    }
  }

  /// A sentence for a person, without the place.
  package var message: String {
    switch kind {
    case .expected(let wanted, let found, let hint):
      "expected \(wanted), found \(found)" + (hint.map { "; \($0)" } ?? "")
    case .unterminatedString:
      "the string is not closed; a string that goes over several lines stands in three quotes"
    case .badEscape(let escape):
      "'\(escape)' is no escape of a string; write '\\\\' for a backslash, or begin with r'…'"
    case .badNumber(let text): "'\(text)' is no number that fits 64 bits"
    case .badCharacter(let character, let hint):
      "'\(character)' has no meaning here" + (hint.map { "; \($0)" } ?? "")
    case .reservedWord(let word):
      "'\(word)' is a reserved word; a member of that name is read with ['\(word)']"
    case .tooDeep(let limit): "the expression nests deeper than \(limit) levels"
    case .macroArgument(let macro, let needs, let hint):
      "'\(macro)' needs \(needs)" + (hint.map { "; \($0)" } ?? "")
    case .unsupportedObject(let name):
      "objects of a type such as '\(name)' cannot be made; write a map: {'name': value}"
    case .unknownName(let name, let nearest, let hint):
      "unknown name '\(name)'" + Self.suggestion(nearest, hint)
    case .unknownFunction(let name, let nearest, let hint):
      "unknown function '\(name)'" + Self.suggestion(nearest, hint)
    case .unknownMember(let name, let nearest, let hint):
      "the model has no member '\(name)' here" + Self.suggestion(nearest, hint)
    case .hyphenatedMember(let name, let reading):
      "'-' in '\(name)' is a minus sign; use \(reading) to read the member"
    case .noOverload(let function, let arguments, let known):
      "'\(function)' cannot take (\(arguments.joined(separator: ", ")))"
        + (function == "%"
          ? "; it takes integers: use int(x)"
          : known.isEmpty ? "" : "; it is " + known.joined(separator: ", "))
    case .notSelectable(let type, let member, let hint):
      "a value of type \(type) has no member '\(member)'" + Self.suggestion(nil, hint)
    case .incomparable(let left, let right, let operation):
      "'\(operation)' can never hold between \(left) and \(right)"
    case .differentBranches(let left, let right):
      "both values of '? :' need one type, but they are \(left) and \(right)"
    case .notBoolean(let type, let place): "\(place) needs a bool, found \(type)"
    case .badConstantPattern(let reason): reason
    case .absentMember(let name): name.isEmpty ? "the member is absent" : "'\(name)' is absent"
    case .absentKey: "the key is not in the map"
    case .indexOutOfRange(let index, let count):
      "index \(index) is out of range: there are \(count)"
    case .divisionByZero: "division by zero"
    case .overflow: "the result does not fit its type"
    case .unsupported(let operation): "'\(operation)' is not defined for these values"
    case .mismatch(let operation, let left, let right):
      "'\(operation)' is not defined between \(left) and \(right)"
    case .conversion(let type): "the value cannot be converted to \(type)"
    case .invalidArgument(let reason): reason
    case .duplicateKey: "two keys of the map are equal"
    case .unsupportedKey: "a map's key is a bool, int, uint or string"
    case .missingOptionalValue: "the optional has no value"
    case .badPattern: "the pattern is not valid"
    case .costLimit(let limit): "evaluation costs more than the limit of \(limit) steps"
    case .valueTooDeep: "the value nests deeper than \(CELValue.depthLimit) levels"
    case .unbound(let name): "'\(name)' is not known"
    }
  }

  private static func suggestion(_ nearest: String?, _ hint: String?) -> String {
    hint.map { "; \($0)" } ?? nearest.map { "; did you mean '\($0)'?" } ?? ""
  }
}
