package import Findings
import SourceText

/// A value that counts, and where it comes from.
package struct Setting<Value: Sendable>: Sendable {
  /// The value.
  package var value: Value
  /// Who gave it.
  package var origin: SettingOrigin

  /// Creates a setting.
  package init(_ value: Value, from origin: SettingOrigin) {
    self.value = value
    self.origin = origin
  }
}

/// Where the value of a setting comes from; the first of these that gives one counts.
package enum SettingOrigin: Sendable, Hashable {
  /// A flag of the command line, such as `--casing`.
  case flag(String)
  /// A variable of the environment, such as `REQUISITE_CASING`.
  case environment(String)
  /// A place in a configuration.
  case file(Location)
  /// Nobody.
  case standard
}

extension SettingOrigin: CustomStringConvertible {
  /// The origin in a few words: a flag, a variable, `path:line:column` or `default`.
  package var description: String {
    switch self {
    case .flag(let name), .environment(let name): name
    case .file(let location):
      "\(location.path):\(location.region.start.line):\(location.region.start.column)"
    case .standard: "default"
    }
  }
}
