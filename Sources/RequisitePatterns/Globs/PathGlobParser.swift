/// Turns a pattern of paths into regular expressions, one for each choice among its braces.
struct PathGlobParser {
  private let scalars: [(scalar: Unicode.Scalar, offset: Int)]
  private let count: Int
  private var index = 0

  /// How many alternatives the braces of a pattern may multiply to.
  static let alternativeLimit = 256

  /// One choice among the braces of a pattern.
  struct Alternative {
    /// The expression that all of a path must match.
    var expression: String
    /// Whether what fits a folder fits everything in it.
    var coversFolders: Bool
  }

  /// A step of a pattern, with its bytes.
  private struct Piece {
    enum Kind: Equatable {
      case slash, anyOne, anyName
      case character(Unicode.Scalar)
      /// A class, as an expression.
      case oneOf(String)
    }

    var kind: Kind
    var range: Range<Int>
  }

  init(_ text: String) {
    var scalars: [(scalar: Unicode.Scalar, offset: Int)] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      scalars.append((scalar, offset))
      offset += UTF8.width(scalar)
    }
    self.scalars = scalars
    count = offset
  }

  /// Reads the pattern.
  mutating func alternatives() throws(PathGlobError) -> [Alternative] {
    if scalars.first?.scalar == "!" { throw PathGlobError(.negated, 0..<1) }
    var alternatives: [Alternative] = []
    for pieces in try expanded() { alternatives.append(try alternative(pieces)) }
    return alternatives
  }

  // MARK: - Braces

  /// Every choice among the braces.
  private mutating func expanded() throws(PathGlobError) -> [[Piece]] {
    var results: [[Piece]] = [[]]
    while index < scalars.count {
      guard scalars[index].scalar == "{" else {
        let piece = try nextPiece()
        for result in results.indices { results[result].append(piece) }
        continue
      }
      let start = scalars[index].offset
      let choices = try braces()
      guard results.count * choices.count <= Self.alternativeLimit else {
        throw PathGlobError(
          .tooManyAlternatives(limit: Self.alternativeLimit), start..<offset(at: index))
      }
      results = results.flatMap { result in choices.map { result + $0 } }
    }
    return results
  }

  private mutating func braces() throws(PathGlobError) -> [[Piece]] {
    let start = scalars[index].offset
    index += 1
    var choices: [[Piece]] = [[]]
    while index < scalars.count {
      switch scalars[index].scalar {
      case "}":
        index += 1
        return choices
      case ",":
        index += 1
        choices.append([])
      case "{": throw PathGlobError(.nestedBraces, range(at: index))
      default: choices[choices.count - 1].append(try nextPiece())
      }
    }
    throw PathGlobError(.unclosedBrace, start..<(start + 1))
  }

  // MARK: - Pieces

  private mutating func nextPiece() throws(PathGlobError) -> Piece {
    let start = index
    let scalar = scalars[index].scalar
    let kind: Piece.Kind
    switch scalar {
    case "/":
      kind = .slash
      index += 1
    case "?":
      kind = .anyOne
      index += 1
    case "*":
      kind = .anyName
      index += 1
    case "[": kind = .oneOf(try characterClass())
    case "\\": kind = .character(try escaped())
    default:
      kind = .character(scalar)
      index += 1
    }
    return Piece(kind: kind, range: offset(at: start)..<offset(at: index))
  }

  private mutating func escaped() throws(PathGlobError) -> Unicode.Scalar {
    let start = index
    guard start + 1 < scalars.count else {
      throw PathGlobError(.trailingBackslash, range(at: start))
    }
    let scalar = scalars[start + 1].scalar
    guard "*?[]{},!\\-^".unicodeScalars.contains(scalar) else {
      throw PathGlobError(.needlessEscape, offset(at: start)..<offset(at: start + 2))
    }
    index += 2
    return scalar
  }

  /// Reads a class as an expression that a slash never matches.
  private mutating func characterClass() throws(PathGlobError) -> String {
    let start = index
    index += 1
    let isNegated = index < scalars.count && ["!", "^"].contains(scalars[index].scalar)
    if isNegated { index += 1 }
    var expression = isNegated ? "[^/" : "["
    var isFirst = true
    while index < scalars.count {
      let place = index
      // A bracket right at the start is the character, as in a shell.
      if scalars[index].scalar == "]", !isFirst {
        index += 1
        return expression + "]"
      }
      if scalars[index].scalar == "[", index + 1 < scalars.count,
        scalars[index + 1].scalar == ":"
      {
        throw PathGlobError(.namedClass, offset(at: index)..<offset(at: index + 2))
      }
      isFirst = false
      let low = try classMember()
      var high = low
      if index + 1 < scalars.count, scalars[index].scalar == "-",
        scalars[index + 1].scalar != "]"
      {
        index += 1
        high = try classMember()
      }
      guard low <= high else {
        throw PathGlobError(.reversedRange, offset(at: place)..<offset(at: index))
      }
      if low < "/", high > "/" {
        expression += Self.range(low, ".") + Self.range("0", high)
      } else {
        expression += Self.range(low, high)
      }
    }
    throw PathGlobError(.unclosedClass, range(at: start))
  }

  private mutating func classMember() throws(PathGlobError) -> Unicode.Scalar {
    if scalars[index].scalar == "\\" { return try escaped() }
    if scalars[index].scalar == "/" { throw PathGlobError(.slashInClass, range(at: index)) }
    defer { index += 1 }
    return scalars[index].scalar
  }

  private static func range(_ low: Unicode.Scalar, _ high: Unicode.Scalar) -> String {
    low == high ? literal(low) : "\(literal(low))-\(literal(high))"
  }

  /// A character that stands for itself, in a class or outside of one.
  private static func literal(_ scalar: Unicode.Scalar) -> String {
    scalar.isASCII && !("a"..."z").contains(scalar) && !("A"..."Z").contains(scalar)
      && !("0"..."9").contains(scalar)
      ? "\\u{\(String(scalar.value, radix: 16))}" : String(Character(scalar))
  }

  private func offset(at index: Int) -> Int {
    index < scalars.count ? scalars[index].offset : count
  }

  private func range(at index: Int) -> Range<Int> { offset(at: index)..<offset(at: index + 1) }

  // MARK: - Expressions

  private static let anything = "[\\s\\S]*"

  /// Puts the names of one choice together.
  private func alternative(_ pieces: [Piece]) throws(PathGlobError) -> Alternative {
    var names: [ArraySlice<Piece>] = pieces.split(omittingEmptySubsequences: false) {
      $0.kind == .slash
    }
    var isAnchored = names.count > 1
    var isFolder = false
    if names.count > 1, names.last?.isEmpty ?? false {
      isFolder = true
      isAnchored = names.count > 2
      names.removeLast()
    }
    if isAnchored, names.first?.isEmpty ?? false {
      names.removeFirst()
    } else if isAnchored, isSteps(".", names[0]) {
      names.removeFirst()
    }
    guard names.contains(where: { !$0.isEmpty }) else {
      throw PathGlobError(.empty, 0..<count)
    }
    var expression = isAnchored ? "" : "(?:\(Self.anything)/)?"
    for (position, name) in names.enumerated() {
      let isLast = position == names.count - 1
      if isAnyFolders(name) {
        expression += isLast ? Self.anything : "(?:\(Self.anything)/)?"
      } else {
        expression += try self.expression(name, before: names[..<position])
        if !isLast { expression += "/" }
      }
    }
    let last = names[names.count - 1]
    let endsInFolders = isAnyFolders(last)
    let coversFolders = isFolder || endsInFolders || !isAnchored || isPlain(last)
    if isFolder {
      expression += "/\(Self.anything)"
    } else if coversFolders, !endsInFolders {
      expression += "(?:/\(Self.anything))?"
    }
    return Alternative(expression: expression, coversFolders: coversFolders)
  }

  /// The expression of one name.
  private func expression(
    _ name: ArraySlice<Piece>, before: ArraySlice<ArraySlice<Piece>>
  ) throws(PathGlobError) -> String {
    guard let first = name.first, let last = name.last else {
      // The slash after the name before is one that another follows.
      let end = before.last?.last?.range.upperBound ?? 0
      throw PathGlobError(.emptyName, end..<min(end + 2, count))
    }
    let range = first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound)
    if isSteps(".", name) { throw PathGlobError(.sameFolder, range) }
    if isSteps("..", name) { throw PathGlobError(.parentFolder, range) }
    var expression = ""
    var previous: Piece?
    for piece in name {
      switch piece.kind {
      case .slash: break
      case .anyOne: expression += "[^/]"
      case .anyName:
        if let previous, previous.kind == .anyName {
          throw PathGlobError(
            .partialFolders, previous.range.lowerBound..<piece.range.upperBound)
        }
        expression += "[^/]*"
      case .character(let scalar): expression += Self.literal(scalar)
      case .oneOf(let text): expression += text
      }
      previous = piece
    }
    return expression
  }

  private func isAnyFolders(_ name: ArraySlice<Piece>) -> Bool {
    name.count == 2 && name.allSatisfy { $0.kind == .anyName }
  }

  private func isPlain(_ name: ArraySlice<Piece>) -> Bool {
    name.allSatisfy { if case .character = $0.kind { true } else { false } }
  }

  private func isSteps(_ text: String, _ name: ArraySlice<Piece>) -> Bool {
    name.count == text.unicodeScalars.count
      && zip(name, text.unicodeScalars).allSatisfy { $0.kind == .character($1) }
  }
}
