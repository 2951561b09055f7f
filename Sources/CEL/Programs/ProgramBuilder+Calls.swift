import RequisitePatterns
import SourceText

// Calls of functions.

extension ProgramBuilder {
  mutating func compileCall(
    _ name: Name, _ target: ExpressionID?, _ argumentIDs: [ExpressionID], _ range: TextRange
  ) -> Compiled {
    var fullName = name.text
    var isMember = target != nil
    var arguments: [Compiled] = []
    var places: [TextRange] = []
    if let target {
      if let namespace = namespace(target),
        !declarations("\(namespace).\(name.text)", false).isEmpty
      {
        fullName = "\(namespace).\(name.text)"
        isMember = false
      } else if let namespace = namespace(target), let names = Self.names(in: namespace) {
        fullName = "\(namespace).\(name.text)"
        report(
          .unknownFunction(
            fullName,
            nearest: NearestName.nearest(to: name.text, among: names).map { "\(namespace).\($0)" },
            hint: nil), TextRange(tree[target].range.lowerBound, name.range.upperBound))
        return failure(.unbound(fullName), range)
      } else {
        arguments.append(compile(target))
        places.append(tree[target].range)
      }
    }
    let errorMark = errors.count
    for id in argumentIDs {
      arguments.append(compile(id))
      places.append(tree[id].range)
    }
    let known = declarations(fullName, isMember)
    if let function = known.first?.function, function.traits.contains(.gathersNumbers) {
      return compileGathering(function, arguments, range)
    }
    guard !known.isEmpty else {
      let hint = ForeignWords.hint(forFunction: name.text)
      let nearest = hint == nil ? nearest(to: name.text, isMember) : nil
      // What a macro would make variables of is not unknown as well.
      if let nearest, Macro.names(isMember: isMember).contains(nearest) {
        forgetUnknownNames(since: errorMark)
      }
      report(.unknownFunction(fullName, nearest: nearest, hint: hint), name.range)
      return failure(.unbound(fullName), range)
    }
    let type = resultType(fullName, arguments.map(\.type), known, range)
    guard let function = known.first?.function,
      known.contains(where: { $0.parameters.count == arguments.count })
    else {
      return Compiled(
        instruction: failure(.unsupported(operation: fullName), range).instruction, type: type)
    }
    var operands = arguments.map(\.instruction)
    if let argument = arguments.first, isReadAsDouble(argument, argumentIDs.first, by: function) {
      operands[0] = asDouble(argument)
    }
    if function.traits.contains(.takesPattern), arguments.count == 2,
      case .string(let pattern)? = constantValue(operands[1])
    {
      return compileMatches(operands[0], pattern, places[1], range)
    }
    return Compiled(instruction: emitCall(function, operands, range), type: type)
  }

  /// Adds the call of a function.
  private mutating func emitCall(
    _ function: CELFunction, _ operands: [Int32], _ range: TextRange
  ) -> Int32 {
    let first = appendOperands(operands)
    let number = Int32(program.functions.count)
    let count = Int32(operands.count)
    program.functions.append(function.body)
    program.functionNames.append(function.shownName)
    program.functionNumbers.append(function.number)
    return emitFolding(
      function.traits.contains(.isLazy)
        ? .lazyCall(number, first: first, count: count)
        : .call(number, first: first, count: count), range, operands: operands)
  }

  /// Whether a function takes its argument as a double: what a model calls a number, and where no model
  /// says what it is, anything that may be whole in one request and not in another.
  private func isReadAsDouble(
    _ argument: Compiled, _ id: ExpressionID?, by function: CELFunction
  ) -> Bool {
    guard function.readsDoubles else { return false }
    switch types.resolved(argument.type) {
    case .number: return true
    case .dyn:
      guard function.takesDoublesOnly, let id else { return false }
      // Who writes dyn(…) asks for the type that the value has.
      if case .call(let name, nil, _) = tree[id].kind, name.text == "dyn" { return false }
      return true
    default: return false
    }
  }

  /// The text of `a.b` where it is nothing but names and no variable: the namespace of a function.
  private func namespace(_ id: ExpressionID) -> String? {
    var names: [String] = []
    var current = id
    while case .select(let operand, let name, isOptional: false) = tree[current].kind {
      names.append(name.text)
      current = operand
    }
    guard case .identifier(let name, _) = tree[current].kind, local(named: name.text) == nil,
      environment.variable(name.text, isAbsolute: false) == nil
    else { return nil }
    names.append(name.text)
    return names.reversed().joined(separator: ".")
  }

  /// The names of the functions and macros in a namespace; nil where there is no such namespace.
  private static func names(in namespace: String) -> [String]? {
    if namespace == "cel" { return ["bind", "block"] }
    let names = CELFunction.names(isMember: false)
      .filter { $0.hasPrefix("\(namespace).") }.map { String($0.dropFirst(namespace.count + 1)) }
    return names.isEmpty ? nil : names
  }

  private func declarations(_ name: String, _ isMember: Bool) -> [CELFunctionDeclaration] {
    let candidates = isMember ? [name] : environment.candidates(for: name, isAbsolute: false)
    for candidate in candidates {
      let found =
        environment.declaredFunctions.filter { $0.name == candidate && $0.isMember == isMember }
        + CELFunctionDeclaration.declarations(named: candidate).filter { $0.isMember == isMember }
      if !found.isEmpty { return found }
    }
    return []
  }

  private func nearest(to name: String, _ isMember: Bool) -> String? {
    // A macro with two spellings is suggested in the one that is meant.
    let otherSpelling = name.contains("_") ? "existsOne" : "exists_one"
    let macros = Macro.names(isMember: isMember).filter { $0 != otherSpelling }
    let functions = CELFunction.names(isMember: isMember)
    return NearestName.nearest(to: name, among: functions + macros)
  }

  /// The type that a call gives; reports arguments that no way to call the function takes.
  private mutating func resultType(
    _ name: String, _ arguments: [CELType], _ known: [CELFunctionDeclaration], _ range: TextRange
  ) -> CELType {
    var result: CELType?
    for declaration in known where declaration.parameters.count == arguments.count {
      let before = types
      let places = types.instantiated(declaration.parameters + [declaration.result])
      guard types.assign(arguments, to: Array(places.dropLast())) else { continue }
      let type = places[places.count - 1]
      if let first = result {
        let resolved = types.resolved(type)
        types = before
        if types.resolved(first) != resolved {
          result = types.resolved(first).isNumeric && resolved.isNumeric ? .number : .dyn
        }
      } else {
        result = type
      }
    }
    if let result { return result }
    // Numbers of different types may be equal, and so may the elements of two lists.
    if known.first?.function?.traits.contains(.comparesElements) ?? false, arguments.count == 2,
      canEqual(arguments[0], arguments[1])
    {
      return .boolean
    }
    var signatures: [String] = []
    for declaration in known {
      let signature = declaration.signature(in: environment.shapes)
      if !signatures.contains(signature) { signatures.append(signature) }
    }
    report(
      .noOverload(
        function: name, arguments: arguments.map { self.name(of: $0) }, known: signatures), range)
    return .dyn
  }

  /// A function that takes any count of numbers, or one list of them.
  private mutating func compileGathering(
    _ function: CELFunction, _ arguments: [Compiled], _ range: TextRange
  ) -> Compiled {
    let name = function.name
    var result: CELType?
    var isRefused = arguments.isEmpty
    for argument in arguments {
      var type = types.resolved(argument.type)
      if arguments.count == 1, case .list(let element) = environment.shapes.opened(type) {
        type = types.resolved(element)
      }
      switch type {
      case .dyn, .parameter: result = .dyn
      case _ where type.isNumeric: result = result == nil || result == type ? type : .dyn
      default: isRefused = true
      }
    }
    if isRefused {
      report(
        .noOverload(
          function: name, arguments: arguments.map { self.name(of: $0.type) },
          known: ["\(name)(number, …)", "\(name)(list(number))"]),
        range)
      if arguments.isEmpty { return failure(.unsupported(operation: name), range) }
    }
    var operand = arguments[0].instruction
    if arguments.count > 1 {
      let first = appendOperands(arguments.flatMap { [$0.instruction, 0] })
      operand = emitFolding(
        .list(first: first, count: Int32(arguments.count)), range,
        operands: arguments.map(\.instruction))
    }
    return Compiled(instruction: emitCall(function, [operand], range), type: result ?? .dyn)
  }

  /// A match with a pattern that is known: compiled once, here.
  private mutating func compileMatches(
    _ operand: Int32, _ pattern: [UInt8], _ place: TextRange, _ range: TextRange
  ) -> Compiled {
    do {
      program.patterns.append(try CELPattern(pattern))
    } catch {
      report(.badConstantPattern(error.message), place)
      return Compiled(instruction: failure(.badPattern, place).instruction, type: .boolean)
    }
    let number = Int32(program.patterns.count - 1)
    return Compiled(
      instruction: emitFolding(
        .matches(operand, pattern: number), range, operands: [operand]),
      type: .boolean)
  }
}
