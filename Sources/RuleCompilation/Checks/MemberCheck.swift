import Documents
import Evaluation

/// Members that schemas name: those that the model lacks, and those that are asked for and forbidden.
extension PlanBuild {
  /// Looks for members that the request's model does not have.
  mutating func checkMembers(_ schema: CheckedSchema) {
    guard !schema.shapes.isEmpty else { return }
    for entry in memberNames(of: schema) where !isMember(entry.text, of: schema.shapes) {
      if hasManyMistakes { return }
      var message = "unknown member '\(entry.text)' in the model"
      if schemas.wantsHints {
        let names = schema.shapes.sorted().flatMap { number in
          model.shapes[number].shape.members.map {
            schemas.plan.program.symbols.name(of: $0.symbol)
          }
        }
        message += ModelNames.hint(entry.text, among: names)
      }
      schemas.mistake("schema/unknown-member", message, at: entry.place)
    }
  }

  /// The keywords whose lists are of member names.
  private static let listing = Keyword.names { if case .names = $0 { true } else { false } }
  /// The keywords that map member names to schemas.
  private static let mapping = Keyword.names { if case .schemasByName = $0 { true } else { false } }
  /// The keywords that map member names to lists of them.
  private static let mappingToLists = Keyword.names {
    if case .namesByName = $0 { true } else { false }
  }

  /// Every name of a member that a schema's keywords hold, with its place.
  private func memberNames(of schema: CheckedSchema) -> [(text: String, place: SchemaPlace)] {
    var names: [(text: String, place: SchemaPlace)] = []
    for keyword in Self.listing { names += schema.names(keyword) }
    for keyword in Self.mapping {
      names += schema.members(keyword).map { (schemas.text(of: $0.name), $0.name) }
    }
    for keyword in Self.mappingToLists {
      for member in schema.members(keyword) {
        names.append((schemas.text(of: member.name), member.name))
        let elements = schema.document(of: member.value).elements(of: member.value.node)
        names += schema.strings(elements.map { SchemaPlace(file: member.value.file, node: $0) })
      }
    }
    return names
  }

  /// Whether values of at least one shape may have a member.
  private func isMember(_ name: String, of shapes: Set<Int>) -> Bool {
    let symbol = schemas.plan.program.symbols.symbol(of: name)
    return shapes.contains { number in
      let shape = model.shapes[number].shape
      switch shape.kind {
      case .structure: return shape.isOpen || model.shapes[number].memberShapes[symbol] != nil
      case .map, .list, .anything: return true
      }
    }
  }

  // MARK: - Members that are asked for and forbidden

  /// Looks for members that one keyword asks for and another forbids.
  mutating func checkForbiddenMembers(_ schema: CheckedSchema) {
    var forbidden: Set<[UInt8]> = []
    var allowed: Set<[UInt8]> = []
    for member in schema.members("properties") {
      let name = Array(schemas.text(of: member.name).utf8)
      if isForbidden(member.value) { forbidden.insert(name) } else { allowed.insert(name) }
    }
    let isClosed =
      schema.keywords["patternProperties"] == nil
      && schema.keywords["additionalProperties"].map { isForbidden($0.value) } ?? false
    for entry in schema.names("required") where !hasManyMistakes {
      let name = Array(entry.text.utf8)
      if forbidden.contains(name) {
        reportContradiction(
          "'\(entry.text)' is required, but properties forbids it", at: entry.place)
      } else if isClosed, !allowed.contains(name) {
        var message = "'\(entry.text)' is required, but additionalProperties forbids it"
        if schemas.wantsHints {
          message += ModelNames.hint(
            entry.text, among: schema.members("properties").map { schemas.text(of: $0.name) })
        }
        reportContradiction(message, at: entry.place)
      }
    }
  }

  /// Whether a schema is `false`, or a `not` of everything.
  private func isForbidden(_ place: SchemaPlace) -> Bool {
    let document = schemas.resources.document(of: place)
    switch document.kind(of: place.node) {
    case .boolean: return !document.isTrue(place.node)
    case .object:
      guard let negated = document.value(named: "not", in: place.node) else { return false }
      return document.kind(of: negated) == .boolean && document.isTrue(negated)
        || document.kind(of: negated) == .object && document.childCount(of: negated) == 0
    default: return false
    }
  }
}
