import Documents
import JSONPath
import SourceText

/// JSONPath: queries select what the reference selects, and no text of a query is fatal.
enum JSONPathFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let isRaw = choices.below(4) == 0
    let value = Value.make(&choices)
    let document = JSONReader.read(value.json).document
    if isRaw {
      try checkRaw(String(decoding: choices.rest(), as: UTF8.self), document)
      return
    }
    let reference = ReferencePath.make(&choices)
    let source = reference.source(&choices)
    let query: JSONPathQuery
    do throws(JSONPathError) {
      query = try JSONPathQuery(source)
    } catch {
      throw Fault("\(source.debugDescription) is refused: \(error.message)")
    }
    let root = ReferencePath.Node(path: "$", value: value)
    let expected = reference.nodes(root: root, current: root).map(\.path)
    let nodes = try query.select(in: Request(document))
    let found = nodes.map { document.normalizedPath(to: $0) }
    try require(
      found.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
      "\(source.debugDescription) selects \(found), not \(expected), of \(shown(value.json))")
    try require(
      !query.isSingular || found.count <= 1, "\(source.debugDescription) is said to be singular")
    // The same by symbols.
    var symbols = SymbolTable()
    let compiled = query.compiled(symbols: &symbols)
    let bySymbols = try compiled.select(in: TreeReference.request(document, to: symbols))
    try require(
      bySymbols == nodes, "\(source.debugDescription) by symbols selects otherwise"
    )
  }

  private static func checkRaw(_ text: String, _ document: Document) throws {
    let query: JSONPathQuery
    do throws(JSONPathError) {
      query = try JSONPathQuery(text)
    } catch {
      try require(
        error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count
          && error.column >= 1, "an error at \(error.range) of \(text.debugDescription)")
      return
    }
    let first = try? query.select(in: Request(document), stepLimit: 50_000)
    let second = try? query.select(in: Request(document), stepLimit: 50_000)
    try require(first == second, "\(text.debugDescription) selects differently")
    for alteration in JSONPathAlterations.all(of: text) {
      _ = try? JSONPathQuery(alteration.applied(to: Array(text.utf8)))
    }
  }
}
