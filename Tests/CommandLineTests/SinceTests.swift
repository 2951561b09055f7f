import Foundation
import Testing

/// `check --since` in real repositories; skipped where there is no Git.
@Suite(
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/git"), "there is no git"))
struct SinceTests {
  /// What every script begins with: requests with one finding, two and none, and a repository with a commit.
  private static let head = #"""
    set -e
    rest='"ParticipantDetails": {"DisplayName": "J"}, "ClientToken": "t"'
    good() { echo "{\"InstanceId\": \"i\", \"ContactFlowId\": \"f\", $rest}"; }
    bad() { echo "{\"InstanceId\": \"\", \"ContactFlowId\": \"f\", $rest}"; }
    worse() { echo "{\"InstanceId\": \"\", \"ContactFlowId\": \"f\", $rest, \"ChatDurationInMinutes\": 5}"; }
    commit() { git add -A; git commit -qm "$1"; }
    printf '[user]\nname=T\nemail=t@example.org\n[protocol "file"]\nallow=always\n' > "$HOME/.gitconfig"
    yaml() { printf 'InstanceId: ""%s\nContactFlowId: f\nParticipantDetails: {DisplayName: J}\nClientToken: t\n%s' "$1" "$2"; }
    comment=' # requisite: ignore aws-connect-chat/schema/minLength why'
    git init -q -b main repository; cd repository

    """#

  /// Runs a script and a check; findings as `file:line pointer`, the exit code, and messages.
  private func run(_ script: String, _ check: String) async throws -> (
    findings: [String], status: String, error: String
  ) {
    try await Program.withFolder { folder in
      let command = "requisite check -f jsonl \(check)"
      let outcome = try await Program.run(
        Self.head + script + "\nset +e\n" + command, in: folder,
        environment: ["GIT_CONFIG_NOSYSTEM": "1"])
      let findings = try outcome.output.split(separator: UInt8(ascii: "\n")).compactMap { line in
        let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
        return object["type"] as? String == "finding"
          ? "\(object["path"] ?? ""):\(object["line"] ?? "") \(object["pointer"] as? String ?? "")"
          : nil
      }
      return (findings, outcome.status, String(decoding: outcome.error, as: UTF8.self))
    }
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var script: String
    var check = "--since main ."
    var findings: [String] = []

    init(
      _ name: String, _ script: String, _ check: String = "--since main .", _ findings: String...
    ) {
      testDescription = name
      self.script = script
      self.check = check
      self.findings = findings
    }
  }

  static let cases = [
    Case("unchanged", "bad > a.json; commit 1"),
    Case(
      "a new finding in an old file", "bad > a.json; commit 1; worse > a.json", "--since main .",
      "a.json:1 /ChatDurationInMinutes"),
    Case(
      "committed on a branch, while main goes on",
      "good > a.json; commit 1; git switch -qc f; bad > a.json; commit 2; git switch -q main; bad > a.json; commit 3; git switch -q f",
      "--since main .", "a.json:1 /InstanceId"),
    Case("nothing since HEAD", "good > a.json; commit 1; bad > a.json; commit 2", "--since HEAD ."),
    Case(
      "a commit by its id", "good > a.json; commit 1; bad > a.json; commit 2",
      #"--since "$(git rev-parse HEAD~1)" ."#, "a.json:1 /InstanceId"),
    Case(
      "a tag, detached",
      "good > a.json; commit 1; git tag v1; bad > a.json; commit 2; git checkout -q --detach",
      "--since v1 .", "a.json:1 /InstanceId"),
    Case("laid out anew", "bad > a.json; commit 1; python3 -m json.tool a.json b; mv b a.json"),
    Case(
      "renamed, and edited",
      "bad > a.json; commit 1; mkdir s; git mv a.json s/b.json; worse > s/b.json", "--since main .",
      "s/b.json:1 /ChatDurationInMinutes"),
    Case(
      "a suppression comment is added",
      "yaml > a.yaml; commit 1; yaml \"$comment\" 'ChatDurationInMinutes: 5' > a.yaml",
      "--since main .",
      "a.yaml:5 /ChatDurationInMinutes"),
    Case(
      "a suppression comment is removed",
      "yaml \"$comment\" > a.yaml; commit 1; yaml '' 'ChatDurationInMinutes: 5' > a.yaml",
      "--since main .", "a.yaml:5 /ChatDurationInMinutes"),
    Case("moved, not added", "bad > a.json; commit 1; mv a.json b.json"),
    Case(
      "moved, laid out anew and edited",
      "bad > a.json; commit 1; worse | python3 -m json.tool > b.json; rm a.json; git add -A",
      "--since main .", "b.json:8 /ChatDurationInMinutes"),
    Case(
      "moved, with a link in its place",
      "bad > a.json; commit 1; mkdir s; git mv a.json s/a.json; ln -s s/a.json a.json; git add -A"),
    Case(
      "copied", "bad > a.json; commit 1; cp a.json b.json", "--since main .", "b.json:1 /InstanceId"
    ),
    Case(
      "untracked", "good > a.json; commit 1; bad > b.json", "--since main .", "b.json:1 /InstanceId"
    ),
    Case(
      "deleted and made again",
      "bad > a.json; commit 1; git switch -qc f; git rm -q a.json; commit 2; worse > a.json; commit 3",
      "--since main .", "a.json:1 /ChatDurationInMinutes"),
    Case("executable", "bad > a.json; commit 1; chmod +x a.json"),
    Case(
      "a folder in the place of a file",
      "bad > a.json; commit 1; rm a.json; mkdir a.json; bad > a.json/b.json; git add -A"
    ),
    Case(
      "malformed before", "echo '{' > a.json; commit 1; bad > a.json", "--since main .",
      "a.json:1 /InstanceId"),
    Case(
      "malformed before and now", "echo '{\"a' > a.json; commit 1; echo '{\"a ' > a.json",
      "--since main a.json"),
    Case(
      "a log, by lines", "(bad; good; bad) > l.jsonl; commit 1; (worse; good; bad; bad) > l.jsonl",
      "--since main .", "l.jsonl:1 /InstanceId", "l.jsonl:1 /ChatDurationInMinutes"),
    Case(
      "an edited line of a log", "(bad; good) > l.jsonl; commit 1; (good; worse) > l.jsonl",
      "--since main .", "l.jsonl:2 /ChatDurationInMinutes"),
    Case(
      "a malformed line of a log",
      "(good; echo '{') > l.jsonl; commit 1; (echo '['; good; echo '{') > l.jsonl",
      "--since main .", "l.jsonl:1 "),
    Case(
      "an array, by elements",
      "(echo '['; bad; echo ,; good; echo ']') > a.json; commit 1; (echo '['; worse; echo ,; bad; echo ']') > a.json",
      "--since main .", "a.json:2 /0/InstanceId", "a.json:2 /0/ChatDurationInMinutes"),
    Case(
      "YAML, laid out anew and renamed",
      "printf 'InstanceId: \"\"\\nContactFlowId: f\\nClientToken: t\\nParticipantDetails: {DisplayName: J}\\n' > a.yaml; commit 1; git mv a.yaml b.yml; printf '# x\\nChatDurationInMinutes: 5\\nContactFlowId: f\\nInstanceId: \"\"\\nClientToken: t\\nParticipantDetails:\\n  DisplayName: J\\n' > b.yml",
      "--since main .", "b.yml:2 /ChatDurationInMinutes"),
    Case(
      "compressed",
      "bad > a.json; gzip a.json; bad > l.jsonl; commit 1; gzip l.jsonl; (zcat l.jsonl.gz; worse) | gzip > t; mv t l.jsonl.gz",
      "--since main .", "l.jsonl.gz:2 /InstanceId", "l.jsonl.gz:2 /ChatDurationInMinutes"),
    Case(
      "other line ends",
      "git config core.autocrlf true; bad > a.json; (bad; bad) > l.jsonl; printf 'InstanceId: \"\"\\n' > y.yaml; git add -A 2> /dev/null; git commit -qm 1; rm *; git checkout -q ."
    ),
    Case(
      "a symbolic link", "mkdir s; bad > s/a.json; ln -s s/a.json l.json; ln -s s f; commit 1",
      "--since main l.json f/a.json"),
    Case(
      "a link in the place of a file", "bad > a.json; commit 1; bad > b.json; ln -sf b.json a.json",
      "--since main a.json"),
    Case(
      "a file in the place of a link",
      "bad > b.json; ln -s b.json a.json; commit 1; rm a.json; cp b.json a.json",
      "--since main a.json"),
    Case(
      "hostile names",
      #"bad > -x.json; bad > 'a b.json'; bad > "$(printf 'a\nb.json')"; bad > '":(top)*.json'; bad > ü.json; commit 1; git mv ./-x.json "$(printf 'x\n -.json')""#
    ),
    Case("a folder below", "mkdir s; bad > s/a.json; commit 1; cd s", "--since main a.json"),
    Case(
      "a linked working tree",
      "bad > a.json; commit 1; git worktree add -q -b f ../w; cd ../w; bad > b.json; commit 2",
      "--since main .", "b.json:1 /InstanceId"),
    Case(
      "a submodule",
      "bad > a.json; commit 1; cd ..; git init -q -b main outer; cd outer; bad > b.json; commit 1; git submodule --quiet add \"file://$HOME/repository\" sub; commit 2; git switch -qc f; cd sub; bad > c.json; commit 3; cd ..; commit 3",
      "--since main .", "sub/c.json:1 /InstanceId"),
    Case(
      "a folder that only looks like a repository",
      "bad > x.json; commit 1; mkdir -p s/.git; bad > s/x.json",
      "--since main .", "s/x.json:1 /InstanceId"),
    Case(
      "SHA-256",
      "cd ..; git init -q -b main --object-format=sha256 other; cd other; bad > a.json; commit 1; bad > b.json; git add b.json",
      "--since main .", "b.json:1 /InstanceId"),
    Case(
      "a shallow clone with the revision",
      "good > a.json; commit 1; bad > a.json; commit 2; bad > b.json; commit 3; cd ..; git clone -q --depth 2 \"file://$HOME/repository\" s; cd s",
      "--since HEAD^ .", "b.json:1 /InstanceId"),
    Case(
      "Git LFS, fetched",
      "bad > real; s=$(sha256sum real | cut -c 1-64); printf \"version https://git-lfs.github.com/spec/v1\\noid sha256:$s\\nsize 9\\n\" > a.json; git add a.json; git commit -qm 1; p=.git/lfs/objects/$(echo $s | cut -c 1-2)/$(echo $s | cut -c 3-4); mkdir -p $p; mv real $p/$s; worse > a.json",
      "--since main .", "a.json:1 /ChatDurationInMinutes"),
    Case(
      "hooks, monitors and filters that must not run",
      "bad > a.json; commit 1; printf '#!/bin/sh\\ntouch \"%s/ran\"\\n' \"$HOME\" > \"$HOME/x\"; chmod +x \"$HOME/x\"; cp \"$HOME/x\" .git/hooks/post-index-change; git config core.fsmonitor \"$HOME/x\"; git config filter.x.clean \"$HOME/x\"; git config filter.x.smudge \"$HOME/x\"; git config diff.x.textconv \"$HOME/x\"; git config diff.external \"$HOME/x\"; echo '*.json filter=x diff=x' > .git/info/attributes; mv a.json b.json",
      "--since main . && test ! -e \"$HOME/ran\""),
    Case(
      "larger than the limit before",
      "(bad; printf '%3000s\\n' '') > a.json; commit 1; bad > a.json",
      "--since main --max-size 1k ."),
    Case(
      "variables of Git that lead elsewhere",
      "bad > a.json; commit 1; git init -q ../other; export GIT_DIR=$HOME/other/.git GIT_INDEX_FILE=$HOME/none"
    ),
  ]

  @Test(arguments: cases) func reportsOnlyWhatIsNew(_ aCase: Case) async throws {
    let outcome = try await run(aCase.script, aCase.check)
    #expect(outcome.findings == aCase.findings, "\(outcome.error)")
    #expect(outcome.status == (aCase.findings.isEmpty ? "0" : "1"), "\(outcome.error)")
    #expect(!outcome.error.contains("error:"), "\(outcome.error)")
  }

  /// What cannot be compared ends the run, before anything is reported, with what to do.
  @Test(arguments: [
    ("bad > a.json; commit 1", "--since nosuch .", "since/unknown-commit"),
    ("bad > a.json; commit 1", "--since main..HEAD .", "since/unknown-commit"),
    ("bad > a.json; commit 1", "--since main:a.json .", "since/unknown-commit"),
    ("bad > a.json", "--since HEAD .", "since/unknown-commit"),
    ("bad > a.json; commit 1", "--since=-x .", "argument/invalid"),
    ("bad > a.json; commit 1", "--since= .", "argument/invalid"),
    ("bad > a.json; commit 1", "--since '' .", "argument/invalid"),
    ("bad > a.json; commit 1", "--since main - < a.json", "argument/invalid"),
    ("bad > a.json; commit 1; mkfifo p; cat a.json > p &", "--since main p", "since/no-repository"),
    (
      "good > a.json; commit 1; bad > ../b.json", "--since main a.json ../b.json",
      "since/no-repository"
    ),
    (
      "bad > a.json; commit 1; git switch -q --orphan f; bad > b.json; commit 2", "--since main .",
      "since/no-common-commit"
    ),
    (
      "bad > a.json; commit 1; mkdir s; git init -q -b other s; bad > s/b.json", "--since main .",
      "since/unknown-commit"
    ),
    (
      "bad > a.json; commit 1; git switch -qc f; git commit -q --allow-empty -m 2; cd ..; git clone -q --depth 1 -b f \"file://$HOME/repository\" s; cd s",
      "--since origin/main .",
      "git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main"
    ),
    (
      "bad > a.json; commit 1; git switch -qc f; git commit -q --allow-empty -m 2; git switch -q main; git commit -q --allow-empty -m 3; cd ..; git clone -q --depth 1 --no-single-branch -b f \"file://$HOME/repository\" s; cd s",
      "--since origin/main .", "git fetch --unshallow"
    ),
    (
      "bad > a.json; commit 1; PATH=$(dirname \"$(command -v requisite)\")", "--since main .",
      "since/no-git"
    ),
    ("bad > a.json; commit 1; echo x > .git/HEAD", "--since main .", "since/git-failed"),
  ])
  func refusesWhatCannotBeCompared(script: String, check: String, advice: String) async throws {
    let outcome = try await run(script, check)
    #expect(outcome.status == "2")
    #expect(outcome.findings == [])
    #expect(outcome.error.contains(advice), "\(outcome.error)")
  }

  /// What only turns out on the way is an error, and the file counts as new.
  @Test(arguments: [
    "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\nsize 9\\n' 0 > a.json; git add a.json; git commit -qm 1; bad > a.json",
    "bad > a.json; commit 1; rm -f .git/objects/$(git rev-parse HEAD:a.json | sed 's,..,&/,')",
  ])
  func aLostVersionIsAnError(script: String) async throws {
    let outcome = try await run(script, "--since main .")
    #expect(outcome.status == "2")
    #expect(outcome.findings == ["a.json:1 /InstanceId"])
    #expect(outcome.error.contains("[since/unreadable]"), "\(outcome.error)")
  }

  /// What a partial clone lacks is not fetched on the way, but said, with the command that fetches it.
  @Test func aPartialCloneIsCompleted() async throws {
    let script =
      "bad > a.json; bad > b.json; commit 1; git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true; cd ..; git clone -q --no-checkout --filter=blob:none \"file://$HOME/repository\" s; cd s; git reset -q; worse > a.json"
    let outcome = try await run(script, "--since main a.json")
    #expect(outcome.status == "2")
    #expect(outcome.findings.count == 2)
    #expect(
      outcome.error.contains("run 'git fetch --refetch --no-filter' [since/unreadable]"),
      "\(outcome.error)")
    let complete = try await run(
      script + "; git fetch -q --refetch --no-filter", "--since main a.json")
    #expect(complete.findings == ["a.json:1 /ChatDurationInMinutes"], "\(complete.error)")
  }

  /// Large arrays and logs, whose earlier versions are kept in temporary files, for any number of threads.
  @Test(arguments: ["array.json", "log.jsonl"], [1, 3])
  func largeFilesAreCompared(name: String, jobs: Int) async throws {
    let separator = name == "array.json" ? "," : ""
    let ends = name == "array.json" ? ("[", "]") : ("", "")
    let script = #"""
      write() {
        awk -v bad="$(bad)" -v good="$(good)" -v new="$(worse)" -v first="$1" -v last="$2" 'BEGIN {
          printf "%s", "\#(ends.0)"
          if (first) print new "\#(separator)"
          for (i = first; i < 60000; i++) print (i % 100 ? good : bad) (i < 59999 || last ? "\#(separator)" : "")
          if (last) print new
          printf "%s", "\#(ends.1)"
        }'
      }
      write 0 0 > \#(name); commit 1; write 1 1 > \#(name)
      """#
    let outcome = try await run(script, "-j \(jobs) --since main .")
    let (first, last) = name == "array.json" ? ("/0", "/60000") : ("", "")
    #expect(
      outcome.findings == [
        "\(name):1 \(first)/ChatDurationInMinutes",
        "\(name):60001 \(last)/InstanceId", "\(name):60001 \(last)/ChatDurationInMinutes",
      ], "\(outcome.error)")
    #expect(outcome.error.hasSuffix("; 600 known since main\n"), "\(outcome.error)")
  }

  /// A submodule that lacks the commit that it was at is said, with the command that fetches it.
  @Test func aSubmoduleThatLacksItsCommitIsAnError() async throws {
    let script =
      "bad > a.json; commit 1; bad > b.json; commit 2; cd ..; git init -q -b main outer; cd outer; git submodule --quiet add \"file://$HOME/repository\" sub; git -C sub reset -q --hard HEAD~1; commit 1; git switch -qc f; git -C sub reset -q --hard origin/main; commit 2; rm -rf sub .git/modules; git clone -q --depth 1 \"file://$HOME/repository\" sub"
    let outcome = try await run(script, "--since main .")
    #expect(outcome.status == "2")
    #expect(outcome.findings == [])
    #expect(outcome.error.contains("/outer/sub fetch origin "), "\(outcome.error)")
    #expect(outcome.error.contains("[since/unknown-commit]"), "\(outcome.error)")
  }

  /// Baselines and suppressions hold as well, and each finding counts once.
  @Test func otherFiltersHold() async throws {
    let script =
      "bad > a.json; bad > b.json; bad > c.json; commit 1; requisite baseline write -q b.json; requisite ignore --rule aws-connect-chat/schema/minLength --at c.json#/InstanceId --reason 'as agreed' > /dev/null; worse > a.json"
    let outcome = try await run(script, "--since main --baseline .requisite-baseline.jsonl .")
    #expect(outcome.findings == ["a.json:1 /ChatDurationInMinutes"])
    #expect(
      outcome.error.hasSuffix("1 suppressed, 1 in the baseline, 1 known since main\n"),
      "\(outcome.error)")
  }

  /// Nothing that is known is fixed.
  @Test(arguments: ["--fix", "--diff"]) func fixesOnlyWhatIsNew(option: String) async throws {
    try await Program.withFolder { folder in
      let outcome = try await Program.run(
        Self.head
          + #"""
          arn='"arn:aws:connect:us-east-1:1:instance/i/contact-flow/abc"'
          one() { echo "{\"InstanceId\": \"i\", \"ContactFlowId\": $arn, $rest}"; }
          one > a.json; one > l.jsonl; commit 1; one > b.json; (one; one) > l.jsonl; git add b.json
          set +e
          requisite check --since main OPTION . > ../out
          [ OPTION = --diff ] && git apply ../out
          git diff --stat; git status --short; grep -c arn a.json b.json l.jsonl
          """#.replacingOccurrences(of: "OPTION", with: option), in: folder)
      let output = String(decoding: outcome.output, as: UTF8.self)
      #expect(output.hasSuffix("a.json:1\nb.json:0\nl.jsonl:1\n"), "\(output)")
    }
  }

  /// SARIF says of each result what it is, or of none.
  @Test(arguments: [
    ("--since main", ["new"], "none"),
    ("--since main --sarif-suppressed", ["new", "unchanged"], "all"),
    ("--sarif-suppressed", [], "all"), ("--baseline .requisite-baseline.jsonl", ["new"], "none"),
    ("", [], "none"),
  ])
  func sarifSaysWhatIsNew(options: String, states: [String], suppressed: String) async throws {
    try await Program.withFolder { folder in
      let outcome = try await Program.run(
        Self.head + #"""
          bad > a.json; bad > b.json; good > c.json; commit 1
          requisite baseline write -q c.json
          requisite ignore --rule aws-connect-chat/schema/minLength --at b.json#/InstanceId --reason 'a [b](c) {d}' > /dev/null
          worse > a.json
          set +e
          requisite check -q -f sarif \#(options) .
          """#, in: folder)
      let log = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
      let run = try #require((log?["runs"] as? [[String: Any]])?.first)
      let results = try #require(run["results"] as? [[String: Any]])
      #expect(Set(results.compactMap { $0["baselineState"] as? String }) == Set(states))
      #expect(results.allSatisfy { ($0["baselineState"] != nil) == !states.isEmpty })
      let suppressions = results.compactMap { $0["suppressions"] as? [[String: String]] }
      #expect(suppressions.count == (suppressed == "all" ? results.count : 0))
      let expected = ["kind": "external", "status": "accepted", "justification": "a [b](c) {d}"]
      #expect(suppressions.joined().map { $0 } == (suppressed == "all" ? [expected] : []))
    }
  }

  /// Without a report that has a place for suppressed findings, the option says that it does nothing.
  @Test func suppressedFindingsNeedAPlace() async throws {
    let outcome = try await run("good > a.json", "--sarif-suppressed .")
    #expect(outcome.status == "0")
    #expect(outcome.error.contains("[argument/no-sarif]"))
  }

  /// Nothing of an earlier version is in any report.
  @Test(arguments: ["text", "compact", "json", "sarif", "jsonl", "markdown"])
  func earlierContentIsNotShown(format: String) async throws {
    try await Program.withFolder { folder in
      let outcome = try await Program.run(
        Self.head + #"""
          echo "{\"InstanceId\": \"\", \"ContactFlowId\": \"f\", \"Secret\": \"s3cr3t\", $rest}" > a.json; commit 1
          worse > a.json
          requisite check --since main -f \#(format) . 2>&1
          """#, in: folder)
      let output = String(decoding: outcome.output, as: UTF8.self)
      #expect(output.contains("ChatDurationInMinutes"))
      #expect(!output.contains("s3cr3t") && !output.contains("Secret"), "\(output)")
    }
  }
}
