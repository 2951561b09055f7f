import SourceText

/// The members of an object, by the fields that a format has for it.
///
/// Readers of packs, suppressions and baselines share it, so that a misspelled field is an error with the
/// same advice everywhere.
package struct Fields<Field>
where Field: RawRepresentable & CaseIterable, Field.RawValue == String {
  private let members: NamedMembers

  /// Sorts the members of an object by field.
  package init(of node: NodeID, in document: Document) {
    members = NamedMembers(of: node, in: document) { Field(rawValue: $0)?.rawValue }
  }

  /// The member that is a field.
  package subscript(field: Field) -> Document.Member? { members[field.rawValue] }

  /// The members that are no field in the order of the text: of no known field, or of one that an
  /// earlier member has.
  package var others: [(member: Document.Member, field: Field?)] {
    members.others.map { ($0.member, $0.name.flatMap { Field(rawValue: $0) }) }
  }

  /// The members of no known field, in the order of the text.
  package var unknown: [Document.Member] {
    members.others.compactMap { $0.name == nil ? $0.member : nil }
  }

  /// The names of all fields, in their order.
  package static var names: [String] { Field.allCases.map(\.rawValue) }

  /// The field that a misspelled name is near to.
  package static func nearest(to name: String) -> String? {
    NearestName.nearest(to: name, among: names)
  }

  /// What to do about an unknown name: `did you mean 'path'?`, or all fields where none is near.
  package static func advice(on name: String) -> String {
    nearest(to: name).map { "did you mean '\($0)'?" }
      ?? "supported: \(names.joined(separator: ", "))"
  }
}

/// The members of an object by their names.
///
/// It is not generic, so that the compiler need not specialize it.
private struct NamedMembers {
  /// The members with a known name; of duplicates, the last.
  private var found: [(name: String, member: Document.Member)] = []
  /// The other members, with the name that an earlier one has, or without a known one.
  private(set) var others: [(member: Document.Member, name: String?)] = []

  /// Sorts the members of an object by the names that `known` gives back.
  init(of node: NodeID, in document: Document, known: (String) -> String?) {
    for member in document.members(of: node) {
      let bytes = document.utf8(of: member.name)
      // Strings may be equal with other bytes.
      guard let name = known(String(decoding: bytes, as: UTF8.self)),
        bytes.elementsEqual(name.utf8)
      else {
        others.append((member, nil))
        continue
      }
      if let place = found.firstIndex(where: { $0.name == name }) {
        found[place].member = member
        others.append((member, name))
      } else {
        found.append((name, member))
      }
    }
  }

  subscript(name: String) -> Document.Member? { found.first { $0.name == name }?.member }
}
