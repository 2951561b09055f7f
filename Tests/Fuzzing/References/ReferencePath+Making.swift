// MARK: - Making

extension ReferencePath {
  static func make(
    _ choices: inout Choices, isRelative: Bool = false, isSingular: Bool = false, depth: Int = 0
  ) -> ReferencePath {
    var path = ReferencePath(isRelative: isRelative)
    for _ in 0..<choices.below(depth == 0 ? 5 : 3) {
      let isDescendant = !isSingular && choices.once(in: 4)
      let count = isSingular ? 1 : choices.pick([1, 1, 1, 2, 3])
      var selectors: [Selector] = []
      for _ in 0..<count {
        selectors.append(selector(&choices, isSingular: isSingular, depth: depth))
      }
      path.segments.append(Segment(isDescendant: isDescendant, selectors: selectors))
    }
    return path
  }

  private static func selector(
    _ choices: inout Choices, isSingular: Bool, depth: Int
  ) -> Selector {
    switch choices.below(isSingular ? 3 : depth < 2 ? 8 : 5) {
    case 0, 1: return .name(Array(choices.pick(Value.names).utf8))
    case 2: return .index(choices.below(7) - 3)
    case 3: return .wildcard
    case 4:
      func bound(_ choices: inout Choices) -> Int? {
        choices.once(in: 3) ? nil : choices.below(11) - 5
      }
      return .slice(bound(&choices), bound(&choices), bound(&choices))
    default: return .filter(condition(&choices, depth: depth + 1, nesting: 0))
    }
  }

  private static func condition(
    _ choices: inout Choices, depth: Int, nesting: Int
  ) -> Condition {
    switch choices.below(nesting < 3 ? 8 : 4) {
    case 0: return .exists(make(&choices, isRelative: !choices.once(in: 4), depth: depth))
    case 1, 2:
      return .comparison(
        operand(&choices, depth: depth), choices.pick(["==", "!=", "<", ">", "<=", ">="]),
        operand(&choices, depth: depth))
    case 3:
      let regex = regex(&choices, depth: 0)
      var plain = Choices([])
      return .matches(
        operand(&choices, depth: depth), regex, isWhole: choices.once(in: 2),
        source: regex.source(&plain).replacing("(?:", with: "("))
    case 4, 5:
      return .or(
        condition(&choices, depth: depth, nesting: nesting + 1),
        condition(&choices, depth: depth, nesting: nesting + 1))
    case 6:
      return .and(
        condition(&choices, depth: depth, nesting: nesting + 1),
        condition(&choices, depth: depth, nesting: nesting + 1))
    default: return .not(condition(&choices, depth: depth, nesting: nesting + 1))
    }
  }

  /// An operand; calls of `length` are nested a few deep, far from the parser's limit.
  private static func operand(
    _ choices: inout Choices, depth: Int, nesting: Int = 0
  ) -> Operand {
    let isRelative = !choices.once(in: 4)
    switch choices.below(6) {
    case 0, 1: return .query(make(&choices, isRelative: isRelative, isSingular: true, depth: 1))
    case 2:
      return .literal(
        choices.pick([
          .null, .boolean(true), .boolean(false), .number(choices.pick(Value.numbers)),
          .text(choices.pick(Value.texts)),
        ]))
    case 3 where nesting < 4:
      return .length(operand(&choices, depth: depth, nesting: nesting + 1))
    case 4: return .count(make(&choices, isRelative: isRelative, depth: depth))
    default: return .value(make(&choices, isRelative: isRelative, depth: depth))
    }
  }

  /// A pattern within I-Regexp: no anchors, no lookarounds, no shorthands.
  private static func regex(_ choices: inout Choices, depth: Int) -> ReferenceRegex {
    switch choices.below(depth < 3 ? 6 : 2) {
    case 0: return .character(choices.pick(["a", "b", "c", "é"]))
    case 1: return .set([.range("a", "b")], isNegated: choices.once(in: 2))
    case 2, 3:
      return .sequence((0..<(1 + choices.below(3))).map { _ in regex(&choices, depth: depth + 1) })
    case 4: return .choice((0..<2).map { _ in regex(&choices, depth: depth + 1) })
    default: return .repetition(regex(&choices, depth: depth + 1), lower: 0, upper: nil)
    }
  }
}

// MARK: - Writing

extension ReferencePath {
  func source(_ choices: inout Choices) -> String {
    var text = isRelative ? "@" : "$"
    for segment in segments {
      let dots = segment.isDescendant ? ".." : ""
      if segment.selectors.count == 1, choices.once(in: 2) {
        if case .name(let name) = segment.selectors[0], !name.isEmpty,
          name.allSatisfy({ (0x61...0x7A).contains($0) || $0 >= 0x80 })
        {
          text += (segment.isDescendant ? ".." : ".") + String(decoding: name, as: UTF8.self)
          continue
        }
        if case .wildcard = segment.selectors[0] {
          text += segment.isDescendant ? "..*" : ".*"
          continue
        }
      }
      var selectors: [String] = []
      for selector in segment.selectors { selectors.append(selector.source(&choices)) }
      let blank = choices.once(in: 8) ? " " : ""
      text += dots + "[" + blank + selectors.joined(separator: blank + ",") + blank + "]"
    }
    return text
  }

  static func quoted(_ text: [UInt8], _ choices: inout Choices) -> String {
    let quote: Unicode.Scalar = choices.once(in: 2) ? "\"" : "'"
    var result = String(quote)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      switch scalar {
      case quote: result += "\\" + String(quote)
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{0}": result += "\\u0000"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }
}

extension ReferencePath.Selector {
  fileprivate func source(_ choices: inout Choices) -> String {
    switch self {
    case .name(let name): return ReferencePath.quoted(name, &choices)
    case .wildcard: return "*"
    case .index(let index): return "\(index)"
    case .slice(let start, let end, let step):
      let bounds = (start.map(String.init) ?? "") + ":" + (end.map(String.init) ?? "")
      return bounds + (step.map { ":\($0)" } ?? "")
    case .filter(let condition): return "?" + condition.source(&choices, isOperand: false)
    }
  }
}

extension ReferencePath.Condition {
  fileprivate func source(_ choices: inout Choices, isOperand: Bool) -> String {
    switch self {
    case .or(let left, let right):
      let text =
        left.sourceInOr(&choices) + " || " + right.sourceInOr(&choices)
      return isOperand ? "(\(text))" : text
    case .and(let left, let right):
      let text =
        left.source(&choices, isOperand: true) + "&&" + right.source(&choices, isOperand: true)
      return isOperand ? "(\(text))" : text
    case .not(let inner):
      switch inner {
      case .exists, .matches: return "!" + inner.source(&choices, isOperand: true)
      default: return "!(" + inner.source(&choices, isOperand: false) + ")"
      }
    case .comparison(let left, let operation, let right):
      return left.source(&choices) + " \(operation) " + right.source(&choices)
    case .exists(let query): return query.source(&choices)
    case .matches(let operand, _, let isWhole, let source):
      return (isWhole ? "match(" : "search(") + operand.source(&choices) + ", "
        + ReferencePath.quoted(Array(source.utf8), &choices) + ")"
    }
  }
}

extension ReferencePath.Condition {
  /// `&&` binds more tightly than `||`, so its parentheses are optional there.
  fileprivate func sourceInOr(_ choices: inout Choices) -> String {
    if case .and = self { return source(&choices, isOperand: choices.once(in: 2)) }
    return source(&choices, isOperand: true)
  }
}

extension ReferencePath.Operand {
  fileprivate func source(_ choices: inout Choices) -> String {
    switch self {
    case .literal(.string(let text)): return ReferencePath.quoted(text, &choices)
    case .literal(let value): return String(decoding: value.json, as: UTF8.self)
    case .query(let query): return query.source(&choices)
    case .length(let operand): return "length(" + operand.source(&choices) + ")"
    case .count(let query): return "count(" + query.source(&choices) + ")"
    case .value(let query): return "value(" + query.source(&choices) + ")"
    }
  }
}
