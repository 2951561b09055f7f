import CEL
import Documents
import Foundation
import Testing

/// The conformance cases of cel-spec, flattened to one JSON object a line.
private let casesPath: String = {
  let folder =
    ProcessInfo.processInfo.environment["REQUISITE_CONFORMANCE"] ?? "../shared/conformance"
  return folder + "/cel/cel-simple.ndjson"
}()

/// The cases that are left out, each with the reason.
private let skippedCases: [String: String] = [
  "parse/bytes_literals/triple_single_quoted_unescaped_punctuation":
    "the case expects a backslash that its expression does not have",
  "parse/bytes_literals/triple_double_quoted_unescaped_punctuation":
    "the case expects a backslash that its expression does not have",
  "timestamps/timestamp_selectors_tz/getDate":
    "names of time zones need a database, and evaluation reads no files",
  "timestamps/timestamp_selectors_tz/getDayOfMonth_name_neg":
    "names of time zones need a database, and evaluation reads no files",
  "timestamps/timestamp_selectors_tz/getDayOfYear":
    "names of time zones need a database, and evaluation reads no files",
]

@Suite struct ConformanceTests {
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: casesPath),
      "no cases of cel-spec at \(casesPath); set REQUISITE_CONFORMANCE"))
  func passesTheCasesOfTheSpecification() throws {
    let lines = try String(contentsOfFile: casesPath, encoding: .utf8).split(separator: "\n")
    var passed = 0
    var failures: [String] = []
    var skipped: [String: Int] = [:]
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let test = try ConformanceCase(object)
      if test.needsProtobuf {
        skipped["needs protobuf messages: \(test.file)", default: 0] += 1
      } else if let reason = skippedCases[test.id] {
        skipped["\(test.id): \(reason)", default: 0] += 1
      } else if let failure = test.failure() {
        failures.append("\(test.id): \(test.expression) — \(failure)")
      } else {
        passed += 1
      }
    }
    for failure in failures { Issue.record(Comment(rawValue: failure)) }
    let count = skipped.values.reduce(0, +)
    print("CEL conformance: \(passed) passed, \(failures.count) failed, \(count) skipped")
    for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
      print("  skipped \(count): \(reason)")
    }
    #expect(passed > 1500)
  }
}

/// One case.
private struct ConformanceCase {
  let id: String
  let file: String
  let expression: String
  let needsProtobuf: Bool
  private let object: [String: Any]

  init(_ object: [String: Any]) throws {
    self.object = object
    id = try #require(object["id"] as? String)
    file = try #require(object["file"] as? String)
    expression = try #require(object["expr"] as? String)
    needsProtobuf = object["needs_proto"] as? Bool ?? false
  }

  /// What went otherwise than expected, or nil.
  func failure() -> String? {
    guard let expected = object["expect"] as? [String: Any] else { return "no expectation" }
    let bindings = object["bindings"] as? [String: [String: Any]] ?? [:]
    var environment = CELEnvironment(
      container: object["container"] as? String ?? "",
      checksTypes: !(object["disable_check"] as? Bool ?? false))
    var values: [CELValue] = []
    for declaration in object["type_env"] as? [[String: Any]] ?? [] {
      guard let name = declaration["name"] as? String else { return "a variable without name" }
      if let functions = declaration["function"] as? [[String: Any]] {
        for function in functions {
          environment.declaredFunctions.append(
            CELFunctionDeclaration(
              name: name, isMember: function["member"] as? Bool ?? false,
              parameters: (function["params"] as? [String] ?? []).map { TypeText.type($0) },
              result: TypeText.type(function["result"] as? String ?? "dyn")))
        }
        continue
      }
      environment.variables.append(
        CELEnvironment.Variable(
          name: name, type: TypeText.type(declaration["type"] as? String ?? "dyn")))
      values.append(bindings[name].flatMap(Self.value) ?? .null)
    }
    var symbols = SymbolTable()
    let compiled = CELCompiler.compile(expression, environment: environment, symbols: &symbols)
    guard let program = compiled.program else {
      return expected["error"] != nil
        ? nil : "does not compile: \(compiled.errors.map(\.message))"
    }
    if let type = expected["deduced_type"] as? String, program.type.description != type {
      return "expected type \(type), found \(program.type)"
    }
    if object["check_only"] as? Bool == true { return nil }
    var evaluator = CELEvaluator()
    let result: CELValue
    do {
      result = try evaluator.evaluate(
        program, variables: values, in: Request(Document()), symbols: symbols)
    } catch {
      return expected["error"] != nil ? nil : "fails: \(error.message)"
    }
    guard let value = expected["value"] as? [String: Any], let wanted = Self.value(value) else {
      return "expected an error, found \(result)"
    }
    return Self.isSame(result, wanted) ? nil : "expected \(wanted), found \(result)"
  }

  /// The value that a tagged one of the data stands for.
  private static func value(_ tagged: [String: Any]) -> CELValue? {
    guard let (tag, content) = tagged.first else { return nil }
    let text = content as? String ?? ""
    switch tag {
    case "null": return .null
    case "bool": return (content as? Bool).map { .boolean($0) }
    case "int": return Int64(text).map { .integer($0) }
    case "uint": return UInt64(text).map { .unsigned($0) }
    case "double":
      switch text {
      case "Infinity": return .double(.infinity)
      case "-Infinity": return .double(-.infinity)
      default: return Double(text).map { .double($0) }
      }
    case "string": return CELValue(text)
    case "bytes": return Data(base64Encoded: text).map { .bytes(Array($0)) }
    case "type": return CELKind(rawValue: text).map { .type($0) }
    case "list":
      return .list(CELList((content as? [[String: Any]] ?? []).compactMap(value)))
    case "map":
      return .map(
        CELMap(
          (content as? [[[String: Any]]] ?? []).compactMap { pair in
            guard pair.count == 2, let key = value(pair[0]), let value = value(pair[1]) else {
              return nil
            }
            return CELMap.Entry(key: key, value: value)
          }))
    default: return nil
    }
  }

  /// Whether two values are of one type and equal: stricter than `==` in an expression.
  private static func isSame(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.unsigned(let left), .unsigned(let right)): left == right
    case (.double(let left), .double(let right)):
      left.isNaN && right.isNaN || left == right && left.sign == right.sign
    case (.string(let left), .string(let right)), (.bytes(let left), .bytes(let right)):
      left == right
    case (.type(let left), .type(let right)): left == right
    case (.list(let left), .list(let right)):
      left.elements.count == right.elements.count
        && zip(left.elements, right.elements).allSatisfy { isSame($0, $1) }
    case (.map(let left), .map(let right)):
      left.entries.count == right.entries.count
        && left.entries.allSatisfy { entry in
          right.entries.contains { isSame($0.key, entry.key) && isSame($0.value, entry.value) }
        }
    default: false
    }
  }
}

/// Types as the data writes them: `map(string, list(int))`, `<T>`.
private enum TypeText {
  static func type(_ text: String) -> CELType {
    let text = text.trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("<") {
      let letter = text.dropFirst().unicodeScalars.first?.value ?? 0
      return .parameter(Int(letter))
    }
    guard let open = text.firstIndex(of: "(") else {
      switch text {
      case "null_type": return .null
      case "bool": return .boolean
      case "int": return .integer
      case "uint": return .unsigned
      case "double": return .double
      case "string": return .string
      case "bytes": return .bytes
      default: return .dyn
      }
    }
    let name = String(text[..<open])
    let parts = arguments(String(text[text.index(after: open)...].dropLast())).map { type($0) }
    switch name {
    case "list": return .list(parts[0])
    case "map": return .map(parts[0], parts[1])
    case "optional_type": return .optional(parts[0])
    default: return .opaque(name, parts)
    }
  }

  /// The parts between the commas that stand in no parentheses.
  private static func arguments(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }
}
