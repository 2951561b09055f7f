/// A function or macro of CEL, as `requisite list functions` documents it.
package struct SupportedFunction: Sendable {
  /// The name, with its namespace if it has one.
  package let name: String
  /// The ways to call it, such as `string.charAt(int) -> string`.
  package let signatures: [String]
  /// What it returns, in one sentence.
  package let summary: String

  /// All functions and macros, by name.
  package static let all: [SupportedFunction] = {
    var names: [String] = []
    for function in CELFunction.all where !function.isHidden && !names.contains(function.name) {
      names.append(function.name)
    }
    let functions = names.compactMap { name -> SupportedFunction? in
      let declarations = CELFunctionDeclaration.declarations(named: name)
      guard let function = declarations.first?.function else { return nil }
      return SupportedFunction(
        name: name,
        signatures: function.traits.contains(.gathersNumbers)
          // Arguments are gathered into a list before the call is checked.
          ? ["\(name)(number, …) -> number", "\(name)(list) -> number"] : merged(declarations),
        summary: function.summary)
    }
    let macros = Macro.all.map { macro in
      SupportedFunction(name: macro.name, signatures: macro.signatures, summary: macro.summary)
    }
    return (functions + macros).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
  }()

  /// The signatures of declarations; those that differ in one parameter are one.
  private static func merged(_ declarations: [CELFunctionDeclaration]) -> [String] {
    var merged: [(declaration: CELFunctionDeclaration, parameters: [[String]])] = []
    for declaration in declarations {
      let parameters = declaration.parameters.map { name(of: $0) }
      let place = merged.firstIndex { other in
        guard other.declaration.isMember == declaration.isMember,
          other.declaration.result == declaration.result,
          other.parameters.count == parameters.count
        else { return false }
        return zip(other.parameters, parameters).count { $0 != [$1] } == 1
          || parameters.count == 1 && !parameters.isEmpty
      }
      if let place {
        for (index, parameter) in parameters.enumerated()
        where !merged[place].parameters[index].contains(parameter) {
          merged[place].parameters[index].append(parameter)
        }
      } else {
        merged.append((declaration, parameters.map { [$0] }))
      }
    }
    return merged.map { entry in
      let types = entry.parameters.map { $0.joined(separator: " | ") }
      let (name, result) = (entry.declaration.name, Self.name(of: entry.declaration.result))
      guard entry.declaration.isMember, let receiver = types.first else {
        return "\(name)(\(types.joined(separator: ", "))) -> \(result)"
      }
      let shown = receiver.contains(" ") ? "(\(receiver))" : receiver
      return "\(shown).\(name)(\(types.dropFirst().joined(separator: ", "))) -> \(result)"
    }
  }

  /// The short name of a type; CEL names those of times and optionals by their packages.
  private static func name(of type: CELType) -> String {
    switch type {
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(name(of: element)))"
    case .map(let key, let value): "map(\(name(of: key)), \(name(of: value)))"
    case .optional(let wrapped): "optional(\(name(of: wrapped)))"
    default: type.description
    }
  }
}
