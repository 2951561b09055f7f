import CEL
import Documents
import JSONPath
import RequisitePatterns
import RuleCompilation
import RulePacks

/// What a rule mentions, as material for requests that it may treat in another way when changed.
extension SpecimenPool {
  /// How many values and names a pool holds at most.
  private static let valueLimit = 80
  private static let nameLimit = 12

  /// The pool of a rule; the values that a change is about come first.
  init(
    of rule: PackComposition.ComposedRule, in sources: [MutationSource], mutant: Mutant
  ) {
    var material = Material()
    for hint in mutant.hints { material.add(hint) }
    material.characters = mutant.characters.filter { $0.value >= 0x20 }
    for condition in [rule.then, rule.when] {
      switch condition {
      case nil: break
      case .some(let condition):
        switch condition.value {
        case .schema(let node): material.addSchema(node, in: sources[condition.pack])
        case .expression(let text):
          material.addExpression(text.value, in: sources[condition.pack])
        }
      }
    }
    for path in rule.given?.value ?? [] {
      guard let query = try? JSONPathQuery(path.value) else { continue }
      for segment in query.segments {
        for case .name(let name) in segment.selectors.map(\.kind) {
          material.names.append(name.bytes)
        }
      }
    }
    let simple: [Specimen] = [
      .string("x"), .string(""), .number(0), .number(Array("1.5".utf8)), .boolean(true),
      .boolean(false), .array([]), .object([]), .null,
    ]
    entersStrings = !material.forms.isEmpty
    let embedded = Self.distinct(material.forms, limit: 2).flatMap { EmbeddedSpecimen.strings($0) }
    let short = material.characters.prefix(8).map { Specimen.string(String($0)) }
    values = Self.distinct(
      embedded + material.values + simple + short, limit: Self.valueLimit)
    names = Self.distinct(material.names, limit: Self.nameLimit)
    characters = Self.distinct(material.characters, limit: 24)
    lengths = Self.distinct(material.lengths.filter { $0 <= 300 }, limit: 12)
  }

  private static func distinct<Value: Hashable>(_ values: [Value], limit: Int) -> [Value] {
    var seen: Set<Value> = []
    var result: [Value] = []
    for value in values where result.count < limit && seen.insert(value).inserted {
      result.append(value)
    }
    return result
  }

  private struct Material {
    var values: [Specimen] = []
    var names: [[UInt8]] = []
    var characters: [Unicode.Scalar] = []
    var lengths: [Int] = []
    /// How strings hold JSON that the rule looks at.
    var forms: [EmbeddedSpecimen.Form] = []

    /// Adds a value with those next to it, and those of which it is the length.
    mutating func add(_ value: Specimen) {
      values.append(value)
      guard case .number(let digits) = value else { return }
      let text = String(decoding: digits, as: UTF8.self)
      let steps = DecimalStep.around(text)
      values += steps.map { .number(Array($0.utf8)) }
      for length in (steps + [text]).compactMap({ Int($0) }) where (0...100_000).contains(length) {
        lengths.append(length)
        values.append(
          length <= 8
            ? .string(String(repeating: "x", count: length))
            : .repeated([UInt8(ascii: "x")], length))
        if length <= 20 {
          values.append(.array((0..<length).map { .number(Int64($0)) }))
          values.append(
            .object((0..<length).map { .init(name: Array("k\($0)".utf8), value: .number(0)) }))
        }
      }
    }

    mutating func addSchema(_ node: NodeID, in source: MutationSource) {
      let schema = source.document
      for index in node.index..<schema.end(of: node) {
        let name = NodeID(index)
        guard schema.kind(of: name) == .name else { continue }
        let known = source.value(of: NodeID(index + 1))
        let (value, document) = (known.node, known.document)
        let keyword = schema.text(of: name)
        switch keyword {
        case "contentMediaType", "contentSchema": forms.append(.text)
        case "contentEncoding": forms.append(.base64)
        case "format" where document.kind(of: value) == .string:
          if document.text(of: value) == "json" { forms.append(.text) }
        default: addValue(of: Keyword.named(keyword), value, in: document)
        }
      }
    }

    /// Adds what a keyword's value mentions.
    private mutating func addValue(
      of keyword: Keyword?, _ value: NodeID, in document: Document
    ) {
      switch keyword?.value {
      case .names: names += document.elements(of: value).map { Array(document.utf8(of: $0)) }
      case .namesByName, .schemasByName, .dependencies:
        for entry in document.members(of: value) {
          names.append(Array(document.utf8(of: entry.name)))
          guard document.kind(of: entry.value) == .array else { continue }
          names += document.elements(of: entry.value).map { Array(document.utf8(of: $0)) }
        }
      case .values, .anything:
        if case .requiredValues = keyword?.mutation, let all = Specimen(value, in: document) {
          values.append(all)
        }
        let elements =
          document.kind(of: value) == .array ? Array(document.elements(of: value)) : [value]
        for element in elements.prefix(40) {
          if let specimen = Specimen(element, in: document) { values.append(specimen) }
        }
      case .string:
        let text = document.text(of: value)
        switch keyword?.mutation {
        case .pattern:
          addCharacters(of: text)
          values += PatternSamples.texts(of: text).map { .string($0) }
        case .characterClass: addCharacters(of: text)
        default: break
        }
      default:
        if document.kind(of: value) == .number, let specimen = Specimen(value, in: document) {
          add(specimen)
        }
      }
    }

    mutating func addExpression(_ text: String, in source: MutationSource) {
      let mentions = CELAlterations.mentions(of: text)
      values += mentions.texts.map { .string($0) }
      let parameters = source.numbers
      for number in mentions.numbers { add(.number(number)) }
      for name in mentions.names {
        if let number = parameters[String(decoding: name, as: UTF8.self)] { add(.number(number)) }
      }
      names += mentions.names + mentions.texts.filter { $0.count <= 64 }
      for text in mentions.texts.prefix(6) {
        for length in lengths.prefix(6) where length > text.count && length <= 300 {
          values.append(
            .string(text + Array(repeating: UInt8(ascii: "x"), count: length - text.count)))
        }
      }
      for pattern in mentions.patterns {
        values += PatternSamples.texts(
          of: String(decoding: pattern, as: UTF8.self), dialect: .re2
        )
        .map { .string($0) }
        addCharacters(of: String(decoding: pattern, as: UTF8.self))
      }
    }

    /// Adds the characters of a pattern, and those next to them.
    private mutating func addCharacters(of text: String) {
      for scalar in text.unicodeScalars.prefix(80) {
        for step in [-1, 0, 1] {
          guard let value = UInt32(exactly: Int(scalar.value) + step) else { continue }
          if value > 0x20, value != 0x7F, let near = Unicode.Scalar(value) {
            characters.append(near)
          }
        }
      }
    }
  }
}
