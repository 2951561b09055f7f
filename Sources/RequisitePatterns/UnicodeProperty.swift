/// A family of named code point sets, written as lines of text by Tests/Generators/unicode-tables.mjs.
///
/// A line at the margin holds the names of a set; the lines after it that start with a space hold
/// its ranges. A range is two numbers: how far it starts behind the end of the range before, and
/// how many code points it has beyond the first. A number is base 32, lowest digit first, in
/// characters from U+0030 on; bit 5 says that another digit follows. A set is decoded when a
/// pattern names it, so that start-up pays for nothing else.
struct PropertyTable {
  let text: StaticString

  /// Finds the set of a name; names compare exactly (ECMA-262, UnicodeMatchProperty).
  func set(named name: String) -> ScalarSet? {
    let bytes = Array(name.utf8)
    return text.withUTF8Buffer { text in
      guard let start = unsafe Self.data(of: bytes, in: text) else { return nil }
      return unsafe Self.decode(text, from: start)
    }
  }

  /// All names, for the nearest one in an error message.
  var names: [String] {
    text.withUTF8Buffer { text in
      unsafe text.split(separator: 0x0A).filter { unsafe $0.first != 0x20 }.flatMap {
        unsafe $0.split(separator: 0x20).map { unsafe String(decoding: $0, as: UTF8.self) }
      }
    }
  }

  /// All names of the set that one names.
  func aliases(of name: String) -> [String] {
    let lines = text.withUTF8Buffer { text in
      unsafe text.split(separator: 0x0A).filter { unsafe $0.first != 0x20 }.map {
        unsafe $0.split(separator: 0x20).map { unsafe String(decoding: $0, as: UTF8.self) }
      }
    }
    return lines.first { $0.contains { $0.utf8.elementsEqual(name.utf8) } } ?? []
  }

  /// Where the data of a name start: behind the end of its line.
  private static func data(
    of name: [UInt8], in text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var index = 0
    while index < text.count {
      let isNames = unsafe text[index] != 0x20
      var found = false
      var wordStart = index
      while index < text.count {
        let byte = unsafe text[index]
        if isNames, byte == 0x20 || byte == 0x0A {
          if index - wordStart == name.count,
            unsafe text[wordStart..<index].elementsEqual(name)
          {
            found = true
          }
          wordStart = index + 1
        }
        index += 1
        if byte == 0x0A { break }
      }
      if found { return index }
    }
    return nil
  }

  private static func decode(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> ScalarSet {
    var ranges: [ScalarSet.Range] = []
    var position: UInt32 = 0
    var gap: UInt32?
    var value: UInt32 = 0
    var shift: UInt32 = 0
    var index = start
    while index < text.count, unsafe text[index] == 0x20 {
      index += 1
      while index < text.count, unsafe text[index] != 0x0A {
        let digit = unsafe UInt32(text[index] &- 0x30)
        index += 1
        value |= (digit & 31) << shift
        if digit & 32 != 0 {
          shift += 5
          continue
        }
        if let distance = gap {
          let first = position + distance
          ranges.append(ScalarSet.Range(first: first, last: first + value))
          position = first + value + 1
          gap = nil
        } else {
          gap = value
        }
        value = 0
        shift = 0
      }
      index += 1
    }
    return ScalarSet(sorted: ranges)
  }
}

/// The Unicode properties that ECMA-262 lets a pattern name (tables 67 to 69 of its 2025 edition).
enum UnicodeProperty {
  static let generalCategories = PropertyTable(text: generalCategoryTable)
  static let scripts = PropertyTable(text: scriptTable)
  static let scriptExtensions = PropertyTable(text: scriptExtensionsTable)
  static let binaries = PropertyTable(text: binaryPropertyTable)

  /// The set of what is in the braces of `\p{…}`: `name=value`, a category or a binary
  /// property.
  static func set(for expression: String) -> ScalarSet? {
    let parts = expression.utf8.split(
      separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return generalCategories.set(named: expression) ?? binaries.set(named: expression)
    }
    let value = String(Substring(parts[1]))
    switch String(Substring(parts[0])) {
    case "General_Category", "gc":
      return generalCategories.set(named: value)
    case "Script", "sc":
      return scripts.set(named: value)
    case "Script_Extensions", "scx":
      guard let script = scripts.set(named: value) else { return nil }
      guard let difference = scriptExtensions.set(named: value) else { return script }
      return script.symmetricDifference(difference)
    default:
      return nil
    }
  }

  /// The known expression that is nearest to one that is not, if it is near at all.
  static func nearest(to expression: String) -> String? {
    let parts = expression.utf8.split(
      separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      if let name = nearest(
        to: expression, among: generalCategories.names + binaries.names,
        within: withoutPrefix(expression) == nil ? nil : 0)
      {
        return name
      }
      // A bare script name is the commonest slip: `\p{Greek}` for `\p{Script=Greek}`.
      if let script = nearest(to: expression, among: scripts.names) { return "Script=\(script)" }
      guard let rest = withoutPrefix(expression) else { return nil }
      if let name = nearest(to: rest, among: generalCategories.names + binaries.names, within: 0) {
        return name
      }
      return nearest(to: rest, among: scripts.names).map { "Script=\($0)" }
    }
    let value = String(Substring(parts[1]))
    let names: [String: PropertyTable] = [
      "General_Category": generalCategories, "gc": generalCategories,
      "Script": scripts, "sc": scripts, "Script_Extensions": scripts, "scx": scripts,
    ]
    let property = String(Substring(parts[0]))
    guard let table = names[property] else {
      return nearest(to: property, among: names.keys.sorted()).map { "\($0)=\(value)" }
    }
    return nearest(to: value, among: table.names).map { "\(property)=\($0)" }
  }

  /// A name without the `Is` or `In` that other dialects put before it.
  private static func withoutPrefix(_ name: String) -> String? {
    let start = name.utf8.prefix(2).map { $0 | 0x20 }
    guard name.utf8.count > 2, start == Array("is".utf8) || start == Array("in".utf8) else {
      return nil
    }
    return String(Substring(name.utf8.dropFirst(2)))
  }

  // MARK: RE2

  /// The set of what `\p` names in RE2: a category's short name, a script or `Any`.
  static func setInRE2(for name: String) -> ScalarSet? {
    switch name {
    case "Any": .any
    // RE2's `C` does not hold what is unassigned.
    case "C":
      ScalarSet(
        ["Cc", "Cf", "Co", "Cs"].flatMap { generalCategories.set(named: $0)?.ranges ?? [] })
    case "Cn", "LC": nil
    // Scripts go by their long names, some of which have four letters.
    case _ where name.utf8.count == 4 && scripts.aliases(of: name).contains { $0.utf8.count > 4 }:
      nil
    default:
      name.utf8.count <= 2
        ? generalCategories.set(named: name) ?? scripts.set(named: name) : scripts.set(named: name)
    }
  }

  /// The name in RE2 of what another dialect calls otherwise, or the nearest one.
  static func nearestInRE2(to name: String) -> String? {
    let value = name.utf8.lastIndex(of: 0x3D).map { String(name[name.utf8.index(after: $0)...]) }
    let wanted = value ?? name
    for names in [generalCategories.aliases(of: wanted), scripts.aliases(of: wanted)] {
      let known = names.filter { setInRE2(for: $0) != nil }
      if let longest = known.max(by: { $0.utf8.count < $1.utf8.count }) { return longest }
    }
    if let rest = withoutPrefix(wanted), setInRE2(for: rest) != nil { return rest }
    return nearest(to: wanted, among: scripts.names)
  }

  private static func nearest(
    to name: String, among candidates: [String], within limit: Int? = nil
  ) -> String? {
    let folded = fold(name)
    guard folded.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(folded, fold(candidate))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= limit ?? max(1, folded.count / 4) else { return nil }
    return best.name
  }

  /// Letter case and separators are the likeliest slips, so they cost nothing.
  private static func fold(_ name: String) -> [UInt8] {
    name.utf8.filter { $0 != 0x5F && $0 != 0x20 && $0 != 0x2D }
      .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  /// The number of insertions, deletions and changes that make one text of the other.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let above = row[column + 1]
        row[column + 1] = min(
          above + 1, row[column] + 1, diagonal + (byte == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
