import Baselines
package import Findings
package import RequisiteFiles
import SourceText
import SystemPackage

/// What the files of a run had to report where the work since a branch, tag or commit began, judged by the
/// packs and settings of today.
///
/// A file is looked up and checked when the first of its findings is met, so that a clean one costs
/// nothing. Nothing of its earlier content is reported.
package final class EarlierFindings {
  /// The branch, tag or commit.
  package let revision: String
  private let files: any FileSystem
  private let histories: GitHistories
  private let profiles: [LintOptions]
  private let earlierFiles: EarlierFileSystem
  private let recorder: FindingFilter
  private var session: LintSession
  /// What the last file that was asked for had.
  private var last: (path: String, file: EarlierFile)?
  /// What could not be looked up.
  private(set) var diagnostics: [Diagnostic] = []

  /// How large a content may be to be held in memory, in bytes.
  private static let memorySize = 32 << 20

  /// Creates a search in the repositories of a run's files; `path` is the search path for Git.
  ///
  /// - Throws: `since/no-git` where Git is not installed.
  package init(
    since revision: String, profiles: [LintOptions], searchPath path: String?,
    in files: any FileSystem, workingFolder: String, jobs: Int
  ) throws(Diagnostic) {
    guard let program = GitCommand.program(inPath: path, in: files) else {
      throw Diagnostic(
        "since/no-git", "--since needs git, which is not in a folder of PATH; install Git")
    }
    self.revision = revision
    self.files = files
    histories = GitHistories(
      since: revision, program: program, in: files, workingFolder: workingFolder)
    let earlierFiles = EarlierFileSystem(files)
    self.earlierFiles = earlierFiles
    self.profiles = profiles
    recorder = FindingFilter(recordingIn: files, workingFolder: workingFolder)
    session = LintSession(
      profiles.map { options in
        var options = options
        options.files = earlierFiles
        options.needs = []
        options.fixes = .none
        options.collectsStatistics = false
        // What was suppressed then is known as well.
        options.suppressionComments = nil
        // A file that was too large once may be split by now.
        options.sizeLimits = options.sizeLimits.atLeast(.standard)
        return options
      }, filter: recorder, jobs: jobs)
  }

  /// What keeps the inputs of a run from being compared: a stream, a file in no repository, a revision that
  /// a repository does not have.
  package func mistakes(_ inputs: [InputSource]) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    for input in inputs {
      do throws(Diagnostic) {
        guard input.file != nil, !input.isStream else {
          throw Diagnostic(
            "since/no-repository",
            "\(input.quotedName) is a stream, which has no earlier version; name a file, or leave out --since"
          )
        }
        guard try histories.history(ofFile: input.realPath) != nil else {
          throw Diagnostic(
            "since/no-repository",
            "\(input.quotedName) is in no Git repository, so it has no earlier version; check it without --since"
          )
        }
      } catch {
        if seen.insert(error).inserted { mistakes.append(error) }
      }
    }
    return mistakes
  }

  /// What an input had to report.
  func file(of input: InputSource, profile: Int) -> EarlierFile {
    if let last, last.path.hasSameBytes(as: input.realPath) { return last.file }
    var file = EarlierFile()
    do throws(Diagnostic) {
      if let earlier = try earlierInput(of: input) {
        recorder.beginRecording()
        session.run([(earlier, profile)]) { _, _ in
        } ended: { _ in
        }
        file = recorder.recorded
      }
    } catch {
      // Without it, everything counts as new.
      diagnostics.append(error)
    }
    earlierFiles.set(.bytes([]))
    last = (input.realPath, file)
    return file
  }

  /// How many requests of each of some contents a log or array has now.
  func contents(of input: InputSource, profile: Int, among wanted: Set<String>) -> [String: Int] {
    var counts: [String: Int] = [:]
    func add(_ block: LogBlock) {
      for content in RecordTexts(block).contents where wanted.contains(content) {
        counts[content, default: 0] += 1
      }
    }
    let limits = profiles[profile].sizeLimits
    // What cannot be read any further is reported where it is read.
    do throws(Diagnostic) {
      if input.syntax == .jsonLines {
        var reader = try LogReader(input, in: files, limits: limits)
        while case .block(let block)? = try reader.next() { add(block) }
      } else {
        var reader = try BatchReader(input, in: files, limits: limits)
        while let block = try reader.next() { add(block) }
      }
    } catch {
      return counts
    }
    return counts
  }

  // MARK: - Finding the earlier content

  /// The earlier version of an input, whose content is set; nil where there was none.
  private func earlierInput(
    of input: InputSource
  ) throws(Diagnostic) -> InputSource? {
    guard let named = input.file, let history = try histories.history(ofFile: input.realPath) else {
      return nil
    }
    do throws(GitFailure) {
      var found: (history: GitHistory, file: GitHistory.File)?
      if let path = history.relativePath(of: input.realPath) {
        found = try history.file(at: path).map { (history, $0) }
      }
      if found == nil { found = try linkedFile(named, from: input) }
      if found == nil, let path = history.relativePath(of: input.realPath) {
        var former = try history.renamedFile(at: path)
        if former == nil {
          former = try movedFile(to: input, in: history)
        }
        found = former.map { (history, $0) }
      }
      guard let (history, file) = found else { return nil }
      try setContent(file, in: history, of: input)
      return InputSource(
        .file(history.absolutePath(of: file.path)), shownPath: input.shownPath,
        syntax: Syntax(path: String(decoding: file.path, as: UTF8.self)) ?? input.syntax,
        isExplicit: input.isExplicit)
    } catch {
      if let refusal = error.refusal { throw refusal }
      let advice = history.isPartial ? "; run 'git fetch --refetch --no-filter'" : ""
      throw Diagnostic(
        "since/unreadable",
        "the earlier version of \(input.quotedName) cannot be read, so all its findings are reported: \(error.message)\(advice)"
      )
    }
  }

  /// The file that was under the name of an input that is a link now.
  private func linkedFile(
    _ named: String, from input: InputSource
  ) throws(GitFailure) -> (GitHistory, GitHistory.File)? {
    let absolute = files.absolutePath(of: named, workingFolder: files.workingFolder)
    guard let folder = Paths.parent(of: absolute) else { return nil }
    let path = Paths.joined(files.realFolder(folder), Paths.name(of: absolute, in: folder))
    guard !path.utf8.elementsEqual(input.realPath.utf8) else { return nil }
    do throws(Diagnostic) {
      guard let history = try histories.history(ofFile: path),
        let relative = history.relativePath(of: path)
      else { return nil }
      return try history.fileOrRefusal(at: relative).map { (history, $0) }
    } catch {
      throw error.failure
    }
  }

  /// Reads the content of a file, into memory or a temporary file.
  private func setContent(
    _ file: GitHistory.File, in history: GitHistory, of input: InputSource
  ) throws(GitFailure) {
    let limit = SizeLimits.standard.log
    var size = 0
    var bytes: [UInt8] = []
    var spool: SpoolFile?
    let isRead = try history.read(file) { count in
      size = count
      return count <= limit
    } take: { (part) throws(GitFailure) in
      if size <= Self.memorySize {
        bytes += part
        return
      }
      do throws(Errno) {
        let target = if let spool { spool } else { try files.spoolFile() }
        spool = target
        try target.append(part)
      } catch {
        throw GitFailure("no temporary file can keep it: \(Diagnostic.reason(of: error))")
      }
    }
    guard isRead else {
      throw GitFailure(
        size > limit
          ? "it is larger than \(ByteCount(limit))"
          : "this clone lacks object \(file.id)")
    }
    if let spool {
      earlierFiles.set(.spool(spool))
    } else {
      earlierFiles.set(try largeFile(bytes, in: history, of: input) ?? .bytes(bytes))
    }
  }

  /// The file that is gone and that an input is, by its content.
  private func movedFile(
    to input: InputSource, in history: GitHistory
  ) throws(GitFailure) -> GitHistory.File? {
    guard let now = try? files.text(of: input, limit: Self.comparedSize) else { return nil }
    return try history.movedFile(like: TextFragments(now, input.syntax)) {
      (file) throws(GitFailure) in
      guard Syntax(path: String(decoding: file.path, as: UTF8.self)) == input.syntax else {
        return nil
      }
      var bytes: [UInt8] = []
      let isRead = try history.read(file) {
        $0 <= Self.comparedSize
      } take: {
        bytes += $0
      }
      guard isRead,
        let text = try? Container.text(
          in: bytes, of: InputSource(.file("file"), shownPath: "file"), limit: Self.comparedSize)
      else { return nil }
      return TextFragments(text, input.syntax)
    }
  }

  /// How large a file may be to be found again by its content, in bytes.
  static let comparedSize = 8 << 20

  // MARK: - Git LFS

  private static let pointerStart = Array("version https://git-lfs.github.com/spec/v1\n".utf8)

  /// The content that a pointer of Git LFS stands for; nil for what is none, or where the file is a pointer
  /// today as well.
  private func largeFile(
    _ bytes: [UInt8], in history: GitHistory, of input: InputSource
  ) throws(GitFailure) -> EarlierFileSystem.Content? {
    guard bytes.starts(with: Self.pointerStart), bytes.count < 1_024,
      let id = Self.largeFileID(bytes), let path = input.file,
      let now = try? files.beginning(of: path, count: Self.pointerStart.count),
      now != Self.pointerStart
    else { return nil }
    let steps = ["lfs", "objects", String(id.prefix(2)), String(id.dropFirst(2).prefix(2)), id]
    let object = steps.reduce(try history.commonFolder()) { Paths.joined($0, $1) }
    guard files.kind(of: object) == .file else {
      throw GitFailure(
        "Git LFS has not fetched it; run 'git lfs fetch origin \(history.commit?.id ?? revision)'")
    }
    return .file(object)
  }

  private static func largeFileID(_ pointer: [UInt8]) -> String? {
    for line in pointer.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard text.hasPrefix("oid sha256:") else { continue }
      let id = String(text.dropFirst("oid sha256:".count))
      let isID =
        id.utf8.count == 64
        && id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
      return isID ? id : nil
    }
    return nil
  }
}

extension GitHistory {
  /// The file at a path then.
  ///
  /// - Throws: what Git says.
  fileprivate func fileOrRefusal(at path: [UInt8]) throws(Diagnostic) -> File? {
    do throws(GitFailure) {
      return try file(at: path)
    } catch {
      throw error.refusal ?? Diagnostic("since/unreadable", error.message)
    }
  }
}
