/// A family of named code point sets, written as lines of text.
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

  /// The set of what stands in the braces of `\p{…}`: `name=value`, a category or a binary
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
        to: expression, among: generalCategories.names + binaries.names)
      {
        return name
      }
      // A bare script name is the commonest slip: `\p{Greek}` for `\p{Script=Greek}`.
      return nearest(to: expression, among: scripts.names, within: 0).map { "Script=\($0)" }
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
