import Configuration
import ArgumentParser
import Findings
import Linting
import Documents
import RulePacks
import SourceText

#if canImport(Glibc)
@unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
@unsafe @preconcurrency import Musl
#elseif canImport(Darwin)
@unsafe @preconcurrency import Darwin
#endif

/// The environment variables that set what flags set.
enum EnvironmentVariable: String, CaseIterable {
  case baseline = "REQUISITE_BASELINE"
  case casing = "REQUISITE_CASING"
  case color = "REQUISITE_COLOR"
  case config = "REQUISITE_CONFIG"
  case costLimit = "REQUISITE_COST_LIMIT"
  case failOn = "REQUISITE_FAIL_ON"
  case format = "REQUISITE_FORMAT"
  case noConfig = "REQUISITE_NO_CONFIG"
  case pack = "REQUISITE_PACK"
  case parameters = "REQUISITE_PARAM"
  case strictPacks = "REQUISITE_STRICT_PACKS"

  /// What the program's own tests and builds are told by; no trouble to anybody.
  static let others: Set = ["REQUISITE_BINARY", "REQUISITE_CONFORMANCE", "REQUISITE_DOCS"]
}

/// A day that other tools set for reproducible builds (reproducible-builds.org), in seconds since 1970.
private let sourceDateVariable = "SOURCE_DATE_EPOCH"

/// What the environment says; a flag says more, a configuration less.
///
/// A variable that is empty counts as not set.
struct EnvironmentSettings {
  var baseline: String?
  var casing: Casing?
  var color: ColorOptions.Choice?
  var config: String?
  var costLimit: Int?
  var failOn: FailureThreshold?
  var formats: [OutputChoice]?
  var noConfig = false
  var packs: [String]?
  var parameters: [ParameterSetting] = []
  var strictPacks = false
  /// The day of the run, in seconds since 1970; nil for that of the clock.
  var sourceDate: Int?
  private var diagnostics: [Diagnostic] = []

  /// The environment of this process.
  static let current = EnvironmentSettings(Self.variables())

  /// Reads variables.
  init(_ variables: [(name: String, value: String)]) {
    for (name, value) in variables.sorted(by: { $0.name < $1.name }) {
      if name == sourceDateVariable {
        if !value.isEmpty { readSourceDate(value) }
        continue
      }
      guard let variable = EnvironmentVariable(rawValue: name) else {
        reportUnknown(name)
        continue
      }
      if !value.isEmpty { read(variable, value) }
    }
    if config != nil, noConfig {
      diagnostics.append(
        Diagnostic(
          "environment/bad-value",
          "REQUISITE_CONFIG and REQUISITE_NO_CONFIG cannot be used together; set one of them"))
    }
  }

  /// Shows what is wrong with the environment; an error among it ends the command.
  func check() throws {
    guard !diagnostics.isEmpty else { return }
    DiagnosticPrinter(color: try ColorOptions.parse([])).show(diagnostics)
    if diagnostics.hasErrors { throw ExitCode(2) }
  }

  private mutating func reportUnknown(_ name: String) {
    guard !EnvironmentVariable.others.contains(name) else { return }
    let nearest = NearestName.nearest(
      to: String(name.dropFirst("REQUISITE_".count)),
      among: EnvironmentVariable.allCases.map { String($0.rawValue.dropFirst("REQUISITE_".count)) })
    diagnostics.append(
      Diagnostic(
        "environment/unknown-variable", severity: .warning,
        "unknown environment variable \(name)"
          + (nearest.map { "; did you mean REQUISITE_\($0)?" } ?? "")))
  }

  private mutating func read(_ variable: EnvironmentVariable, _ value: String) {
    switch variable {
    case .baseline: baseline = value
    case .casing: casing = choice(variable, value)
    case .color: color = choice(variable, value)
    case .config: config = value
    case .costLimit:
      costLimit = Int(value)
      if costLimit.map({ $0 <= 0 }) ?? true {
        reportBad(variable, "a number greater than 0", value)
      }
    case .failOn: failOn = choice(variable, value)
    case .format:
      formats = Self.list(value).compactMap { entry in
        let choice = OutputChoice(argument: entry)
        if choice == nil {
          reportBad(
            variable,
            "comma-separated formats such as sarif or sarif=FILE (\(OutputChoice.formatNames))",
            entry)
        }
        return choice
      }
    case .noConfig: noConfig = flag(variable, value)
    case .pack: packs = Self.list(value)
    case .parameters:
      for line in value.split(separator: "\n") {
        switch ParameterSetting.read(String(line), source: variable.rawValue) {
        case .success(let setting): parameters.append(setting)
        case .failure(let diagnostic): diagnostics.append(diagnostic)
        }
      }
    case .strictPacks: strictPacks = flag(variable, value)
    }
  }

  private mutating func readSourceDate(_ value: String) {
    // Int takes a sign, which no moment since 1970 has.
    let digits = value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    sourceDate = digits ? Int(value) : nil
    guard sourceDate == nil else { return }
    diagnostics.append(
      Diagnostic(
        "environment/bad-value",
        "environment variable \(sourceDateVariable) must be a number of seconds since 1970; found '\(value)'"
      )
    )
  }

  private static func list(_ value: String) -> [String] {
    value.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  private mutating func choice<Value: RawRepresentable & CaseIterable>(
    _ variable: EnvironmentVariable, _ value: String
  ) -> Value? where Value.RawValue == String {
    let choice = Value(rawValue: value)
    if choice == nil {
      let names = Value.allCases.map(\.rawValue)
      let nearest = NearestName.nearest(to: value, among: names)
      reportBad(variable, ChoiceText.list(names), value, nearest)
    }
    return choice
  }

  /// The values that set a flag, and those that do not; letter case does not matter.
  static let (on, off) = (["1", "true", "yes", "on"], ["0", "false", "no", "off"])

  /// The values of a flag, for a person.
  static var flagValues: String {
    "\(ChoiceText.list(on)), or \(ChoiceText.list(off))"
  }

  private mutating func flag(_ variable: EnvironmentVariable, _ value: String) -> Bool {
    for (words, isOn) in [(Self.on, true), (Self.off, false)]
    where words.contains(value.lowercased()) { return isOn }
    reportBad(variable, Self.flagValues, value)
    return false
  }

  private mutating func reportBad(
    _ variable: EnvironmentVariable, _ expected: String, _ value: String, _ nearest: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        "environment/bad-value",
        ChoiceText.message(
          "environment variable \(variable.rawValue)", expected, found: value, nearest: nearest)))
  }

  /// The variables whose names begin as ours do, and the day of the run.
  private static func variables() -> [(name: String, value: String)] {
    var variables: [(name: String, value: String)] = []
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let parts = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0].hasPrefix("REQUISITE_") || parts[0] == sourceDateVariable {
        variables.append((String(parts[0]), String(parts[1])))
      }
      unsafe entry += 1
    }
    return variables
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
