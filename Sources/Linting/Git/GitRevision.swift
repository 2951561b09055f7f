import Findings

/// Finds the commit that the files of a repository are compared with: where the work since a branch, tag or
/// commit began.
struct GitRevision {
  /// The branch, tag or commit, as the user named it.
  let name: String
  /// Runs Git in the repository.
  let command: GitCommand
  /// The repository in messages.
  let shownFolder: String

  /// The id of the merge base of the revision and HEAD.
  ///
  /// - Throws: `since/…`, with the command that gets what is missing.
  func mergeBase() throws(Diagnostic) -> String {
    do throws(GitFailure) {
      let isShallow =
        try command.run(["rev-parse", "--is-shallow-repository"]).checked().text == "true"
      guard let head = try id(of: "HEAD") else {
        throw Diagnostic(
          "since/unknown-commit",
          "HEAD of \(shownFolder) has no commit yet; commit first, or leave out --since"
        ).failure
      }
      guard let revision = try id(of: name) else { throw try unknown(isShallow).failure }
      let outcome = try command.run(["merge-base", revision, head])
      guard outcome.status == 0, outcome.text.utf8.count == revision.utf8.count else {
        if outcome.status > 1 { throw GitFailure(error: outcome.error) }
        throw (isShallow ? shallow : unrelated).failure
      }
      // Where history is cut off, a later commit may be common as well, unless this one is the revision.
      if isShallow, outcome.text != revision { throw shallow.failure }
      return outcome.text
    } catch {
      throw error.refusal ?? Diagnostic("since/git-failed", "\(shownFolder): \(error.message)")
    }
  }

  /// The id of the commit that a name means; nil where there is none.
  private func id(of name: String) throws(GitFailure) -> String? {
    let outcome = try command.run(["rev-parse", "--verify", "--quiet", name + "^{commit}"])
    guard outcome.status == 0 else { return nil }
    let id = outcome.text
    return id.utf8.count >= 40 && id.utf8.allSatisfy(Self.isHexDigit) ? id : nil
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  // MARK: - What is missing

  private var shallow: Diagnostic {
    Diagnostic(
      "since/shallow",
      "\(shownFolder) is a shallow clone without the commit that '\(name)' and HEAD have in common; run 'git fetch --unshallow'"
    )
  }

  private var unrelated: Diagnostic {
    Diagnostic(
      "since/no-common-commit",
      "'\(name)' and HEAD of \(shownFolder) have no commit in common; name a branch, tag or commit that HEAD comes from"
    )
  }

  private func unknown(_ isShallow: Bool) throws(GitFailure) -> Diagnostic {
    let remotes = try command.run(["remote"]).text.split(separator: "\n").map(String.init)
    var advice = "name a branch, a tag or a commit"
    if let fetch = Self.fetch(name, from: remotes, isShallow: isShallow) {
      advice = "run '\(fetch)'"
    } else if isShallow {
      advice =
        "it is a shallow clone: run 'git fetch --unshallow --tags', and name a branch as in origin/main"
    } else if let remote = Self.preferred(remotes) {
      advice = "run 'git fetch --tags \(remote)', or name a branch of it, as in \(remote)/main"
      for remote in remotes where try id(of: "\(remote)/\(name)") != nil {
        advice = "use --since \(remote)/\(name)"
      }
    }
    return Diagnostic(
      isShallow ? "since/shallow" : "since/unknown-commit",
      "no commit '\(name)' in \(shownFolder); \(advice)")
  }

  private static func preferred(_ remotes: [String]) -> String? {
    remotes.contains("origin") ? "origin" : remotes.first
  }

  /// The command that gets a branch of a remote, or a commit by its id; nil for another revision, and for
  /// one that a shell would read in its own way.
  static func fetch(_ name: String, from remotes: [String], isShallow: Bool) -> String? {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._/-".utf8.contains(byte)
    }
    guard isPlain, let preferred = preferred(remotes) else { return nil }
    let fetch = "git fetch \(isShallow ? "--unshallow " : "")"
    let remote = remotes.filter { name.hasPrefix($0 + "/") }.max { $0.utf8.count < $1.utf8.count }
    if let remote {
      let branch = name.dropFirst(remote.count + 1)
      return fetch + "\(remote) +refs/heads/\(branch):refs/remotes/\(remote)/\(branch)"
    }
    let isID = [40, 64].contains(name.utf8.count) && name.utf8.allSatisfy(isHexDigit)
    return isID ? fetch + "\(preferred) \(name)" : nil
  }
}
