import SourceText

/// What reports say of the program itself.
package enum ToolInformation {
  /// The program's name.
  package static let name = "requisite"
  /// The program's version, a semantic version.
  package static let version = ProgramVersion.text
  /// Where to read about the program.
  package static let uri = "https://github.com/requisite-dev/requisite"
}
