import ArgumentParser
import Findings
import Linting
import Reporting
import RequisiteFiles

/// The fixes that a run makes.
struct FixOptions: ParsableArguments {
  @Flag(help: "Apply safe fixes to the files, and report the remaining findings.")
  var fix = false

  @Flag(help: "Preview fixes as a diff on standard output, without changing any file.")
  var diff = false

  @Flag(
    help: "With --fix or --diff, include unsafe fixes, which may change the meaning of a request.")
  var unsafeFixes = false

  /// What the options say.
  var choices: FixChoices { FixChoices(fix: fix, diff: diff, unsafeFixes: unsafeFixes) }
}

/// What a run does with fixes.
struct FixChoices: Equatable {
  /// Whether files are changed.
  var fix = false
  /// Whether the changes are shown instead.
  var diff = false
  var unsafeFixes = false

  /// Whether fixes are made or shown at all.
  var isActive: Bool { fix || diff }

  /// What is done with fixes in a run with reports in some formats.
  func mode(for formats: [OutputChoice]) -> FixMode {
    if isActive { return .apply }
    return formats.contains { $0.format.showsFixes } ? .attach : .mark
  }

  /// - Throws: A usage error if the options do not go together with others.
  func check(paths: [String], formats: [OutputChoice], disclosure: Disclosure) throws {
    if diff, disclosure != .full {
      throw ValidationError("--diff shows values and cannot be used with --show-values never")
    }
    if unsafeFixes, !isActive {
      throw ValidationError(
        "--unsafe-fixes requires --fix to apply fixes or --diff to preview them")
    }
    if fix, !diff, paths.contains(where: StandardStream.isMeant) {
      throw ValidationError(
        "--fix cannot change standard input; use --diff to preview fixes, or name the file"
      )
    }
    if diff, let report = formats.first(where: { $0.path == nil }) {
      throw ValidationError(
        "--diff writes the diff to standard output; write the report to a file, as in \(report.inFile)"
      )
    }
  }
}
