import Findings
import RequisiteFiles
import SourceText

/// The repositories of a run's files, each at the commit that its files are compared with.
final class GitHistories {
  private let revision: String
  private let program: String
  private let files: any FileSystem
  private let workingFolder: String
  private var known: [ExactText: Result<GitHistory, Diagnostic>] = [:]
  /// The repository of each folder that was looked at.
  private var roots: [ExactText: String?] = [:]

  /// The repositories at where the work since a branch, tag or commit began.
  init(since revision: String, program: String, in files: any FileSystem, workingFolder: String) {
    self.revision = revision
    self.program = program
    self.files = files
    self.workingFolder = workingFolder
  }

  /// The repository of a file by its absolute path without links; nil outside of any.
  ///
  /// - Throws: `since/…` for a repository that cannot be looked at.
  func history(ofFile path: String) throws(Diagnostic) -> GitHistory? {
    let folder = Paths.parent(of: path) ?? "/"
    let root = roots[ExactText(folder)] ?? files.repository(of: folder)
    roots[ExactText(folder)] = .some(root)
    guard let root else { return nil }
    return try history(root)
  }

  private func history(_ root: String) throws(Diagnostic) -> GitHistory {
    let history = known[ExactText(root)] ?? found(root)
    known[ExactText(root)] = history
    return try history.get()
  }

  private func found(_ root: String) -> Result<GitHistory, Diagnostic> {
    GitRepository(root: root, in: files).lookUpReferences(revision)
    do throws(Diagnostic) {
      let command = GitCommand(program: program, folder: root)
      // A folder with an entry `.git` that is no repository belongs to the one around it.
      let top = try topFolder(of: root, command)
      guard top.hasSameBytes(as: root) else { return .success(try history(top)) }
      if let outer = try superproject(of: root, command) {
        return .success(try submodule(root, in: outer, command))
      }
      let revision = GitRevision(name: revision, command: command, shownFolder: shown(root))
      let base = try revision.mergeBase()
      return .success(GitHistory(root: root, commit: base, command, in: files))
    } catch {
      return .failure(error)
    }
  }

  /// The folder of the working tree that Git sees in a folder: that one, or one around it.
  private func topFolder(of root: String, _ command: GitCommand) throws(Diagnostic) -> String {
    do throws(GitFailure) {
      let top = try command.run(["rev-parse", "--show-toplevel"]).checked().text
      guard let real = files.realPath(top), Paths.isPath(root, inside: real) else {
        throw GitFailure("the working tree of this repository is in '\(top)'")
      }
      return real
    } catch {
      throw failure(error, root)
    }
  }

  /// The repository that another one is a submodule of.
  private func superproject(of root: String, _ command: GitCommand) throws(Diagnostic)
    -> GitHistory?
  {
    guard let folder = Paths.parent(of: root), files.repository(of: folder) != nil else {
      return nil
    }
    let outer: String
    do throws(GitFailure) {
      outer = try command.run(["rev-parse", "--show-superproject-working-tree"]).checked().text
    } catch {
      throw failure(error, root)
    }
    guard !outer.isEmpty, let path = files.realPath(outer) else { return nil }
    return try history(path)
  }

  /// A submodule at the commit that its repository had for it.
  private func submodule(
    _ root: String, in outer: GitHistory, _ command: GitCommand
  ) throws(Diagnostic) -> GitHistory {
    do throws(GitFailure) {
      var id: String?
      if let path = outer.relativePath(of: root), let entry = try outer.commit?.entry(at: path),
        entry.kind == .submodule
      {
        id = entry.id
      }
      if let id, try command.run(["cat-file", "-e", id + "^{commit}"]).status != 0 {
        throw Diagnostic(
          "since/unknown-commit",
          "\(shown(root)) lacks commit \(id), which it was at; run 'git -C \(root) fetch origin \(id)'"
        ).failure
      }
      return GitHistory(root: root, commit: id, command, in: files)
    } catch {
      throw failure(error, root)
    }
  }

  private func failure(_ failure: GitFailure, _ root: String) -> Diagnostic {
    failure.refusal ?? Diagnostic("since/git-failed", "\(shown(root)): \(failure.message)")
  }

  /// A repository in messages.
  private func shown(_ root: String) -> String {
    Paths.isPath(workingFolder, inside: root)
      ? "this repository" : "'\(files.shownPath(of: root, workingFolder: workingFolder))'"
  }
}

extension Diagnostic {
  /// What is reported instead of Git's words.
  var failure: GitFailure {
    var failure = GitFailure(message)
    failure.refusal = self
    return failure
  }
}
