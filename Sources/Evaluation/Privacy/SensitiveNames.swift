package import Documents
import RequestDecoding
import SourceText

/// The names of members that packs call sensitive, as they are found in any text.
///
/// A name counts in every casing style, and with one code point added, missing, replaced or swapped
/// unless that makes it the name of another member of a model.
package struct SensitiveNames: Sendable {
  private struct Name: Sendable {
    var scalars: [Unicode.Scalar]
    /// The name as it is compared by canonical equivalence: é is one character, however encoded.
    var characters: [Character]
    /// The letters of the name; nil where it is not ASCII, so that other code points may be the same.
    var letters: LetterSet?
  }

  private let names: [Name]
  private let otherNames: Set<[Unicode.Scalar]>
  /// Whether a sensitive path ends in no name at all, so that any value may be sensitive.
  package let coversAll: Bool
  /// How many code points the longest name has once it is folded.
  let longest: Int
  /// How many code points the shortest name has once it is folded.
  let shortest: Int
  private let beginnings: [Bool]

  /// Whether no pack calls anything sensitive.
  package var isEmpty: Bool { names.isEmpty && !coversAll }

  /// Collects the names of plans.
  package init(_ plans: [Plan]) {
    var names: Set<[Unicode.Scalar]> = []
    var otherNames: Set<[Unicode.Scalar]> = []
    var coversAll = false
    for plan in plans {
      for path in plan.privacy.sensitive {
        let guarded =
          switch path {
          case .path(let steps): steps.last.map { [$0] } ?? []
          case .query(_, let last, let innermost): last.isEmpty ? innermost : last
          }
        if guarded.isEmpty { coversAll = true }
        for symbol in guarded {
          names.insert(NearestName.foldedScalars(plan.program.symbols.name(of: symbol)))
        }
      }
      for member in plan.ruleTable.model.shapes.shapes.flatMap(\.members) {
        otherNames.insert(NearestName.foldedScalars(plan.program.symbols.name(of: member.symbol)))
      }
    }
    self.init(
      names: names.filter { !$0.isEmpty }, otherNames: otherNames.subtracting(names),
      coversAll: coversAll)
  }

  private init(
    names: Set<[Unicode.Scalar]>, otherNames: Set<[Unicode.Scalar]>, coversAll: Bool
  ) {
    self.names = names.map { name in
      Name(
        scalars: name, characters: Array(String(String.UnicodeScalarView(name))),
        letters: LetterSet(name))
    }
    self.otherNames = otherNames
    self.coversAll = coversAll
    longest = names.map(\.count).max() ?? 0
    shortest = names.map(\.count).min() ?? 0
    var beginnings = [Bool](repeating: false, count: 256)
    for byte in UInt8.min...UInt8.max {
      let scalar = Unicode.Scalar(byte | (Self.isLetter(byte) ? 0x20 : 0))
      let isPlain = Self.isLetter(byte) || (0x30...0x39).contains(byte)
      // What is no plain letter may be an escape, a separator or a part of another character.
      beginnings[Int(byte)] = !isPlain || names.contains { $0.prefix(2).contains(scalar) }
    }
    self.beginnings = beginnings
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Whether a byte can be one of the first two of a sensitive name.
  func mayBegin(with byte: UInt8) -> Bool { beginnings[Int(byte)] }

  /// Names that are not sensitive and that no model has are not longer than this.
  private static let longestName = 256

  /// How a name is related to the sensitive ones.
  enum Match {
    case none, slip, exact
  }

  /// Whether a folded name is a sensitive one, or nearly.
  func match(_ folded: [Unicode.Scalar]) -> Match {
    guard folded.count <= Self.longestName else { return .none }
    var match = Match.none
    let letters = LetterSet(folded)
    for name in names {
      if let letters, let own = name.letters, !letters.isNear(own) { continue }
      if name.scalars == folded { return .exact }
      if match == .none, NearestName.isSlip(folded, of: name.scalars) { match = .slip }
    }
    if match == .none, folded.contains(where: { !$0.isASCII }) {
      let characters = Array(String(String.UnicodeScalarView(folded)))
      if names.contains(where: { NearestName.isSlip(characters, of: $0.characters) }) {
        match = .slip
      }
    }
    return match == .slip && otherNames.contains(folded) ? .none : match
  }

  /// Whether the value of a member of this name is not shown.
  package func contains(_ name: ArraySlice<UInt8>) -> Bool {
    match(name) != .none
  }

  /// Whether a name is a sensitive one but for case and separators.
  func means(_ name: ArraySlice<UInt8>) -> Bool { match(name) == .exact }

  private func match(_ name: ArraySlice<UInt8>) -> Match {
    guard !names.isEmpty, name.count <= Self.longestName * 4, mayMatch(name) else { return .none }
    return match(NearestName.foldedScalars(String(decoding: name, as: UTF8.self)))
  }

  /// Whether a name may be a sensitive one, or nearly, by its length and its letters.
  ///
  /// This is the answer for nearly all names; nothing is allocated for it.
  private func mayMatch(_ name: ArraySlice<UInt8>) -> Bool {
    var letters = LetterSet()
    var count = 0
    for byte in name {
      guard byte < 0x80 else { return true }
      if LetterSet.isSeparator(byte) { continue }
      letters.insert(byte)
      count += 1
    }
    return names.contains { other in
      guard let own = other.letters else { return true }
      return abs(other.scalars.count - count) <= 1 && letters.isNear(own)
    }
  }

  /// Whether a name with these letters, and perhaps others behind them, may be a sensitive one.
  func mayContinue(_ letters: LetterSet) -> Bool {
    names.contains { other in other.letters.map { letters.adds($0) } ?? true }
  }

  /// Whether there may be a sensitive name in a text, by the letters of the text.
  ///
  /// An escape may be any letter.
  func mayBeIn(_ text: ArraySlice<UInt8>) -> Bool {
    var letters = LetterSet()
    var isASCII = true
    for byte in text {
      if byte == UInt8(ascii: "\\") { return true }
      if byte < 0x80 { letters.insert(byte) } else { isASCII = false }
    }
    if !isASCII { letters.insertWhatOthersStandFor() }
    return names.contains { other in other.letters.map { $0.adds(letters) } ?? true }
  }

  /// Whether no model has other members.
  var hasNoOther: Bool { otherNames.isEmpty }

  /// Whether a folded name is one of a model's other members.
  func isOther(_ folded: [Unicode.Scalar]) -> Bool { otherNames.contains(folded) }

  // MARK: - In documents

  /// The values of sensitive members, wherever they are in a document whose packs do not know it.
  package func values(in document: Document) -> [NodeID] {
    if coversAll { return document.isEmpty ? [] : [.root] }
    guard !names.isEmpty else { return [] }
    var values: [NodeID] = []
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .name {
      if contains(document.utf8(of: NodeID(index))) { values.append(NodeID(index + 1)) }
    }
    return values
  }
}

/// Which ASCII characters a text has, letters of either case being the same.
struct LetterSet: Sendable {
  private var bits: UInt64 = 0

  init() {}

  /// The characters of a folded name; nil where one is not ASCII.
  init?(_ folded: [Unicode.Scalar]) {
    for scalar in folded {
      guard scalar.isASCII else { return nil }
      insert(UInt8(truncatingIfNeeded: scalar.value))
    }
  }

  /// Adds an ASCII character.
  @inline(__always)
  mutating func insert(_ byte: UInt8) {
    bits |= 1 << UInt64(byte < 0x40 ? byte & 63 : byte & 31)
  }

  /// Adds the ASCII characters that other code points may stand for: U+212A and U+0130 are letters of ASCII
  /// in lower case, U+037E and U+1FEF are canonically equivalent to signs of ASCII.
  mutating func insertWhatOthersStandFor() {
    for byte in "ki;`".utf8 { insert(byte) }
  }

  /// Whether these are those of another set and at most one more.
  @inline(__always)
  func adds(_ other: LetterSet) -> Bool {
    let more = bits & ~other.bits
    return more == 0 || more & (more - 1) == 0
  }

  /// Whether texts with such characters may differ in one code point at most.
  @inline(__always)
  func isNear(_ other: LetterSet) -> Bool { adds(other) && other.adds(self) }

  /// Whether a character counts for nothing in names.
  @inline(__always)
  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ")
      || byte == UInt8(ascii: ".")
  }
}
