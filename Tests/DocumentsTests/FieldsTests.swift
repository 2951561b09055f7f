import Testing

@testable import Documents

/// Members of objects by the fields of a format.
struct FieldsTests {
  private enum Field: String, CaseIterable {
    case kelvin = "K"
    case name
    case longName = "a-name-of-more-than-fifteen-bytes"
  }

  private func fields(_ text: String) -> (Fields<Field>, Document) {
    let document = JSONReader.read(Array(text.utf8)).document
    return (Fields<Field>(of: .root, in: document), document)
  }

  @Test func membersAreFoundByTheirNames() {
    let (fields, document) = fields(
      #"{"name": 1, "x": 2, "a-name-of-more-than-fifteen-bytes": 3, "y": 4}"#)
    #expect(fields[.name].map { document.text(of: $0.value) } == "1")
    #expect(fields[.longName].map { document.text(of: $0.value) } == "3")
    #expect(fields[.kelvin] == nil)
    #expect(fields.unknown.map { document.text(of: $0.name) } == ["x", "y"])
  }

  /// Names are compared without their escapes; an empty object and a value of another kind have no members.
  @Test(arguments: [
    ("{}", [], []), (#"{"na\u006de":1}"#, ["name=1"], []),
    (#"{"Name":1,"K":2}"#, ["K=2"], ["Name"]),
    ("[1]", [], []), ("1", [], []), (#""name""#, [], []),
  ])
  func membersAreSorted(text: String, known: [String], unknown: [String]) {
    let (fields, document) = fields(text)
    let found = Field.allCases.compactMap { field in
      fields[field].map { "\(field.rawValue)=\(document.text(of: $0.value))" }
    }
    #expect(found == known)
    #expect(fields.unknown.map { document.text(of: $0.name) } == unknown)
  }

  @Test(arguments: [
    ("nam", "did you mean 'name'?"), ("Name", "did you mean 'name'?"),
    ("zebra", "supported: K, name, a-name-of-more-than-fifteen-bytes"),
    ("", "supported: K, name, a-name-of-more-than-fifteen-bytes"),
  ])
  func unknownNamesGetAdvice(name: String, advice: String) {
    #expect(Fields<Field>.advice(on: name) == advice)
  }

  /// Of duplicates, the last counts, and says so.
  @Test func duplicatesAreAmongTheOthers() {
    let (fields, document) = fields(#"{"name": 1, "name": 2, "x": 3}"#)
    #expect(fields[.name].map { document.text(of: $0.value) } == "2")
    #expect(fields.others.map(\.field) == [.name, nil])
    #expect(fields.others.map { document.text(of: $0.member.value) } == ["2", "3"])
    #expect(fields.unknown.count == 1)
  }

  /// A name is its bytes: the sign of the kelvin is another one than the letter, though the strings are equal.
  @Test func equalStringsOfOtherBytesAreOtherNames() {
    let (fields, _) = fields("{\"\u{212A}\": 1, \"nam\u{65}\": 2}")
    #expect(fields[.kelvin] == nil)
    #expect(fields[.name] != nil)
    #expect(fields.unknown.count == 1)
  }
}
