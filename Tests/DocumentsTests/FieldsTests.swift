import Documents
import SourceText
import Testing

/// The members of an object by field.
struct FieldsTests {
  private enum Field: String, CaseIterable {
    case path, reason, until
  }

  private func fields(_ text: String) -> (fields: Fields<Field>, document: Document) {
    let document = JSONReader.read(Array(text.utf8)).document
    return (Fields(of: .root, in: document), document)
  }

  @Test(arguments: [
    ("{}", [], []), (#"{"path":1,"until":2}"#, ["path=1", "until=2"], []),
    (#"{"Path":1,"reason":2}"#, ["reason=2"], ["Path"]),
    (#"{"x":1,"reason":2,"y":3}"#, ["reason=2"], ["x", "y"]),
    (#"{"pa\u0074h":1}"#, ["path=1"], []), ("[1]", [], []), ("1", [], []),
  ])
  func sortsMembers(text: String, known: [String], unknown: [String]) {
    let (fields, document) = fields(text)
    let found = Field.allCases.compactMap { field in
      fields[field].map { "\(field.rawValue)=\(document.text(of: $0.value))" }
    }
    #expect(found == known)
    #expect(fields.unknown.map { document.text(of: $0.name) } == unknown)
  }

  /// The last of duplicates is the field, and what is odd is in the order of the text.
  @Test func keepsTheLastOfDuplicates() throws {
    let (fields, document) = fields(#"{"path":1,"x":2,"path":3,"until":4}"#)
    #expect(document.text(of: try #require(fields[.path]).value) == "3")
    #expect(fields.others.map(\.field) == [nil, .path])
    #expect(fields.unknown.count == 1)
  }

  @Test(arguments: [
    ("pth", "did you mean 'path'?"), ("Reason", "did you mean 'reason'?"),
    ("zebra", "supported: path, reason, until"), ("", "supported: path, reason, until"),
  ])
  func advisesOnUnknownNames(name: String, advice: String) {
    #expect(Fields<Field>.advice(on: name) == advice)
  }
}
