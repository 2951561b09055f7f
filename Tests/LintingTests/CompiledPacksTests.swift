import Documents
import Evaluation
import Findings
import Foundation
import RequestDecoding
import RulePacks
import SourceText
import TestSupport
import Testing

@testable import Linting

/// The built-in packs that are compiled with the program mean what compiling them now would make of them.
struct CompiledPacksTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/CBuiltInPacks/compiled/packs.bin").standardized

  /// With `RECORD_GOLDENS=1` the file is written anew; the program has to be built again after that.
  @Test func fileIsCurrent() throws {
    let bytes = try #require(CompiledPacks.bytes(), "a built-in pack has no form as bytes")
    try expectGolden(bytes, at: Self.file)
    #expect(BuiltInPacks.compiled == bytes, "the file has changed since the program was built")
  }

  /// All packs together and each by itself are compiled beforehand, and found whatever fixes are for.
  @Test func everySelectionIsCompiled() throws {
    let names = BuiltInPacks.names
    for selection in [names] + names.map({ [$0] }) {
      let references = selection.map { PackReference($0) }
      for compilesFixes in [false, true] {
        let loading = try #require(
          CompiledPacks.load(references, compilesFixes: compilesFixes, readsExamples: false))
        #expect(!loading.packs.isEmpty)
      }
    }
    #expect(CompiledPacks.load([], compilesFixes: true, readsExamples: true) != nil)
    let other = [PackReference("other")]
    #expect(CompiledPacks.load(other, compilesFixes: true, readsExamples: true) == nil)
  }

  /// Bytes of another version, of other files, cut off or changed are refused and do no harm.
  @Test func otherBytesAreRefused() throws {
    let names = BuiltInPacks.names
    let bytes = try #require(CompiledPacks.bytes())
    #expect(CompiledPacks.load(names, from: bytes) != nil)
    for place in 0..<8 {
      var other = bytes
      other[place] ^= 1
      #expect(CompiledPacks.load(names, from: other) == nil)
    }
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(CompiledPacks.load(names, from: Array(bytes[..<count])) == nil)
    }
  }

  /// The plan that was read has all that the compiled one has, field by field.
  @Test func plansAreEqual() throws {
    for (read, compiled) in try pairs() {
      #expect(read.owner == compiled.owner)
      #expect(read.needsDetection == compiled.needsDetection)
      #expect(read.operation == compiled.operation)
      let (left, right) = (described(read.plan), described(compiled.plan))
      for (name, text) in left { #expect(text == right[name], "\(name)") }
      #expect(left.count == right.count)
    }
  }

  /// What needs more than the plan finds the packs themselves.
  @Test func compositionsAreEqual() throws {
    for (read, compiled) in try pairs() {
      let (left, right) = (read.composition, compiled.composition)
      #expect(
        left.members.map(\.pack.file.source.bytes) == right.members.map(\.pack.file.source.bytes))
      #expect(left.rules.map(\.id) == right.rules.map(\.id))
      #expect(left.rules.map(\.examples.count) == right.rules.map(\.examples.count))
      #expect(left.roots == right.roots)
      #expect(left.requests == right.requests)
      #expect(read.packNames == compiled.packNames)
      #expect(read.ruleIDs == compiled.ruleDescriptions.map(\.id))
      #expect(read.ruleDescriptions.map(\.id) == compiled.ruleDescriptions.map(\.id))
      #expect(described(read.ruleDescriptions) == described(compiled.ruleDescriptions))
    }
  }

  /// Every example has the same findings by both plans, fixes included.
  @Test(arguments: [Casing.auto, .wire, .snake, .camel])
  func findingsAreEqual(casing: Casing) throws {
    for (read, compiled) in try pairs() {
      var examples: [[UInt8]] = []
      for rule in compiled.composition.rules {
        for example in rule.examples {
          examples.append(
            example.value.json(in: compiled.composition.members[example.pack].pack))
        }
      }
      #expect(examples.count > 100)
      var reading = Evaluator(plan: read.plan, casing: casing)
      var compiling = Evaluator(plan: compiled.plan, casing: casing)
      for example in examples {
        let document = JSONReader.read(example).document
        let found = described(reading.failures(of: document) ?? [])
        #expect(found == described(compiling.failures(of: document) ?? []))
      }
    }
  }

  /// For each pack that was compiled beforehand, the same pack compiled now.
  private func pairs() throws -> [(read: LoadedPack, compiled: LoadedPack)] {
    let bytes = try #require(CompiledPacks.bytes())
    let names = BuiltInPacks.names
    return try ([names] + names.map { [$0] }).flatMap { selection in
      let read = try #require(CompiledPacks.load(selection, from: bytes))
      let compiled = PackLoader.compiledNow(selection)
      #expect(read.places == compiled.places)
      #expect(read.packs.count == compiled.packs.count)
      return zip(read.packs, compiled.packs).map { (read: $0, compiled: $1) }
    }
  }

  private func described(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  /// All parts of a plan as texts; of symbols the names, and of constants the values, wherever they are.
  private func described(_ plan: Plan) -> [String: String] {
    var parts: [String: String] = [:]
    func add(_ value: Any, _ path: String) {
      let mirror = Mirror(reflecting: value)
      for child in mirror.children {
        let name = "\(path).\(child.label ?? "")"
        switch child.value {
        case let symbols as SymbolTable:
          parts[name] = described((0...symbols.count).map { symbols.name(of: Symbol(UInt32($0))) })
        case let part as SchemaProgram: add(part, name)
        case let part as ExpressionTable: add(part, name)
        case is [Request]: continue
        case let constants as [Constant]:
          parts[name] = described(constants.map { self.described($0, in: plan) })
        case let enumerations as [Enumeration]:
          parts[name] = described(
            enumerations.map { $0.values.map { self.described($0, in: plan) } })
        case let lists as [[Constant]]:
          parts[name] = described(lists.map { $0.map { self.described($0, in: plan) } })
        case let table as RuleTable:
          var table = table
          parts[name + ".modelSeverities"] = described(
            table.modelSeverities.sorted { $0.key < $1.key })
          table.modelSeverities = [:]
          parts[name + ".model"] = described(table.model.shapes)
          add(table, name)
        case is RequestModel: continue
        default: parts[name] = described(child.value)
        }
      }
    }
    add(plan, "plan")
    return parts
  }

  private func described(_ constant: Constant, in plan: Plan) -> [String] {
    let document = plan.program.constantDocuments[constant.document].document
    return [
      described(constant.string as Any), "\(document.kind(of: constant.node))",
      ValueText.ofPack(constant.node, in: Request(document)),
    ]
  }
}
