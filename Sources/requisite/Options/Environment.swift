import RequisiteConfiguration
import Findings
import Linting
import Documents
import RulePacks
import SourceText
import Suppressions

#if canImport(Glibc)
@unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
@unsafe @preconcurrency import Musl
#elseif canImport(Darwin)
@unsafe @preconcurrency import Darwin
#endif

/// The environment of the program: the settings that it gives, each with its origin, and what it says of
/// the terminal and the day.
///
/// It is read once. Flags override it, and it overrides configurations. An empty variable counts as not
/// set.
struct Environment: Sendable {
  private(set) var baseline: Setting<String>?
  private(set) var casing: Setting<Casing>?
  private(set) var color: ColorOptions.Choice?
  private(set) var config: String?
  private(set) var costLimit: Setting<Int>?
  private(set) var failOn: Setting<FailureThreshold>?
  private(set) var formats: Setting<[OutputChoice]>?
  private(set) var hasNoConfiguration = false
  private(set) var hyperlinks: ColorOptions.Choice?
  private(set) var packs: Setting<[String]>?
  private(set) var parameters: [ParameterSetting] = []
  private(set) var isStrict = false
  /// The day of the run, in seconds since 1970; nil for that of the clock.
  private(set) var sourceDate: Int?
  /// What is wrong with the variables.
  private(set) var diagnostics: [Diagnostic] = []
  private var shared: [SharedVariable: String] = [:]

  /// Reads variables.
  init(_ variables: [(name: String, value: String)]) {
    for (name, value) in variables.sorted(by: { $0.name < $1.name }) {
      if let variable = SharedVariable(rawValue: name) {
        shared[variable] = value
        if variable == .sourceDate, !value.isEmpty { readSourceDate(value) }
      } else if let variable = EnvironmentVariable(rawValue: name) {
        if !value.isEmpty { read(variable, value) }
      } else {
        reportUnknown(name)
      }
    }
    if config != nil, hasNoConfiguration {
      diagnostics.append(
        Diagnostic(
          "environment/bad-value",
          "REQUISITE_CONFIG and REQUISITE_NO_CONFIG cannot be used together",
          hint: "set one of them"))
    }
  }

  /// The value of another program's variable; nil if it is not set.
  subscript(variable: SharedVariable) -> String? { shared[variable] }

  /// The day of the run, by UTC.
  ///
  /// `SOURCE_DATE_EPOCH` (reproducible-builds.org) sets another one than today.
  var today: CalendarDate {
    CalendarDate(secondsSinceEpoch: sourceDate ?? Int(time(nil)))
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
    case .baseline: baseline = Setting(value, from: variable)
    case .casing: casing = choice(variable, value).map { Setting($0, from: variable) }
    case .color: color = choice(variable, value)
    case .config: config = value
    case .costLimit:
      let limit = Int(value).flatMap { $0 > 0 ? $0 : nil }
      if limit == nil { reportBad(variable, "a number greater than 0", value) }
      costLimit = limit.map { Setting($0, from: variable) }
    case .failOn: failOn = choice(variable, value).map { Setting($0, from: variable) }
    case .format:
      let choices = formats(variable, value)
      formats = choices.isEmpty ? nil : Setting(choices, from: variable)
    case .hyperlinks: hyperlinks = choice(variable, value)
    case .noConfig: hasNoConfiguration = flag(variable, value)
    case .pack: packs = Setting(Self.list(value), from: variable)
    case .parameters: readParameters(variable, value)
    case .strictPacks: isStrict = flag(variable, value)
    }
  }

  private mutating func formats(
    _ variable: EnvironmentVariable, _ value: String
  ) -> [OutputChoice] {
    Self.list(value).compactMap { entry in
      let choice = OutputChoice(argument: entry)
      if choice == nil {
        reportBad(
          variable,
          "comma-separated formats such as sarif or sarif=FILE (\(OutputChoice.formatNames))", entry
        )
      }
      return choice
    }
  }

  private mutating func readParameters(_ variable: EnvironmentVariable, _ value: String) {
    for line in value.split(separator: "\n") {
      switch ParameterSetting.read(String(line), source: variable.rawValue) {
      case .success(let setting): parameters.append(setting)
      case .failure(let diagnostic): diagnostics.append(diagnostic)
      }
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
        "environment variable \(SharedVariable.sourceDate.rawValue) must be a number of seconds since 1970; found '\(value)'"
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

  /// The environment of this process: the variables whose names begin as ours do, and the shared ones.
  static func ofProcess() -> Environment {
    var variables: [(name: String, value: String)] = []
    let names = SharedVariable.allCases.map { Array($0.rawValue.utf8CString.dropLast()) }
    let prefixes = names.map { $0 + [61] } + [Array("REQUISITE_".utf8CString.dropLast())]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      unsafe entry += 1
      let isOurs = prefixes.contains { unsafe strncmp(text, $0, $0.count) == 0 }
      guard isOurs, let end = unsafe strchr(text, 61) else { continue }
      let name = unsafe String(
        decoding: UnsafeRawBufferPointer(start: text, count: text.distance(to: end)), as: UTF8.self)
      unsafe variables.append((name, String(cString: end + 1)))
    }
    return Environment(variables)
  }
}

extension Setting {
  /// A value that a variable gives.
  fileprivate init(_ value: Value, from variable: EnvironmentVariable) {
    self.init(value, from: .environment(variable.rawValue))
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
