import ArgumentParser
import Configuration
import Findings
import Linting
import SourceText
import Suppressions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How suppressions are treated.
struct SuppressionOptions: ParsableArguments {
  @Flag(help: "Ignore suppressions, and report the findings that they hide.")
  var noIgnores = false

  @Flag(help: "Treat suppressions that are unused, expired or too broad as errors.")
  var strictSuppressions = false
}

extension SuppressionOptions {
  /// The filter of a run, by the suppressions and baselines of its inputs' projects; nil where there
  /// are none.
  ///
  /// An error in one of them must end the command: nobody could tell what is not reported because of it.
  func filter(
    for inputs: [LintInput], at paths: [String], settings: SettingOptions,
    baseline: BaselineOptions, ignoringBaseline: Bool, color: ColorOptions
  ) throws -> (filter: FindingFilter?, diagnostics: [Diagnostic]) {
    var loader = try loader(
      settings, baseline: baseline, ignoringBaseline: ignoringBaseline, ofInputs: paths,
      color: color)
    let known = loader.load(
      for: inputs, walking: paths.filter { FileAccess.kind(of: $0) == .folder })
    return (FindingFilter(known), loader.takeDiagnostics())
  }

  /// What finds suppressions and baselines.
  func loader(
    _ settings: SettingOptions, baseline: BaselineOptions? = nil, ignoringBaseline: Bool = false,
    ofInputs inputs: [String] = [], color: ColorOptions
  ) throws -> KnownFindingsLoader {
    let workingFolder = FileAccess.workingFolder()
    return KnownFindingsLoader(
      KnownFindingsLoader.Choices(
        baselinePath: baseline?.path, ignoresSuppressions: noIgnores,
        ignoresBaseline: ignoringBaseline, today: .today),
      configurations: settings.source, workingFolder: workingFolder,
      root: try settings.projectRoot(
        ofInputs: inputs, workingFolder: workingFolder, color: color))
  }

  /// Shows what is wrong with suppressions and baselines; an error among it ends the command.
  func show(_ diagnostics: [Diagnostic], color: ColorOptions) throws {
    DiagnosticPrinter(color: color).show(diagnostics)
    if diagnostics.hasErrors { throw ExitCode(2) }
  }

  /// What a run came to know of suppressions and baselines, as severe as was asked.
  func notices(of filter: FindingFilter?) -> [Diagnostic] {
    guard let outcome = filter?.outcome() else { return [] }
    return graded(outcome.suppressionDiagnostics) + outcome.baselines.flatMap(\.diagnostics)
  }

  /// What is to be said of suppressions, as severe as was asked.
  func graded(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard strictSuppressions else { return diagnostics }
    return diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.raise(by: "--strict-suppressions")
      return diagnostic
    }
  }
}

extension CalendarDate {
  /// Today, by UTC.
  ///
  /// `SOURCE_DATE_EPOCH` (reproducible-builds.org), in seconds since 1970, sets another day.
  static var today: CalendarDate {
    CalendarDate(secondsSinceEpoch: EnvironmentSettings.current.sourceDate ?? Int(time(nil)))
  }
}
