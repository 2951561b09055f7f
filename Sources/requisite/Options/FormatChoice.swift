import ArgumentParser
import Linting
import Reporting
import RequisiteFiles
import SourceText

/// A format of reports that `--format` takes.
protocol ChosenFormat: RawRepresentable<String>, CaseIterable, Equatable, Sendable {
  /// The extension of a file in the format, for hints.
  var fileExtension: String { get }
}

extension ReportFormat: ChosenFormat {}

extension PackTestFormat: ChosenFormat {
  var fileExtension: String {
    switch self {
    case .text: "txt"
    case .junit: "xml"
    case .json: "json"
    }
  }
}

/// A report of a run: its format, and where it goes.
typealias OutputChoice = FormatChoice<ReportFormat>

/// A report of a test: its format, and where it goes.
typealias TestOutputChoice = FormatChoice<PackTestFormat>

/// A report format, and where the report goes.
struct FormatChoice<Format: ChosenFormat>: ExpressibleByArgument, Equatable, Sendable {
  var format: Format
  /// The file; nil for standard output.
  var path: String?

  /// The choice as `--format` takes it.
  var text: String { format.rawValue + (path.map { "=\($0)" } ?? "") }

  /// The choice of this format with an example of a file, for hints: `sarif=out.sarif`.
  var inFile: String { "\(format.rawValue)=out.\(format.fileExtension)" }

  /// The names of all formats.
  static var formatNames: String {
    Format.allCases.map(\.rawValue).joined(separator: ", ")
  }

  init(format: Format, path: String? = nil) {
    self.format = format
    self.path = path
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let format = Format(rawValue: String(name)) else { return nil }
    if parts.count == 2, parts[1].isEmpty { return nil }
    let path = parts.dropFirst().first.map(String.init)
    self.init(format: format, path: path.flatMap { StandardStream.isMeant(by: $0) ? nil : $0 })
  }

  /// The choice that an argument is.
  ///
  /// - Throws: `ArgumentFault` for an argument that is none.
  static func parse(_ argument: String) throws -> Self {
    guard let choice = Self(argument: argument) else {
      throw ArgumentFault.format(argument, among: Format.allCases.map(\.rawValue))
    }
    return choice
  }
}

extension ArgumentFault {
  /// The fault of a format that is none of some names, perhaps with `=FILE`.
  fileprivate static func format(_ argument: String, among names: [String]) -> ArgumentFault {
    let name = argument.prefix { $0 != "=" }
    let nearest =
      names.contains(String(name)) ? nil : NearestName.nearest(to: String(name), among: names)
    return ArgumentFault(
      description: "\(ChoiceText.list(names)), or one of them with =FILE"
        + (nearest.map { " (did you mean '\($0)'?)" } ?? ""))
  }
}
