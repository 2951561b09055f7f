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

  /// Whether a member that the expression reads is absent; a condition is then false.
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
      "string is never closed; use three quotes for a string of several lines"
    case .badEscape(let escape):
      "'\(escape)' is not an escape; write '\\\\' for a backslash, or use r'…'"
    case .badNumber(let text): "'\(text)' is not a 64-bit number"
    case .badCharacter(let character, let hint):
      "unexpected '\(character)'" + (hint.map { "; \($0)" } ?? "")
    case .reservedWord(let word):
      "'\(word)' is a reserved word; use ['\(word)'] to read a member of that name"
    case .tooDeep(let limit): "expression is nested more than \(limit) levels deep"
    case .macroArgument(let macro, let needs, let hint):
      "'\(macro)' needs \(needs)" + (hint.map { "; \($0)" } ?? "")
    case .unsupportedObject(let name):
      "objects of type '\(name)' are not supported; write a map: {'name': value}"
    case .unknownName(let name, let nearest, let hint):
      "unknown name '\(name)'" + Self.suggestion(nearest, hint)
    case .unknownFunction(let name, let nearest, let hint):
      "unknown function '\(name)'" + Self.suggestion(nearest, hint)
    case .unknownMember(let name, let nearest, let hint):
      "unknown member '\(name)' in the model" + Self.suggestion(nearest, hint)
    case .hyphenatedMember(let name, let reading):
      "'-' in '\(name)' is a minus sign; use \(reading) to read the member"
    case .noOverload(let function, let arguments, let known):
      "'\(function)' does not accept (\(arguments.joined(separator: ", ")))"
        + (function == "%"
          ? "; it needs integers, use int(x)"
          : Self.areNumbers(arguments)
            ? "; use int(x) or double(x) to make their types equal"
            : known.isEmpty ? "" : "; expected " + known.joined(separator: ", "))
    case .notSelectable(let type, let member, let hint):
      "type \(type) has no member '\(member)'" + Self.suggestion(nil, hint)
    case .incomparable(let left, let right, let operation):
      "'\(operation)' is never true for \(left) and \(right)"
    case .differentBranches(let left, let right):
      "both values of '? :' must have the same type, found \(left) and \(right)"
    case .notBoolean(let type, let place): "\(place) needs a bool, found \(type)"
    case .badConstantPattern(let reason): reason
    case .absentMember(let name): name.isEmpty ? "missing member" : "missing member '\(name)'"
    case .absentKey: "missing key in the map"
    case .indexOutOfRange(let index, let count):
      "index \(index) is out of range; the size is \(count)"
    case .divisionByZero: "division by zero"
    case .overflow: "result is out of range for its type"
    case .unsupported(let operation): "'\(operation)' is not supported for these values"
    case .mismatch(let operation, let left, let right):
      "'\(operation)' is not supported between \(left) and \(right)"
    case .conversion(let type): "cannot convert the value to \(type)"
    case .invalidArgument(let reason): reason
    case .duplicateKey: "duplicate key in the map"
    case .unsupportedKey: "map keys must be bool, int, uint or string"
    case .missingOptionalValue: "optional has no value"
    case .badPattern: "invalid pattern"
    case .costLimit(let limit):
      "evaluation costs more than the limit of \(limit) \(limit == 1 ? "step" : "steps")"
    case .valueTooDeep: "value is nested more than \(CELValue.depthLimit) levels deep"
    case .unbound(let name): "unknown name '\(name)'"
    }
  }

  /// Whether arguments are two numbers of different types, which operators do not take.
  private static func areNumbers(_ arguments: [String]) -> Bool {
    arguments.count == 2 && arguments.allSatisfy(["int", "uint", "double"].contains)
  }

  private static func suggestion(_ nearest: String?, _ hint: String?) -> String {
    hint.map { "; \($0)" } ?? nearest.map { "; did you mean '\($0)'?" } ?? ""
  }
}
