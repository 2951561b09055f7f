extension DiagnosticCode {
  /// Files to be checked, and files to be fixed.
  static let inputs: [DiagnosticCode] = [
    DiagnosticCode(
      "editor/findings-cut", "A document has more findings than an editor is shown.",
      why: "Editors become slow with thousands of findings.",
      fix: "Fix those that are shown first, or run 'requisite check', which reports all.",
      example: "requisite check requests.jsonl"),
    DiagnosticCode(
      "editor/out-of-sync", "The editor changed a part of the document that does not exist.",
      why: "The server no longer knows the text, so findings would be at wrong places.",
      fix: "Close the document and open it again.",
      example: "requisite check request.json   # the file as it was saved"),
    DiagnosticCode(
      "fix/changed-meanwhile", "A file changed while it was checked, so it was not fixed.",
      why: "Writing the fixes would undo the other change.",
      fix: "Run the command again.",
      example: "requisite check --fix requests/"),
    DiagnosticCode(
      "fix/compressed", "A file is compressed, so it was not fixed.",
      why: "--fix changes the text of a file and does not compress it again.",
      fix: "Decompress the file and fix that. --diff shows the fixes.",
      example: "gunzip requests.jsonl.gz && requisite check --fix requests.jsonl"),
    DiagnosticCode(
      "fix/idle", "A fix does not resolve its finding, so it was not made.",
      why: "The fix of the rule is wrong for this request.",
      fix: "Fix the request by hand, and correct the fix in the pack.",
      example: "requisite test acme-chat.yaml   # tries fixes on the examples"),
    DiagnosticCode(
      "fix/not-a-file", "An input is not a regular file, so it was not fixed.",
      why: "A pipe or a device cannot be replaced by a fixed file.",
      fix: "Save the input as a file and fix that.",
      example: "requisite check --fix request.json"),
    DiagnosticCode(
      "fix/outside",
      "A file is reached through a link that leaves the project, so it was not fixed.",
      why: "--fix changes files of the project only.",
      fix: "Name the file that the link leads to.",
      example: "requisite check --fix ../shared/request.json"),
    DiagnosticCode(
      "fix/unsettled", "Fixes undo one another, so some findings remain.",
      why: "Two rules demand contradictory values.",
      fix: "Correct the rules or their fixes.",
      example: "requisite check --diff request.json   # shows the fixes"),
    DiagnosticCode(
      "fix/unwritable", "A fixed file cannot be written.",
      why: "The file keeps its findings.",
      fix: "Check the permissions and the free space of the file's folder.",
      example: "chmod u+w request.json"),
    DiagnosticCode(
      "input/corrupt-gzip", "A gzip file is damaged, cut off, or followed by other bytes.",
      why: "The text after the damage was not checked, and that before it may not be the original.",
      fix: "Copy or compress the file again. A file that is not compressed must not end in .gz.",
      example: "gzip --test requests.jsonl.gz"),
    DiagnosticCode(
      "input/dangling-link", "A symbolic link leads nowhere or back to itself, so it was skipped.",
      why: "A request that the link once led to is no longer checked.",
      fix: "Remove the link, or restore the file that it leads to.",
      example: "ln -sf ../2026/request.json requests/current.json"),
    DiagnosticCode(
      "input/empty-log", "A named log has no request.",
      why: "Nothing in it was checked.",
      fix: "Check the program that writes the log, or do not name the file.",
      example: "requisite check requests.jsonl"),
    DiagnosticCode(
      "input/excluded", "A named file is excluded by its configuration, so it was not checked.",
      why: "Its findings are not reported.",
      fix: "Use --no-exclude to check it anyway, or correct 'exclude' in the configuration.",
      example: "requisite check --no-exclude vendor/request.json"),
    DiagnosticCode(
      "input/git-ignore",
      "A .gitignore file cannot be used, so the files that it ignores are checked.",
      why: "The run may report findings in generated files.",
      fix: "Correct the file, or add the files to 'exclude' in the configuration.",
      example: "exclude: [ build ]"),
    DiagnosticCode(
      "input/git-index", "The Git index cannot be read, so ignored files are checked.",
      why: "Without the index, tracked and untracked files cannot be distinguished.",
      fix: "Run 'git status' to see what is wrong with the repository.",
      example: "git status"),
    DiagnosticCode(
      "input/line-too-long", "A line of a log is longer than the limit for one document.",
      why: "The line was not checked.",
      fix: "Raise --max-size, or split the request.",
      example: "requisite check --max-size 1G requests.jsonl"),
    DiagnosticCode(
      "input/missing", "There is no file or folder of this name.",
      why: "A misspelled name would otherwise pass unchecked.",
      fix: "Correct the name. Commands come first: 'requisite explain RULE'.",
      example: "requisite check requests/"),
    DiagnosticCode(
      "input/no-key", "Lines lack the key that --keyed asks for.",
      why: "Their findings could not be told apart, so the lines were not checked.",
      fix:
        "Write a key, a tab and the request on each line, or an object with the members key and request.",
      example: "requisite check --keyed requests.tsv"),
    DiagnosticCode(
      "input/no-pack", "No pack applies to a named file.",
      why: "A request that is no longer recognized would otherwise pass unchecked.",
      fix:
        "Choose a pack with --pack, or list packs in the configuration. If the file only wraps requests, write each request to its own file.",
      example: "requisite check --pack aws-connect-chat request.json"),
    DiagnosticCode(
      "input/not-a-file", "A pipe or device in a folder was skipped.",
      why: "Reading it could block the run.",
      fix: "Name it to read it.",
      example: "requisite check requests/pipe.json"),
    DiagnosticCode(
      "input/nothing-checked", "The run checked no request.",
      why: "A run that checks nothing must not look like a success.",
      fix: "Name files that hold requests, or use --allow-empty.",
      example: "requisite check --allow-empty requests/"),
    DiagnosticCode(
      "input/outside-link", "A link in a folder leads out of the project, so it was skipped.",
      why: "A run over a folder stays in the project.",
      fix: "Name the link to check what it leads to.",
      example: "requisite check requests/shared.json"),
    DiagnosticCode(
      "input/own-report", "A report of an earlier run was skipped.",
      why: "Reports are JSON, but not requests.",
      fix: "Nothing to do. Name the file to check it anyway.",
      example: "requisite check out/report.json"),
    DiagnosticCode(
      "input/too-large", "A file is larger than the limit.",
      why: "The file was not checked.",
      fix: "Raise --max-size, split the file, or write one request a line (.jsonl).",
      example: "requisite check --max-size 2G request.json"),
    DiagnosticCode(
      "input/too-many-broken-lines", "Reading stopped after very many malformed lines in a row.",
      why: "The rest of the input was not checked.",
      fix: "Check the program that writes the log.",
      example: "tail -n 100000 app.jsonl | requisite check --stdin-filename app.jsonl -"),
    DiagnosticCode(
      "input/unfit-elements",
      "Some elements of an array of requests look like no request of any pack, and were skipped.",
      why: "A request that is no longer recognized would otherwise go unnoticed.",
      fix: "Write what is a request to its own file and choose its pack with --pack.",
      example: "jq '.[3]' requests.json | requisite check --pack aws-connect-chat -"),
    DiagnosticCode(
      "input/unfit-lines",
      "Some lines of a log look like no request of any pack, and were skipped.",
      why: "A request that is no longer recognized would otherwise go unnoticed.",
      fix: "Use --pack to check every line, or nothing if the log mixes several kinds of lines.",
      example: "requisite check --pack aws-connect-chat requests.jsonl"),
    DiagnosticCode(
      "input/unreadable", "A file or folder cannot be read.",
      why: "It was not checked.",
      fix:
        "Check its permissions and the name. For a large array from a pipe, set TMPDIR to a folder with enough space.",
      example: "chmod u+r request.json"),
    DiagnosticCode(
      "input/unrecognisable",
      "A file in a folder is too malformed to be recognized, and was skipped.",
      why: "It may be a request that is broken.",
      fix: "Name the file to see what is wrong, or exclude it.",
      example: "requisite check requests/broken.json"),
    DiagnosticCode(
      "input/wrapped-request",
      "A file in a folder wraps requests but is no request, and was skipped.",
      why: "The requests in it were not checked.",
      fix: "Write each request to its own file or as a line of a .jsonl file, or exclude the file.",
      example: #"{"body": {"InstanceId": "…"}} → {"InstanceId": "…"}"#),
  ]
}
