import Documents
import RulePacks

/// A request, or a part of one, that is being put together.
indirect enum Specimen: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// A number as it is written.
  case number([UInt8])
  case string([UInt8])
  /// A text that is repeated, as `$repeat` in an example.
  case repeated([UInt8], Int)
  case array([Specimen])
  case object([Member])

  /// A member of an object.
  struct Member: Hashable, Sendable {
    var name: [UInt8]
    var value: Specimen
  }

  /// How deep values may nest, which bounds every recursion over them.
  static let depthLimit = 60

  /// The text of a string.
  static func string(_ text: String) -> Specimen { .string(Array(text.utf8)) }

  /// An integer.
  static func number(_ value: Int64) -> Specimen { .number(Array(String(value).utf8)) }

  /// A value of a pack's file; nil where it nests too deep.
  init?(_ node: NodeID, in document: Document, depth: Int = 0) {
    guard depth < Self.depthLimit else { return nil }
    switch document.kind(of: node) {
    case .null, .absent: self = .null
    case .boolean: self = .boolean(document.isTrue(node))
    case .number: self = .number(Array(document.utf8(of: node)))
    case .string, .name: self = .string(Array(document.utf8(of: node)))
    case .array:
      var items: [Specimen] = []
      for element in document.elements(of: node) {
        guard let item = Specimen(element, in: document, depth: depth + 1) else { return nil }
        items.append(item)
      }
      self = .array(items)
    case .object:
      if let repetition = Repetition(node, in: document) {
        self = .repeated(Array(document.utf8(of: repetition.text)), repetition.count)
        return
      }
      var members: [Member] = []
      for member in document.members(of: node) {
        guard let value = Specimen(member.value, in: document, depth: depth + 1) else {
          return nil
        }
        members.append(Member(name: Array(document.utf8(of: member.name)), value: value))
      }
      self = .object(members)
    }
  }
}

// MARK: - Writing

extension Specimen {
  /// The value as JSON text; repetitions are written out.
  func json() -> [UInt8] {
    var text: [UInt8] = []
    write(into: &text)
    return text
  }

  private func write(into text: inout [UInt8]) {
    switch self {
    case .null: text += "null".utf8
    case .boolean(let value): text += (value ? "true" : "false").utf8
    case .number(let digits): text += digits
    case .string(let bytes): Self.writeString(bytes, into: &text)
    case .repeated(let bytes, let count):
      var quoted: [UInt8] = []
      Self.writeString(bytes, into: &quoted)
      let inner = quoted.dropFirst().dropLast()
      text.append(UInt8(ascii: "\""))
      for _ in 0..<(inner.isEmpty ? 0 : count) { text += inner }
      text.append(UInt8(ascii: "\""))
    case .array(let items):
      text.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        item.write(into: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        Self.writeString(member.name, into: &text)
        text.append(UInt8(ascii: ":"))
        member.value.write(into: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private static func writeString(_ bytes: [UInt8], into text: inout [UInt8]) {
    JSONWriter.append(quoted: String(decoding: bytes, as: UTF8.self), to: &text)
  }

  /// How many bytes the JSON text takes, nearly.
  var size: Int {
    switch self {
    case .null, .boolean: 4
    case .number(let digits): digits.count
    case .string(let bytes): bytes.count + 2
    case .repeated(let bytes, let count):
      bytes.count.multipliedReportingOverflow(by: count).overflow
        ? Int.max / 4 : bytes.count * count + 2
    case .array(let items): items.reduce(2) { $0 + $1.size + 1 }
    case .object(let members): members.reduce(2) { $0 + $1.name.count + $1.value.size + 4 }
    }
  }

  /// The value in YAML, on one line, as an item of a list of examples.
  func yaml() -> String {
    if case .object(let members) = self, members.count == 1 {
      return "\(Self.plain(members[0].name)): \(members[0].value.flow())"
    }
    return flow()
  }

  private func flow() -> String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let digits): return String(decoding: digits, as: UTF8.self)
    case .string(let bytes): return Self.plain(bytes)
    case .repeated(let bytes, let count): return "{ $repeat: [\(Self.plain(bytes)), \(count)] }"
    case .array(let items): return "[" + items.map { $0.flow() }.joined(separator: ", ") + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      return "{ "
        + members.map { "\(Self.plain($0.name)): \($0.value.flow())" }.joined(separator: ", ")
        + " }"
    }
  }

  /// A text as YAML takes it within braces: without quotes where nothing could be mistaken.
  private static func plain(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    func isLetter(_ byte: UInt8) -> Bool {
      (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }
    let isWord =
      bytes.first.map { isLetter($0) || $0 == UInt8(ascii: "_") } ?? false
      && bytes.allSatisfy { byte in
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || "_-./+".utf8.contains(byte)
      }
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    if isWord, !reserved.contains(text.lowercased()) { return text }
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      return "'" + text.replacing("'", with: "''") + "'"
    }
    var json: [UInt8] = []
    writeString(bytes, into: &json)
    return String(decoding: json, as: UTF8.self)
  }
}

// MARK: - Changing

extension Specimen {
  /// Calls `body` with each value that differs from this one in one place, until it says stop.
  ///
  /// `body` gives whether to go on; so does the result.
  func forEachVariant(_ pool: SpecimenPool, _ body: (Specimen) -> Bool) -> Bool {
    for value in pool.values where value != self {
      if !body(value) { return false }
    }
    if !body(.array([self])) { return false }
    switch self {
    case .null, .boolean, .number: return true
    case .string(let bytes):
      for text in pool.neighbours(of: bytes) where !body(.string(text)) { return false }
      guard pool.entersStrings, let (inner, form) = EmbeddedSpecimen.read(bytes) else {
        return true
      }
      return inner.forEachVariant(pool) { body(EmbeddedSpecimen.string($0, form)) }
    case .repeated(let bytes, let count):
      return (count < 1 || body(.repeated(bytes, count - 1))) && body(.repeated(bytes, count + 1))
    case .array(let items):
      for index in items.indices {
        var fewer = items
        fewer.remove(at: index)
        if !body(.array(fewer)) { return false }
        let goesOn = items[index].forEachVariant(pool) { changed in
          var items = items
          items[index] = changed
          return body(.array(items))
        }
        if !goesOn { return false }
      }
      for value in pool.values where !body(.array(items + [value])) { return false }
      if let last = items.last { return body(.array(items + [last])) }
      return true
    case .object(let members):
      for index in members.indices {
        var fewer = members
        fewer.remove(at: index)
        if !body(.object(fewer)) { return false }
        let goesOn = members[index].value.forEachVariant(pool) { changed in
          var members = members
          members[index].value = changed
          return body(.object(members))
        }
        if !goesOn { return false }
        for name in pool.neighbours(of: members[index].name) {
          var members = members
          members[index].name = name
          if !body(.object(members)) { return false }
        }
      }
      for name in pool.names where !members.contains(where: { $0.name == name }) {
        for value in pool.values
        where !body(.object(members + [Member(name: name, value: value)])) {
          return false
        }
      }
      return true
    }
  }
}

/// What requests are made from: values, names and characters that matter to a rule.
struct SpecimenPool {
  /// Values to put in any place.
  var values: [Specimen] = []
  /// Names of members to add.
  var names: [[UInt8]] = []
  /// Characters to put into texts.
  var characters: [Unicode.Scalar] = []
  /// Lengths that texts are brought to.
  var lengths: [Int] = []
  /// Whether the rule looks at JSON within strings.
  var entersStrings = false

  /// A text of more bytes is not changed letter by letter.
  private static let textLimit = 200

  /// The texts that differ from one in one place.
  func neighbours(of bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.count <= Self.textLimit else { return [] }
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var texts: [[UInt8]] = []
    func add(_ scalars: [Unicode.Scalar]) {
      var text: [UInt8] = []
      for scalar in scalars { text += scalar.utf8 }
      texts.append(text)
    }
    for index in Set([0, scalars.count / 2, scalars.count - 1]).sorted()
    where scalars.indices.contains(index) {
      var fewer = scalars
      fewer.remove(at: index)
      add(fewer)
    }
    for count in scalars.indices.prefix(60) {
      add(Array(scalars[..<count]))
      add(Array(scalars[count...].dropFirst()))
    }
    for index in scalars.indices.prefix(40) {
      add(Array(scalars[...index]) + scalars[index...])
    }
    for length in lengths where length > scalars.count {
      for scalar in Set([scalars.first, scalars.last].compactMap { $0 }) {
        let more = Array(repeating: scalar, count: length - scalars.count)
        add(scalar == scalars.last ? scalars + more : more + scalars)
      }
    }
    for character in [Unicode.Scalar("x")] + characters {
      add(scalars + [character])
      add([character] + scalars)
      for index in scalars.indices.prefix(40) where scalars[index] != character {
        var changed = scalars
        changed[index] = character
        add(changed)
      }
    }
    return texts
  }
}
