import Findings
import Linting
import Reporting
import RequisiteFiles
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard output or standard error.
///
/// A stream that fails changes nothing in the run: files are still written and fixes made. What is
/// written to it afterwards is dropped. A reader that closed its pipe has seen what it wanted, so that
/// the exit code stays what the findings call for. If standard output fails in any other way, a
/// message says so, and the exit code is 2.
struct Output: Equatable {
  /// Where it is written to.
  let descriptor: FileDescriptor

  /// Reports and other results.
  static let standard = Output(descriptor: .standardOutput)
  /// Messages.
  static let error = Output(descriptor: .standardError)

  private static let standardFailure = Atomic<CInt>(0)
  private static let errorFailure = Atomic<CInt>(0)

  /// The error number that the stream failed with; 0 for none.
  private var failure: CInt {
    descriptor == .standardOutput
      ? Self.standardFailure.load(ordering: .relaxed)
      : Self.errorFailure.load(ordering: .relaxed)
  }

  /// Whether the reader of the stream is gone.
  var isClosed: Bool { failure == EPIPE }

  /// Whether the stream failed in a way that makes the exit code 2.
  var hasFailed: Bool { failure != 0 && failure != EPIPE }

  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// Whether another program reads the stream, such as a pager.
  var isPipe: Bool { FileStatus(of: descriptor)?.kind == .pipe }

  /// Whether both streams are the same file, pipe or terminal.
  func isSame(as other: Output) -> Bool {
    guard let own = FileStatus(of: descriptor), let status = FileStatus(of: other.descriptor)
    else { return false }
    return own.device == status.device && own.number == status.number
  }

  /// The columns that text may take; nil where neither `COLUMNS` nor a terminal says.
  func columns(_ environment: Environment) -> Int? {
    TextWidth.columns(variable: environment[.columns], terminal: terminalColumns)
  }

  /// The options of text that is written here.
  func options(_ choices: StyleChoices, _ environment: Environment) -> ReportOptions {
    ReportOptions(
      usesColor: choices.usesColor(at: self, environment),
      isTerminal: isTerminal,
      links: choices.usesLinks(at: self, environment) ? links(environment) : nil,
      columns: columns(environment) ?? TextWidth.standard)
  }

  /// Links to the files of this machine.
  private func links(_ environment: Environment) -> TerminalLinks {
    let files = RealFileSystem()
    let (folder, host) = (files.workingFolder, Self.hostName)
    return TerminalLinks(hasLines: TerminalProgram(environment).opensLines) { path in
      guard files.kind(of: path) == .file else { return nil }
      let uri = ProjectRoot.uri(of: path.hasPrefix("/") ? path : Paths.joined(folder, path))
      return "file://\(host)\(uri.dropFirst("file://".count))"
    }
  }

  /// The name of this machine, by which a terminal tells its own files from those of another one.
  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let isPlain = bytes.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    return isPlain ? String(decoding: bytes, as: UTF8.self) : ""
  }

  /// Whether the process may write to its terminal at any time: it was not sent to the background.
  var isInForeground: Bool {
    let group = tcgetpgrp(descriptor.rawValue)
    return group < 0 || group == getpgrp()
  }

  /// The columns of the terminal; nil where there is none.
  var terminalColumns: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard unsafe ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes all bytes, which hold no commands of a CI system.
  func write(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, failure == 0 else { return }
    let reason = StatusLine.shared.write(bytes, to: self)
    guard reason != 0 else { return }
    if descriptor == .standardOutput {
      Self.standardFailure.store(reason, ordering: .relaxed)
      guard reason != EPIPE else { return }
      var text: [UInt8] = []
      DiagnosticText.append(
        Diagnostic(
          "output/unwritable",
          "cannot write to standard output: \(Errno(rawValue: reason).description)"),
        options: ReportOptions(), into: &text)
      Output.error.write(text)
    } else {
      Self.errorFailure.store(reason, ordering: .relaxed)
    }
  }

  /// Writes text for people; escapes what a CI system would read as a command.
  func write(_ text: String, as syntax: LogCommands.Syntax = .text) {
    write(Array(text.utf8), as: syntax)
  }

  /// Writes text; escapes what a CI system would read as a command, as the syntax requires.
  func write(_ bytes: [UInt8], as syntax: LogCommands.Syntax) {
    var bytes = bytes
    LogCommands.escape(&bytes, as: syntax)
    write(bytes)
  }

  private func writeAll(_ buffer: UnsafeRawBufferPointer) -> CInt {
    var rest = unsafe buffer[...]
    while unsafe !rest.isEmpty {
      do {
        let count = unsafe try descriptor.write(UnsafeRawBufferPointer(rebasing: rest))
        unsafe rest = rest.dropFirst(count)
      } catch {
        let reason = error as? Errno ?? .ioError
        guard reason == .resourceTemporarilyUnavailable || reason == .wouldBlock else {
          return reason.rawValue
        }
        // The other end made the pipe non-blocking.
        var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, -1)
      }
    }
    return 0
  }

  /// Writes all bytes, whatever is on the terminal; the result is the error number, or 0.
  func writeAll(_ bytes: [UInt8]) -> CInt {
    unsafe bytes.withUnsafeBytes { unsafe writeAll($0) }
  }
}

/// Ends the process with a code, or with 2 if standard output could not be written.
func endProcess(_ code: Int32) -> Never {
  StatusLine.shared.end()
  let code = Output.standard.hasFailed ? 2 : code
  #if canImport(Glibc)
  Glibc.exit(code)
  #elseif canImport(Musl)
  Musl.exit(code)
  #else
  Darwin.exit(code)
  #endif
}

/// Makes writing to a pipe that nobody reads an error instead of the end of the process.
func ignoreBrokenPipes() {
  _ = signal(SIGPIPE, SIG_IGN)
}

/// Takes the places of standard streams that are closed, so that no file gets to be one of them.
///
/// What takes them can be neither read nor written, so that using them fails as it should.
func holdClosedStreams() {
  for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
    // The lowest number that is free is the one that a file gets.
    _ = try? FileDescriptor.open(FilePath("/dev/null"), descriptor == 0 ? .writeOnly : .readOnly)
  }
}

/// Sets an environment variable of this process.
func setEnvironment(_ name: String, to value: String) {
  _ = unsafe setenv(name, value, 1)
}
