import CPlatform
import Findings
import RequisiteFiles
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why Git did not do what it was asked for, in its own words.
struct GitFailure: Error, Sendable {
  var message: String
  /// What to report instead of the words of Git.
  var refusal: Diagnostic?

  init(_ message: String) { self.message = message }

  /// The words of Git for people, in one line.
  init(error: [UInt8]) {
    let words = String(decoding: error, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let text = words.hasPrefix("fatal: ") ? words.dropFirst("fatal: ".count) : words[...]
    message = text.isEmpty ? "git failed without a message" : String(text)
  }
}

/// Runs Git in a folder: without a shell, and without the hooks, monitors and locks of the repository.
///
/// Only commands that read objects and the index are run, so no filter or conversion of a file is, either.
struct GitCommand: Sendable {
  /// The program: an absolute path.
  let program: String
  /// The folder: an absolute path.
  let folder: String

  /// What a command wrote, and its exit code.
  struct Outcome {
    var status: Int32
    var output: [UInt8]
    var error: [UInt8]

    /// The output without the line feed at its end.
    var text: String {
      String(
        decoding: output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...], as: UTF8.self
      )
    }

    /// The output of a command that succeeded.
    ///
    /// - Throws: the words of Git.
    func checked() throws(GitFailure) -> Outcome {
      if status != 0 { throw GitFailure(error: error) }
      return self
    }
  }

  /// The most bytes that a command may write.
  static let outputLimit = 256 << 20
  /// How many bytes of its messages are kept.
  private static let messageSize = 1 << 14

  /// The program in the folders of a search path; relative folders do not count, since the repository may
  /// have a program of that name.
  static func program(inPath path: String?, in files: any FileSystem) -> String? {
    for folder in (path ?? "").split(separator: ":") where folder.hasPrefix("/") {
      let program = Paths.joined(String(folder), "git")
      if let status = try? files.status(of: program, followingLinks: true), status.kind == .file,
        status.mode & 0o111 != 0
      {
        return program
      }
    }
    return nil
  }

  /// Runs a command to its end.
  ///
  /// - Throws: for a program that cannot be started, or writes too much.
  func run(_ arguments: [String]) throws(GitFailure) -> Outcome {
    let output = try Self.pipe()
    let error = try Self.pipe()
    defer { for end in [output.read, error.read] { try? end.close() } }
    let process = start(arguments, input: nil, output: output.write, error: error.write)
    for end in [output.write, error.write] { try? end.close() }
    let number = try process.get()
    var texts: [[UInt8]] = [[], []]
    let isWhole = Self.readAll([output.read, error.read], into: &texts)
    if !isWhole { kill(number, SIGKILL) }
    let status = requisite_wait_for_process(number)
    guard isWhole else { throw GitFailure("'git \(arguments.first ?? "")' wrote too much") }
    return Outcome(status: status, output: texts[0], error: texts[1])
  }

  /// Starts a command; the result is the number of its process.
  fileprivate func start(
    _ arguments: [String], input: FileDescriptor?, output: FileDescriptor?, error: FileDescriptor?
  ) -> Result<Int32, GitFailure> {
    let fixed = [
      "git", "-C", folder, "--no-pager", "--no-optional-locks", "--literal-pathspecs",
      "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    ]
    let number = unsafe requisite_start_process(
      program, Self.list(fixed + arguments), Self.list(Self.environmentChanges),
      input?.rawValue ?? -1, output?.rawValue ?? -1, error?.rawValue ?? -1)
    return number > 0
      ? .success(number)
      : .failure(GitFailure("'\(program)' cannot be run: \(Errno(rawValue: -number))"))
  }

  /// What would lead Git to another repository, ask somebody, or fetch; its messages are to be English.
  private static let environmentChanges = [
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_NAMESPACE",
    "GIT_GRAFT_FILE", "GIT_TRACE", "GIT_EXTERNAL_DIFF", "GIT_INTERNAL_SUPER_PREFIX", "LANGUAGE",
    "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1",
    "GIT_ALLOW_PROTOCOL=none",
  ]

  /// Texts as a list for `requisite_start_process`.
  private static func list(_ texts: [String]) -> [CChar] {
    texts.flatMap { $0.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] } + [0]
  }

  fileprivate static func pipe() throws(GitFailure) -> (read: FileDescriptor, write: FileDescriptor)
  {
    var ends: [Int32] = [-1, -1]
    let result = unsafe requisite_make_pipe(&ends)
    guard result == 0 else {
      throw GitFailure("git cannot be run: \(Errno(rawValue: -result))")
    }
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }

  /// Reads an output and messages until both end; false where the output is too long.
  private static func readAll(_ ends: [FileDescriptor], into texts: inout [[UInt8]]) -> Bool {
    var open = Array(ends.indices)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while !open.isEmpty {
      var requests = open.map { pollfd(fd: ends[$0].rawValue, events: Int16(POLLIN), revents: 0) }
      guard unsafe poll(&requests, nfds_t(requests.count), -1) >= 0 || errno == EINTR else {
        return false
      }
      for (place, request) in zip(open, requests) where request.revents != 0 {
        let count =
          (try? unsafe block.withUnsafeMutableBytes { unsafe try ends[place].read(into: $0) }) ?? 0
        if count == 0 { open.removeAll { $0 == place } }
        let room = place == 0 ? outputLimit : messageSize
        if place == 0, texts[0].count + count > room { return false }
        texts[place] += block[..<min(count, max(room - texts[place].count, 0))]
      }
    }
    return true
  }
}

/// A command of Git that answers requests until it is no longer needed.
final class GitProcess {
  private let input: FileDescriptor
  private let output: FileDescriptor
  private let number: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// Which bytes of the buffer were read from Git, and not handed on.
  private var rest = 0..<0

  /// Starts a command.
  ///
  /// - Throws: for a program that cannot be started.
  init(_ command: GitCommand, _ arguments: [String]) throws(GitFailure) {
    let requests = try GitCommand.pipe()
    let answers = try GitCommand.pipe()
    let process = command.start(
      arguments, input: requests.read, output: answers.write, error: nil)
    for end in [requests.read, answers.write] { try? end.close() }
    input = requests.write
    output = answers.read
    switch process {
    case .success(let number): self.number = number
    case .failure(let failure):
      for end in [requests.write, answers.read] { try? end.close() }
      throw failure
    }
  }

  deinit {
    try? input.close()
    try? output.close()
    _ = requisite_wait_for_process(number)
  }

  /// Writes a request.
  func send(_ line: String) throws(GitFailure) {
    do {
      try input.writeAll(Array(line.utf8) + [UInt8(ascii: "\n")])
    } catch {
      throw Self.ended
    }
  }

  /// The next line of the answer, without its line feed.
  func line() throws(GitFailure) -> String {
    var line: [UInt8] = []
    while true {
      guard let byte = try next(atMost: 1).first else { throw Self.ended }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// The next bytes of the answer: at least one, and not more than so many.
  func next(atMost count: Int) throws(GitFailure) -> ArraySlice<UInt8> {
    if rest.isEmpty {
      let read =
        (try? unsafe buffer.withUnsafeMutableBytes { unsafe try output.read(into: $0) }) ?? 0
      guard read > 0 else { throw Self.ended }
      rest = 0..<read
    }
    let part = rest.prefix(count)
    rest = rest.dropFirst(count)
    return buffer[part]
  }

  private static let ended = GitFailure("'git cat-file' ended early")
}
