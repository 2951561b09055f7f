package import Documents
import RequestDecoding
import SourceText

/// The names of members that packs call sensitive, as they are found in any text.
///
/// A name counts in every casing style, and with one code point added, missing, replaced or swapped
/// unless that makes it the name of another member of a model.
package struct SensitiveNames: Sendable {
  private struct Name: Hashable {
    var scalars: [Unicode.Scalar]
    /// The name as it is compared by canonical equivalence: é is one character, however encoded.
    var characters: [Character]
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
      for path in plan.sensitive {
        let guarded =
          switch path {
          case .path(let steps): steps.last.map { [$0] } ?? []
          case .query(_, let last, let innermost): last.isEmpty ? innermost : last
          }
        if guarded.isEmpty { coversAll = true }
        for symbol in guarded {
          names.insert(NearestName.foldedScalars(plan.symbols.name(of: symbol)))
        }
      }
      for member in plan.model.shapes.shapes.flatMap(\.members) {
        otherNames.insert(NearestName.foldedScalars(plan.symbols.name(of: member.symbol)))
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
      Name(scalars: name, characters: Array(String(String.UnicodeScalarView(name))))
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
    for name in names {
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
    guard !names.isEmpty, name.count <= Self.longestName * 4 else { return false }
    return match(NearestName.foldedScalars(String(decoding: name, as: UTF8.self))) != .none
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
