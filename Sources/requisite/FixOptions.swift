import ArgumentParser
import Findings
import Linting
import Reporting

/// Which fixes a run makes, and whether it writes them.
struct FixOptions: ParsableArguments {
  @Flag(help: "Make the safe fixes that rules have, in the files; the report has what is left.")
  var fix = false

  @Flag(help: "Show at standard output what --fix would change, as a diff; nothing is written.")
  var diff = false

  @Flag(help: "With --fix or --diff, make unsafe fixes as well: those that may change a meaning.")
  var unsafeFixes = false

  /// Whether fixes are made or shown at all.
  var isActive: Bool { fix || diff }

  /// Ends the command where the options do not go together with others.
  func check(paths: [String], formats: [OutputChoice], showsValues: Bool) throws {
    if diff, !showsValues {
      throw ValidationError("a diff is made of values; --show-values never goes without --diff")
    }
    if unsafeFixes, !isActive {
      throw ValidationError(
        "--unsafe-fixes says which fixes are made; add --fix to make them, or --diff to see them")
    }
    if fix, !diff, paths.contains("-") {
      throw ValidationError(
        "standard input is no file that could be mended; use --diff to see the fixes, or name the file"
      )
    }
    if diff, formats.contains(where: { $0.path == nil }) {
      throw ValidationError(
        "with --diff, the diff goes to standard output; give the report a file: sarif=out.sarif")
    }
  }
}
