import Baselines
import Documents
import Findings
import Foundation
import Linting
import RequisiteConfiguration
import RequisiteFiles
import RulePacks
import SourceText
import Suppressions
import Testing

/// Editors mark no file that the program takes: of thousands of changed files, the schemas refuse none
/// that the program accepts, in neither draft.
///
/// `REQUISITE_SCHEMA_SEED` makes other files, and `REQUISITE_SCHEMA_SWEEP` replaces every value of complete
/// files by every word, which takes minutes. With `REQUISITE_SCHEMA_MUTANTS`, the values are written to that
/// folder with what the schemas say of them, for other implementations to judge.
struct MutatedFileTests {
  /// What came of the texts.
  private struct Tally: CustomStringConvertible {
    var total = 0
    /// How many are texts of the format as the program and the schema have it.
    var accepted = 0
    /// How many only the program refuses: for a path, an expression or an example.
    ///
    /// Of these two, of packs only a share is counted.
    var refusedByProgram = 0
    /// How many both refuse; those that are no YAML or JSON are in no other number.
    var refusedByBoth = 0
    var malformed = 0
    var description: String {
      "\(total) texts: \(accepted) accepted, \(refusedByBoth) refused by both, \(refusedByProgram) by the program only, \(malformed) malformed"
    }
  }

  private static let environment = ProcessInfo.processInfo.environment

  /// The names that a schema knows, sorted.
  private static func names(_ schema: String) throws -> [String] {
    var names: Set<String> = []
    func visit(_ value: JSON) {
      for member in value.members {
        if member.name == "properties" { names.formUnion(member.value.members.map(\.name)) }
        visit(member.value)
      }
      for element in value.elements { visit(element) }
    }
    visit(JSON(of: try #require(FormatSchemas.file(named: schema)).document))
    return names.sorted()
  }

  /// Holds mutants of seeds to the schema with a name.
  private static func check(
    _ schema: String, count: Int, seeds: [Seed], path: String = "file.yaml", share: Int = 1,
    accepts: (_ text: [UInt8], Seed) -> Bool
  ) throws -> Tally {
    let trees = seeds.map { YAMLTree(JSON(of: document($0.text.utf8, path: path).document)) }
    try #require(!trees.isEmpty)
    let isJSON = path.hasSuffix(".json")
    // The complete files are accepted, and have all that a mutant can lose.
    let complete = zip(trees, seeds).filter(\.1.isComplete).map { $0.0 }
    let keys = complete.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
    #expect(try Set(names(schema).map { "\"\($0)\"" }).subtracting(keys) == [])
    let weights = trees.map { max(1, 600 / (10 + $0.paths.count)) }
    let wheel = weights.indices.flatMap { [Int](repeating: $0, count: weights[$0]) }
    var mutator = Mutator(
      seed: UInt64(environment["REQUISITE_SCHEMA_SEED"] ?? "") ?? 11, names: try names(schema),
      seeds: trees, isJSON: isJSON)
    var trial = Trial(
      current: try TestSchema(schema), draft07: try TestSchema(schema, draft: .draft07), path: path,
      share: environment.keys.contains { $0.hasPrefix("REQUISITE_SCHEMA_") } ? 1 : share)
    for number in 0..<count {
      let index = wheel[number % wheel.count]
      trial.add(Array(mutator.mutant(of: trees[index]).utf8)) { accepts($0, seeds[index]) }
    }
    print("\(schema): \(trial.tally)")
    if environment["REQUISITE_SCHEMA_SWEEP"] != nil {
      for (tree, seed) in zip(trees, seeds) where seed.isComplete {
        for text in Mutator.sweep(of: tree, isJSON: isJSON) {
          trial.add(Array(text.utf8)) { accepts($0, seed) }
        }
      }
      print("\(schema), with every word everywhere: \(trial.tally)")
    }
    if let folder = environment["REQUISITE_SCHEMA_MUTANTS"] {
      try Data(trial.lines).write(to: URL(filePath: folder).appending(path: "\(schema).jsonl"))
    }
    return trial.tally
  }

  /// Holds texts to a schema and to the program.
  private struct Trial {
    let current: TestSchema
    let draft07: TestSchema
    let path: String
    /// Of how many texts that the schema accepts the program is asked about one.
    let share: Int
    var tally = Tally()
    /// A line of JSON for each well-formed text.
    var lines: [UInt8] = []

    mutating func add(_ text: [UInt8], accepts: ([UInt8]) -> Bool) {
      tally.total += 1
      let (document, isWellFormed) = document(text, path: path)
      guard isWellFormed else {
        tally.malformed += 1
        // Readers of JSON take the last of two members with one name.
        let isAccepted = !path.hasSuffix(".json") && accepts(text)
        #expect(!isAccepted, "\(String(decoding: text, as: UTF8.self))")
        return
      }
      let failures = current.failures(of: document)
      let isValid07 = draft07.failures(of: document).isEmpty
      #expect(failures.isEmpty == isValid07, "\(String(decoding: text, as: UTF8.self))")
      // Of what the schema accepts, the program may refuse anything: a part shows that it does not refuse all.
      if failures.isEmpty, tally.total % share != 0 { return }
      let isAccepted = accepts(text)
      switch (isAccepted, failures.isEmpty) {
      case (true, true): tally.accepted += 1
      case (false, true): tally.refusedByProgram += 1
      case (false, false): tally.refusedByBoth += 1
      case (true, false):
        let text = String(decoding: text, as: UTF8.self)
        Issue.record("the schema refuses what the program accepts: \(failures)\n\(text)")
      }
      lines += JSON.object([
        .init(name: "holds", value: .boolean(failures.isEmpty)),
        .init(name: "accepted", value: .boolean(isAccepted)),
        .init(name: "value", value: JSON(of: document)),
      ]).bytes()
      lines.append(UInt8(ascii: "\n"))
    }
  }

  // MARK: - Packs

  private static func accepts(pack text: [UInt8], _ seed: Seed) -> Bool {
    var files = seed.files
    files[seed.path] = text
    let loader = PackLoader(in: InMemoryFileSystem(files))
    // Most are refused before anything is compiled.
    guard let reading = try? loader.readFile(at: seed.path), !reading.hasErrors else {
      return false
    }
    return !loader.load([PackReference(seed.path)]).hasErrors
  }

  @Test func packs() throws {
    let seeds = try Seed.all(.pack).filter { Self.accepts(pack: Array($0.text.utf8), $0) }
    #expect(seeds.count >= 20)
    let tally = try Self.check(
      "pack", count: 5_000, seeds: seeds, share: 5, accepts: Self.accepts(pack:_:))
    #expect(tally.accepted >= 100)
    #expect(tally.refusedByBoth >= 1_000)
  }

  /// Each keyword takes parameters in the places that the schema says, or in fewer.
  @Test func parameters() throws {
    let head = """
      requisite: 1
      name: p
      parameters:
        array: { type: array, default: [ a ] }
        boolean: { type: boolean, default: true }
        integer: { type: integer, default: 1 }
        number: { type: number, default: 1.5 }
        object: { type: object, default: { a: 1 } }
        schema: { type: object, default: { type: string } }
        schemas: { type: array, default: [ { type: string } ] }
        names: { type: object, default: { a: [ b ] } }
        byName: { type: object, default: { a: { type: string } } }
        string: { type: string, default: string }
      rules:
        r: { given: $.a, then: {
      """
    let file = try #require(FormatSchemas.file(named: "pack"))
    let keywords = try #require(JSON(of: file.document).value(at: "/$defs/schema/properties"))
    var trial = Trial(
      current: try TestSchema("pack"), draft07: try TestSchema("pack", draft: .draft07),
      path: "p.yaml", share: 4)
    let names = [
      "array", "boolean", "integer", "number", "object", "schema", "schemas", "names", "byName",
      "string",
    ]
    for keyword in keywords.members.map(\.name) {
      for name in names {
        let use = "{ $param: \(name) }"
        for value in [use, "[ \(use) ]", "{ a: \(use) }"] {
          let text = "\(head) \(keyword): \(value) } }\n"
          trial.add(Array(text.utf8)) { Self.accepts(pack: $0, Seed(text: text, path: "p.yaml")) }
        }
      }
    }
    print("parameters: \(trial.tally)")
    #expect(trial.tally.accepted >= 20)
    #expect(trial.tally.refusedByBoth >= 100)
  }

  // MARK: - Configurations

  private static func accepts(configuration text: [UInt8], _ seed: Seed) -> Bool {
    let source = SourceFile(path: ".requisite.yaml", bytes: text)
    guard let configuration = ConfigurationReader.read(source, root: "/work").configuration else {
      return false
    }
    return configuration.suppressions.allSatisfy {
      !SuppressionReader.read(entries: $0.nodes, in: $0.file).hasErrors
    }
  }

  @Test func configurations() throws {
    let seeds = try Seed.all(.configuration).filter {
      Self.accepts(configuration: Array($0.text.utf8), $0)
    }
    #expect(seeds.count >= 10)
    let tally = try Self.check(
      "config", count: 2_000, seeds: seeds, accepts: Self.accepts(configuration:_:))
    #expect(tally.accepted >= 400)
    #expect(tally.refusedByBoth >= 400)
  }

  // MARK: - Suppressions and baselines

  private static func accepts(ignore text: [UInt8], _ seed: Seed) -> Bool {
    !SuppressionReader.read(SourceFile(path: "ignore.yaml", bytes: text)).hasErrors
  }

  @Test func suppressions() throws {
    let seeds = try Seed.all(.ignore).filter { Self.accepts(ignore: Array($0.text.utf8), $0) }
    #expect(seeds.count >= 3)
    let tally = try Self.check(
      "ignore", count: 1_000, seeds: seeds, accepts: Self.accepts(ignore:_:))
    #expect(tally.accepted >= 150)
    #expect(tally.refusedByBoth >= 150)
  }

  /// A line by itself is a header; another one is behind a header.
  private static func accepts(baselineLine text: [UInt8], _ seed: Seed) -> Bool {
    let header = Array("{\"requisite-baseline\":1}\n".utf8)
    return [text, header + text].contains {
      !BaselineReader.read(SourceFile(path: "b.jsonl", bytes: $0)).hasErrors
    }
  }

  @Test func baselines() throws {
    let lines = [
      #"{"requisite-baseline":1}"#, #"{"path":"a/b.json","content":"d77a0604d5ba1869"}"#,
      #"{"path":"a/b.json","pointer":"/A/0","rule":"p/r","ordinal":0}"#,
      #"{"path":"é.json","pointer":"","rule":"p/schema/type","ordinal":12}"#,
    ]
    let seeds = lines.map { Seed(text: $0, path: "b.jsonl", isComplete: true) }
    let tally = try Self.check(
      "baseline", count: 1_000, seeds: seeds, path: "line.json",
      accepts: Self.accepts(baselineLine:_:))
    #expect(tally.accepted >= 150)
    #expect(tally.refusedByBoth >= 150)
  }
}
