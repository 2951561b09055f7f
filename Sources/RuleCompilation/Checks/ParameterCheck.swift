import CEL
import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// Parameters that nothing reads, and defaults that a keyword cannot take.
extension PlanBuild {
  /// The place of `params` among the variables of expressions.
  private static let parametersVariable = 2

  /// Looks for parameters that neither schemas nor expressions mention.
  ///
  /// Only of packs that nobody extends here: in others, what reads a parameter may be overridden.
  /// Where an expression could not be compiled, it may be the one that reads them.
  mutating func checkParameters() {
    guard !hasFaultyExpressions, !composition.parameters.isEmpty,
      composition.roots.contains(where: { checkings[$0] != .none })
    else { return }
    var used: Set<Declaration> = []
    let visibleTo = composition.members.indices.map { composition.visibleParameters(of: $0) }
    for (member, entry) in composition.members.enumerated() {
      for use in entry.pack.parameterUses {
        if let parameter = visibleTo[member][use.name.value] { used.insert(Declaration(parameter)) }
      }
    }
    for (index, program) in schemas.plan.expressions.programs.enumerated() {
      let references = program.references.filter { $0.variable == Self.parametersVariable }
      guard !references.isEmpty else { continue }
      let visible = visibleTo[schemas.plan.expressions.parametersOfPrograms[index]]
      for reference in references {
        // All of `params`, or a name that is known only when the expression is evaluated.
        guard let name = reference.members.first else { return }
        if let parameter = visible[name] { used.insert(Declaration(parameter)) }
      }
    }
    let extended = Set(composition.members.flatMap(\.ancestors))
    for parameter in composition.parameters
    where checkings[parameter.pack] != .none && composition.members[parameter.pack].isWhole
      && !extended.contains(parameter.pack) && !used.contains(Declaration(parameter))
      && composition.requests[parameter.pack] == (owner.map { [$0] } ?? [])
    {
      let name = parameter.parameter.name
      member = parameter.pack
      schemas.mistake(
        "pack/unused-parameter",
        "unused parameter '\(name.value)'; remove it, or use it as "
          + "params.\(name.value) or { $param: \(name.value) }",
        at: place(of: name.node), severity: .warning)
    }
  }

  private struct Declaration: Hashable {
    var pack: Int
    var node: NodeID

    init(_ parameter: PackComposition.ComposedParameter) {
      pack = parameter.pack
      node = parameter.parameter.name.node
    }
  }

  /// Holds the values of parameters to the bounds that their declarations set.
  mutating func checkParameterValues() {
    for parameter in composition.parameters where schemas.budget.isLeftForCompilation {
      member = parameter.pack
      let isOwn = parameter.source == parameter.pack
      guard checking != .none || !isOwn else { continue }
      var options = StandaloneSchema.Options()
      options.isStrict = true
      options.assertsFormats = true
      options.stepLimit = schemas.budget.leftForCompilation
      let plan = StandaloneSchema.compile(
        pack.file, at: parameter.parameter.definition, uri: "pack:/?parameter", pack: pack,
        options: options)
      for diagnostic in plan.diagnostics { schemas.add(diagnostic) }
      if plan.diagnostics.hasErrors { continue }
      let (failures, steps) = plan.failuresAndSteps(
        of: parameter.value, in: parameter.file.document)
      schemas.spend(steps + CompilationCost.parameterValue)
      for message in failures {
        let name = parameter.parameter.name.value
        schemas.add(
          Diagnostic(
            "pack/bad-parameter",
            "invalid value of the parameter '\(name)': \(message)",
            at: parameter.file.location(of: parameter.value),
            related: isOwn
              ? []
              : [
                RelatedLocation(
                  location: pack.file.location(of: parameter.parameter.name.node),
                  message: "declared here")
              ]))
      }
    }
  }

  /// The stable name and the words of a fault in an expression.
  func words(for error: CELError, in text: String) -> (code: String, message: String) {
    guard case .unknownMember(let name, let nearest, _) = error.kind,
      Self.endsInParameters(text.utf8.prefix(error.range.lowerBound))
    else { return ("pack/bad-expression", error.message) }
    return (
      "pack/unknown-parameter",
      "undeclared parameter '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    )
  }

  /// Whether a part of an expression ends in `params.` or `params[`.
  private static func endsInParameters(_ text: Substring.UTF8View) -> Bool {
    guard let last = text.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "["),
      text.dropLast().suffix(6).elementsEqual("params".utf8)
    else { return false }
    guard let before = text.dropLast(7).last else { return true }
    let isPartOfName =
      before == UInt8(ascii: ".") || before == UInt8(ascii: "_") || before >= 0x80
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(before | 0x20)
    return !isPartOfName
  }

  /// Adds to what is wrong with a parameter's value which keyword it is wrong for.
  static func namingParameters(
    of composition: PackComposition, in diagnostics: [Diagnostic]
  ) -> [Diagnostic] {
    let packs = composition.members.map(\.pack)
    guard packs.contains(where: { !$0.parameterUses.isEmpty }) else { return diagnostics }
    // A parameter that is not declared has no value; it was reported already, and why is enough.
    var undeclared: Set<Place> = []
    for (member, pack) in packs.enumerated() where !pack.parameterUses.isEmpty {
      let visible = composition.visibleParameters(of: member)
      for use in pack.parameterUses where visible[use.name.value] == nil {
        undeclared.insert(
          Place(
            path: ExactText(pack.file.source.path),
            pointer: pack.file.pointer(to: use.node)))
      }
    }
    let values = ParameterValues(composition)
    return diagnostics.compactMap { diagnostic in
      guard let location = diagnostic.location else { return diagnostic }
      if let pointer = location.pointer, diagnostic.code == "schema/wrong-type",
        undeclared.contains(Place(path: ExactText(location.path), pointer: pointer))
      {
        return nil
      }
      guard let place = values.parameter(at: location), diagnostic.code != "pack/bad-parameter"
      else { return diagnostic }
      let parameter = composition.parameters[place]
      let name = parameter.parameter.name.value
      let isDefault = parameter.source == parameter.pack && !parameter.isSet
      var named = diagnostic
      named.problem +=
        "; this is the \(isDefault ? "default" : "value") of the parameter '\(name)'"
      let pack = packs[parameter.pack]
      named.related += pack.parameterUses
        .filter { $0.name.value.utf8.elementsEqual(name.utf8) }
        .map {
          RelatedLocation(
            location: pack.file.location(of: $0.name.node), message: "parameter used here")
        }
      return named
    }
  }

  /// Where the values of parameters are, by file and sorted by place.
  private struct ParameterValues {
    private var ranges: [ExactText: [(range: TextRange, parameter: Int)]] = [:]

    init(_ composition: PackComposition) {
      for (index, parameter) in composition.parameters.enumerated() {
        ranges[ExactText(parameter.file.source.path), default: []].append(
          (parameter.file.document.range(of: parameter.value), index))
      }
      for path in ranges.keys { ranges[path]?.sort { $0.range < $1.range } }
    }

    /// The parameter whose value holds a location; values do not overlap, but may be empty.
    func parameter(at location: Location) -> Int? {
      guard let ranges = ranges[ExactText(location.path)] else { return nil }
      let wanted = TextRange(location.region.start.offset, location.region.end.offset)
      var (low, high) = (0, ranges.count)
      while low < high {
        let middle = (low + high) / 2
        if ranges[middle].range.lowerBound <= wanted.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return ranges[..<low].suffix(2).last { $0.range.contains(wanted) }?.parameter
    }
  }

  /// A place in one of several files.
  private struct Place: Hashable {
    var path: ExactText
    var pointer: JSONPointer
  }
}
