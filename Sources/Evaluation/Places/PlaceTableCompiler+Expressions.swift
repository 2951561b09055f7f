import CEL
import Documents

/// Expressions of the common form as propositions.
extension PlaceTableCompiler {
  /// What an expression finds out about a value; nil where steps cannot tell.
  func proposition(_ outline: CELOutline, _ subject: Subject) -> Proposition? {
    switch outline {
    case .constant(.boolean(let isTrue)): return isTrue ? .yes : .no
    case .path(let variable, let members):
      return atPath(variable, members, subject) { _, target in
        .ask(.isTrue, slot: target.slot, operand: 0, missing: .absent)
      }
    case .presence(let variable, let members): return presence(variable, members, subject)
    case .all(let operands): return operandsOf(operands, subject).map { .all($0) }
    case .any(let operands): return operandsOf(operands, subject).map { .any($0) }
    case .not(let operand): return proposition(operand, subject).map { .not($0) }
    case .choice(let condition, let first, let second):
      return choice(condition, first, second, subject) { $0 }
    case .equal(let left, let right): return equal(left, right, subject)
    case .atMost(let left, let right): return atMost(left, right, subject)
    case .contains(let element, let container): return contains(element, container, subject)
    case .constant, .size, .other: return nil
    }
  }

  private func operandsOf(
    _ outlines: [CELOutline], _ subject: Subject
  ) -> [Proposition]? {
    var operands: [Proposition] = []
    for outline in outlines {
      guard let operand = proposition(outline, subject) else { return nil }
      operands.append(operand)
    }
    return operands
  }

  /// A choice between two operands of something, as a choice between two of it.
  private func choice(
    _ condition: CELOutline, _ first: CELOutline, _ second: CELOutline, _ subject: Subject,
    _ whole: (CELOutline) -> CELOutline
  ) -> Proposition? {
    guard let condition = proposition(condition, subject),
      let first = proposition(whole(first), subject),
      let second = proposition(whole(second), subject)
    else { return nil }
    return .choice(condition, first, second)
  }

  // MARK: - Paths

  /// What a path leads to.
  private enum Target {
    case place(Subject)
    /// The model does not know such a member.
    case nothing
  }

  private func target(
    _ variable: Int, _ members: [Symbol], _ subject: Subject
  ) -> Target? {
    // What runs behind each of several values runs before the rest of the request is read.
    guard
      variable == Self.selfVariable
        || variable == Self.rootVariable && drafts[subject.place].path != nil
    else { return nil }
    var place = variable == Self.selfVariable ? subject.place : Int(PlaceTable.root)
    if members.isEmpty, variable == Self.selfVariable { return .place(subject) }
    for member in members {
      if isForeign(member, at: place) { return .nothing }
      guard let number = drafts[place].memberPlaces[member.id] else { return nil }
      place = drafts[place].members[number].place
    }
    return self.subject(place).map { .place($0) }
  }

  /// A proposition about what a path leads to, with what is known of its place.
  private func atPath(
    _ variable: Int, _ members: [Symbol], _ subject: Subject,
    _ body: (PlaceTable.Place, Subject) -> Proposition?
  ) -> Proposition? {
    switch target(variable, members, subject) {
    case .place(let target)?: return body(drafts[target.place].place, target)
    case .nothing?: return .absent
    case nil: return nil
    }
  }

  private func presence(
    _ variable: Int, _ members: [Symbol], _ subject: Subject
  ) -> Proposition? {
    guard let last = members.last else { return nil }
    switch target(variable, Array(members.dropLast()), subject) {
    case .place(let holder)?:
      if isForeign(last, at: holder.place) { return present(holder, .no) }
      guard let place = drafts[holder.place].memberPlaces[last.id], place < PlaceTable.markLimit
      else { return nil }
      return present(holder, marked(.hasAnyMark, 1 << UInt64(place), .object, holder))
    case .nothing?: return .absent
    case nil: return nil
    }
  }

  /// A proposition about a value, with no outcome where there is none.
  private func present(_ subject: Subject, _ proposition: Proposition) -> Proposition {
    let simplified = proposition.simplified
    if case .ask(let operation, subject.slot, let operand, .no) = simplified {
      return .ask(operation, slot: subject.slot, operand: operand, missing: .absent)
    }
    return .choice(
      .ask(.isPresent, slot: subject.slot, operand: 0, missing: .absent), simplified, .no)
  }

  // MARK: - Comparisons

  private func equal(
    _ left: CELOutline, _ right: CELOutline, _ subject: Subject
  ) -> Proposition? {
    switch (left, right) {
    case (.choice(let condition, let first, let second), let other),
      (let other, .choice(let condition, let first, let second)):
      return choice(condition, first, second, subject) { .equal($0, other) }
    case (.path(let variable, let members), .constant(let value)),
      (.constant(let value), .path(let variable, let members)):
      switch target(variable, members, subject) {
      case .place(let target)?: return equals(value, target).map { present(target, $0) }
      case .nothing?: return .absent
      case nil: return nil
      }
    case (.constant(.string(let one)), .constant(.string(let other))):
      return one == other ? .yes : .no
    case (.constant(.integer(let one)), .constant(.integer(let other))):
      return one == other ? .yes : .no
    default: return nil
    }
  }

  /// Whether a value is one of an expression.
  private func equals(_ value: CELValue, _ target: Subject) -> Proposition? {
    switch value {
    case .string(let text):
      return marks(of: [text], at: target.place).map { marked(.hasAnyMark, $0, .string, target) }
    case .boolean(let isTrue):
      return marked(
        .hasAnyMark, isTrue ? PlaceTable.isTrue : PlaceTable.isFalse, .boolean, target)
    case .integer(let number):
      let operand = UInt64(bitPattern: number)
      return .all([
        kind(.number, target),
        .ask(.isAtMost, slot: target.slot, operand: operand, missing: .no),
        .ask(.isAtLeast, slot: target.slot, operand: operand, missing: .no),
      ])
    default: return nil
    }
  }

  private func atMost(
    _ left: CELOutline, _ right: CELOutline, _ subject: Subject
  ) -> Proposition? {
    switch (left, right) {
    case (.choice(let condition, let first, let second), let other):
      return choice(condition, first, second, subject) { .atMost($0, other) }
    case (let other, .choice(let condition, let first, let second)):
      return choice(condition, first, second, subject) { .atMost(other, $0) }
    case (.constant(.integer(let one)), .constant(.integer(let other))):
      return one <= other ? .yes : .no
    case (.size(.path(let variable, let members)), .constant(.integer(let bound))):
      return sizeIsAtMost(variable, members, bound, subject)
    case (.constant(.integer(let bound)), .size(.path(let variable, let members))):
      guard bound > .min else { return nil }
      return sizeIsAtMost(variable, members, bound - 1, subject).map { .not($0) }
    case (.size(.path(let variable, let members)), .size(.path(let other, let others)))
    where variable == other && members == others:
      // A size is at most itself, where there is one.
      return sizeIsAtMost(variable, members, .max, subject)
    case (.path(let variable, let members), .constant(.integer(let bound))):
      return atPath(variable, members, subject) { _, target in
        .ask(
          .isAtMost, slot: target.slot, operand: UInt64(bitPattern: bound), missing: .absent)
      }
    case (.constant(.integer(let bound)), .path(let variable, let members)):
      return atPath(variable, members, subject) { _, target in
        .ask(
          .isAtLeast, slot: target.slot, operand: UInt64(bitPattern: bound), missing: .absent)
      }
    default: return nil
    }
  }

  private func sizeIsAtMost(
    _ variable: Int, _ members: [Symbol], _ bound: Int64, _ subject: Subject
  ) -> Proposition? {
    // No size is below zero; whether there is one at all is another question.
    guard bound >= 0 else { return nil }
    return atPath(variable, members, subject) { _, target in
      .ask(.sizeIsAtMost, slot: target.slot, operand: UInt64(bound), missing: .absent)
    }
  }

  private func contains(
    _ element: CELOutline, _ container: CELOutline, _ subject: Subject
  ) -> Proposition? {
    switch (element, container) {
    case (.path(let variable, let members), .constant(.list(let list))):
      var strings: [[UInt8]] = []
      for value in list.elements {
        guard case .string(let text) = value else { return nil }
        strings.append(text)
      }
      switch target(variable, members, subject) {
      case .place(let target)?:
        return marks(of: strings, at: target.place).map {
          present(target, marked(.hasAnyMark, $0, .string, target))
        }
      case .nothing?: return .absent
      case nil: return nil
      }
    case (.constant(.string(let text)), .path(let variable, let members)):
      guard case .place(let target)? = target(variable, members, subject),
        drafts[target.place].place.kinds == TypeSet.array.rawValue,
        let marks = marks(of: [text], at: Int(drafts[target.place].place.item))
      else { return nil }
      return .ask(.hasAnyMark, slot: target.slot, operand: marks, missing: .absent)
    default: return nil
    }
  }
}
