import ArgumentParser
import Findings
import Linting
import Reporting
import RequisiteFiles

/// The commit that findings are compared with.
struct SinceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report only findings that a file does not have at the merge base of this branch, tag or commit and HEAD. Untracked files are new.",
      valueName: "ref"))
  var since: String?

  /// What the option says.
  var choice: SinceChoice { SinceChoice(revision: since) }
}

/// The commit that a run compares with, if any.
struct SinceChoice: Equatable {
  /// The branch, tag or commit, as it was given.
  var revision: String?

  /// Checks the revision, and that there is something to compare.
  ///
  /// - Throws: a usage error.
  func check(paths: [String]) throws {
    guard let since = revision else { return }
    // To Git, it would be an option.
    if since.isEmpty || since.hasPrefix("-") {
      throw ValidationError(
        "--since must be a branch, a tag or a commit, as in --since origin/main; found '\(since)'")
    }
    if paths.contains(where: StandardStream.isMeant) {
      throw ValidationError(
        "--since cannot compare standard input, which has no earlier version; name a file")
    }
  }

  /// What inputs had to report before, and what keeps them from being compared; nil without the option.
  func earlierFindings(
    of inputs: [InputSource], checkedBy profiles: [LintProfile], _ settings: RunSettings,
    _ environment: Environment, jobs: Int
  ) -> (findings: EarlierFindings?, mistakes: [Diagnostic]) {
    guard let since = revision else { return (nil, []) }
    do throws(Diagnostic) {
      let earlier = try EarlierFindings(
        since: since, profiles: profiles.map(\.options), searchPath: environment[.path],
        in: settings.files, workingFolder: settings.workingFolder, jobs: jobs)
      return (earlier, earlier.mistakes(inputs))
    } catch {
      return (nil, [error])
    }
  }
}
