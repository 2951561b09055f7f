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
  /// Where an expression could not be compiled, it may be the one that reads them.
  mutating func checkParameters() {
    guard !pack.parameters.isEmpty, !hasFaultyExpressions else { return }
    var used: Set<[UInt8]> = []
    for use in pack.parameterUses { used.insert(Array(use.name.value.utf8)) }
    for program in schemas.plan.programs {
      for reference in program.references where reference.variable == Self.parametersVariable {
        // All of `params`, or a name that is known only when the expression is evaluated.
        guard let name = reference.members.first else { return }
        used.insert(Array(name.utf8))
      }
    }
    for parameter in pack.parameters where !used.contains(Array(parameter.name.value.utf8)) {
      schemas.mistake(
        "pack/unused-parameter",
        "nothing reads the parameter '\(parameter.name.value)'; leave it out, or use it as "
          + "params.\(parameter.name.value) or { $param: \(parameter.name.value) }",
        at: SchemaPlace(file: Self.packFile, node: parameter.name.node), severity: .warning)
    }
  }

  /// The stable name and the words of a fault in an expression.
  func words(for error: CELError, in text: String) -> (code: String, message: String) {
    guard case .unknownMember(let name, let nearest) = error.kind,
      Self.endsInParameters(text.utf8.prefix(error.range.lowerBound))
    else { return ("pack/bad-expression", error.message) }
    return (
      "pack/unknown-parameter",
      "the pack declares no parameter '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
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

  /// Adds to what is wrong with a parameter's default which keyword it is wrong for.
  static func namingParameters(
    of pack: RulePack, in diagnostics: [Diagnostic]
  ) -> [Diagnostic] {
    guard !pack.parameterUses.isEmpty else { return diagnostics }
    // A parameter that is not declared has no value; the reader has told so, and why is enough.
    let undeclared = Set(
      pack.parameterUses.filter { pack.parameter(named: $0.name.value) == nil }
        .map { pack.file.document.pointer(to: $0.node).description })
    return diagnostics.compactMap { diagnostic in
      if let location = diagnostic.location, let pointer = location.pointer,
        diagnostic.code == "schema/wrong-type", undeclared.contains(pointer),
        location.path.utf8.elementsEqual(pack.file.source.path.utf8)
      {
        return nil
      }
      guard let location = diagnostic.location,
        location.path.utf8.elementsEqual(pack.file.source.path.utf8),
        let parameter = pack.parameters.first(where: { parameter in
          pack.file.document.range(of: parameter.defaultValue)
            .contains(TextRange(location.region.start.offset, location.region.end.offset))
        })
      else { return diagnostic }
      var named = diagnostic
      named.message += "; this is the default of the parameter '\(parameter.name.value)'"
      named.related += pack.parameterUses
        .filter { $0.name.value.utf8.elementsEqual(parameter.name.value.utf8) }
        .map {
          RelatedLocation(
            location: pack.file.location(of: $0.name.node), message: "the parameter is used here")
        }
      return named
    }
  }
}
