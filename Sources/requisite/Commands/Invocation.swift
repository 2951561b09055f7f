import ArgumentParser
import Linting
import RequisiteFiles

/// What a command is run with besides its arguments, read once when the program starts.
struct Invocation {
  /// The environment variables.
  let environment: Environment
  /// The working folder: an absolute path without links.
  let workingFolder: String
  /// Where files are read and written.
  let files: any FileSystem
}

/// A command that does something; one that only has subcommands prints its help.
protocol Command: ParsableCommand {
  /// Runs the command.
  ///
  /// - Throws: an exit code, or a usage error.
  func run(in invocation: Invocation) throws
}
