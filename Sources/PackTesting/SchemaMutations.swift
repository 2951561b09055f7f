import Documents
import RequisitePatterns
import RuleCompilation
import RulePacks
import SourceText

/// The mutants of a schema: of it and of all schemas in it.
///
/// A keyword that only leads to other schemas is not left out itself: leaving out what those demand
/// is the smaller change, and an example that notices it notices the larger one.
struct SchemaMutations {
  let source: MutationSource
  let part: PackComposition.RulePart
  let root: NodeID
  private(set) var mutants: [Mutant] = []

  /// How many mutants there are beside those that are kept.
  var leftOutCount: Int { count - mutants.count }
  private var count = 0
  /// Every how many-th mutant is kept.
  private var stride = 1

  /// How many mutants of one schema are kept, spread evenly over all.
  static let limit = 10_000

  init(source: MutationSource, part: PackComposition.RulePart, root: NodeID) {
    self.source = source
    self.part = part
    self.root = root
  }

  private var document: Document { source.document }

  /// Goes through all schemas, in the order of the file.
  mutating func run() {
    var work = [root]
    while let node = work.popLast() {
      switch document.kind(of: node) {
      case .boolean:
        let opposite = Self.json(!document.isTrue(node))
        add(node, .replace(opposite), flipped(node))
      case .object:
        var children: [NodeID] = []
        for member in document.members(of: node) { alter(member, of: node, &children) }
        work += children.reversed()
      case .null, .number, .string, .array, .name, .absent: break
      }
    }
    mutants.sort { ($0.node, $0.range?.lowerBound ?? 0) < ($1.node, $1.range?.lowerBound ?? 0) }
  }

  private func flipped(_ node: NodeID) -> String {
    document.isTrue(node) ? "true → false" : "false → true"
  }

  // MARK: - Keywords

  private mutating func alter(
    _ member: Document.Member, of schema: NodeID, _ children: inout [NodeID]
  ) {
    let name = document.text(of: member.name)
    guard let keyword = Keyword.named(name) else { return }
    let value = source.value(of: member.value)
    switch keyword.mutation {
    case .none: break
    case .drop: drop(member)
    case .flag: if value.document.isTrue(value.node) { drop(member) }
    case .bound, .positiveNumber:
      drop(member)
      moveBound(keyword, member.value)
    case .pattern:
      drop(member)
      alterText(name, member.value, PatternAlterations.all(of: value.text))
    case .characterClass:
      drop(member)
      alterText(name, member.value, PatternAlterations.all(ofClass: value.text))
    case .patternNames:
      for entry in document.members(of: member.value) {
        alterText(name, entry.name, PatternAlterations.all(of: document.text(of: entry.name)))
      }
    case .constant:
      drop(member)
      changeConstant(member.value)
    case .values:
      drop(member)
      dropElements(name, member)
    case .requiredValues, .names: dropElements(name, member, dropsLast: true)
    case .namesByName:
      for entry in document.members(of: member.value) { dropElements(name, entry, dropsLast: true) }
    case .types:
      drop(member)
      alterType(member)
    case .presence(let others):
      drop(member)
      if value.document.childCount(of: value.node) > 2 { dropElements(name, member) }
      for other in others { rename(member, to: other) }
    case .alternatives(let other):
      if document.childCount(of: member.value) > 1 { dropElements(name, member) }
      if let other { rename(member, to: other) }
    }
    switch keyword.subschemas {
    case .none: break
    case .one: children.append(member.value)
    case .list:
      if document.kind(of: member.value) == .array {
        children += document.elements(of: member.value)
      } else {
        children.append(member.value)
      }
    case .map: children += document.members(of: member.value).map(\.value)
    }
  }

  // MARK: - Making mutants

  private mutating func add(
    _ node: NodeID, _ edit: @escaping @autoclosure () -> PartWriter.Edit, _ change: String,
    range: TextRange? = nil,
    hints: [Specimen] = [], characters: [Unicode.Scalar] = []
  ) {
    count += 1
    guard (count - 1) % stride == 0 else { return }
    if mutants.count == Self.limit {
      stride *= 2
      mutants = mutants.indices.filter { $0 % 2 == 0 }.map { mutants[$0] }
      guard (count - 1) % stride == 0 else { return }
    }
    let (root, source) = (root, source)
    mutants.append(
      Mutant(
        part: part, text: { .schema(PartWriter.text(of: root, in: source, node, edit())) },
        change: change, node: node, range: range, hints: hints, characters: characters))
  }

  private mutating func drop(_ member: Document.Member) {
    add(
      member.name, .drop, "without \(document.text(of: member.name)): \(shown(member.value))",
      hints: hints(source.value(of: member.value)))
  }

  private mutating func rename(_ member: Document.Member, to name: String) {
    add(
      member.name, .replace(Self.json(name)), "\(document.text(of: member.name)) → \(name)")
  }

  /// A value in few words.
  private func shown(_ node: NodeID) -> String {
    shown(PartWriter.text(of: node, in: source))
  }

  private func shown(_ text: [UInt8]) -> String {
    guard text.count > 60 else { return String(decoding: text, as: UTF8.self) }
    return String(String(decoding: text, as: UTF8.self).unicodeScalars.prefix(50)) + "…"
  }

  private func hints(_ value: MutationSource.Value) -> [Specimen] {
    Specimen(value.node, in: value.document).map { [$0] } ?? []
  }

  private static func json(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }

  private static func json(_ text: String) -> [UInt8] {
    var json: [UInt8] = []
    JSONWriter.append(quoted: text, to: &json)
    return json
  }

  // MARK: - Values

  /// Moves a number by one in its last place, both ways.
  private mutating func moveBound(_ keyword: Keyword, _ node: NodeID) {
    let name = keyword.name
    let (isCount, isPositive) = keyword.numberRange
    let value = source.value(of: node)
    guard value.kind == .number else { return }
    let text = value.text
    let parameter = source.pack.parameterUse(at: node).map { " ($param \($0.name.value))" } ?? ""
    for moved in DecimalStep.around(text) {
      if isCount || isPositive, moved.hasPrefix("-") { continue }
      if isPositive, DecimalStep.isZero(moved) { continue }
      add(
        node, .replace(Array(moved.utf8)), "\(name): \(text) → \(moved)\(parameter)",
        hints: [.number(Array(text.utf8)), .number(Array(moved.utf8))])
    }
  }

  private mutating func alterText(
    _ name: String, _ node: NodeID, _ alterations: [TextAlteration]
  ) {
    let value = source.value(of: node)
    let text = Array(value.text.utf8)
    for change in alterations {
      add(
        node, .replace(Self.json(change.applied(to: text))), "\(name): \(change.summary)",
        range: source.parameter(at: node) == nil ? change.range : nil,
        characters: change.characters(in: text))
    }
  }

  private mutating func changeConstant(_ node: NodeID) {
    let value = source.value(of: node)
    let text = value.text
    let changed: [UInt8]
    switch value.kind {
    case .string: changed = Self.json(text + "~")
    case .number: changed = Array((DecimalStep.around(text).last ?? "0").utf8)
    case .boolean: changed = Self.json(!value.document.isTrue(value.node))
    case .null, .array, .object: changed = Self.json("~")
    case .name, .absent: return
    }
    add(
      node, .replace(changed),
      "const: \(shown(node)) → \(String(decoding: changed, as: UTF8.self))", hints: hints(value))
  }

  private mutating func alterType(_ member: Document.Member) {
    let value = source.value(of: member.value)
    if value.document.childCount(of: value.node) > 1 { dropElements("type", member) }
    switch value.kind {
    case .string:
      let text = value.text
      for (type, other) in [("integer", "number"), ("number", "integer")]
      where text.utf8.elementsEqual(type.utf8) {
        add(
          member.value, .replace(Self.json(other)), "type: \(type) → \(other)",
          hints: [.number(Array("1.5".utf8))])
      }
    case .null, .boolean, .number, .array, .object, .name, .absent: break
    }
  }

  /// Leaves out each element of a list; the whole list where it has but one.
  private mutating func dropElements(
    _ name: String, _ member: Document.Member, dropsLast: Bool = false
  ) {
    let value = source.value(of: member.value)
    guard value.kind == .array else { return }
    let elements = Array(value.document.elements(of: value.node))
    guard elements.count > 1 else {
      if dropsLast, !elements.isEmpty { drop(member) }
      return
    }
    for element in elements {
      let item = MutationSource.Value(node: element, document: value.document)
      let change = "\(name) without \(shown(PartWriter.text(of: item)))"
      if source.parameter(at: member.value) == nil {
        add(element, .drop, change, hints: hints(item))
      } else {
        // The list is a parameter's: what the schema refers to is written out.
        add(
          member.value, .replace(PartWriter.text(of: value, element, .drop)), change,
          hints: hints(item))
      }
    }
  }
}

extension Keyword {
  /// Whether the keyword takes no numbers below 0, and none that are not above it.
  fileprivate var numberRange: (isCount: Bool, isPositive: Bool) {
    let isCount =
      switch value {
      case .count: true
      default: false
      }
    let isPositive =
      switch mutation {
      case .positiveNumber: true
      default: false
      }
    return (isCount, isPositive)
  }
}

extension MutationSource.Value {
  fileprivate var kind: NodeKind { document.kind(of: node) }
  fileprivate var text: String { document.text(of: node) }
}

/// Moves numbers as they are written.
enum DecimalStep {
  /// The numbers one less and one more in the last place that is written; none for others.
  ///
  /// Numbers with an exponent, or of more than 17 digits, are left alone.
  static func around(_ text: String) -> [String] {
    var digits = Array(text.utf8)
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    let point = digits.firstIndex(of: UInt8(ascii: "."))
    let places = point.map { digits.count - $0 - 1 } ?? 0
    digits.removeAll { $0 == UInt8(ascii: ".") }
    guard !digits.isEmpty, digits.count <= 17,
      let magnitude = Int64(String(decoding: digits, as: UTF8.self))
    else { return [] }
    let value = isNegative ? -magnitude : magnitude
    return [value - 1, value + 1].map { spelled($0, places: places) }
  }

  /// Whether a number is written with no digit but 0.
  static func isZero(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
  }

  private static func spelled(_ value: Int64, places: Int) -> String {
    var digits = String(value.magnitude)
    if places > 0 {
      if digits.utf8.count <= places {
        digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
      }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return (value < 0 ? "-" : "") + digits
  }
}
