/// What the type parameters of calls stand for so far, and how types fit one another.
struct Unification {
  let shapes: CELShapes
  /// What each parameter stands for, by its number; nil while it is free.
  private var bindings: [CELType?] = []

  init(shapes: CELShapes) {
    self.shapes = shapes
  }

  /// What a parameter stands for; nil where it is free, and for one that no call has made.
  private func binding(of index: Int) -> CELType? {
    bindings.indices.contains(index) ? bindings[index] : nil
  }

  /// A parameter that nothing else uses.
  mutating func fresh() -> CELType {
    bindings.append(nil)
    return .parameter(bindings.count - 1)
  }

  /// The types of a declaration with parameters of their own.
  mutating func instantiated(_ types: [CELType]) -> [CELType] {
    var renamed: [(index: Int, new: CELType)] = []
    return types.map { rename($0, &renamed) }
  }

  private mutating func rename(
    _ type: CELType, _ renamed: inout [(index: Int, new: CELType)]
  ) -> CELType {
    switch type {
    case .parameter(let index):
      if let known = renamed.first(where: { $0.index == index }) { return known.new }
      let new = fresh()
      renamed.append((index, new))
      return new
    case .list(let element): return .list(rename(element, &renamed))
    case .optional(let wrapped): return .optional(rename(wrapped, &renamed))
    case .type(let type): return .type(rename(type, &renamed))
    case .map(let key, let value): return .map(rename(key, &renamed), rename(value, &renamed))
    case .opaque(let name, let parameters):
      return .opaque(name, parameters.map { rename($0, &renamed) })
    case .dyn, .null, .boolean, .integer, .unsigned, .double, .number, .string, .bytes,
      .timestamp, .duration, .shape:
      return type
    }
  }

  /// A type with what its parameters stand for; a free parameter is `dyn` where `isFinal`.
  func resolved(_ type: CELType, isFinal: Bool = false) -> CELType {
    switch type {
    case .parameter(let index):
      if let bound = binding(of: index) { return resolved(bound, isFinal: isFinal) }
      return isFinal ? .dyn : type
    case .list(let element): return .list(resolved(element, isFinal: isFinal))
    case .optional(let wrapped): return .optional(resolved(wrapped, isFinal: isFinal))
    case .type(let type): return .type(resolved(type, isFinal: isFinal))
    case .map(let key, let value):
      return .map(resolved(key, isFinal: isFinal), resolved(value, isFinal: isFinal))
    case .opaque(let name, let parameters):
      return .opaque(name, parameters.map { resolved($0, isFinal: isFinal) })
    case .dyn, .null, .boolean, .integer, .unsigned, .double, .number, .string, .bytes,
      .timestamp, .duration, .shape:
      return type
    }
  }

  /// Follows a parameter to what it stands for, no deeper.
  private func head(_ type: CELType) -> CELType {
    var type = type
    while case .parameter(let index) = type, let bound = binding(of: index) { type = bound }
    return type
  }

  /// Whether a type nests deeper than so many levels.
  func isDeeper(_ type: CELType, than limit: Int) -> Bool {
    if limit == 0 { return true }
    return head(type).parts.contains { isDeeper($0, than: limit - 1) }
  }

  /// Whether each value fits its place; parameters stand for what they must, if all do.
  mutating func assign(_ types: [CELType], to places: [CELType]) -> Bool {
    guard types.count == places.count else { return false }
    let before = self
    for (type, place) in zip(types, places) where !fits(type, place) {
      self = before
      return false
    }
    return true
  }

  /// Whether a value of a type fits a place of another.
  mutating func assign(_ type: CELType, to place: CELType) -> Bool {
    assign([type], to: [place])
  }

  private mutating func fits(_ type: CELType, _ place: CELType) -> Bool {
    guard case .parameter(let index) = place, let bound = binding(of: lastParameter(index)) else {
      return fitsOpened(type, place)
    }
    // What a parameter stands for widens as more values come.
    guard fitsOpened(type, bound) else { return false }
    let general = moreGeneral(type, bound)
    if !mentions(lastParameter(index), general) { bindings[lastParameter(index)] = general }
    return true
  }

  /// The end of a chain of parameters that stand for one another.
  private func lastParameter(_ index: Int) -> Int {
    var index = index
    while case .parameter(let next)? = binding(of: index) { index = next }
    return index
  }

  private mutating func fitsOpened(_ type: CELType, _ place: CELType) -> Bool {
    let type = shapes.opened(head(type))
    let place = shapes.opened(head(place))
    if case .parameter(let index) = place {
      if case .parameter(index) = type { return true }
      return bind(index, to: type)
    }
    if case .parameter(let index) = type { return bind(index, to: place) }
    switch (type, place) {
    case (.dyn, _), (_, .dyn): return true
    case (.number, .integer), (.number, .unsigned), (.number, .double), (.integer, .number),
      (.unsigned, .number), (.double, .number):
      return true
    case (.null, .timestamp), (.null, .duration), (.null, .optional), (.null, .opaque),
      (.null, .shape), (.timestamp, .null), (.duration, .null), (.optional, .null),
      (.opaque, .null), (.shape, .null):
      return true
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      return within(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return within(leftKey, rightKey) && within(leftValue, rightValue)
    case (.shape, .map(let key, let value)):
      return within(.string, key) && within(memberType(of: type), value)
    case (.map(let key, let value), .shape):
      return within(key, .string) && within(value, memberType(of: place))
    case (.shape, .shape): return true
    case (.type, .type): return true
    case (.opaque(let left, let leftParts), .opaque(let right, let rightParts)):
      guard left == right, leftParts.count == rightParts.count else { return false }
      for (left, right) in zip(leftParts, rightParts) where !within(left, right) { return false }
      return true
    default: return type == place
    }
  }

  /// The one type of all of an object's members, else `dyn`.
  private func memberType(of type: CELType) -> CELType {
    guard let object = shapes.object(type) else { return .dyn }
    var types = object.members.values.map { shapes.type(of: $0) }
    if let others = object.others { types.append(shapes.type(of: others)) }
    guard let first = types.first else { return .dyn }
    return types.allSatisfy { $0 == first } ? first : .dyn
  }

  private mutating func within(_ type: CELType, _ place: CELType) -> Bool { fits(type, place) }

  private mutating func bind(_ index: Int, to type: CELType) -> Bool {
    // A parameter within what it stands for would have no end.
    if mentions(index, type) { return false }
    guard bindings.indices.contains(index) else { return true }
    bindings[index] = type
    return true
  }

  private func mentions(_ index: Int, _ type: CELType) -> Bool {
    switch head(type) {
    case .parameter(let other): other == index
    case let other: other.parts.contains { mentions(index, $0) }
    }
  }

  /// The type of values of both types, or nil where there is none but `dyn`.
  mutating func joined(_ left: CELType, _ right: CELType) -> CELType? {
    guard assign(left, to: right) else { return nil }
    return moreGeneral(left, right)
  }

  private func moreGeneral(_ left: CELType, _ right: CELType) -> CELType {
    let (left, right) = (head(left), head(right))
    switch (left, right) {
    case (.dyn, _), (_, .dyn): return .dyn
    case (.null, let other), (let other, .null): return other
    case (.parameter, let other), (let other, .parameter): return other
    case (.list(let left), .list(let right)): return .list(moreGeneral(left, right))
    case (.optional(let left), .optional(let right)): return .optional(moreGeneral(left, right))
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return .map(moreGeneral(leftKey, rightKey), moreGeneral(leftValue, rightValue))
    case (.opaque(let name, let left), .opaque(_, let right)):
      return .opaque(name, zip(left, right).map { moreGeneral($0, $1) })
    default: return left == right ? left : (left.isNumeric ? .number : .dyn)
    }
  }
}
