import Documents
import Findings
import SourceText

/// An error in a pack: what is wrong, and where.
struct Mistake {
  /// What is wrong.
  let kind: Kind
  /// The node that is wrong, or that lacks something.
  let node: NodeID
  /// Where it is shown, if not at the node itself.
  var range: TextRange?
  /// Another place that matters.
  var related: SyntaxError.Related?

  enum Kind {
    case syntax(SyntaxError)
    case notAMapping(found: String)
    case formatIsMissing
    case formatIsNotFirst
    case formatIsUnknown(found: String)
    case unknownField(String, owner: Owner, nearest: String?, known: [String])
    case missingField(String, owner: Owner)
    case nothingToCheck
    case wrongType(what: String, expected: String, found: String, hint: String?)
    case empty(what: String)
    case notKebabCase(what: String, name: String)
    case reservedName(String)
    case notAnIdentifier(String)
    case notAVersion(String)
    case notARequirement(String)
    case otherProgram(String)
    case notAnAddress(what: String, text: String)
    case unknownChoice(what: String, text: String, choices: [String], nearest: String?)
    case badPath(String, reason: PathFault)
    case nothingToRegrade(String)
    case notADigest(String)
    case undeclaredParameter(String, nearest: String?, declared: [String])
    case notAlone(String)
    case badRepetition(found: String)
    case longRepetition(limit: Int)
    case uselessField(String, owner: Owner)
    case tooManyOperations(limit: Int)
    case notAPointer(String)
    case demandOfPass(String)
  }

  /// What has fields.
  enum Owner {
    case pack
    case request
    case parameter(String)
    case rule(String)
    case examples
    case fix
    case operation(String?)
    case example
    case packExtension

    /// The owner as the subject of a sentence.
    var noun: String {
      switch self {
      case .pack: "the pack"
      case .request: "'request'"
      case .parameter(let name): "the parameter '\(name)'"
      case .rule(let name): "the rule '\(name)'"
      case .examples: "'examples'"
      case .fix: "'fix'"
      case .operation(let kind): kind.map { "the operation '\($0)'" } ?? "an operation"
      case .example: "an example with '$request'"
      case .packExtension: "an item of 'extends'"
      }
    }
  }

  /// Why a path does not name a file of the pack.
  enum PathFault {
    case address, absolute, outside, character
  }
}

extension Mistake.Kind {
  /// The stable name of the family of errors.
  var code: String {
    switch self {
    case .syntax(let error):
      error.category == .duplicateName ? "pack/duplicate-key" : "pack/syntax"
    case .notAMapping, .wrongType, .badRepetition: "pack/wrong-type"
    case .formatIsMissing, .missingField, .nothingToCheck: "pack/missing-field"
    case .unknownField, .uselessField: "pack/unknown-field"
    case .formatIsUnknown, .otherProgram: "pack/unsupported"
    case .nothingToRegrade: "pack/unknown-rule"
    case .undeclaredParameter: "pack/unknown-parameter"
    case .formatIsNotFirst, .empty, .notKebabCase, .reservedName, .notAnIdentifier, .notAVersion,
      .notARequirement,
      .notAnAddress, .unknownChoice, .badPath, .notAlone, .longRepetition, .tooManyOperations,
      .notADigest, .notAPointer, .demandOfPass:
      "pack/bad-value"
    }
  }

  /// What is wrong and what was expected, for a person: one sentence without a full stop.
  var message: String { sentence.withoutArticle }

  private var sentence: String {
    switch self {
    case .syntax(let error): error.message
    case .notAMapping(let found):
      "expected a mapping that begins with 'requisite: 1', found \(found)"
    case .formatIsMissing: "missing format version; begin the rule pack with 'requisite: 1'"
    case .formatIsNotFirst: "'requisite: 1' must come first in a rule pack"
    case .formatIsUnknown(let found):
      "unsupported rule pack format \(found); this version supports format 1"
    case .unknownField(let name, let owner, let nearest, let known):
      "unknown field '\(name)' in \(owner.noun); "
        + (nearest.map { "did you mean '\($0)'?" } ?? "supported: \(Self.list(known))")
    case .missingField(let name, let owner): "missing '\(name)' in \(owner.noun)"
    case .nothingToCheck: "nothing to check; add 'rules', or a 'request' with a 'schema'"
    case .wrongType(let what, let expected, let found, let hint):
      "\(what) must be \(expected), found \(found)" + (hint.map { "; \($0)" } ?? "")
    case .empty(let what): "\(what) is empty"
    case .notKebabCase(let what, let name):
      "\(what) must have only lowercase letters, digits and single hyphens, such as "
        + "'\(Self.kebabCase(name))'; found '\(name)'"
    case .reservedName(let name):
      "pack name '\(name)' is reserved for built-in rules; choose another name"
    case .notAnIdentifier(let name):
      "parameter name must have only letters, digits and '_', not begin with a digit, and not be a "
        + "CEL keyword; found '\(name)'"
    case .notAVersion(let text):
      "'version' must be a semantic version such as 1.0.0; found '\(text)'"
    case .notARequirement(let text):
      "'requires' must be \(VersionRequirement.expected); found '\(text)'\(VersionRequirement.suggestion(for: text))"
    case .otherProgram(let text):
      "the pack requires requisite \(text), and this is version \(ProgramVersion.current); install another version, or change 'requires'"
    case .notAnAddress(let what, let text):
      "\(what) must be an absolute URL that begins with https:// or http://; found '\(text)'"
    case .unknownChoice(let what, let text, let choices, let nearest):
      ChoiceText.message(what, ChoiceText.list(choices), found: text, nearest: nearest)
    case .badPath(let path, let fault): Self.message(ofPath: path, fault)
    case .nothingToRegrade(let setting):
      "'\(setting)' overrides the severity of an inherited rule, but the pack has no 'extends'; "
        + "write a rule as a mapping with 'then'"
    case .notADigest(let text):
      "'integrity' must be 'sha256-' and the base64 of a SHA-256 digest; found '\(text)'"
    case .undeclaredParameter(let name, let nearest, let declared):
      "undeclared parameter '\(name)'; "
        + (nearest.map { "did you mean '\($0)'?" }
          ?? (declared.isEmpty
            ? "the pack has no 'parameters'" : "declared: \(Self.list(declared))"))
    case .notAlone(let name): "'\(name)' must be the only key of its mapping"
    case .badRepetition(let found):
      "'$repeat' must be a list of a text and a count, such as [x, 100], found \(found)"
    case .uselessField(let name, let owner): "\(owner.noun) does not take '\(name)'; remove it"
    case .tooManyOperations(let limit): "a fix can have at most \(limit) operations"
    case .longRepetition(let limit):
      "repetitions of one example make more than \(limit) bytes"
    case .notAPointer(let text):
      "'pointer' must be a JSON Pointer such as /Attributes/key, or empty for the whole request; "
        + "found '\(text)'"
    case .demandOfPass(let field):
      "'\(field)' describes a finding, and an example under 'pass' has none; remove it"
    }
  }

  private static func message(ofPath path: String, _ fault: Mistake.PathFault) -> String {
    switch fault {
    case .address:
      "'schema' must be the path of a file beside the pack, since nothing is fetched; found '\(path)'"
    case .absolute:
      "'schema' must be a path relative to the pack's folder; found '\(path)'"
    case .outside: "'schema' must stay inside the pack's folder; found '\(path)'"
    case .character:
      "'schema' must have forward slashes and no control characters; found '\(path)'"
    }
  }

  private static func list(_ names: [String]) -> String {
    guard let final = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + final
  }

  /// A name in kebab-case that is close to another one.
  private static func kebabCase(_ name: String) -> String {
    var result: [UInt8] = []
    var wasSmall = false
    for byte in name.utf8.prefix(60) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
        wasSmall = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if wasSmall { result.append(UInt8(ascii: "-")) }
        result.append(byte | 0x20)
        wasSmall = false
      default:
        if let last = result.last, last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
        wasSmall = false
      }
    }
    while result.last == UInt8(ascii: "-") { result.removeLast() }
    guard let first = result.first, first >= UInt8(ascii: "a") else { return "my-name" }
    return String(decoding: result, as: UTF8.self)
  }
}

extension Mistake {
  /// The error as people are told of it.
  func diagnostic(in file: PackFile, lines: LineIndex) -> Diagnostic {
    var diagnostic = Diagnostic(
      kind.code, kind.message, at: file.location(of: node, part: range, lines: lines))
    if let related {
      let location = file.source.location(of: related.range, lines: lines)
      diagnostic.related = [RelatedLocation(location: location, message: related.message)]
    }
    return diagnostic
  }
}
