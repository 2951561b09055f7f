import Findings
import SourceText

/// What a stretch of text is, which decides its color.
enum TerminalStyle {
  case place, message, rule, gutter, label, added
  case severity(Severity)

  /// The parameters of the ANSI escape sequence "select graphic rendition" (ECMA-48, 8.3.117).
  fileprivate var parameters: String {
    switch self {
    case .place, .message: "1"
    case .rule: "2"
    case .gutter: "34"
    case .label: "36"
    case .added: "1;32"
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.info): "1;36"
    }
  }
}

/// Puts colors around text, if there are to be any.
struct Palette: Sendable {
  var isOn: Bool

  /// Appends what `body` writes in a style; a style within a style is not kept.
  func write(
    _ style: TerminalStyle, into output: inout [UInt8], _ body: (inout [UInt8]) -> Void
  ) {
    if isOn { output.write("\u{1B}[\(style.parameters)m") }
    body(&output)
    if isOn { output.write("\u{1B}[0m") }
  }

  /// Appends a harmless text of our own in a style.
  func write(_ text: String, _ style: TerminalStyle, into output: inout [UInt8]) {
    write(style, into: &output) { $0.write(text) }
  }

  /// Appends `path:line:column: ` in the style of places.
  func write(placeOf location: Location, into output: inout [UInt8]) {
    write(place: location.region.start, into: &output) { output in
      TerminalText.append(path: location.path, into: &output)
    }
  }

  /// Appends `path:line:column: ` with a path that is escaped already.
  func write(place: Position, ofShown path: [UInt8], into output: inout [UInt8]) {
    write(place: place, into: &output) { $0.append(contentsOf: path) }
  }

  @inline(__always)
  private func write(
    place: Position, into output: inout [UInt8], path: (inout [UInt8]) -> Void
  ) {
    write(.place, into: &output) { output in
      path(&output)
      output.append(UInt8(ascii: ":"))
      output.write(number: place.line)
      output.append(UInt8(ascii: ":"))
      output.write(number: place.column)
      output.append(UInt8(ascii: ":"))
    }
    output.append(0x20)
  }

  /// Appends `severity: message [name]`, `[fixable]` if it can be fixed, and a line end.
  func write(
    _ severity: Severity, _ message: String, name: String,
    fixability: Finding.Fixability? = nil, into output: inout [UInt8]
  ) {
    write(severity, fixability: fixability, into: &output) { output in
      TerminalText.append(message, into: &output)
    } name: { output in
      TerminalText.append(name, into: &output)
    }
  }

  /// Appends the same for a finding of a rule, with a message that is written as a terminal shows it.
  func write(
    _ severity: Severity, rule: RuleID, fixability: Finding.Fixability?,
    into output: inout [UInt8], message: (inout [UInt8]) -> Void
  ) {
    write(severity, fixability: fixability, into: &output, message: message) { output in
      TerminalText.append(rule, into: &output)
    }
  }

  @inline(__always)
  private func write(
    _ severity: Severity, fixability: Finding.Fixability?, into output: inout [UInt8],
    message: (inout [UInt8]) -> Void, name: (inout [UInt8]) -> Void
  ) {
    write(.severity(severity), into: &output) { output in
      output.write(severity.rawValue)
      output.append(UInt8(ascii: ":"))
    }
    output.append(0x20)
    write(.message, into: &output, message)
    output.append(0x20)
    write(.rule, into: &output) { output in
      output.write("[")
      name(&output)
      output.write("]")
    }
    if let fixability {
      output.append(0x20)
      write(fixability.mark, .label, into: &output)
    }
    output.write("\n")
  }
}

extension Finding.Fixability {
  /// What follows the rule id of a finding that can be fixed.
  fileprivate var mark: String {
    switch self {
    case .safe: "[fixable]"
    case .unsafe: "[fixable with --unsafe-fixes]"
    }
  }
}
