/// What an expression may name, and how it is checked.
package struct CELEnvironment: Sendable {
  /// A name that stands for a value.
  package struct Variable: Sendable {
    /// The name; dots are part of a qualified one.
    package var name: String
    /// The type of its values.
    package var type: CELType
    /// The value, where it is the same in every evaluation and can be compiled in.
    package var constant: CELValue?

    /// Creates a variable.
    package init(name: String, type: CELType, constant: CELValue? = nil) {
      self.name = name
      self.type = type
      self.constant = constant
    }
  }

  /// The variables; the caller gives their values in this order.
  package var variables: [Variable]
  /// What the variables' types refer to.
  package var shapes: CELShapes
  /// The namespace in which names are looked up first, such as `com.example`; empty for none.
  package var container: String
  /// Whether an expression that can never be evaluated is refused.
  package var checksTypes: Bool
  /// Whether errors say which member may be meant; to find it takes long where there are many.
  package var suggestsMembers = true
  /// Functions that expressions may be checked with, though there is nothing to call.
  package var declaredFunctions: [CELFunctionDeclaration]

  /// Creates an environment; with `checksTypes` false, faults show only when evaluated.
  package init(
    variables: [Variable] = [], shapes: CELShapes = CELShapes(), container: String = "",
    checksTypes: Bool = true, declaredFunctions: [CELFunctionDeclaration] = []
  ) {
    self.variables = variables
    self.shapes = shapes
    self.container = container
    self.checksTypes = checksTypes
    self.declaredFunctions = declaredFunctions
  }

  /// The names that a name may mean in the container, the innermost first.
  func candidates(for name: String, isAbsolute: Bool) -> [String] {
    if isAbsolute || container.isEmpty { return [name] }
    var parts = container.split(separator: ".")
    var candidates: [String] = []
    while !parts.isEmpty {
      candidates.append(parts.joined(separator: ".") + "." + name)
      parts.removeLast()
    }
    return candidates + [name]
  }

  /// The index of the variable that a name stands for.
  func variable(_ name: String, isAbsolute: Bool) -> Int? {
    for candidate in candidates(for: name, isAbsolute: isAbsolute) {
      if let index = variables.firstIndex(where: { $0.name.utf8.elementsEqual(candidate.utf8) }) {
        return index
      }
    }
    return nil
  }
}

/// One way to call a function: its name, the types that it takes, and the type it gives.
package struct CELFunctionDeclaration: Sendable {
  /// The name; a namespace is part of it, as in `math.abs`.
  package var name: String
  /// Whether the first parameter is before the dot.
  package var isMember: Bool
  /// The types of the arguments.
  package var parameters: [CELType]
  /// The type of the result.
  package var result: CELType
  /// What is called; nil for a function that can only be checked.
  var function: CELFunction?

  /// Declares a function for checking alone.
  package init(name: String, isMember: Bool, parameters: [CELType], result: CELType) {
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    function = nil
  }

  init(_ name: String, _ overload: CELOverload, of function: CELFunction) {
    self.name = name
    isMember = overload.isMember
    parameters = overload.parameters
    result = overload.result
    self.function = function
  }
}
