import Documents
import Evaluation
import RulePacks

/// The schema by which a document is recognized as a pack's request.
extension PlanBuild {
  /// Compiles `detect`.
  ///
  /// Requests are JSON objects: a schema that says nothing of types fits objects alone, since most
  /// keywords hold of every value of another type.
  mutating func compileDetect(_ node: NodeID) {
    schemas.plan.ruleTable.detect = compileSchema(at: node, name: "detect")
    let (saysTypes, arrayKeywords) = types(inDetect: place(of: node))
    schemas.plan.ruleTable.detectsObjectsOnly = !saysTypes
    guard checking != .none else { return }
    checkSchema(at: node, shapes: [rootShape])
    if saysTypes { return }
    for place in arrayKeywords {
      reportUseless(
        "\(schemas.text(of: place)) has no effect: it applies to arrays, but 'detect' matches only objects unless it has a 'type'; add 'type: array' if requests are arrays",
        at: place)
    }
  }

  /// Whether a schema, or a branch that applies to the same value, says which types a value has; and
  /// the keywords about arrays in it.
  private mutating func types(
    inDetect place: SchemaPlace
  ) -> (saysTypes: Bool, arrayKeywords: [SchemaPlace]) {
    var arrayKeywords: [SchemaPlace] = []
    var work = [place]
    var seen: Set<SchemaPlace> = []
    while let next = work.popLast() {
      let place = schemas.substituted(next)
      guard schemas.kind(of: place) == .object, seen.insert(place).inserted else { continue }
      let document = schemas.resources.document(of: place)
      for member in document.members(of: place.node) {
        let name = document.text(of: member.name)
        let value = SchemaPlace(file: place.file, node: member.value)
        switch name {
        case "type", "const", "enum": return (true, [])
        case "allOf", "anyOf", "oneOf", "not", "if", "then", "else":
          work += places(of: schemas.substituted(value))
        case "$ref", "$dynamicRef", "$recursiveRef":
          guard schemas.kind(of: value) == .string,
            let target = schemas.resources.target(of: schemas.text(of: value), from: place)
          else { continue }
          work.append(target)
        default:
          if KeywordList.byName[name]?.types == .array {
            arrayKeywords.append(SchemaPlace(file: place.file, node: member.name))
          }
        }
      }
    }
    return (false, arrayKeywords)
  }
}
