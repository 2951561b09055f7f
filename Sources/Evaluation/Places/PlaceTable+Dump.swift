import Documents
import Findings

/// The table as text for people, in the order of its parts.
extension PlaceTable {
  /// What is asked at each place of a plan's requests; places of which nothing is asked are left out.
  package func dump(of plan: Plan) -> String {
    var text = ""
    for (number, place) in places.enumerated() where number > 0 {
      let words = self.words(of: place)
      text += "\(number) \(titles[number])\n"
      for line in words { text += "    \(line)\n" }
    }
    for (number, check) in checks.enumerated() {
      text += "check \(number): \(name(of: check.owner, in: plan))\n"
    }
    for (number, step) in steps.enumerated() { text += "step \(number): \(words(of: step))\n" }
    return text
  }

  private func name(of owner: Owner, in plan: Plan) -> String {
    switch owner {
    case .detect: "detect"
    case .model: "model"
    case .rule(let rule): plan.ruleTable.rules[rule].id.description
    }
  }

  private func string(_ text: Text) -> String {
    String(
      decoding: bytes[Int(text.start)..<Int(text.start + text.count)], as: UTF8.self)
  }

  private func bounds(_ lower: Int64, _ least: Int64, _ upper: Int64, _ most: Int64) -> String? {
    if lower == least, upper == most { return nil }
    return "\(lower == least ? "" : "\(lower)")…\(upper == most ? "" : "\(upper)")"
  }

  private func bounds(_ lower: Int32, _ upper: Int32) -> String? {
    bounds(Int64(lower), 0, Int64(upper), Int64(Int32.max))
  }

  private func words(of place: Place) -> [String] {
    var lines: [String] = []
    let types = TypeSet(rawValue: place.kinds)
    if types != .everything {
      lines.append(types.isEmpty ? "nothing may be here" : "is \(types.words)")
    }
    if let range = bounds(place.minLength, place.maxLength) { lines.append("length \(range)") }
    if let range = bounds(place.minimum, .min, place.maximum, .max) {
      lines.append("number \(range)")
    }
    if place.constantCount > 0 {
      let first = Int(place.firstConstant)
      let texts = (0..<Int(place.constantCount)).map { number in
        let isAllowed = place.allowed & 1 << UInt64(number) != 0
        return "\(number) \"\(string(constants[first + number]))\"\(isAllowed ? "" : " (refused)")"
      }
      lines.append(
        "\(place.allowed == .max ? "marks" : "one of"): \(texts.joined(separator: ", "))")
    }
    if let range = bounds(place.minItems, place.maxItems) { lines.append("elements \(range)") }
    if place.item != PlaceTable.anything { lines.append("elements at \(place.item)") }
    return lines + words(ofObject: place) + words(ofUse: place)
  }

  private func words(ofObject place: Place) -> [String] {
    var lines: [String] = []
    if let range = bounds(place.minMembers, place.maxMembers) { lines.append("members \(range)") }
    let first = Int(place.firstMember)
    for member in members[first..<(first + Int(place.memberCount))] {
      let isRequired = member.mark >= 0 && place.required & 1 << UInt64(member.mark) != 0
      lines.append(
        "member \(member.mark) \"\(string(member.name))\" at \(member.place)\(isRequired ? ", required" : "")"
      )
    }
    if place.isStructure { lines.append("members as the model lists them") }
    if place.other != PlaceTable.anything { lines.append("other members at \(place.other)") }
    if place.maxBytes != .max { lines.append("more than \(place.maxBytes) bytes are counted") }
    if let range = bounds(place.minNameLength, place.maxNameLength) {
      lines.append("names of length \(range)")
    }
    if place.nameClass >= 0 {
      lines.append("names of the characters \(characters(Int(place.nameClass)))")
    }
    if place.nameProgram >= 0 { lines.append("names asked from step \(place.nameProgram)") }
    return lines
  }

  private func words(ofUse place: Place) -> [String] {
    (place.slot >= 0 ? ["kept in slot \(place.slot)"] : [])
      + (place.program >= 0 ? ["asked from step \(place.program)"] : [])
  }

  /// The members of a class, ranges as such.
  private func characters(_ first: Int) -> String {
    let all = (0..<128).filter { classes[first + $0] != 0 }
    var parts: [String] = []
    var index = 0
    while index < all.count {
      var end = index
      while end + 1 < all.count, all[end + 1] == all[end] + 1 { end += 1 }
      let name = { (code: Int) in
        code > 32 && code < 127
          ? String(UnicodeScalar(UInt8(code))) : "U+\(String(code, radix: 16))"
      }
      parts.append(end == index ? name(all[index]) : "\(name(all[index]))-\(name(all[end]))")
      index = end + 1
    }
    return parts.joined(separator: " ")
  }

  private func words(of step: Step) -> String {
    let question: String =
      switch step.operation {
      case .fails: "fails check \(step.operand)"
      case .asksPlain: "leaves check \(step.operand) to the plain evaluator"
      case .isPresent: "is there"
      case .hasAnyMark: "has one of \(marks(step.operand))"
      case .hasAllMarks: "has all of \(marks(step.operand))"
      case .hasAtMostOneMark: "has at most one of \(marks(step.operand))"
      case .isOfKind: "is \(TypeSet(rawValue: UInt8(truncatingIfNeeded: step.operand)).words)"
      case .isTrue: "is true"
      case .hasNoRepeatedMark: "repeats nothing"
      case .sizeIsAtMost: "has a size of at most \(step.operand)"
      case .isAtMost: "is at most \(Int64(bitPattern: step.operand))"
      case .isAtLeast: "is at least \(Int64(bitPattern: step.operand))"
      case .hasForm: "has the form \(words(of: forms[Int(step.operand)]))"
      }
    return
      "slot \(step.slot) \(question)? yes \(target(step.onTrue)), no \(target(step.onFalse)), absent \(target(step.onMissing)), else \(target(step.onUndecided))"
  }

  private func target(_ step: Int32) -> String { step < 0 ? "end" : "\(step)" }

  private func marks(_ marks: UInt64) -> String {
    let numbers = (0..<64).filter { marks & 1 << UInt64($0) != 0 }
    return "{\(numbers.map(String.init).joined(separator: ", "))}"
  }

  private func words(of form: TextForm) -> String {
    let rest =
      form.rest < 0
      ? "anything"
      : "\(bounds(form.lower, form.upper) ?? "any number") of \(characters(Int(form.rest)))"
    return "\"\(string(form.prefix))\" then \(rest)"
  }
}

extension Evaluator {
  /// The table of places of the plan, as text for people; nil for a plan that has none.
  package static func placeDump(of plan: Plan) -> String? {
    PlaceTableCompiler.table(of: plan)?.dump(of: plan)
  }
}
