import Findings
import Linting
import Reporting
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A stream that text goes out by.
///
/// When the reader of a pipe has gone, the process ends quietly: there is nobody left to tell.
struct Output {
  private let descriptor: FileDescriptor

  /// Data, and nothing else.
  static let standard = Output(descriptor: .standardOutput)
  /// Words for a person.
  static let error = Output(descriptor: .standardError)

  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// How many columns the terminal has; nil where there is none.
  var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard unsafe ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes all bytes; where they cannot be written, the process ends.
  func write(_ bytes: [UInt8]) {
    do {
      try tryToWrite(bytes)
    } catch {
      end(after: error)
    }
  }

  /// Writes all bytes.
  func tryToWrite(_ bytes: [UInt8]) throws {
    if !bytes.isEmpty { try descriptor.writeAll(bytes) }
  }

  /// Ends the process after bytes could not be written.
  func end(after error: any Error) -> Never {
    if error as? Errno == .brokenPipe { endProcess(0) }
    // At standard error, the very stream that would carry the words is out of order.
    if descriptor == .standardOutput {
      var text: [UInt8] = []
      DiagnosticText.append(
        Diagnostic(
          "output/unwritable", "standard output cannot be written: \(FileAccess.reason(error))"),
        options: ReportOptions(), into: &text)
      Output.error.write(text)
    }
    endProcess(2)
  }

  /// Writes text.
  func write(_ text: String) { write(Array(text.utf8)) }
}

/// Ends the process with a code.
func endProcess(_ code: Int32) -> Never {
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

/// The value of an environment variable, or nil where it is not set.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// A file that is written whole or not at all: into a temporary one beside it, which then takes its
/// name.
///
/// A pipe or device is written straight to: it must stay what it is.
struct WholeFile {
  private let path: String
  private let temporaryPath: String?
  private let descriptor: FileDescriptor

  /// Begins to write the file at a path.
  init(path: String) throws {
    // A link is written through, so that it goes on leading where it did.
    self.path = FileAccess.realPath(path) ?? path
    var mode: mode_t = 0o666
    var status = stat()
    var isReplacing = false
    if unsafe stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      // The mode of the file that is replaced is kept.
      case S_IFREG:
        mode = status.st_mode & 0o7777
        isReplacing = true
      case S_IFDIR: throw Errno.isDirectory
      default:
        temporaryPath = nil
        descriptor = try FileDescriptor.open(FilePath(path), .writeOnly)
        return
      }
    }
    let temporaryPath = "\(self.path).requisite-\(getpid())"
    self.temporaryPath = temporaryPath
    descriptor = try FileDescriptor.open(
      FilePath(temporaryPath), .writeOnly,
      options: [.create, .truncate, .exclusiveCreate],
      permissions: FilePermissions(rawValue: mode))
    guard isReplacing else { return }
    // Whoever makes the file becomes its owner, and the mask takes rights away: both are put right
    // as far as the process may.
    _ = fchown(descriptor.rawValue, status.st_uid, status.st_gid)
    _ = fchmod(descriptor.rawValue, mode)
  }

  /// Writes more bytes.
  func write(_ bytes: [UInt8]) throws { try descriptor.writeAll(bytes) }

  /// Gives the file its name.
  func finish() throws {
    try descriptor.close()
    guard let temporaryPath else { return }
    guard unsafe rename(temporaryPath, path) == 0 else {
      let reason = Errno(rawValue: errno)
      unsafe unlink(temporaryPath)
      throw reason
    }
  }

  /// Leaves the path as it was.
  func abandon() {
    try? descriptor.close()
    if let temporaryPath { unsafe unlink(temporaryPath) }
  }
}
