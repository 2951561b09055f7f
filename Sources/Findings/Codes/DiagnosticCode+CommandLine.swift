extension DiagnosticCode {
  /// Arguments, environment variables, outputs and the run as a whole.
  static let commandLine: [DiagnosticCode] = [
    DiagnosticCode(
      "argument/bad-name",
      "The name of a new pack or rule has other characters than lowercase letters, digits and hyphens.",
      why: "Names are part of rule ids, which are typed, suppressed and searched for.",
      fix: "Use lowercase letters, digits and single hyphens. 'json' and 'yaml' are reserved.",
      example: "requisite new pack acme-chat"),
    DiagnosticCode(
      "argument/bad-parameter", "A value for --param cannot be read.",
      why: "A rule would run with another limit than intended.",
      fix: "Write PACK.NAME=VALUE, where VALUE is YAML. Quote it for the shell.",
      example: "requisite check --param aws-connect-chat.maxAttributeBytes=8192 request.json"),
    DiagnosticCode(
      "argument/bad-path", "The path of --given is not a JSONPath.",
      why: "The new rule would select nothing.",
      fix: "Write a JSONPath (RFC 9535) that begins with '$', and quote it for the shell.",
      example: "requisite new rule orders.yaml quantity-limit --given '$.items[*].quantity'"),
    DiagnosticCode(
      "argument/bad-root", "The value of --root is not a folder.",
      why: "The root is where the search for configurations ends and where paths in reports begin.",
      fix: "Name an existing folder.",
      example: "requisite check --root . requests/"),
    DiagnosticCode(
      "argument/built-in-pack", "A rule cannot be added to a built-in pack.",
      why: "Built-in packs are part of the program.",
      fix: "Create a pack that extends the built-in one, and add the rule there.",
      example: "requisite new pack acme-chat --extends aws-connect-chat"),
    DiagnosticCode(
      "argument/invalid", "The arguments of the command are not valid.",
      why: "The command would act on other files or rules than intended.",
      fix: "Correct the option or the configuration that the message names.",
      example: "requisite config request.json   # shows the settings of a file"),
    DiagnosticCode(
      "argument/no-place", "No value is at the line and column of --at.",
      why: "There is nothing to inspect.",
      fix:
        "Name a line and column of a value, both counted from 1. Without --at, all values are listed.",
      example: "requisite inspect request.json --at 4:9"),
    DiagnosticCode(
      "argument/no-rule", "--select and --ignore leave no rule to check.",
      why: "A run that checks no rule passes whatever the requests are.",
      fix: "Select rules that are not off, or ignore fewer.",
      example: "requisite check --select limits --ignore attributes-size requests/"),
    DiagnosticCode(
      "argument/no-sarif", "There is no SARIF report for --sarif-suppressed.",
      why: "Other formats have no place for suppressed findings.",
      fix: "Add a SARIF report, or remove the flag.",
      example: "requisite check --format sarif=out.sarif --sarif-suppressed requests/"),
    DiagnosticCode(
      "argument/no-value", "The JSON Pointer of --pointer leads to no value.",
      why: "There is nothing to inspect.",
      fix: "Correct the pointer. Without --pointer, all values are listed with their pointers.",
      example: "requisite inspect request.json --pointer /Attributes/key"),
    DiagnosticCode(
      "argument/output-outside", "An output path leads out of the project through a symbolic link.",
      why: "A cloned repository could otherwise make the program overwrite files elsewhere.",
      fix: "Remove the link, or name the file that it leads to.",
      example: "requisite check --format sarif=out/report.sarif requests/"),
    DiagnosticCode(
      "argument/output-over-input", "An output file is also a file that the command reads.",
      why: "The command would overwrite its own input.",
      fix: "Give the output another name.",
      example: "requisite baseline write requests/   # writes .requisite-baseline.jsonl"),
    DiagnosticCode(
      "argument/report-over-input", "A report would overwrite a file that the run reads.",
      why: "The request, pack or configuration would be lost.",
      fix: "Write the report to another file or folder.",
      example: "requisite check --format json=out/report.json requests/"),
    DiagnosticCode(
      "argument/reports-into-one-file", "Two reports go to the same file.",
      why: "Only the last report would remain.",
      fix: "Give each report its own file. At most one goes to standard output.",
      example: "requisite check --format json=a.json --format sarif=a.sarif requests/"),
    DiagnosticCode(
      "argument/unknown-rule", "No loaded pack has the rule, and no diagnostic has the code.",
      why: "The command would do nothing, or less than intended.",
      fix:
        "Use an id that 'requisite rules' prints or a code that 'requisite list codes' prints. For a rule of another pack, add --pack.",
      example: "requisite explain aws-connect-chat/chat-duration-range"),
    DiagnosticCode(
      "environment/bad-value", "An environment variable has a value that is not supported.",
      why: "The run would use other settings than intended.",
      fix:
        "Correct or unset the variable. 'requisite list environment' prints the supported values.",
      example: "REQUISITE_FAIL_ON=warning requisite check requests/"),
    DiagnosticCode(
      "environment/no-step-summary", "There is no file for --step-summary.",
      why: "Outside of GitHub Actions, the summary would go nowhere.",
      fix: "Remove the flag, or name a file in GITHUB_STEP_SUMMARY or with --format markdown=FILE.",
      example: "requisite check --format markdown=summary.md requests/"),
    DiagnosticCode(
      "environment/unknown-variable",
      "An environment variable begins with REQUISITE_ but is not supported.",
      why: "A misspelled variable has no effect.",
      fix: "Correct or unset the variable. 'requisite list environment' prints the supported ones.",
      example: "REQUISITE_CASING=wire, not REQUISITE_CASE=wire"),
    DiagnosticCode(
      "output/exists", "The output file already exists and is not replaced.",
      why:
        "'new pack' overwrites no file. 'docs' and 'schema' replace only empty files and what they wrote before.",
      fix: "Name another file with -o, or remove the existing one.",
      example: "requisite new pack acme-chat -o packs/acme-chat.yaml"),
    DiagnosticCode(
      "output/unwritable", "An output cannot be written.",
      why: "The report is missing or incomplete, so the exit code is 2.",
      fix: "Check the permissions and the free space of the folder that the message names.",
      example: "mkdir -p out && requisite check --format sarif=out/report.sarif requests/"),
    DiagnosticCode(
      "report/findings-cut",
      "The reports have fewer findings than the run, because of --max-findings.",
      why: "The findings that are left out count for the exit code all the same.",
      fix: "Fix the reported findings and run again, or raise the number.",
      example: "requisite check --max-findings 50 requests/"),
    DiagnosticCode(
      "report/results-cut", "The SARIF log has fewer results than the run.",
      why: "GitHub rejects logs that are too large. The least severe results are dropped.",
      fix:
        "Fix or accept findings, or check fewer files in one run. Other formats have all findings.",
      example: "requisite baseline write   # accept existing findings"),
    DiagnosticCode(
      "run/inert-pack", "No request of a pack was seen, with --fail-on-inert.",
      why: "None of the pack's rules applied, so the run proves nothing about them.",
      fix: "Check the files that the pack is for, or remove the pack from the configuration.",
      example: "requisite check --fail-on-inert --pack acme-chat.yaml requests/"),
    DiagnosticCode(
      "run/inert-rule", "A rule never applied, with --fail-on-inert.",
      why: "A rule that selects nothing looks like a check but is none.",
      fix: "Correct its 'given' or 'when', check more files, or switch it off.",
      example: "rules: { acme-chat/legacy-tenant: off }"),
    DiagnosticCode(
      "watch/folder-gone", "The folder that --watch was started in is gone.",
      why: "Paths and configurations are looked up there.",
      fix: "Make it again, and requests are checked again; or end the run.",
      example: "requisite check --watch requests/"),
    DiagnosticCode(
      "watch/unavailable", "--watch cannot be told of changes.",
      why: "It would go on showing what was true once.",
      fix: "Use it on Linux, on a local file system. Elsewhere, run the check again by hand.",
      example: "requisite check --watch requests/"),
    DiagnosticCode(
      "watch/unwatchable", "Changes in a folder are not seen.",
      why: "What --watch shows could be out of date.",
      fix:
        "At the system's limit, raise it or watch fewer folders. Otherwise make the folder readable.",
      example: "sudo sysctl fs.inotify.max_user_watches=524288"),
  ]
}
