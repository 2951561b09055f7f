import Documents
import JSONPath
import SourceText

/// What a new rule is to be about: the values that a path selects, as far as a model describes them.
struct RuleTarget {
  /// What a new rule demands, with a value that passes and one that fails, as YAML.
  struct Sample: Hashable {
    var then: String
    var pass: String
    var fail: String
  }

  /// One step from the request to the values.
  private enum Step {
    case member(String)
    /// The values of all members.
    case members
    /// An element, or all of them.
    case element(Int)
  }

  /// The steps; nil for a path that says more than where the values are.
  private var steps: [Step]?
  /// The model's schema of the values.
  private var schema: (document: Document, node: NodeID)?

  init(_ query: JSONPathQuery, models: [PackFile]) {
    for model in models where schema == nil {
      guard let (steps, node) = Self.follow(query, in: model.document) else { continue }
      self.steps = steps
      schema = node.map { (model.document, $0) }
    }
    if steps == nil { steps = Self.follow(query, in: nil)?.steps }
  }

  /// The steps of a plain path, and the schema that a model has at its end; nil for any other path.
  private static func follow(
    _ query: JSONPathQuery, in model: Document?
  ) -> (steps: [Step], schema: NodeID?)? {
    var steps: [Step] = []
    var node = model.map { resolved(.root, in: $0) }
    func child(_ keyword: String) -> NodeID? {
      guard let model, let parent = node,
        let value = model.value(named: keyword, in: parent), model.kind(of: value) == .object
      else { return nil }
      return resolved(value, in: model)
    }
    for segment in query.segments {
      guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
      switch segment.selectors[0].kind {
      case .name(let name):
        let text = String(decoding: name.bytes, as: UTF8.self)
        steps.append(.member(text))
        let own = child("properties").flatMap { properties in
          model.flatMap { model in
            model.value(named: text, in: properties).map { resolved($0, in: model) }
          }
        }
        node = own ?? child("additionalProperties")
      case .wildcard:
        if let values = child("additionalProperties"), child("items") == nil {
          steps.append(.members)
          node = values
        } else {
          steps.append(child("properties") == nil ? .element(0) : .members)
          node = child("items")
        }
      case .index(let index):
        guard (0..<100).contains(index) else { return nil }
        steps.append(.element(index))
        node = child("items")
      case .slice, .filter: return nil
      }
    }
    return (steps, node)
  }

  /// The schema that a schema refers to within its file; itself where it refers to none.
  private static func resolved(_ node: NodeID, in document: Document) -> NodeID {
    var node = node
    for _ in 0..<20 {
      guard document.kind(of: node) == .object,
        let reference = document.value(named: "$ref", in: node),
        document.kind(of: reference) == .string,
        case let text = document.text(of: reference), text.hasPrefix("#/"),
        let target = JSONPointer(String(text.dropFirst())).flatMap({ document.node(at: $0) })
      else { return node }
      node = target
    }
    return node
  }

  /// A request with a value at the end of the path; nil where it cannot be known where that is.
  func request(with value: String) -> String? {
    steps.map { steps in
      steps.reversed().reduce(value) { value, step in
        switch step {
        case .member(let name): "{ \(PackTemplate.quoted(name)): \(value) }"
        case .members: "{ x: \(value) }"
        case .element(let index):
          "[ \(Array(repeating: value, count: index + 1).joined(separator: ", ")) ]"
        }
      }
    }
  }

  // MARK: - Samples

  private static let text = Sample(
    then: "{ not: { const: replace-me } }", pass: "something-else", fail: "replace-me")
  private static let object = Sample(
    then: "{ maxTotalBytes: 1000 }", pass: "{ x: { $repeat: [x, 999] } }",
    fail: "{ x: { $repeat: [x, 1000] } }")
  private static let array = Sample(
    then: "{ maxTotalBytes: 1000 }", pass: "[ { $repeat: [x, 1000] } ]",
    fail: "[ { $repeat: [x, 1001] } ]")
  private static let flag = Sample(
    then: "{ not: { const: false } }", pass: "true", fail: "false")

  private static func number(not bound: String) -> Sample {
    Sample(then: "{ not: { const: \(bound) } }", pass: bound == "1" ? "2" : "1", fail: bound)
  }

  /// Demands that may suit the values, those first that the model's words on them suggest.
  var samples: [Sample] {
    var samples: [Sample] = []
    for type in types {
      switch type {
      case "integer", "number":
        samples += [Self.number(not: "0")] + bounds.map { Self.number(not: $0) }
      case "boolean": samples.append(Self.flag)
      case "object": samples.append(Self.object)
      case "array": samples.append(Self.array)
      case "null":
        samples.append(Sample(then: "{ not: { type: 'null' } }", pass: "x", fail: "null"))
      default: samples += words + [Self.text]
      }
    }
    samples += [Self.text, Self.object, Self.array, Self.number(not: "0"), Self.flag]
    var seen: Set<Sample> = []
    return samples.filter { seen.insert($0).inserted }
  }

  /// The types that the model has for the values; that of requests where the path is the request.
  private var types: [String] {
    if steps?.isEmpty ?? false { return ["object"] }
    guard let (document, node) = schema, let type = document.value(named: "type", in: node) else {
      return []
    }
    return document.kind(of: type) == .array
      ? document.elements(of: type).map { document.text(of: $0) } : [document.text(of: type)]
  }

  /// Numbers that the model allows.
  private var bounds: [String] {
    let listed = listedValues(.number)
    let keywords = ["minimum", "maximum", "const", "default"].compactMap { keyword -> String? in
      guard let (document, node) = schema, let value = document.value(named: keyword, in: node),
        document.kind(of: value) == .number
      else { return nil }
      return document.text(of: value)
    }
    return listed + keywords
  }

  /// A demand for each of the first strings that the model lists.
  private var words: [Sample] {
    listedValues(.string).map { word in
      let text = PackTemplate.quoted(word)
      return Sample(then: "{ not: { const: \(text) } }", pass: "something-else", fail: text)
    }
  }

  /// The first values of a kind that the model lists in `enum`.
  private func listedValues(_ kind: NodeKind) -> [String] {
    guard let (document, node) = schema, let list = document.value(named: "enum", in: node),
      document.kind(of: list) == .array
    else { return [] }
    return document.elements(of: list).filter { document.kind(of: $0) == kind }.prefix(2)
      .map { document.text(of: $0) }
  }
}
