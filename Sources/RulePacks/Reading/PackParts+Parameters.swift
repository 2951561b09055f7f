import Documents
import SourceText

extension PackParts {
  /// What `parameters` holds.
  struct ReadParameters {
    /// The declarations without errors.
    var parameters: [RulePack.Parameter] = []
    /// The values for inherited parameters.
    var settings: [RulePack.Setting] = []
    /// The names of all declarations.
    var declared: [String] = []
  }

  /// Reads `parameters`.
  mutating func parameters(_ member: Document.Member?) -> ReadParameters {
    var read = ReadParameters()
    guard let member, isMapping(member, "a mapping from names to parameters") else { return read }
    for entry in document.members(of: member.value) {
      if inherits, !isDeclaration(entry.value) {
        read.settings.append(
          RulePack.Setting(
            name: Located(document.text(of: entry.name), at: entry.name), value: entry.value))
        continue
      }
      read.declared.append(document.text(of: entry.name))
      if let parameter = parameter(entry) { read.parameters.append(parameter) }
    }
    return read
  }

  /// Whether a value declares a parameter, and does not set an inherited one: it names a type.
  private func isDeclaration(_ node: NodeID) -> Bool {
    guard document.kind(of: node) == .object,
      let type = document.value(named: ParameterField.type.rawValue, in: node)
    else { return false }
    return document.kind(of: type) == .string
      && RulePack.ParameterType(rawValue: document.text(of: type)) != nil
  }

  private mutating func parameter(_ entry: Document.Member) -> RulePack.Parameter? {
    if !TextForms.isIdentifier(document.utf8(of: entry.name)) {
      report(.notAnIdentifier(shownText(entry.name)), at: entry.name)
    }
    switch document.kind(of: entry.value) {
    case .object: break
    case .absent: return nil
    case .null, .boolean, .number, .string, .array, .name:
      wrongType(entry, "a mapping with 'type' and 'default'")
      return nil
    }
    let owner = Mistake.Owner.parameter(shownText(entry.name))
    let fields: Fields<ParameterField> = fields(of: entry.value, owner)
    let description = text(fields[.description])
    let type: RulePack.ParameterType? = choice(fields[.type])
    if fields[.type] == nil { report(.missingField("type", owner: owner), at: entry.value) }
    guard let defaultValue = fields[.defaultValue] else {
      report(.missingField("default", owner: owner), at: entry.value)
      return nil
    }
    guard let type else { return nil }
    guard document.isValue(defaultValue.value, of: type) else {
      wrongType(defaultValue, type.noun)
      return nil
    }
    return RulePack.Parameter(
      name: Located(document.text(of: entry.name), at: entry.name), type: type,
      definition: entry.value, defaultValue: defaultValue.value, description: description)
  }

  /// Finds `{ $param: NAME }` in schemas, which are given in the order of the file.
  ///
  /// A `$param` whose value is a schema is the name of a property, as under `properties`.
  mutating func parameterUses(
    in schemas: [NodeID], declared: [String]
  ) -> [RulePack.ParameterUse] {
    let keyword = Array("$param".utf8)
    let known = Set(declared.map { Array($0.utf8) })
    var uses: [RulePack.ParameterUse] = []
    for schema in schemas.sorted() {
      for index in schema.index..<document.end(of: schema) {
        let name = NodeID(index)
        guard document.kind(of: name) == .name, document.text(of: name, equals: keyword) else {
          continue
        }
        let value = NodeID(index + 1)
        switch document.kind(of: value) {
        case .object, .boolean, .absent: continue
        case .null, .number, .array, .name:
          wrongType(value, what: "'$param'", "the name of a parameter")
          continue
        case .string: break
        }
        // The first name of a mapping is right behind the mapping's own node.
        let mapping = NodeID(index - 1)
        guard document.kind(of: mapping) == .object, document.childCount(of: mapping) == 1 else {
          report(.notAlone("$param"), at: name)
          continue
        }
        let parameter = document.text(of: value)
        if !known.contains(Array(parameter.utf8)), !inherits {
          let nearest = NearestName.nearest(to: parameter, among: declared.prefix(100))
          report(
            .undeclaredParameter(
              shownText(value), nearest: nearest, declared: Array(declared.prefix(20))),
            at: value)
        }
        uses.append(RulePack.ParameterUse(node: mapping, name: Located(parameter, at: value)))
      }
    }
    return uses
  }
}

extension Document {
  /// Whether a value is of a type, in the sense of JSON Schema: `1.0` is an integer.
  func isValue(_ node: NodeID, of type: RulePack.ParameterType) -> Bool {
    switch (kind(of: node), type) {
    case (.array, .array), (.boolean, .boolean), (.number, .number), (.object, .object),
      (.string, .string):
      true
    case (.number, .integer): number(of: node).isInteger
    case (.null, _), (.boolean, _), (.number, _), (.string, _), (.array, _), (.object, _),
      (.name, _), (.absent, _):
      false
    }
  }
}

extension RulePack.ParameterType {
  /// What a value of the type is called in a sentence.
  var noun: String {
    switch self {
    case .array: "a list"
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .object: "a mapping"
    case .string: "a string"
    }
  }
}
