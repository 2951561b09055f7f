import Foundation
import TestSupport
import Testing

/// Arguments that begin with a hyphen, reports over files of the run, and the order of arguments.
struct ArgumentTests {
  private static let pack = """
    requisite: 1
    name: p
    request: { operation: O, schema: m.yaml, detect: { required: [name] } }
    rules: { short: { given: $.name, then: { maxLength: 3 } } }

    """
  private static let model =
    "type: object\nproperties: { name: { type: string }, more: { $ref: part.yaml } }\n"
  private static let files: [(String, String)] = [
    ("p.yaml", pack), ("m.yaml", model), ("part.yaml", "type: string\n"),
    ("child.yaml", "requisite: 1\nname: child\nextends: [p.yaml]\n"),
    ("a.json", "{\"name\":\"too long\"}\n"), ("b.json", "{\"name\":\"longer yet\"}\n"),
    ("c.yaml", "name: far too long\n"), ("sub/d.json", "{\"name\":\"deep\"}\n"),
    ("base.jsonl", "{\"requisite-baseline\":1}\n"),
    ("conf.yaml", "requisite: 1\npacks: [plain.yaml]\n"),
    (
      "plain.yaml",
      "requisite: 1\nname: plain\nrules: { a: { given: $, then: { required: [b] } } }\n"
    ),
    ("-start-chat.json", "{\"name\":\"abc\"}\n"), ("-qh", "{\"name\":\"abc\"}\n"),
    (".requisite-ignore.yaml", "requisite: 1\nsuppressions: []\n"),
  ]

  private func run(_ script: String) async throws -> Program.Outcome {
    try await Program.withFolder { folder in
      for (name, text) in Self.files {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      return try await Program.run("R='\(Program.url.path)'\n" + script, in: folder)
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(
    arguments: [
      "check", "rules", "explain", "docs", "new pack", "new rule", "test", "config", "ignore",
      "baseline write", "baseline update", "baseline check", "schema", "inspect", "",
    ])
  func argumentsWithAHyphenAreNoBundles(command: String) async throws {
    let outcome = try await run(
      """
      for argument in -start-chat.json -qh -hq -h.json -h=x -fh -q=1 -ch; do
        for line in "$argument a.json" "a.json $argument" "$argument --help"; do
          "$R" \(command) $line > out 2> err
          echo "$? $(wc -c < out) $(grep -c -e "$argument" err)" | tr -s ' '
        done
      done
      """)
    let lines = text(outcome.output).split(separator: "\n")
    #expect(lines.count == 24)
    #expect(lines.allSatisfy { $0 == "2 0 1" }, "\(command): \(lines)")
  }

  @Test(
    arguments: [
      "check --pack p.yaml -- -start-chat.json -qh", "check --pack p.yaml ./-start-chat.json",
      "check -f=compact -j2 --pack p.yaml ./-qh", "check -j=2 --pack p.yaml ./-qh",
      "inspect ./-qh", "inspect -- -qh",
    ])
  func namesWithAHyphenCanBeGiven(line: String) async throws {
    #expect(try await run("\"$R\" \(line)").status == "0", "\(line)")
  }

  @Test(
    arguments: [
      "p.yaml", "./p.yaml", "sub/../p.yaml", "link.yaml", "hard.yaml", "$PWD/p.yaml", "m.yaml",
      "part.yaml", "base.jsonl", "conf.yaml", "a.json", "./sub/.././a.json", "child.yaml",
      ".requisite-ignore.yaml",
    ])
  func reportsOverFilesOfTheRunAreRefused(target: String) async throws {
    let config = target == "conf.yaml" ? "--config conf.yaml" : "--pack child.yaml"
    let outcome = try await run(
      """
      ln -s p.yaml link.yaml; ln p.yaml hard.yaml; cat * 2>/dev/null | cksum > before
      "$R" check \(config) --baseline base.jsonl -f json=\(target) -f sarif=new.sarif a.json
      echo "code $?"; ls; rm -f before.txt; cat \(target)
      """)
    #expect(text(outcome.output).hasPrefix("code 2\n"), "\(text(outcome.error))")
    #expect(text(outcome.error).contains("argument/report-over-input"))
    #expect(!text(outcome.output).contains("new.sarif"))
    #expect(!text(outcome.output).contains("\"findings\""))
  }

  @Test(
    arguments: [
      "-f json=o.json -f sarif=o.json", "-f json=o.json -f sarif=./sub/../o.json",
      "-f json=sub/o.json -f sarif=folder/o.json", "-f json=o.json -f sarif=dangling",
      "-f json=no/such/o.json -f sarif=no/./such/o.json", "-f json=a1 -f sarif=a2",
      "-f json=/dev/stdout -f compact", "-f json=out.txt -f compact > out.txt",
    ])
  func twoReportsIntoOneFileAreRefused(formats: String) async throws {
    let outcome = try await run(
      """
      ln -s sub folder; ln -s o.json dangling; echo old > a1; ln a1 a2
      "$R" check --pack p.yaml a.json \(formats)
      echo "code $?"; test -e o.json || test -e no || test -e sub/o.json && echo made; cat a1
      """)
    #expect(text(outcome.output) == "code 2\nold\n", "\(text(outcome.output))")
    #expect(text(outcome.error).contains("argument/reports-into-one-file"))
  }

  /// A link that somebody planted must not have a file elsewhere written.
  @Test(
    arguments: [
      "check --pack p.yaml a.json -f json=in/planted",
      "check --pack p.yaml a.json -f json=in/empty",
      "test p.yaml -f json=in/planted", "docs p.yaml -o in/empty", "new pack demo -o in/empty",
      "schema pack -o ./in/planted",
    ])
  func linksOutOfTheProjectAreRefused(line: String) async throws {
    let outcome = try await run(
      """
      echo old > victim; mkdir -p project/in; cp p.yaml m.yaml part.yaml a.json project; cd project; mkdir .git
      ln -s ../../victim in/planted; ln -s ../../new in/empty
      "$R" \(line); echo "code $?"; cat ../victim; test -e ../new && echo made
      """)
    #expect(
      text(outcome.output) == "code 2\nold\n", "\(text(outcome.output))\(text(outcome.error))")
  }

  @Test func severalReportsMayGoToADevice() async throws {
    let outcome = try await run(
      "\"$R\" check --pack p.yaml a.json -f json=/dev/null -f sarif=/dev/null")
    #expect(outcome.status == "1")
  }

  @Test(
    arguments: [
      "docs p.yaml -o p.yaml", "docs child.yaml -o p.yaml", "docs p.yaml -o m.yaml",
      "test child.yaml -f json=p.yaml", "test p.yaml -f json=o -f junit=./o",
      "baseline write --pack p.yaml --baseline a.json a.json",
      "baseline write --pack p.yaml --baseline p.yaml a.json",
    ])
  func otherCommandsRefuseAsWell(line: String) async throws {
    let outcome = try await run(
      "\"$R\" \(line); echo \"code $?\"; cat p.yaml m.yaml a.json; test -e o && echo made")
    #expect(
      text(outcome.output) == "code 2\n\(Self.pack)\(Self.model){\"name\":\"too long\"}\n",
      "\(text(outcome.output))\(text(outcome.error))")
  }

  /// The order of files and of options changes no byte.
  @Test(arguments: ["json", "sarif", "compact", "text"])
  func shuffledArgumentsGiveTheSameBytes(format: String) async throws {
    var words = ["--pack p.yaml", "-f \(format)", "--quiet", "a.json", "b.json", "c.yaml", "sub"]
    var state: UInt64 = 7
    var script = ""
    for _ in 0..<12 {
      for index in words.indices.dropFirst() {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        words.swapAt(index, Int(state >> 33) % (index + 1))
      }
      script += "\"$R\" check \(words.joined(separator: " ")) | cksum\n"
    }
    let outcome = try await run(script + "\"$R\" check --pack p.yaml a.json -f \(format) | cksum")
    let sums = text(outcome.output).split(separator: "\n")
    #expect(sums.count == 13)
    #expect(Set(sums.dropLast()).count == 1)
    #expect(sums.last != sums.first)
  }

  /// A report for programs has the same bytes from every working folder and for every spelling.
  @Test(arguments: ["json", "sarif"], [true, false])
  func reportsDoNotDependOnTheWorkingFolder(format: String, isRepository: Bool) async throws {
    let outcome = try await run(
      """
      \(isRepository ? "mkdir .git" : "printf 'requisite: 1\\npacks: [p.yaml]\\n' > .requisite.yaml")
      mkdir -p e/f; cp a.json e/f/g.json; P=$PWD
      C="\"$R\" check --quiet --pack $P/p.yaml -f \(format)"
      eval "$C a.json e sub b.json" | cksum
      eval "$C ./b.json sub/../e/./f/ e//f sub/. a.json" | cksum
      eval "$C $P/e $P/sub/../a.json $P/b.json $P/sub" | cksum
      cd sub; eval "$C . ../a.json ../b.json ../e" | cksum
      cd ../e/f; eval "$C ../../a.json .. ../../sub/d.json $P/b.json" | cksum
      eval "$C g.json" | grep -c '"\(format == "sarif" ? "uri" : "path")":"e/f/g.json"'
      cd /; eval "$C --root $P $P/e $P/a.json $P/b.json $P/sub" | cksum
      """)
    let lines = text(outcome.output).split(separator: "\n")
    #expect(lines.count == 7 && lines[5] == "1", "\(text(outcome.output))\(text(outcome.error))")
    #expect(Set(lines.filter { $0 != "1" }).count == 1, "\(lines)")
  }

  @Test func filesOutsideOfTheRootAreURIs() async throws {
    let outcome = try await run(
      """
      mkdir in; cd in; "$R" check --root . --pack ../p.yaml -f json '../a.json' | grep -o '"path":"[^"]*"'
      "$R" check --root . --pack ../p.yaml -f sarif ../a.json | grep -o '"uri":"file:[^"]*"},'
      pwd -P
      """)
    let lines = text(outcome.output).split(separator: "\n").map(String.init)
    let folder = lines[2].dropLast("/in".count)
    #expect(lines[0] == "\"path\":\"file://\(folder)/a.json\"")
    #expect(lines[1] == "\"uri\":\"file://\(folder)/a.json\"},")
  }

  /// No output has a command of a CI system in it, whatever files, values and packs say.
  @Test(
    arguments: [
      "check --pack evil.yaml -f text .", "check --pack evil.yaml -f compact .",
      "check --pack evil.yaml -f json .", "check --pack evil.yaml -f sarif .",
      "check --pack evil.yaml --diff ./*.yaml", "check --pack evil.yaml '::error::no.json'",
      "check --pack '::error::no.yaml' a.json", "rules --pack evil.yaml",
      "rules --pack evil.yaml -f json",
      "explain --pack evil.yaml evil/r", "docs evil.yaml", "docs evil.yaml -f html",
      "docs evil.yaml -o page.md; cat page.md", "inspect '::error::x.json'",
      "inspect '::error::x.json' --format json", "inspect ::error::bad.json", "test evil.yaml",
      "test evil.yaml -f json", "test evil.yaml -f junit", "config '::error::x.json'",
      "config --format json '::error::x.json'", "explain '##[error]x'",
      "baseline write --pack evil.yaml --baseline '::error::b.jsonl' a.json",
      "baseline check --pack evil.yaml --baseline '::error::c.jsonl' a.json",
      "check \"$(printf -- '--x\\n::error::y')\"", "check \"$(printf -- '-x\\n::error::y')\"",
      "check -f \"$(printf 'x\\n  ::error::y')\" a.json", "schema \"$(printf 'x\\n::error::y')\"",
      "ignore --pack evil.yaml --rule evil/r --at a.json#/name --reason \"$(printf 'x\\n::error::y ##[error]z')\" --dry-run",
    ])
  func outputHasNoCommands(line: String) async throws {
    let evil = "::error::v ##[error]w ##vso[task.complete]u"
    let pack = """
      requisite: 1
      name: evil
      description: "\(evil)"
      parameters: { limit: { type: integer, default: 3, description: "\(evil)" } }
      rules:
        r:
          description: "\(evil)"
          given: $.name
          then: { maxLength: 3 }
          message: "\(evil)"
          help: |
            ::error::h
              ::error::i ##[error]j

            ```
            ::error::k ##vso[task.complete]l
            ```
          tags: ["::error::t"]
          examples: { pass: [{ name: "::a" }], fail: [{ name: "\(evil)" }] }
        f:
          given: $
          then: { required: [mark] }
          fix: [ { op: add, path: /mark, value: "\(evil)" } ]

      """
    let outcome = try await run(
      """
      cat > evil.yaml << 'END'
      \(pack)
      END
      echo '{"name":"\(evil)","::error::n":1}' > '::error::x.json'
      printf '{"name":"\(evil)" x\\n::error::y\\r::error::z' > '::error::bad.json'
      printf 'name: |\\n  x\\n::error::a\\n' > ' ::error::bad.yaml'
      printf 'name: |\\n ::error::v\\n ##[error]w\\n' > '##[error]y.yaml'
      echo '{"requisite-baseline":1}' > '::error::c.jsonl'
      "$R" \(line)
      """)
    for text in [text(outcome.output), text(outcome.error)] {
      #expect(!text.contains("##["), "\(text)")
      #expect(!text.localizedCaseInsensitiveContains("##vso["), "\(text)")
      for line in text.split(whereSeparator: { $0.isNewline }) {
        #expect(!line.drop(while: \.isWhitespace).hasPrefix("::"), "\(line)")
      }
    }
    #expect(!outcome.output.isEmpty || !outcome.error.isEmpty)
  }
}
