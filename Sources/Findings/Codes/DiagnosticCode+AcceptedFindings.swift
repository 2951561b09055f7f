extension DiagnosticCode {
  /// The codes of warnings that `--strict-suppressions` makes errors.
  ///
  /// A duplicate is not among them: it hides nothing more.
  package static let raisedByStrictSuppressions: Set<String> = [
    "suppression/expired", "suppression/open-reason", "suppression/too-broad",
    "suppression/too-many", "suppression/unknown-rule", "suppression/unused",
  ]

  /// Suppressions, `requisite ignore` and baselines.
  static let acceptedFindings: [DiagnosticCode] = [
    DiagnosticCode(
      "baseline/duplicate", "The baseline has the same entry twice.",
      why: "The second entry has no effect.",
      fix: "Run 'requisite baseline update'.",
      example: "requisite baseline update"),
    DiagnosticCode(
      "baseline/malformed", "The baseline cannot be read.",
      why: "Without it, every accepted finding would be reported as new.",
      fix: "Restore the file from version control, or remove it and write a new one.",
      example: "rm .requisite-baseline.jsonl && requisite baseline write"),
    DiagnosticCode(
      "baseline/missing", "There is no baseline of this name.",
      why: "With a misspelled name, every accepted finding would be reported as new.",
      fix: "Correct the name, or write the baseline.",
      example: "requisite baseline write"),
    DiagnosticCode(
      "baseline/outside",
      "A file is outside of the project, so the baseline cannot hold its findings.",
      why: "Entries are relative to the root of the project.",
      fix: "Set the root with --root, or leave the file out.",
      example: "requisite baseline write --root .."),
    DiagnosticCode(
      "since/git-failed", "Git refused a command that --since needs, in its own words.",
      why: "Without the earlier version of a file, nobody can say which of its findings are new.",
      fix: "Do what Git says. In a container, the checkout often belongs to another user.",
      example: "git config --global --add safe.directory /work"),
    DiagnosticCode(
      "since/no-common-commit", "The revision of --since and HEAD have no commit in common.",
      why: "Nothing says what is new.",
      fix: "Name a branch, a tag or a commit that HEAD comes from.",
      example: "requisite check --since origin/main requests/"),
    DiagnosticCode(
      "since/no-git", "Git is not installed.",
      why: "--since reads the earlier versions of files through it.",
      fix: "Install Git in a folder of PATH, or leave out --since.",
      example: "apt-get install git"),
    DiagnosticCode(
      "since/no-repository", "A file that --since is to compare is in no Git repository.",
      why: "It has no earlier version, so that all its findings would seem new.",
      fix: "Check it in a run of its own, without --since.",
      example: "requisite check /tmp/request.json"),
    DiagnosticCode(
      "since/shallow", "A clone without its history lacks the commit that --since needs.",
      why: "Every finding would be reported as new, or compared with the wrong version.",
      fix: "Run the command that the message names. For actions/checkout, set 'fetch-depth: 0'.",
      example: "git fetch --unshallow"),
    DiagnosticCode(
      "since/unknown-commit", "The repository does not have the revision of --since.",
      why: "Nothing says what is new.",
      fix: "Run the command that the message names, or correct the name.",
      example: "git fetch origin +refs/heads/main:refs/remotes/origin/main"),
    DiagnosticCode(
      "since/unreadable", "The earlier version of a file cannot be read.",
      why: "All findings of the file are reported, old ones as well.",
      fix: "Fetch what the message names: objects of a partial clone, or files of Git LFS.",
      example: "git lfs fetch origin main"),
    DiagnosticCode(
      "baseline/renamed", "A file was renamed, and its entries follow it.",
      why: "The content is the same, so the findings stay accepted.",
      fix: "Run 'requisite baseline update' to record the new name.",
      example: "requisite baseline update"),
    DiagnosticCode(
      "baseline/stale", "An accepted finding no longer exists.",
      why: "Its entry would hide the finding if it came back.",
      fix: "Run 'requisite baseline update' to remove the entry.",
      example: "requisite baseline update"),
    DiagnosticCode(
      "ignore/bad-date", "The value of --until is not a day, or is before today.",
      why: "The suppression would never apply.",
      fix:
        "Write today or a later day as YYYY-MM-DD, in UTC. It is the last day of the suppression.",
      example: "--until 2027-03-31"),
    DiagnosticCode(
      "ignore/bad-pointer", "The part of --at after '#' is not a JSON Pointer.",
      why: "It names no place in the file.",
      fix: "Write '/' before each name or index. Leave it empty for the whole request.",
      example: "--at request.json#/Attributes/key"),
    DiagnosticCode(
      "ignore/duplicate", "The finding is already suppressed.",
      why: "A second entry would have no effect.",
      fix: "Edit the existing entry.",
      example: "requisite check request.json   # the summary counts suppressed findings"),
    DiagnosticCode(
      "ignore/empty", "A reason or owner is empty.",
      why: "Others must be able to see whether the suppression is still needed.",
      fix: "Write a few words.",
      example: "--reason 'load tests last five minutes'"),
    DiagnosticCode(
      "ignore/no-finding", "The rule has no finding at this location.",
      why: "The suppression would have no effect.",
      fix: "Use a rule and pointer of a finding that 'requisite check' reports.",
      example: "requisite check --format json request.json"),
    DiagnosticCode(
      "suppression/bad-comment", "A suppression comment in a YAML request is malformed.",
      why: "It suppresses nothing, although its author meant it to.",
      fix:
        "Name one rule by its full id, then give the reason. Start other comments with a different word. A comment cannot suppress errors such as yaml/syntax, after which nothing else is checked.",
      example:
        "Locale: en   # requisite: ignore aws-connect-chat/attributes-size until 2027-03-31 migrated in May"
    ),
    DiagnosticCode(
      "suppression/bad-date", "'until' is not a day that exists.",
      why: "It cannot be decided when the suppression expires.",
      fix: "Write the day as YYYY-MM-DD.",
      example: "until: 2027-03-31"),
    DiagnosticCode(
      "suppression/bad-path", "'path' is not a valid path pattern.",
      why: "It would match no file.",
      fix: "Write a pattern as in .gitignore, relative to the file of suppressions.",
      example: "path: requests/load/**"),
    DiagnosticCode(
      "suppression/bad-pointer", "'pointer' is not a valid pattern of JSON Pointers.",
      why: "It would match no place.",
      fix:
        "Write '/' before each token. '*' is one whole token, '**' any number of them, '~2' a star in a name.",
      example: "pointer: /Attributes/*"),
    DiagnosticCode(
      "suppression/bad-rule", "'rule' is not the full id of a rule.",
      why: "It could match rules of several packs.",
      fix: "Write PACK/RULE.",
      example: "rule: aws-connect-chat/attributes-size"),
    DiagnosticCode(
      "suppression/bad-value", "The suppressions have a format version that is not supported.",
      why: "Fields may have another meaning in it.",
      fix: "Write 'requisite: 1'.",
      example: "requisite: 1"),
    DiagnosticCode(
      "suppression/cannot-add", "An entry cannot be added to the file automatically.",
      why: "The layout of the file leaves no safe place for it.",
      fix: "Add the entry by hand. --dry-run prints it.",
      example: "requisite ignore --dry-run --rule R --at request.json --reason '…'"),
    DiagnosticCode(
      "suppression/duplicate", "Two suppressions are the same.",
      why: "The second one has no effect.",
      fix: "Remove one of them.",
      example:
        "- { rule: aws-connect-chat/attributes-size, path: legacy/**, reason: migrated in May }"),
    DiagnosticCode(
      "suppression/duplicate-key", "An entry has the same key twice.",
      why: "Only one of the two values could count.",
      fix: "Remove one of them.",
      example:
        "- rule: aws-connect-chat/attributes-size\n  path: legacy/**\n  reason: migrated in May"),
    DiagnosticCode(
      "suppression/empty", "A field of a suppression is empty.",
      why: "An empty reason explains nothing, and an empty path matches nothing.",
      fix: "Write a value, or remove an optional field.",
      example: "reason: migrated in May"),
    DiagnosticCode(
      "suppression/expired", "The last day of a suppression is over.",
      why: "Its findings are reported again.",
      fix: "Fix the findings, or set a later day and review the reason.",
      example: "until: 2027-03-31"),
    DiagnosticCode(
      "suppression/missing-field", "A required field of a suppression is missing.",
      why: "Every suppression names its rule, its path and the reason.",
      fix: "Add the field that the message names.",
      example:
        "- { rule: aws-connect-chat/attributes-size, path: legacy/**, reason: migrated in May }"),
    DiagnosticCode(
      "suppression/open-reason", "The reason of a suppression is the one that an editor put there.",
      why: "An action of an editor cannot know why a finding is accepted.",
      fix: "Write the reason that others need to judge whether the suppression still applies.",
      example: "reason: load tests last five minutes"),
    DiagnosticCode(
      "suppression/syntax", "The suppressions are malformed YAML.",
      why: "With half of an entry, more findings would be hidden than its author meant.",
      fix: "Correct the marked place. Look for indentation, an open quote or a tab.",
      example: "path: 'requests/*.json'   # quote patterns that begin with a star"),
    DiagnosticCode(
      "suppression/too-broad", "A suppression hides very many findings, or a rule everywhere.",
      why: "It hides new findings as well.",
      fix:
        "Narrow the path or pointer, write a baseline for old findings, or switch the rule off in the configuration.",
      example: "rules: { aws-connect-chat/client-token-recommended: off }"),
    DiagnosticCode(
      "suppression/too-many", "There are more errors in the suppressions than the limit.",
      why: "The rest is not reported.",
      fix: "Fix the reported errors first.",
      example: "requisite list limits"),
    DiagnosticCode(
      "suppression/unknown-field", "A suppression has a field that is not supported.",
      why: "A misspelled field would have no effect.",
      fix: "Use the field that the message suggests.",
      example: "reason: migrated in May   # not reson"),
    DiagnosticCode(
      "suppression/unknown-rule", "No loaded pack has the rule of a suppression.",
      why: "The suppression has no effect.",
      fix: "Correct the id, or remove the entry.",
      example: "rule: aws-connect-chat/attributes-size"),
    DiagnosticCode(
      "suppression/unused", "A suppression matches no finding or no file.",
      why: "It would hide the finding if it came back.",
      fix: "Remove the entry, or correct its path.",
      example: "requisite check .   # reports unused entries"),
    DiagnosticCode(
      "suppression/wrong-type", "A part of the suppressions has a value of the wrong type.",
      why: "The entry cannot be read.",
      fix: "Write a value of the type that the message names.",
      example: "until: 2027-03-31   # not 2027"),
  ]
}
