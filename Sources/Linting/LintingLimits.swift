package import SourceText

/// The limits of a run: its inputs, packs and configurations.
package enum LintingLimits {
  /// Every limit that a run can meet.
  package static let all: [Limit] = [
    Limit(
      "document, line of a log, or element of an array of requests",
      bytes: SizeLimits.standard.document,
      beyond: "input/too-large or input/line-too-long", option: "--max-size"),
    Limit(
      "document, line or element, whatever --max-size is", bytes: SizeLimits.maximumDocument,
      beyond: "input/too-large or input/line-too-long"),
    Limit(
      "log, or array of requests", bytes: SizeLimits.standard.log, beyond: "input/too-large",
      option: "--max-size"),
    Limit(
      "findings of malformed lines in one log", Linter.brokenFindingLimit, "findings",
      beyond: "json/limit, which counts the other lines"),
    Limit(
      "further malformed lines in a row in one stream", Linter.brokenRunLimit, "lines",
      beyond: "input/too-many-broken-lines; the rest is not read"),
    Limit(
      "values of one file in which wrapped requests are searched for in any casing",
      Linter.respelledNodeLimit, "values", beyond: "exact names only"),
    Limit("packs of one run", PackFamily.packLimit, "packs", beyond: "pack/too-many"),
    Limit(
      "packs that extend one another", PackFamily.depthLimit, "levels", beyond: "pack/too-many"),
    Limit(
      "configurations that extend one another", ConfigurationFinder.depthLimit, "levels",
      beyond: "config/too-deep"),
    Limit(
      "matching the patterns of .gitignore", GitRepository.stepLimit, "steps",
      beyond: "input/git-ignore; further ignored files are checked"),
    Limit(
      "findings that one suppression matches", SuppressionAccount.broadLimit, "findings",
      beyond: "suppression/too-broad, a warning"),
    Limit(
      "stale entries of a baseline that are listed", BaselineAccount.staleLimit, "entries",
      beyond: "the others are counted"),
    Limit(
      "output of one command of Git, for --since", bytes: GitCommand.outputLimit,
      beyond: "since/git-failed"),
    Limit(
      "listing of one folder at an earlier commit", bytes: GitObjects.treeLimit,
      beyond: "since/unreadable"),
    Limit(
      "files that --since compares to find renamed ones", GitHistory.renameLimit, "files",
      beyond: "only files with the same content count as renamed"),
    Limit(
      "passes of --fix over one file", Linter.passLimit, "passes", beyond: "fix/unsettled"),
    Limit(
      "fixes tried one by one where those of a file contradict one another", FixPlan.singleLimit,
      "fixes", beyond: "further fixes wait for the next pass"),
  ]
}
