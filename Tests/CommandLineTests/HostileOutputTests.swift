import Foundation
import TestSupport
import Testing

/// What the program does when its outputs fail: closed pipes, full disks, folders that cannot be
/// written, limits, and signals at any moment.
struct HostileOutputTests {
  /// A command, whether it writes to standard output, and a file of its own that it writes.
  struct Command: Sendable, CustomTestStringConvertible {
    var arguments: String
    var hasOutput = true
    var file: String?

    var testDescription: String { arguments }
  }

  private static let pack = """
    requisite: 1
    name: p
    rules:
      short:
        description: Short names
        given: $.name
        then: { maxLength: 3 }
        examples: { pass: [{ name: abc }], fail: [{ name: abcd }] }
      marked:
        given: $
        then: { required: [mark] }
        fix: [ { op: add, path: /mark, value: true } ]

    """

  static let commands: [Command] = [
    Command(arguments: "check --pack p.yaml x.json"),
    Command(arguments: "check --pack p.yaml -f compact x.json"),
    Command(arguments: "check --pack p.yaml -f json x.json"),
    Command(arguments: "check --pack p.yaml -f sarif x.json clean.json"),
    Command(arguments: "check --pack p.yaml clean.json", hasOutput: false),
    Command(arguments: "check --pack no-such-pack x.json", hasOutput: false),
    Command(arguments: "check --pack p.yaml --statistics x.json"),
    Command(arguments: "check --pack p.yaml --diff x.json"),
    Command(
      arguments: "check --pack p.yaml -f json=out/report.json x.json", hasOutput: false,
      file: "out/report.json"),
    Command(arguments: "rules --pack p.yaml"),
    Command(arguments: "rules --pack p.yaml -f json"),
    Command(arguments: "explain --pack p.yaml p/short"),
    Command(arguments: "docs p.yaml"),
    Command(
      arguments: "docs p.yaml -f html -o out/page.html", hasOutput: false, file: "out/page.html"),
    Command(arguments: "test p.yaml"),
    Command(arguments: "test p.yaml -f junit=out/test.xml", hasOutput: false, file: "out/test.xml"),
    Command(arguments: "config --pack p.yaml x.json"),
    Command(arguments: "inspect x.json"),
    Command(arguments: "inspect x.json --format json"),
    Command(arguments: "schema pack"),
    Command(arguments: "new pack demo -o -"),
    Command(arguments: "new pack demo -o out/demo.yaml", hasOutput: false, file: "out/demo.yaml"),
    Command(
      arguments: "ignore --pack p.yaml --rule p/short --at x.json#/name --reason why --dry-run"),
    Command(
      arguments: "ignore --pack p.yaml --rule p/short --at x.json#/name --reason why",
      hasOutput: false, file: ".requisite-ignore.yaml"),
    Command(arguments: "baseline check --pack p.yaml --baseline b.jsonl x.json"),
    Command(
      arguments: "baseline write --pack p.yaml --baseline new.jsonl x.json", hasOutput: false,
      file: "new.jsonl"),
    Command(arguments: "--help"), Command(arguments: "help check"), Command(arguments: "--version"),
    Command(arguments: "--generate-completion-script bash"),
  ]

  /// Runs a shell script in a folder with the files that the commands need; `$R` is the program.
  private func run(_ script: String) async throws -> Program.Outcome {
    try await Program.withFolder { folder in
      for (name, text) in [
        ("p.yaml", Self.pack), ("x.json", "{\"name\":\"too long\"}\n"),
        ("clean.json", "{\"name\":\"abc\",\"mark\":true}\n"),
        ("b.jsonl", "{\"requisite-baseline\":1}\n"),
      ] {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      return try await Program.run(
        "R='\(Program.url.path)'\n" + script, in: folder)
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The exit code of a command whose outputs are read.
  private func code(of command: Command) async throws -> String {
    try await run("\"$R\" \(command.arguments) > o 2> e").status
  }

  @Test(arguments: commands) func closedPipesChangeNoExitCode(command: Command) async throws {
    let expected = try await code(of: command)
    let check = command.file.map { "test -s \($0) || echo lost; " } ?? ""
    var script = ""
    for (stream, redirection) in [("output", "2> e"), ("error", "2>&1 > o"), ("both", "2>&1")] {
      script += """
        { sleep 0.05; "$R" \(command.arguments) \(redirection); echo $? > code; } | true
        echo "\(stream) $(cat code)"; \(check)rm -rf code out new.jsonl .requisite-ignore.yaml

        """
    }
    let outcome = try await run("\(script)cat e; ls -A | grep .requisite-.*tmp")
    let lines = text(outcome.output).split(separator: "\n").map(String.init)
    #expect(lines.prefix(3) == ["output \(expected)", "error \(expected)", "both \(expected)"])
    #expect(!lines.contains("lost"))
    #expect(!text(outcome.output).localizedCaseInsensitiveContains("broken pipe"))
    #expect(!text(outcome.output).contains("tmp"))
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: commands)
  func fullDiskIsReported(command: Command) async throws {
    let expected = try await code(of: command)
    let full = try await run("\"$R\" \(command.arguments) > /dev/full")
    #expect(full.status == (command.hasOutput ? "2" : expected))
    #expect(text(full.error).contains("[output/unwritable]") == command.hasOutput)
    let closed = try await run("\"$R\" \(command.arguments) >&-")
    #expect(closed.status == (command.hasOutput ? "2" : expected))
    // Messages are lost there, and the exit code says what it would have said.
    #expect(try await run("\"$R\" \(command.arguments) 2> /dev/full").status == expected)
    #expect(try await run("\"$R\" \(command.arguments) 2>&-").status == expected)
  }

  @Test(arguments: commands.filter { $0.file != nil })
  func limitOfFileSizeLeavesNothing(command: Command) async throws {
    let file = try #require(command.file)
    let outcome = try await run(
      "mkdir -p out; ulimit -f 0; \"$R\" \(command.arguments)\necho $?; ls -A . out; test -s \(file) && echo written"
    )
    #expect(text(outcome.output).hasPrefix("2\n"), "\(text(outcome.output))\(text(outcome.error))")
    #expect(!text(outcome.output).contains("tmp"))
    #expect(!text(outcome.output).contains("written"))
    #expect(text(outcome.error).contains("[output/unwritable]"))
  }

  /// The rights of a folder say nothing to the superuser, so that another user tries.
  @Test(
    .enabled(
      if: geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")),
    arguments: commands.filter { $0.file != nil })
  func folderThatCannotBeWrittenIsReported(command: Command) async throws {
    let file = try #require(command.file)
    let user = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    let outcome = try await run(
      """
      mkdir out; chmod 555 out .; chmod 444 x.json
      \(user)"$R" \(command.arguments); echo $?; chmod 755 . out; ls -A . out; test -s \(file) && echo written
      """)
    #expect(text(outcome.output).hasPrefix("2\n"), "\(text(outcome.output))\(text(outcome.error))")
    #expect(!text(outcome.output).contains("written"))
    #expect(!text(outcome.output).contains("tmp"))
  }

  /// A signal at any moment leaves files whole, and nothing besides them.
  @Test(
    arguments: [
      ("check --pack p.yaml --quiet -f json=out.json -f sarif=out.sarif many.jsonl", "TERM", "143"),
      ("check --pack p.yaml --quiet -f json=out.json -f sarif=out.sarif many.jsonl", "INT", "130"),
      ("check --pack p.yaml --quiet --fix d", "TERM", "143"),
      ("baseline write --pack p.yaml --baseline b.jsonl d many.jsonl", "HUP", "129"),
    ])
  func signalsLeaveNothingBehind(arguments: String, signal: String, code: String) async throws {
    // The moments are the same in each run of the tests.
    var state: UInt64 = 20_261_127
    let moments = (0..<50).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(format: "%.3f", 0.005 + Double(state >> 33) / Double(1 << 31) * 0.3)
    }
    let outcome = try await run(
      """
      i=0; while [ $i -lt 3000 ]; do echo '{"name":"too long"}'; i=$((i+1)); done > many.jsonl
      mkdir e; i=0; while [ $i -lt 150 ]; do echo '{"name":"abc"}' > e/$i.json; i=$((i+1)); done
      for moment in \(moments.joined(separator: " ")); do
        rm -rf d; cp -r e d
        timeout --preserve-status -s \(signal) $moment "$R" \(arguments) > /dev/null 2> /dev/null
        echo "code $?"
        ls -A . d | grep tmp
      done
      for file in out.json out.sarif b.jsonl; do
        if test -e $file; then tail -c 2 $file | od -An -c; fi
      done
      cat d/*.json | sort -u
      """)
    let lines = text(outcome.output).split(separator: "\n").map(String.init)
    let codes = Set(lines.filter { $0.hasPrefix("code ") })
    #expect(codes.isSubset(of: ["code 0", "code 1", "code \(code)"]), "\(codes)")
    #expect(codes.contains("code \(code)"))
    let rest = lines.filter { !$0.hasPrefix("code ") }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let whole = ["}  \\n", "{\"name\":\"abc\"}", "{\"name\":\"abc\",\"mark\":true}"]
    #expect(rest.allSatisfy { whole.contains($0) }, "\(rest)")
  }

  /// A report that was given a pipe by name is a report to a pipe.
  @Test func namedPipesThatCloseChangeNoExitCode() async throws {
    let outcome = try await run(
      """
      i=0; while [ $i -lt 5000 ]; do echo '{"name":"too long"}'; i=$((i+1)); done > many.jsonl
      { "$R" check --pack p.yaml -f json=/dev/stdout -f sarif=out.sarif many.jsonl; echo $? > code; } | true
      cat code; grep -c ruleId out.sarif
      """)
    #expect(text(outcome.output) == "1\n5000\n", "\(text(outcome.output))")
    #expect(!text(outcome.error).localizedCaseInsensitiveContains("broken pipe"))
  }

  @Test func twoWritersOfABaselineLoseNothing() async throws {
    let outcome = try await run(
      """
      for n in 1 2 3 4; do
        mkdir d$n; i=0; while [ $i -lt 20 ]; do cp x.json d$n/$i.json; i=$((i+1)); done
        "$R" baseline write --pack p.yaml --baseline b.jsonl d$n > /dev/null 2> e$n &
      done
      wait; for n in 1 2 3 4; do grep -c "\\"d$n/.*p/short" b.jsonl; done; ls -A
      """)
    #expect(text(outcome.output).hasPrefix("20\n20\n20\n20\n"), "\(text(outcome.output))")
    #expect(!text(outcome.output).contains("tmp"))
  }

  @Test func twoWritersOfSuppressionsLoseNothing() async throws {
    let outcome = try await run(
      """
      for n in 1 2 3 4; do
        cp x.json x$n.json
        "$R" ignore --pack p.yaml --rule p/short --at x$n.json#/name --reason "why $n" 2> e$n &
      done
      wait; grep -c reason: .requisite-ignore.yaml; ls -A | grep tmp
      """)
    #expect(text(outcome.output) == "4\n", "\(text(outcome.output))")
  }
}
