import ArgumentParser
import Findings
import Reporting

/// The standard streams, as a command writes text for people to them.
struct Console {
  /// The options of reports at standard output.
  let output: ReportOptions
  /// The columns of standard output; nil where neither `COLUMNS` nor a terminal says.
  let columns: Int?
  private let error: ReportOptions

  /// Decides on colors and widths by the command's flag and the environment.
  init(_ options: ColorOptions, _ environment: Environment) {
    self.init(options.choices, environment)
  }

  /// Decides on colors, links and widths by what the command line says, and the environment.
  init(_ choices: StyleChoices, _ environment: Environment) {
    columns = Output.standard.columns(environment)
    output = Output.standard.options(choices, environment)
    error = Output.error.options(choices, environment)
  }

  /// Shows diagnostics at standard error, all at once.
  func show(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    var text: [UInt8] = []
    for diagnostic in diagnostics {
      DiagnosticText.append(diagnostic, options: error, into: &text)
    }
    Output.error.write(text, as: .text)
  }

  /// Says something of the run at standard error, in a line; at a terminal, in as many as it takes.
  func say(_ text: String) {
    let lines = error.isTerminal ? LineWrapping.lines(of: text, columns: error.columns) : [text]
    Output.error.write(lines.joined(separator: "\n") + "\n")
  }

  /// Shows diagnostics, and ends the command with exit code 2 if an error is among them.
  func check(_ diagnostics: [Diagnostic]) throws {
    show(diagnostics)
    if diagnostics.hasErrors { throw ExitCode(2) }
  }

  /// Shows an error, and ends the command with exit code 2.
  func fail(_ error: Diagnostic) throws -> Never {
    show([error])
    throw ExitCode(2)
  }

  /// The result of a step; an error in it ends the command with exit code 2.
  func checked<Value>(_ step: () throws(Diagnostic) -> Value) throws -> Value {
    do throws(Diagnostic) {
      return try step()
    } catch {
      try fail(error)
    }
  }
}
