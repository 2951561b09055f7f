import Evaluation
import Findings
import RulePacks
import SourceText

/// The built-in packs as they were compiled when the program was made, so that a run begins without reading
/// and compiling them.
///
/// Their bytes are in `CBuiltInPacks`. A test compares them with what the compiler makes of the packs now, and
/// writes them anew.
package enum CompiledPacks {
  /// The selections of built-in packs that are compiled beforehand: all together, and each by itself.
  private static var selections: [[String]] {
    let names = BuiltInPacks.names
    return names.count == 1 ? [names] : [names] + names.map { [$0] }
  }

  /// The packs that references lead to, if they are a selection that was compiled beforehand.
  static func load(
    _ references: [PackReference], compilesFixes: Bool, readsExamples: Bool
  ) -> PackLoading? {
    let names = references.isEmpty ? BuiltInPacks.names : references.map(\.text)
    return load(
      names, from: BuiltInPacks.compiled, compilesFixes: compilesFixes,
      readsExamples: readsExamples)
  }

  /// The packs of a selection in bytes that `bytes()` gave; nil where they are those of other packs, or do
  /// not have the selection.
  package static func load(
    _ names: [String], from bytes: [UInt8], compilesFixes: Bool = true, readsExamples: Bool = true
  ) -> PackLoading? {
    guard var reader = SealedBytes.open(bytes, madeOf: BuiltInPacks.hash) else { return nil }
    for _ in 0..<reader.count() {
      let selection = reader.list { $0.text() }
      let content = reader.data()
      guard selection == names else { continue }
      let source = CompositionSource(ofBuiltIn: names, readsExamples: readsExamples)
      var reader = BinaryReader(content)
      let places = reader.list { $0.integer() }
      var packs = reader.list { LoadedPack(from: &$0, source) }
      guard reader.isSound, reader.isAtEnd else { return nil }
      if !compilesFixes { for index in packs.indices { packs[index].removeFixes() } }
      return PackLoading(packs: packs, places: places)
    }
    return nil
  }

  /// The bytes of all selections, compiled now; nil where a plan has no form as bytes.
  package static func bytes() -> [UInt8]? {
    var body = BinaryWriter()
    var isSound = true
    body.list(selections) { names, writer in
      let loading = PackLoader.compiledNow(names)
      var content = BinaryWriter()
      content.list(loading.places.compactMap(\.self)) { $1.integer($0) }
      content.list(loading.packs) { $0.write(to: &$1) }
      isSound = isSound && content.isSound && !loading.packs.isEmpty
      writer.list(names) { $1.text($0) }
      writer.data(content.bytes)
    }
    return isSound ? SealedBytes.seal(body.bytes, madeOf: BuiltInPacks.hash) : nil
  }
}

extension LoadedPack {
  fileprivate func write(to writer: inout BinaryWriter) {
    writer.optional(owner) { $1.integer($0) }
    writer.flag(needsDetection)
    writer.optional(operation) { $1.text($0) }
    writer.list(packNames) { $1.text($0) }
    plan.write(to: &writer)
  }

  fileprivate init(from reader: inout BinaryReader, _ source: CompositionSource) {
    let owner = reader.optional { $0.integer() }
    let needsDetection = reader.flag()
    let operation = reader.optional { $0.text() }
    let packNames = reader.list { $0.text() }
    self.init(
      source, owner: owner, needsDetection: needsDetection, operation: operation,
      packNames: packNames, plan: Plan(from: &reader))
  }

  fileprivate mutating func removeFixes() {
    for index in plan.ruleTable.rules.indices { plan.ruleTable.rules[index].fix = nil }
  }
}
