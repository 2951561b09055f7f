import Documents
import Evaluation
import RequisitePatterns
import RulePacks
import SourceText

/// Reading the values of keywords, with a word on what was expected.
extension SchemaCompiler {
  /// The kind of node at a place.
  func kind(of place: SchemaPlace) -> NodeKind {
    resources.document(of: place).kind(of: place.node)
  }

  /// How many elements or members the value at a place has.
  func childCount(of place: SchemaPlace) -> Int {
    switch kind(of: place) {
    case .array, .object: resources.document(of: place).childCount(of: place.node)
    case .null, .boolean, .number, .string, .name, .absent: 0
    }
  }

  /// The text at a place.
  func text(of place: SchemaPlace) -> String { resources.document(of: place).text(of: place.node) }

  /// A count: a whole number of at least 0.
  mutating func count(_ use: KeywordUse) -> Int? {
    let document = resources.document(of: use.value)
    if document.kind(of: use.value.node) == .number,
      case let number = document.number(of: use.value.node), number.isInteger, number >= .integer(0)
    {
      // A bound beyond 64 bits is as good as the largest one.
      if case .integer(let value) = number { return Int(value) }
      return Int.max
    }
    mistake(
      "schema/wrong-type", "\(use.name) takes an integer of at least 0", at: use.value)
    return nil
  }

  /// The plan's number for an exact number.
  mutating func number(_ use: KeywordUse) -> Int? {
    let document = resources.document(of: use.value)
    guard document.kind(of: use.value.node) == .number else {
      mistake("schema/wrong-type", "\(use.name) takes a number", at: use.value)
      return nil
    }
    plan.program.numbers.append(document.number(of: use.value.node))
    return plan.program.numbers.count - 1
  }

  /// A string.
  mutating func string(_ use: KeywordUse) -> String? {
    guard kind(of: use.value) == .string else {
      mistake("schema/wrong-type", "\(use.name) takes a string", at: use.value)
      return nil
    }
    return text(of: use.value)
  }

  /// `true` or `false`; what is neither counts as `false`.
  mutating func flag(_ use: KeywordUse) -> Bool {
    let document = resources.document(of: use.value)
    guard document.kind(of: use.value.node) == .boolean else {
      mistake("schema/wrong-type", "\(use.name) takes true or false", at: use.value)
      return false
    }
    return document.isTrue(use.value.node)
  }

  /// The elements of a list.
  mutating func list(_ use: KeywordUse, of what: String) -> [SchemaPlace]? {
    guard kind(of: use.value) == .array else {
      mistake("schema/wrong-type", "\(use.name) takes a list of \(what)", at: use.value)
      return nil
    }
    let document = resources.document(of: use.value)
    spend(CompilationCost.element * document.childCount(of: use.value.node))
    guard budget.isLeftForCompilation else { return [] }
    return document.elements(of: use.value.node)
      .map { SchemaPlace(file: use.value.file, node: $0) }
  }

  /// The members of a mapping: each name with its place, and the place of its value.
  mutating func mapping(
    _ use: KeywordUse, of what: String
  ) -> [(name: String, namePlace: SchemaPlace, value: SchemaPlace)]? {
    let document = resources.document(of: use.value)
    guard document.kind(of: use.value.node) == .object else {
      mistake("schema/wrong-type", "\(use.name) takes a mapping of \(what)", at: use.value)
      return nil
    }
    spend(CompilationCost.element * document.childCount(of: use.value.node))
    guard budget.isLeftForCompilation else { return [] }
    return document.members(of: use.value.node).map { member in
      (
        document.text(of: member.name), SchemaPlace(file: use.value.file, node: member.name),
        SchemaPlace(file: use.value.file, node: member.value)
      )
    }
  }

  /// A list of member names.
  mutating func names(_ use: KeywordUse) -> [MemberName]? {
    guard let places = list(use, of: "member names") else { return nil }
    var names: [MemberName] = []
    for place in places {
      if kind(of: place) == .string {
        names.append(memberName(text(of: place)))
      } else {
        mistake("schema/wrong-type", "\(use.name) takes a list of member names", at: place)
      }
    }
    return names
  }

  /// A name with its symbol.
  mutating func memberName(_ name: String) -> MemberName {
    MemberName(symbol: plan.program.symbols.intern(name), text: name)
  }

  /// A value of the pack.
  func constant(at place: SchemaPlace) -> Constant {
    let document = resources.document(of: place)
    let isString = document.kind(of: place.node) == .string
    return Constant(
      document: place.file, node: place.node,
      string: isString ? Array(document.utf8(of: place.node)) : nil)
  }

  /// The plan's number for a list of schemas that apply to the value at hand.
  mutating func inPlaceSchemas(_ use: KeywordUse) -> Int? {
    guard let places = list(use, of: "schemas") else { return nil }
    if places.isEmpty, budget.isLeftForCompilation {
      mistake("schema/bad-value", "\(use.name) takes at least one schema", at: use.value)
    }
    var schemas: [SchemaID] = []
    for place in places { schemas.append(inPlaceSchema(at: place)) }
    plan.program.schemaLists.append(schemas)
    return plan.program.schemaLists.count - 1
  }

  /// The plan's number for a pattern; a bad one is reported at the column within it.
  mutating func pattern(_ text: String, at place: SchemaPlace) -> Int? {
    let key = Array(text.utf8)
    if let known = patternNumbers[key] { return known }
    spend(CompilationCost.patternByte * key.count)
    do throws(PatternError) {
      plan.program.patterns.append(try Pattern(text))
      patternNumbers[key] = plan.program.patterns.count - 1
      return plan.program.patterns.count - 1
    } catch {
      mistake(
        "schema/bad-pattern", error.message, at: place,
        part: resources.files[place.file].file.sourceRange(
          of: error.offset..<error.offset, in: place.node))
      return nil
    }
  }
}
