import Documents
import Evaluation
import Findings

/// A schema to check: its keywords, and what the request's model has where it applies.
struct CheckedSchema {
  /// Where it stands.
  let place: SchemaPlace
  /// The files that it and the values of its keywords are in.
  private let resources: SchemaResources
  /// The shapes of the values that it is applied to; empty where they are not known.
  let shapes: Set<Int>
  /// Whether it is of the request's model itself, which may say what is needless.
  let isModel: Bool
  /// What it is there for.
  let stance: Stance
  /// The keywords by name.
  private(set) var keywords: [String: Entry] = [:]

  /// What a schema is there for, which decides how much it matters that it never holds.
  enum Stance {
    /// It has to hold, or decides whether another one has to.
    case demand
    /// It is one of several ways to hold, of which some may not fit.
    case alternative
    /// It must not hold: one that never does is a way to leave wrong types to the model.
    case refusal

    /// How much it matters that the schema never holds.
    var severity: Severity {
      switch self {
      case .demand: .error
      case .alternative, .refusal: .warning
      }
    }
  }

  /// A keyword with the place of its value; the value of a parameter where it refers to one.
  struct Entry {
    var name: SchemaPlace
    var value: SchemaPlace
  }

  init(
    _ place: SchemaPlace, shapes: Set<Int>, isModel: Bool, stance: Stance,
    _ compiler: SchemaCompiler
  ) {
    self.place = place
    resources = compiler.resources
    let document = resources.document(of: place)
    self.shapes = shapes
    self.isModel = isModel
    self.stance = stance
    let hidesSiblings = compiler.resources.draft(of: place) == .draft7
    let reference = hidesSiblings ? document.member(named: "$ref", in: place.node) : nil
    for member in document.members(of: place.node)
    where reference == nil || reference?.name == member.name {
      keywords[document.text(of: member.name)] = Entry(
        name: SchemaPlace(file: place.file, node: member.name),
        value: compiler.substituted(SchemaPlace(file: place.file, node: member.value)))
    }
  }

  /// The keywords in the order of the file.
  var inOrder: [(name: String, entry: Entry)] {
    keywords.sorted { $0.value.name.node < $1.value.name.node }.map { ($0.key, $0.value) }
  }

  // MARK: - Values of keywords

  /// The document that a place is in; a parameter's value may be in another than the keyword.
  func document(of place: SchemaPlace) -> Document { resources.document(of: place) }

  /// The number that is a keyword's value.
  func number(_ name: String) -> ExactNumber? {
    guard let value = keywords[name]?.value, document(of: value).kind(of: value.node) == .number
    else {
      return nil
    }
    return document(of: value).number(of: value.node)
  }

  /// A keyword's value as it is written.
  func text(_ name: String) -> String {
    keywords[name].map { document(of: $0.value).text(of: $0.value.node) } ?? ""
  }

  /// Whether a keyword's value is `true` or `false`; nil where it is neither.
  func boolean(_ name: String) -> Bool? {
    guard let value = keywords[name]?.value, document(of: value).kind(of: value.node) == .boolean
    else {
      return nil
    }
    return document(of: value).isTrue(value.node)
  }

  /// The elements of a keyword's value, if that is a list.
  func elements(_ name: String) -> [SchemaPlace] {
    guard let value = keywords[name]?.value else { return [] }
    return document(of: value).elements(of: value.node).map {
      SchemaPlace(file: value.file, node: $0)
    }
  }

  /// The members of a keyword's value, if that is a mapping.
  func members(_ name: String) -> [(name: SchemaPlace, value: SchemaPlace)] {
    guard let value = keywords[name]?.value else { return [] }
    return document(of: value).members(of: value.node).map {
      (SchemaPlace(file: value.file, node: $0.name), SchemaPlace(file: value.file, node: $0.value))
    }
  }

  /// The strings of a list that is a keyword's value, each with its place.
  func names(_ name: String) -> [(text: String, place: SchemaPlace)] {
    strings(elements(name))
  }

  /// The strings among some nodes.
  func strings(_ places: [SchemaPlace]) -> [(text: String, place: SchemaPlace)] {
    places.filter { document(of: $0).kind(of: $0.node) == .string }
      .map { (document(of: $0).text(of: $0.node), $0) }
  }

  /// The types that `type` names; nil where there is none, or a malformed one.
  var declaredTypes: TypeSet? {
    guard let value = keywords["type"]?.value else { return nil }
    let nodes =
      document(of: value).kind(of: value.node) == .array
      ? Array(document(of: value).elements(of: value.node)) : [value.node]
    var types: TypeSet = []
    for node in nodes {
      guard
        let known = TypeSet.named.first(where: { $0.name == document(of: value).text(of: node) })
      else {
        return nil
      }
      types.insert(known.type)
    }
    return types
  }

  /// The type of a value that a schema names.
  func type(of place: SchemaPlace) -> TypeSet {
    switch document(of: place).kind(of: place.node) {
    case .null, .absent: .null
    case .boolean: .boolean
    case .number:
      document(of: place).number(of: place.node).isInteger ? [.integer, .number] : .number
    case .string, .name: .string
    case .array: .array
    case .object: .object
    }
  }
}
