import Findings
import SourceText

/// What a stretch of text is, which decides its color.
enum TerminalStyle {
  case heading, place, message, rule, gutter, label, added
  case severity(Severity)

  /// The parameters of the ANSI escape sequence "select graphic rendition" (ECMA-48, 8.3.117).
  ///
  /// Terminals choose the first 16 colors themselves, so that each of them is hard to read on some background:
  /// yellow on white, blue on black. These are of the cube behind them, which is the same everywhere, and have
  /// a contrast of 3 to 1 or more on usual dark and light backgrounds. None says anything that the text does not.
  var parameters: String {
    switch self {
    case .heading: "1;4"
    case .place, .message: "1"
    case .rule: "38;5;102"
    case .gutter, .label: "38;5;32"
    case .added: "1;38;5;65"
    case .severity(.error): "1;38;5;196"
    case .severity(.warning): "1;38;5;166"
    case .severity(.info): "1;38;5;32"
    }
  }
}

/// Puts colors and links around text, if there are to be any.
struct Palette: Sendable {
  var isOn: Bool
  var links: TerminalLinks?

  init(isOn: Bool) { self.isOn = isOn }

  /// What the options ask for.
  init(_ options: ReportOptions) { (isOn, links) = (options.usesColor, options.links) }

  /// Appends what `body` writes as a link to a line of a file, if there are links.
  @inline(__always)
  private func link(
    _ path: String, _ line: Int, into output: inout [UInt8], _ body: (inout [UInt8]) -> Void
  ) {
    guard let links else { return body(&output) }
    links.write(path, line: line, into: &output, body)
  }

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
    write(place: location.region.start, in: location.path, into: &output) { output in
      TerminalText.append(path: location.path, into: &output)
      output.append(UInt8(ascii: ":"))
    }
  }

  /// Appends `path:line:column: ` with a path that is escaped already as well.
  func write(
    place: Position, in path: String, shown: [UInt8], into output: inout [UInt8]
  ) {
    write(place: place, in: path, into: &output) { output in
      output.append(contentsOf: shown)
      output.append(UInt8(ascii: ":"))
    }
  }

  /// Appends `line:column: `, below a heading with the path.
  func write(place: Position, below path: String, into output: inout [UInt8]) {
    write(place: place, in: path, into: &output) { _ in }
  }

  /// Appends a line with a path, which findings in its file follow.
  func write(heading path: String, into output: inout [UInt8]) {
    link(path, 1, into: &output) { output in
      write(.heading, into: &output) { TerminalText.append(path: path, into: &$0) }
    }
    output.append(0x0A)
  }

  @inline(__always)
  private func write(
    place: Position, in path: String, into output: inout [UInt8],
    shown: (inout [UInt8]) -> Void
  ) {
    link(path, place.line, into: &output) { output in
      write(.place, into: &output) { output in
        shown(&output)
        output.write(number: place.line)
        output.append(UInt8(ascii: ":"))
        output.write(number: place.column)
        output.append(UInt8(ascii: ":"))
      }
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
  var mark: String {
    switch self {
    case .safe: "[fixable]"
    case .unsafe: "[fixable with --unsafe-fixes]"
    }
  }
}
