import SourceText

/// One pattern of a `.gitignore` file, matched as Git does (gitignore(5)), byte by byte.
///
/// Matching takes time proportional to the pattern times the path, whatever the pattern.
struct GitIgnorePattern: Sendable {
  /// Whether a `!` comes first: what the pattern fits is not ignored.
  let isNegated: Bool
  /// Whether the pattern fits folders only.
  private let isFolderOnly: Bool
  /// Whether the pattern has no slash, so that it fits a name in any folder.
  private let fitsNames: Bool
  private let shape: Shape

  private enum Shape: Sendable {
    case literal([UInt8])
    /// A `*` and what follows it.
    case suffix([UInt8])
    /// What comes before the first wildcard, and the rest.
    case glob(prefix: [UInt8], GitGlob)
  }

  /// Reads a pattern: a line without its end and its trailing spaces.
  init(_ line: ArraySlice<UInt8>) {
    var text = line
    isNegated = text.first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    isFolderOnly = text.last == UInt8(ascii: "/")
    if isFolderOnly { text.removeLast() }
    fitsNames = !text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text.removeFirst() }
    let prefix = text.prefix { !GitGlob.isSpecial($0) }
    if prefix.count == text.count {
      shape = .literal(Array(text))
    } else if fitsNames, text.first == UInt8(ascii: "*"),
      !text.dropFirst().contains(where: GitGlob.isSpecial)
    {
      shape = .suffix(Array(text.dropFirst()))
    } else {
      shape = .glob(
        prefix: Array(prefix),
        GitGlob(Array(text.dropFirst(prefix.count)), crossesFolders: !fitsNames))
    }
  }

  /// The patterns of a file, in its order.
  static func patterns(of bytes: [UInt8]) -> [GitIgnorePattern] {
    let start = bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
    return bytes.dropFirst(start).split(separator: UInt8(ascii: "\n"))
      .compactMap { line in
        guard line.first != UInt8(ascii: "#") else { return nil }
        let text = withoutTrailingSpaces(
          line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        return text.isEmpty ? nil : GitIgnorePattern(text)
      }
  }

  /// A line without the spaces at its end, unless a backslash comes before them.
  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    // Git reads a line up to a NUL.
    let line = line.prefix { $0 != 0 }
    var end = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\\") {
        index += 1
        if index == line.endIndex { return line }
        end = index + 1
      } else if line[index] != UInt8(ascii: " ") {
        end = index + 1
      }
      index += 1
    }
    return line[..<end]
  }

  /// Whether the pattern fits a path relative to the folder of the file that the pattern is from.
  ///
  /// `name` is the last name of the path; the steps that matching takes are added to `steps`.
  func fits(
    _ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool, steps: inout Int
  ) -> Bool {
    steps += 1
    if isFolderOnly, !isFolder { return false }
    let text = fitsNames ? name : path
    switch shape {
    case .literal(let literal): return !literal.isEmpty && text.elementsEqual(literal)
    case .suffix(let suffix):
      return text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
    case .glob(let prefix, let glob):
      return text.starts(with: prefix) && glob.fits(text.dropFirst(prefix.count), steps: &steps)
    }
  }
}

/// The part of a pattern from its first wildcard on, as Git's `wildmatch` reads it.
struct GitGlob: Sendable {
  private enum Token: Sendable {
    case byte(UInt8)
    /// `?`: one byte of a name.
    case anyByte
    /// `[…]`: one of these bytes, but no slash; 256 bits.
    case oneOf([Bool])
    /// `*`: any bytes of a name.
    case anyName
    /// `**/`: any number of folders.
    case anyFolders
    /// `**` at the end: everything.
    case everything
    /// Something that Git never matches, such as a `[` without its `]`.
    case nothing
  }

  private var tokens: [Token] = []

  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "\\"): true
    default: false
    }
  }

  /// Reads what begins with a wildcard; `crossesFolders` says whether `**` has a meaning of its own.
  init(_ text: [UInt8], crossesFolders: Bool) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "*"): index = addStars(text, from: index, crossesFolders)
      case UInt8(ascii: "?"):
        tokens.append(.anyByte)
        index += 1
      case UInt8(ascii: "["):
        var reader = GitBracket(text, from: index)
        guard let set = reader.read() else {
          tokens.append(.nothing)
          return
        }
        tokens.append(.oneOf(set))
        index = reader.index
      case UInt8(ascii: "\\"):
        guard index + 1 < text.count else {
          tokens.append(.nothing)
          return
        }
        tokens.append(.byte(text[index + 1]))
        index += 2
      default:
        tokens.append(.byte(byte))
        index += 1
      }
    }
  }

  /// Reads one or more stars; the result is where the rest begins.
  private mutating func addStars(_ text: [UInt8], from start: Int, _ crossesFolders: Bool) -> Int {
    var end = start
    while end < text.count, text[end] == UInt8(ascii: "*") { end += 1 }
    // Git looks at what comes before the stars only from the first wildcard of the pattern on.
    let beginsName = start == 0 || text[start - 1] == UInt8(ascii: "/")
    let isAtEnd = end == text.count
    let isBeforeSlash = !isAtEnd && text[end] == UInt8(ascii: "/")
    let isBeforeEscapedSlash = text[end...].starts(with: Array("\\/".utf8))
    guard crossesFolders, end - start > 1, beginsName,
      isAtEnd || isBeforeSlash || isBeforeEscapedSlash
    else {
      tokens.append(.anyName)
      return end
    }
    tokens.append(isBeforeSlash ? .anyFolders : .everything)
    return isBeforeSlash ? end + 1 : end
  }

  /// Whether all of a text fits; the steps that this takes are added to `steps`.
  func fits(_ text: ArraySlice<UInt8>, steps: inout Int) -> Bool {
    let slash = UInt8(ascii: "/")
    // Up to which places of the text the tokens so far can reach.
    var reached = [Bool](repeating: false, count: text.count + 1)
    reached[0] = true
    for token in tokens {
      steps += reached.count
      var next = [Bool](repeating: false, count: reached.count)
      var isAny = false
      // Whether an earlier place was reached.
      var wasReached = false
      for place in reached.indices {
        let before = place == 0 ? nil : text[text.startIndex + place - 1]
        let fits: Bool
        switch token {
        case .byte(let byte): fits = place > 0 && reached[place - 1] && before == byte
        case .anyByte: fits = place > 0 && reached[place - 1] && before != slash
        case .oneOf(let set):
          fits = place > 0 && reached[place - 1] && before.map { set[Int($0)] } ?? false
        case .anyName:
          fits = reached[place] || place > 0 && next[place - 1] && before != slash
        case .anyFolders: fits = reached[place] || wasReached && before == slash
        case .everything: fits = reached[place] || wasReached
        case .nothing: fits = false
        }
        next[place] = fits
        isAny = isAny || fits
        wasReached = wasReached || reached[place]
      }
      if !isAny { return false }
      reached = next
    }
    return reached[text.count]
  }
}

/// Reads a class of bytes in brackets.
private struct GitBracket {
  private let text: [UInt8]
  /// The place of the next byte.
  private(set) var index: Int

  init(_ text: [UInt8], from start: Int) {
    self.text = text
    index = start
  }

  /// The byte at a place; 0, which no path has, after the end.
  private func byte(_ place: Int) -> UInt8 { place < text.count ? text[place] : 0 }

  /// The bytes that fit; nil for a class that Git never matches.
  ///
  /// `index` is after the class then.
  mutating func read() -> [Bool]? {
    var set = [Bool](repeating: false, count: 256)
    index += 1
    let isNegated = byte(index) == UInt8(ascii: "!") || byte(index) == UInt8(ascii: "^")
    if isNegated { index += 1 }
    var previous: UInt8 = 0
    repeat {
      let current = byte(index)
      if current == 0 { return nil }
      if current == UInt8(ascii: "\\") {
        index += 1
        if byte(index) == 0 { return nil }
        previous = byte(index)
        set[Int(previous)] = true
      } else if current == UInt8(ascii: "-"), previous != 0, byte(index + 1) != 0,
        byte(index + 1) != UInt8(ascii: "]")
      {
        index += 1
        if byte(index) == UInt8(ascii: "\\") { index += 1 }
        let last = byte(index)
        if last == 0 { return nil }
        if previous <= last {
          for member in previous...last { set[Int(member)] = true }
        }
        previous = 0
      } else if current == UInt8(ascii: "["), byte(index + 1) == UInt8(ascii: ":") {
        let start = index + 2
        var end = start
        while byte(end) != 0, byte(end) != UInt8(ascii: "]") { end += 1 }
        if byte(end) == 0 { return nil }
        if end > start, byte(end - 1) == UInt8(ascii: ":") {
          guard let isMember = Self.namedClass(text[start..<(end - 1)]) else { return nil }
          for member in 0...UInt8.max where isMember(member) { set[Int(member)] = true }
          index = end
          previous = 0
        } else {
          // No name of a class: an ordinary bracket.
          set[Int(current)] = true
          previous = current
        }
      } else {
        set[Int(current)] = true
        previous = current
      }
      index += 1
    } while byte(index) != UInt8(ascii: "]")
    index += 1
    if isNegated { for member in set.indices { set[member].toggle() } }
    set[Int(UInt8(ascii: "/"))] = false
    return set
  }

  /// Which bytes are in a class with a name; nil where there is no such class.
  private static func namedClass(_ name: ArraySlice<UInt8>) -> ((UInt8) -> Bool)? {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
    func isGraphic(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
    switch String(decoding: name, as: UTF8.self) {
    case "alnum": return { isLetter($0) || isDigit($0) }
    case "alpha": return isLetter
    case "blank": return { $0 == 0x20 || $0 == 0x09 }
    case "cntrl": return { $0 < 0x20 || $0 == 0x7F }
    case "digit": return isDigit
    case "graph": return isGraphic
    case "lower": return isLower
    case "print": return { isGraphic($0) || $0 == 0x20 }
    case "punct": return { isGraphic($0) && !isLetter($0) && !isDigit($0) }
    case "space": return { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    case "upper": return isUpper
    case "xdigit":
      return { isDigit($0) || $0 >= 0x41 && $0 <= 0x46 || $0 >= 0x61 && $0 <= 0x66 }
    default: return nil
    }
  }
}
