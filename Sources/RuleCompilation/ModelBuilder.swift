import CEL
import Documents
import Evaluation
import RequestDecoding

/// Makes out of a request's schema what is known of its members: for reading names, and for checking
/// expressions before any request is read.
///
/// What the schema says in a roundabout way (`anyOf`, `if`) is left open: a value is then anything.
struct ModelBuilder {
  /// One shape, as the decoder, expressions and the checks of a pack know it.
  struct ModelShape {
    var shape: NameShapes.Shape
    var expressionShape: Int
    /// The types that its values may have; nil where the schema says nothing of types.
    var types: TypeSet?
    /// The schema, references followed; nil for the shape of anything.
    var place: SchemaPlace?
    /// The shapes of a structure's members.
    var memberShapes: [Symbol: Int] = [:]
  }

  /// The maximum depth of a model; deeper values can be anything.
  static let depthLimit = 100

  private(set) var shapes: [ModelShape] = [
    ModelShape(shape: .init(kind: .anything), expressionShape: CELShapes.any)
  ]
  private var depth = 0
  private(set) var expressionShapes = CELShapes()
  private var known: [SchemaPlace: Int] = [:]
  /// Where references lead at last, by the places that were passed on the way.
  private var targets: [SchemaPlace: SchemaPlace] = [:]

  /// The shape of the value that the schema at a place describes.
  ///
  /// Recursion is bounded by `depthLimit`; a schema that refers to itself is met again by its place.
  mutating func shape(at place: SchemaPlace, _ compiler: inout SchemaCompiler) -> Int {
    let place = target(of: place, &compiler)
    if let number = known[place] { return number }
    let document = compiler.resources.document(of: place)
    guard document.kind(of: place.node) == .object, depth < Self.depthLimit else { return 0 }
    depth += 1
    defer { depth -= 1 }
    func value(_ name: String) -> SchemaPlace? {
      document.value(named: name, in: place.node)
        .map { SchemaPlace(file: place.file, node: $0) }
    }
    let types = types(at: place, &compiler)
    if let properties = value("properties"), document.kind(of: properties.node) == .object {
      return structure(at: place, types, properties, &compiler)
    }
    if let values = value("additionalProperties"), document.kind(of: values.node) == .object,
      types?.contains(.object) ?? true
    {
      let number = reserve(place, types)
      let child = shape(at: values, &compiler)
      shapes[number].shape = .init(kind: .map, child: child)
      expressionShapes.set(
        shapes[number].expressionShape, to: .map(value: shapes[child].expressionShape))
      return number
    }
    if let items = value("items"), document.kind(of: items.node) == .object {
      let number = reserve(place, types)
      let child = shape(at: items, &compiler)
      shapes[number].shape = .init(kind: .list, child: child)
      expressionShapes.set(
        shapes[number].expressionShape, to: .list(element: shapes[child].expressionShape))
      return number
    }
    return scalar(at: place, types)
  }

  private mutating func structure(
    at place: SchemaPlace, _ ownTypes: TypeSet?, _ properties: SchemaPlace,
    _ compiler: inout SchemaCompiler
  ) -> Int {
    let number = reserve(place, ownTypes)
    let document = compiler.resources.document(of: place)
    var members: [NameShapes.Member] = []
    var names: [String: Int] = [:]
    for entry in document.members(of: properties.node) {
      let value = SchemaPlace(file: place.file, node: entry.value)
      let name = document.text(of: entry.name)
      let shape = shape(at: value, &compiler)
      // Without a word on types, null is a value like any other.
      let types = types(at: value, &compiler)
      members.append(
        .init(
          symbol: compiler.plan.program.symbols.intern(name), shape: shape,
          isNullable: types.map { $0.contains(.null) } ?? true))
      names[name] = shapes[shape].expressionShape
    }
    let isClosed = isClosed(place.node, in: document)
    shapes[number].shape = .init(kind: .structure, isOpen: !isClosed, members: members)
    // The first one counts, as where members are looked for one by one.
    shapes[number].memberShapes = Dictionary(
      members.map { ($0.symbol, $0.shape) }, uniquingKeysWith: { first, _ in first })
    expressionShapes.set(
      shapes[number].expressionShape,
      to: .object(.init(members: names, others: isClosed ? nil : CELShapes.any)))
    return number
  }

  /// Whether an object can have no members but those under `properties`.
  private func isClosed(_ schema: NodeID, in document: Document) -> Bool {
    func has(_ name: String) -> Bool { document.value(named: name, in: schema) != nil }
    func isFalse(_ name: String) -> Bool {
      document.value(named: name, in: schema)
        .map { document.kind(of: $0) == .boolean && !document.isTrue($0) } ?? false
    }
    if has("patternProperties") { return false }
    if isFalse("additionalProperties") { return true }
    let applicators = [
      "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$dynamicRef", "additionalProperties",
    ]
    return isFalse("unevaluatedProperties") && !applicators.contains(where: has)
  }

  private mutating func scalar(at place: SchemaPlace, _ types: TypeSet?) -> Int {
    guard let types else { return 0 }
    let shape: CELShapes.Shape =
      switch types {
      case .string: .string
      case .integer: .integer
      case .number, [.integer, .number]: .number
      case .boolean: .boolean
      case .null: .null
      default: .any
      }
    let number = reserve(place, types)
    expressionShapes.set(shapes[number].expressionShape, to: shape)
    return number
  }

  private mutating func reserve(_ place: SchemaPlace, _ types: TypeSet?) -> Int {
    let number = shapes.count
    known[place] = number
    shapes.append(
      ModelShape(
        shape: .init(kind: .anything), expressionShape: expressionShapes.add(.any), types: types,
        place: place))
    return number
  }

  /// Where the references at a place lead at last; the place itself where it has none.
  ///
  /// Each place is followed once, however long the chains that go through it.
  private mutating func target(
    of start: SchemaPlace, _ compiler: inout SchemaCompiler
  ) -> SchemaPlace {
    var place = start
    var visited: Set<SchemaPlace> = []
    while true {
      if let known = targets[place] {
        place = known
        break
      }
      guard let next = reference(at: place, &compiler), visited.insert(place).inserted else {
        break
      }
      place = next
    }
    for passed in visited { targets[passed] = place }
    return place
  }

  /// What `$ref` at a place leads to, if the schema is a reference.
  private func reference(
    at place: SchemaPlace, _ compiler: inout SchemaCompiler
  ) -> SchemaPlace? {
    let document = compiler.resources.document(of: place)
    guard let value = document.value(named: "$ref", in: place.node),
      document.kind(of: value) == .string
    else { return nil }
    return compiler.resources.target(of: document.text(of: value), from: place)
  }

  /// The types that a schema allows, references followed; nil where it says nothing of types.
  private mutating func types(at place: SchemaPlace, _ compiler: inout SchemaCompiler) -> TypeSet? {
    let place = target(of: place, &compiler)
    let document = compiler.resources.document(of: place)
    guard let value = document.value(named: "type", in: place.node) else { return nil }
    let names =
      document.kind(of: value) == .array
      ? document.elements(of: value).map { document.text(of: $0) } : [document.text(of: value)]
    var types: TypeSet = []
    for entry in TypeSet.named where names.contains(entry.name) { types.insert(entry.type) }
    return types
  }
}
