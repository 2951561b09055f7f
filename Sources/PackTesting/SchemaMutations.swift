import Documents
import Patterns
import RulePacks
import SourceText

/// The mutants of a schema: of it and of all schemas in it.
///
/// A keyword that only leads to other schemas is not left out itself: leaving out what those demand
/// is the smaller change, and an example that notices it notices the larger one.
struct SchemaMutations {
  let pack: RulePack
  let part: RulePack.RulePart
  let root: NodeID
  private(set) var mutants: [Mutant] = []

  /// How many mutants one schema may have.
  private static let limit = 10_000

  init(pack: RulePack, part: RulePack.RulePart, root: NodeID) {
    self.pack = pack
    self.part = part
    self.root = root
  }

  private var document: Document { pack.file.document }

  /// Goes through all schemas, in the order of the file.
  mutating func run() {
    var work = [root]
    while let node = work.popLast(), mutants.count < Self.limit {
      switch document.kind(of: node) {
      case .boolean: add(node, .replace(Self.json(!document.isTrue(node))), flipped(node))
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
    let value = substituted(member.value)
    switch name {
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
      drop(member)
      moveBound(name, member.value, isCount: false)
    case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
      "minContains", "maxContains", "minBytes", "maxBytes", "minTotalBytes", "maxTotalBytes",
      "multipleOf":
      drop(member)
      moveBound(name, member.value, isCount: true)
    case "pattern":
      drop(member)
      alterText(name, member.value, PatternAlterations.all(of: document.text(of: value)))
    case "characters":
      drop(member)
      alterText(name, member.value, PatternAlterations.all(ofClass: document.text(of: value)))
    case "const":
      drop(member)
      changeConstant(member.value)
    case "enum":
      drop(member)
      dropElements(name, member)
    case "type":
      drop(member)
      alterType(member)
    case "required", "containsAll": dropElements(name, member, dropsLast: true)
    case "dependentRequired":
      for entry in document.members(of: value) { dropElements(name, entry, dropsLast: true) }
    case "exactlyOneOf", "atMostOneOf", "atLeastOneOf": alterPresence(name, member)
    case "format", "contentMediaType", "contentEncoding", "$ref", "$dynamicRef": drop(member)
    case "uniqueItems": if document.isTrue(value) { drop(member) }
    case "not", "contains":
      drop(member)
      children.append(member.value)
    case "anyOf", "oneOf":
      if document.childCount(of: value) > 1 { dropElements(name, member) }
      if name == "oneOf" { rename(member, to: "anyOf") }
      children += document.elements(of: member.value)
    case "allOf", "prefixItems": children += document.elements(of: member.value)
    case "properties", "dependentSchemas", "$defs", "definitions":
      children += document.members(of: member.value).map(\.value)
    case "patternProperties":
      for entry in document.members(of: member.value) {
        alterText(name, entry.name, PatternAlterations.all(of: document.text(of: entry.name)))
        children.append(entry.value)
      }
    case "if", "then", "else", "items", "additionalProperties", "propertyNames",
      "unevaluatedItems", "unevaluatedProperties", "contentSchema":
      children.append(member.value)
    default: break
    }
  }

  /// The value of a parameter where a node refers to one.
  private func substituted(_ node: NodeID) -> NodeID {
    guard let use = pack.parameterUse(at: node),
      let parameter = pack.parameter(named: use.name.value)
    else { return node }
    return parameter.defaultValue
  }

  // MARK: - Making mutants

  private mutating func add(
    _ node: NodeID, _ edit: PartWriter.Edit, _ change: String, range: TextRange? = nil,
    hints: [Specimen] = [], characters: [Unicode.Scalar] = []
  ) {
    guard mutants.count < Self.limit else { return }
    mutants.append(
      Mutant(
        part: part, text: .schema(PartWriter.text(of: root, in: pack, node, edit)),
        change: change, node: node, range: range, hints: hints, characters: characters))
  }

  private mutating func drop(_ member: Document.Member) {
    add(
      member.name, .drop, "without \(document.text(of: member.name)): \(shown(member.value))",
      hints: hints(substituted(member.value)))
  }

  private mutating func rename(_ member: Document.Member, to name: String) {
    add(
      member.name, .replace(Self.json(name)), "\(document.text(of: member.name)) → \(name)")
  }

  /// A value in few words.
  private func shown(_ node: NodeID) -> String {
    let text = PartWriter.text(of: node, in: pack)
    guard text.count > 60 else { return String(decoding: text, as: UTF8.self) }
    return String(String(decoding: text, as: UTF8.self).unicodeScalars.prefix(50)) + "…"
  }

  private func hints(_ node: NodeID) -> [Specimen] {
    Specimen(node, in: document).map { [$0] } ?? []
  }

  private static func json(_ value: Bool) -> [UInt8] { Array((value ? "true" : "false").utf8) }

  private static func json(_ text: String) -> [UInt8] {
    var json: [UInt8] = []
    JSONWriter.append(quoted: text, to: &json)
    return json
  }

  // MARK: - Values

  /// Moves a number by one in its last place, both ways.
  private mutating func moveBound(_ name: String, _ node: NodeID, isCount: Bool) {
    let value = substituted(node)
    guard document.kind(of: value) == .number else { return }
    let text = document.text(of: value)
    let parameter = value == node ? "" : " ($param \(parameterName(node)))"
    for moved in DecimalStep.around(text) {
      if isCount, moved.hasPrefix("-") || name == "multipleOf" && DecimalStep.isZero(moved) {
        continue
      }
      add(
        node, .replace(Array(moved.utf8)), "\(name): \(text) → \(moved)\(parameter)",
        hints: [.number(Array(text.utf8)), .number(Array(moved.utf8))])
    }
  }

  private func parameterName(_ node: NodeID) -> String {
    pack.parameterUse(at: node)?.name.value ?? ""
  }

  private mutating func alterText(
    _ name: String, _ node: NodeID, _ alterations: [TextAlteration]
  ) {
    let value = substituted(node)
    let text = Array(document.utf8(of: value))
    for change in alterations {
      add(
        node, .replace(Self.json(change.applied(to: text))), "\(name): \(change.summary)",
        range: value == node ? change.range : nil, characters: change.characters(in: text))
    }
  }

  private mutating func changeConstant(_ node: NodeID) {
    let value = substituted(node)
    let text = document.text(of: value)
    let changed: [UInt8]
    switch document.kind(of: value) {
    case .string: changed = Self.json(text + "~")
    case .number: changed = Array((DecimalStep.around(text).last ?? "0").utf8)
    case .boolean: changed = Self.json(!document.isTrue(value))
    case .null, .array, .object: changed = Self.json("~")
    case .name, .absent: return
    }
    add(
      node, .replace(changed),
      "const: \(shown(value)) → \(String(decoding: changed, as: UTF8.self))", hints: hints(value))
  }

  private mutating func alterType(_ member: Document.Member) {
    let value = substituted(member.value)
    if document.childCount(of: value) > 1 { dropElements("type", member) }
    switch document.kind(of: value) {
    case .string:
      let text = document.text(of: value)
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
    let value = substituted(member.value)
    guard document.kind(of: value) == .array else { return }
    let elements = Array(document.elements(of: value))
    guard elements.count > 1 else {
      if dropsLast, !elements.isEmpty { drop(member) }
      return
    }
    for element in elements {
      let change = "\(name) without \(shown(element))"
      if value == member.value {
        add(element, .drop, change, hints: hints(element))
      } else {
        // The list is a parameter's: what the schema refers to is written out.
        add(
          member.value, .replace(PartWriter.text(of: value, in: pack, element, .drop)), change,
          hints: hints(element))
      }
    }
  }

  /// Asks for another number of the same members, and for one member less.
  private mutating func alterPresence(_ name: String, _ member: Document.Member) {
    drop(member)
    if document.childCount(of: substituted(member.value)) > 2 { dropElements(name, member) }
    switch name {
    case "exactlyOneOf":
      rename(member, to: "atMostOneOf")
      rename(member, to: "atLeastOneOf")
    default: rename(member, to: "exactlyOneOf")
    }
  }
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
