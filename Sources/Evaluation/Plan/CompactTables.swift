import Documents
import RequisitePatterns

/// The parts of a plan that every valid request passes through, as numbers in a few flat arrays.
///
/// Reading an entry copies a few words; reading the plan's own tables would count references.
struct CompactTables: Sendable {
  /// A schema's stretch of instructions; a schema that is a mere reference has its target's.
  struct Bounds {
    var start: Int32
    var end: Int32
    var resource: Int32
  }

  /// A value to compare with: a stretch of `bytes`, or a constant of another kind.
  struct Value {
    var start: Int32
    var count: Int32
    /// Where the constant is not a string: its place in `constants`, else -1.
    var constant: Int32
  }

  /// The schemas of an object's members.
  struct Members {
    var hasPatterns: Bool
    /// The schema of all other members, or -1.
    var additional: Int32
  }

  let bounds: [Bounds]
  /// Whether each instruction is an assertion or an applicator.
  let roles: [Instruction.Role]
  let enumerations: [Range<Int>]
  let values: [Value]
  let bytes: [UInt8]
  /// Those constants that are no strings.
  let constants: [Constant]
  /// Each constant of the plan.
  let singleValues: [Value]
  /// The tests of the classes of characters.
  let classes: [CharacterTest]
  let names: [Range<Int>]
  let presences: [Range<Int>]
  let symbols: [Symbol]
  let members: [Members]
  /// For each table of members, the schemas by symbol.
  let schemas: SymbolMaps

  init(_ program: SchemaProgram) {
    bounds = Self.bounds(in: program)
    roles = program.instructions.map(\.role)

    var values: [Value] = []
    var bytes: [UInt8] = []
    var constants: [Constant] = []
    var enumerations: [Range<Int>] = []
    func compact(_ constant: Constant) -> Value {
      guard let string = constant.string else {
        constants.append(constant)
        return Value(start: 0, count: 0, constant: Int32(constants.count - 1))
      }
      bytes += string
      return Value(
        start: Int32(bytes.count - string.count), count: Int32(string.count), constant: -1)
    }
    for enumeration in program.enumerations {
      let first = values.count
      values += enumeration.values.map { compact($0) }
      enumerations.append(first..<values.count)
    }
    singleValues = program.constants.map { compact($0) }
    self.enumerations = enumerations
    self.values = values
    self.bytes = bytes
    self.constants = constants
    classes = program.classes.map(\.test)

    var symbols: [Symbol] = []
    func stretch(_ names: [MemberName]) -> Range<Int> {
      let first = symbols.count
      symbols += names.map(\.symbol)
      return first..<symbols.count
    }
    names = program.nameLists.map { stretch($0) }
    presences = program.presences.map { stretch($0.names) }
    self.symbols = symbols

    var schemas = SymbolMaps()
    members = program.memberTables.map { table in
      schemas.append(table.named.map { (symbol: $0.name.symbol, value: $0.schema.index) })
      return Members(
        hasPatterns: !table.patterns.isEmpty,
        additional: table.additional.map { Int32($0.index) } ?? -1)
    }
    self.schemas = schemas
  }

  /// For each schema its stretch, in chains of references that of the last one.
  private static func bounds(in program: SchemaProgram) -> [Bounds] {
    var bounds: [Bounds?] = Array(repeating: nil, count: program.schemas.count)
    for start in program.schemas.indices {
      var chain: [Int] = []
      var schema = start
      // A chain is no longer than there are schemas; the compiler refuses rings.
      while bounds[schema] == nil, chain.count < program.schemas.count {
        chain.append(schema)
        guard let next = soleReference(of: schema, in: program) else { break }
        schema = next
      }
      guard let last = chain.last else { continue }
      let own = program.schemas[last].instructions
      let end =
        bounds[schema]
        ?? Bounds(
          start: Int32(own.lowerBound), end: Int32(own.upperBound),
          resource: Int32(program.schemas[last].resource))
      for passed in chain { bounds[passed] = end }
    }
    return bounds.compactMap(\.self)
  }

  /// The schema that another one is a mere reference to, and whose instructions may mean it.
  private static func soleReference(of schema: Int, in program: SchemaProgram) -> Int? {
    let range = program.schemas[schema].instructions
    guard range.count == 1,
      case .reference(let target) = program.instructions[range.lowerBound],
      program.schemas[target.index].resource == program.schemas[schema].resource,
      !program.schemas[target.index].instructions.contains(where: {
        // These ask what their very own schema looked at.
        switch program.instructions[$0] {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
      })
    else { return nil }
    return target.index
  }

  /// The schema of the member with a symbol in a table of members, or -1.
  func schema(of symbol: Symbol, in table: Int) -> Int {
    schemas.value(of: symbol, in: table)
  }
}
