/// What the values of a request look like, as far as its model says: shapes that refer to one another.
///
/// A shape is known by its number, so that models that contain themselves need no care.
package struct CELShapes: Sendable {
  /// One shape.
  package enum Shape: Sendable {
    /// Any value.
    case any
    case null
    case boolean
    case integer
    /// A whole number or one with a fraction.
    case number
    case string
    /// A list whose elements have one shape.
    case list(element: Int)
    /// An object whose names are free and whose values have one shape.
    case map(value: Int)
    /// An object with the members that the model names.
    case object(Object)
  }

  /// The members of an object.
  package struct Object: Sendable {
    /// The shapes of the members by name.
    package var members: [String: Int]
    /// The shape of every other member; nil where there can be none.
    package var others: Int?

    /// Creates an object's members; `others` is nil for an object that has no others.
    package init(members: [String: Int], others: Int?) {
      self.members = members
      self.others = others
    }
  }

  /// The shapes by number.
  package private(set) var shapes: [Shape] = [.any]

  /// Creates a table with one shape, number 0: any value.
  package init() {}

  /// The number of the shape that every value has.
  package static let any = 0

  /// Adds a shape and gives its number.
  package mutating func add(_ shape: Shape) -> Int {
    shapes.append(shape)
    return shapes.count - 1
  }

  /// Sets what was added as a place for a shape that had to be known by number first.
  package mutating func set(_ number: Int, to shape: Shape) {
    guard shapes.indices.contains(number) else { return }
    shapes[number] = shape
  }

  /// The type of values of a shape.
  package func type(of number: Int) -> CELType {
    guard shapes.indices.contains(number) else { return .dyn }
    switch shapes[number] {
    case .any: return .dyn
    case .null: return .null
    case .boolean: return .boolean
    case .integer: return .integer
    case .number: return .number
    case .string: return .string
    case .list, .map, .object: return .shape(number)
    }
  }

  /// A shape's type with one level opened: a list or a map of the types within; else the type itself.
  func opened(_ type: CELType) -> CELType {
    guard case .shape(let number) = type, shapes.indices.contains(number) else { return type }
    switch shapes[number] {
    case .list(let element): return .list(self.type(of: element))
    case .map(let value): return .map(.string, self.type(of: value))
    case .any, .null, .boolean, .integer, .number, .string, .object: return type
    }
  }

  /// The members of an object's type, or nil for any other type.
  func object(_ type: CELType) -> Object? {
    guard case .shape(let number) = type, shapes.indices.contains(number),
      case .object(let object) = shapes[number]
    else { return nil }
    return object
  }

  /// The type as messages name it.
  func name(of type: CELType) -> String {
    switch type {
    case .shape(let number) where shapes.indices.contains(number):
      switch shapes[number] {
      case .list(let element):
        if case .shape = self.type(of: element) { return "list" }
        return "list(\(self.type(of: element)))"
      case .map: return "map"
      case .any, .null, .boolean, .integer, .number, .string, .object: return "object"
      }
    default: return type.description
    }
  }
}
