import Documents
import SourceText
import Testing

/// When values are equal, and which elements of an array repeat earlier ones.
struct NodeEqualityTests {
  /// Arrays whose last element equals the one that is named.
  private static let repeated: [(array: String, earlier: Int)] = [
    (#"["a", "\u0061"]"#, 0), (#"["\u0061", "a"]"#, 0), (#"["é", "\u00e9"]"#, 0),
    (#"["b", "\ud83d\ude00", "😀"]"#, 1), ("[1, 1.0]", 0), ("[100, 1e2]", 0), ("[-0, 0]", 0),
    ("[-1.5, -1.50]", 0), ("[[1], [1.0]]", 0), (#"[{"a": 1, "b": 2}, {"b": 2, "\u0061": 1}]"#, 0),
    (#"[{"a": 2, "a": 1}, {"a": 1}]"#, 0), ("[true, null, true]", 0), ("[[], {}, []]", 0),
  ]

  private static let distinct = [
    #"["a", "A"]"#, #"["1", 1]"#, "[1.5, -1.5]", "[1, 10000000000000000000000]", "[[1, 2], [2, 1]]",
    "[null, false, 0, \"\"]", #"[{"a": 1}, {"a": 2}]"#, #"[{"a": 1}, {"b": 1}]"#, "[[], {}]",
    #"["é", "e\u0301"]"#, #"[{"a": 1, "a": 2}, {"a": 1}]"#,
  ]

  /// Short arrays are compared element by element, long ones by hashes.
  private static func long(_ array: String) -> String {
    let others = (0..<20).map { "\"other \($0)\"" }.joined(separator: ", ")
    return "[\(others), \(array.dropFirst())"
  }

  @Test(arguments: repeated) func findsARepetition(array: String, earlier: Int) throws {
    for (text, shift) in [(array, 0), (Self.long(array), 20)] {
      let document = Request(JSONReader.read(Array(text.utf8)).document)
      let elements = Array(document.elements(of: .root))
      let found = try #require(document.firstRepetition(in: .root))
      #expect(found.element == elements.last)
      #expect(found.earlier == elements[earlier + shift])
    }
  }

  @Test(arguments: distinct) func findsNone(array: String) {
    for text in [array, Self.long(array)] {
      let document = Request(JSONReader.read(Array(text.utf8)).document)
      #expect(document.firstRepetition(in: .root) == nil)
    }
  }
}
