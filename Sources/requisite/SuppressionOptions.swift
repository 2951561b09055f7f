import ArgumentParser
import Findings
import Suppressions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What becomes of suppressions.
struct SuppressionOptions: ParsableArguments {
  @Flag(help: "Report suppressed findings as well.")
  var noIgnores = false

  @Flag(help: "Take suppressions that are unused, have run out or mean too much for errors.")
  var strictSuppressions = false

  /// What is to be said of suppressions, as severe as was asked.
  func graded(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard strictSuppressions else { return diagnostics }
    return diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.severity = .error
      return diagnostic
    }
  }
}

extension CalendarDate {
  /// Today, by UTC.
  ///
  /// `SOURCE_DATE_EPOCH` (reproducible-builds.org), in seconds since 1970, sets another day.
  static var today: CalendarDate {
    let seconds = environment("SOURCE_DATE_EPOCH").flatMap { Int($0) }
    return CalendarDate(secondsSinceEpoch: seconds ?? Int(time(nil)))
  }
}
