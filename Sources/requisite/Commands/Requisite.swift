import ArgumentParser
import Linting
import Reporting
import RequisiteFiles

/// The command line's root.
@main
struct Requisite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ToolInformation.name,
    abstract:
      "Check request JSON against rule packs.",
    discussion: """
      EXAMPLES
        requisite check request.json             check a request
        requisite check requests/ logs.jsonl     check a folder and a JSON Lines log
        some-command | requisite check -         check standard input
        requisite check --format text --format sarif=out.sarif requests/
                                                 also write a SARIF report
        requisite explain attributes-size        explain a rule and its fixes
        requisite config requests/a.json         show the settings for a file
        requisite inspect request.json --at 4:9  show the value at line 4, column 9

      COMPLETION
        requisite --generate-completion-script bash|zsh|fish
                                                 print a completion script

      EXIT CODES
      \(ExitCodeDescription.helpText)
      """,
    version: ToolInformation.version,
    subcommands: [
      Check.self, Rules.self, Explain.self, Docs.self, New.self, Test.self, Config.self,
      Ignore.self,
      BaselineCommand.self, Schema.self, Inspect.self, List.self, LanguageServerCommand.self,
    ],
    defaultSubcommand: Check.self)

  /// Runs the command; usage errors end with exit code 2.
  static func main() {
    holdClosedStreams()
    ignoreBrokenPipes()
    TerminationSignals.handle()
    let environment = Environment.ofProcess()
    do {
      let arguments = CommandLine.arguments.dropFirst()
      if arguments.first == completionRequest { complete(arguments) }
      if let mistake = ArgumentCheck.mistake(in: arguments) { throw mistake }
      if let mistake = ArgumentCheck.unknownSubcommand(in: arguments) { throw mistake }
      if let check = plainArguments(in: Array(arguments)) {
        try check.run(in: invocation(environment))
      } else {
        try run(checkCommand() ?? parseAsRoot(), environment)
      }
    } catch {
      Self.end(with: error, environment)
    }
    endProcess(0)
  }

  /// Runs a command, unless the environment has an error.
  private static func run(
    _ command: any ParsableCommand, _ environment: Environment
  ) throws {
    let invocation = try invocation(environment)
    guard let command = command as? any Command else {
      var command = command
      return try command.run()
    }
    try command.run(in: invocation)
  }

  /// What commands are run with.
  ///
  /// - Throws: an exit code, once it has shown an error in the environment.
  private static func invocation(_ environment: Environment) throws -> Invocation {
    if !environment.diagnostics.isEmpty {
      try Console(StyleChoices(), environment).check(environment.diagnostics)
    }
    let files = RealFileSystem()
    return Invocation(
      environment: environment, workingFolder: files.workingFolder, files: files)
  }

  /// The first argument of a shell that asks for completions.
  private static let completionRequest = "---completion"

  /// Writes what an argument may be completed to, for the script of a shell.
  private static func complete(_ arguments: ArraySlice<String>) -> Never {
    // The argument, its place and the cursor's follow; the parser stops the program at a negative one.
    let numbers = arguments.drop { $0 != "--" }.dropFirst(2).prefix(2)
    guard numbers.allSatisfy({ Int($0).map { $0 >= 0 } ?? false }) else { endProcess(2) }
    do {
      _ = try parseAsRoot(Array(arguments))
    } catch  where exitCode(for: error).isSuccess {
      Output.standard.write(Array((fullMessage(for: error) + "\n").utf8))
      endProcess(0)
    } catch {}
    endProcess(2)
  }

  /// The names of all commands, and of the one that explains them.
  static var commandNames: [String] { configuration.subcommands.map { $0._commandName } + ["help"] }

  /// Ends the process with a usage error that the parser does not know.
  private static func endWithUsage(
    _ mistake: ValidationError, _ environment: Environment
  ) -> Never {
    let text = usage(mistake, CommandLine.arguments.dropFirst(), environment)
    Output.error.write(TerminalText.lines(of: UsageMessage.rewritten(text)) + "\n")
    endProcess(2)
  }

  /// The text of a usage error, with the usage of the subcommand that the arguments name.
  private static func usage(
    _ mistake: ValidationError, _ arguments: ArraySlice<String>, _ environment: Environment
  ) -> String {
    // The parser knows the whole name of a command from an error of its own alone.
    var command: any ParsableCommand.Type = Self.self
    var path: [String] = []
    for argument in arguments {
      let next = command.configuration.subcommands.first { $0._commandName == argument }
      guard let next else { break }
      command = next
      path.append(argument)
    }
    do {
      _ = try parseAsRoot(path + [Self.unknownOption])
    } catch {
      let lines = message(of: error, environment).split(
        separator: "\n", omittingEmptySubsequences: false)
      return
        (["Error: \(mistake.message)"]
        + lines.dropFirst().filter { !$0.hasPrefix("Help:") }.map(String.init))
        .joined(separator: "\n")
    }
    return message(of: mistake, environment)
  }

  /// The parser's message for an error or a request for help.
  private static func message(of error: any Error, _ environment: Environment) -> String {
    let columns = Output.standard.columns(environment) ?? HelpText.standardWidth
    setEnvironment("COLUMNS", to: String(HelpText.unbrokenWidth))
    return HelpText.wrapped(UsageMessage.rewritten(fullMessage(for: error)), columns: columns)
  }

  /// An option that no command has.
  private static let unknownOption = "--no-such-option"

  /// The arguments of a plain line of `check`, which may go without the name of the command.
  static func plainArguments(in words: [String]) -> CheckArguments? {
    if words.first == Check._commandName { return PlainArguments.read(words.dropFirst()) }
    // What the parser makes of such a name behind other words is its own matter.
    guard !words.isEmpty, Set(commandNames).isDisjoint(with: words) else { return nil }
    return PlainArguments.read(words)
  }

  /// The command of a line that begins with `check` and has no mistake in it.
  ///
  /// Setting up all other commands takes longer than to check a small request. Whatever is not plain
  /// is left to the root, which reports it.
  private static func checkCommand() -> Check? {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.first == Check.configuration.commandName else { return nil }
    return try? Check.parse(Array(arguments.dropFirst()))
  }

  /// Ends the process as an error asks for, after all output is out.
  private static func end(with error: any Error, _ environment: Environment) -> Never {
    // A message costs as much as parsing, and an exit code has none.
    if let code = error as? ExitCode { endProcess(code.rawValue) }
    if let mistake = error as? ValidationError { endWithUsage(mistake, environment) }
    let message = message(of: error, environment)
    if exitCode(for: error).isSuccess {
      Output.standard.write(Array((message + "\n").utf8))
      endProcess(0)
    }
    if !message.isEmpty {
      Output.error.write(TerminalText.lines(of: message) + "\n")
    }
    endProcess(2)
  }
}
