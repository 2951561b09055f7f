import SourceText

/// The members of an object, by the fields that a format has for it.
///
/// Readers of packs, suppressions and baselines share it, so that a misspelled field is an error with the
/// same advice everywhere.
package struct Fields<Field>
where Field: RawRepresentable & CaseIterable & Hashable, Field.RawValue == String {
  /// The members that are fields; of duplicates, the last.
  private var found: [Field: Document.Member] = [:]
  /// The other members in the order of the text: of no known field, or of one that an earlier member has.
  package private(set) var others: [(member: Document.Member, field: Field?)] = []

  /// Sorts the members of an object by field.
  package init(of node: NodeID, in document: Document) {
    let fields = Array(Field.allCases)
    for member in document.members(of: node) {
      let name = document.utf8(of: member.name)
      let field = fields.first { name.elementsEqual($0.rawValue.utf8) }
      guard let field else {
        others.append((member, nil))
        continue
      }
      if found.updateValue(member, forKey: field) != nil { others.append((member, field)) }
    }
  }

  /// The member that is a field.
  package subscript(field: Field) -> Document.Member? { found[field] }

  /// The members that are no field, in the order of the text.
  package var unknown: [Document.Member] {
    others.compactMap { $0.field == nil ? $0.member : nil }
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
