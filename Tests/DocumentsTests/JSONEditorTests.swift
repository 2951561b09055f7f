import Documents
import SourceText
import TestSupport
import Testing

/// A text, a patch, and the text that the patch is to make of it.
private struct EditCase: CustomTestStringConvertible {
  var before: String
  var patch: String
  var after: String
  var testDescription: String { "\(before.debugDescription) \(patch)" }

  init(_ before: String, _ patch: String, _ after: String) {
    self.before = before
    self.patch = patch
    self.after = after
  }
}

private let cases: [EditCase] = [
  // Scalars are written over; nothing else moves.
  EditCase(
    #"{"a": 1.0e2, "b": 1}"#, #"[{"op":"replace","path":"/b","value":2}]"#, #"{"a": 1.0e2, "b": 2}"#
  ),
  EditCase("[1,\t2 ,3]", #"[{"op":"replace","path":"/1","value":"x"}]"#, "[1,\t\"x\" ,3]"),
  EditCase(#""old""#, #"[{"op":"replace","path":"","value":"new"}]"#, #""new""#),
  EditCase(#"{"a": 1}"#, #"[{"op":"replace","path":"/a","value":1.0}]"#, #"{"a": 1}"#),
  EditCase(
    "\u{FEFF}{\"a\": \"é\"}\n", #"[{"op":"replace","path":"/a","value":"ü"}]"#,
    "\u{FEFF}{\"a\": \"ü\"}\n"),
  // Members and elements are added like their neighbours.
  EditCase(#"{"a": 1}"#, #"[{"op":"add","path":"/b","value":2}]"#, #"{"a": 1, "b": 2}"#),
  EditCase(#"{"a":1}"#, #"[{"op":"add","path":"/b","value":[1,2]}]"#, #"{"a":1,"b":[1,2]}"#),
  EditCase(
    #"{ "a": [ 1 ] }"#, #"[{"op":"add","path":"/b","value":{"c":[2]}}]"#,
    #"{ "a": [ 1 ], "b": { "c": [ 2 ] } }"#),
  EditCase(
    "{\n  \"a\": 1\n}\n", #"[{"op":"add","path":"/b","value":2}]"#,
    "{\n  \"a\": 1,\n  \"b\": 2\n}\n"),
  EditCase(
    "{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}\r\n", #"[{"op":"add","path":"/c","value":{"d":[1]}}]"#,
    "{\r\n\t\"a\": 1,\r\n\t\"b\": 2,\r\n\t\"c\": {\r\n\t\t\"d\": [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}\r\n"
  ),
  EditCase(
    "{\n    \"a\": [1, 2]\n}", #"[{"op":"add","path":"/b","value":[3, 4]}]"#,
    "{\n    \"a\": [1, 2],\n    \"b\": [3, 4]\n}"),
  EditCase("[\n  1,\n  2\n]", #"[{"op":"add","path":"/0","value":0}]"#, "[\n  0,\n  1,\n  2\n]"),
  EditCase("[\n  1,\n  2\n]", #"[{"op":"add","path":"/1","value":5}]"#, "[\n  1,\n  5,\n  2\n]"),
  EditCase(
    "[\n  1\n]", #"[{"op":"add","path":"/-","value":2},{"op":"add","path":"/-","value":3}]"#,
    "[\n  1,\n  2,\n  3\n]"),
  EditCase("[1\n ,2\n ,3]", #"[{"op":"add","path":"/-","value":4}]"#, "[1\n ,2\n ,3\n ,4]"),
  EditCase(
    "[\n 1\n ,2]", #"[{"op":"add","path":"/-","value":[3,4]}]"#,
    "[\n 1\n ,2\n ,[\n  3,\n  4\n ]]"),
  EditCase("[1,\n\n 2]", #"[{"op":"add","path":"/-","value":3}]"#, "[1,\n\n 2,\n 3]"),
  // Empty containers.
  EditCase("{}", #"[{"op":"add","path":"/a","value":1}]"#, #"{"a": 1}"#),
  EditCase(#"{"a":[]}"#, #"[{"op":"add","path":"/a/-","value":1}]"#, #"{"a":[1]}"#),
  EditCase(
    "{\n  \"a\": [],\n  \"b\": [1]\n}", #"[{"op":"add","path":"/a/-","value":1}]"#,
    "{\n  \"a\": [1],\n  \"b\": [1]\n}"),
  EditCase(
    "{\n  \"a\": {}\n}", #"[{"op":"add","path":"/a/b","value":1}]"#,
    "{\n  \"a\": {\n    \"b\": 1\n  }\n}"),
  EditCase("[ ]", #"[{"op":"add","path":"/0","value":1}]"#, "[1]"),
  // What goes takes one comma with it.
  EditCase(#"{"a": 1, "b": 2, "c": 3}"#, #"[{"op":"remove","path":"/a"}]"#, #"{"b": 2, "c": 3}"#),
  EditCase(#"{"a": 1, "b": 2, "c": 3}"#, #"[{"op":"remove","path":"/b"}]"#, #"{"a": 1, "c": 3}"#),
  EditCase(#"{"a": 1, "b": 2, "c": 3}"#, #"[{"op":"remove","path":"/c"}]"#, #"{"a": 1, "b": 2}"#),
  EditCase("{\n  \"a\": 1,\n  \"b\": 2\n}", #"[{"op":"remove","path":"/b"}]"#, "{\n  \"a\": 1\n}"),
  EditCase("{\n  \"a\": 1,\n  \"b\": 2\n}", #"[{"op":"remove","path":"/a"}]"#, "{\n  \"b\": 2\n}"),
  EditCase("{\n  \"a\": 1\n}", #"[{"op":"remove","path":"/a"}]"#, "{}"),
  EditCase("[1, 2, 3, 4]", #"[{"op":"remove","path":"/0"},{"op":"remove","path":"/2"}]"#, "[2, 3]"),
  EditCase(
    #"["a", "b", "a", "c"]"#, #"[{"op":"replace","path":"","value":["a","b","c"]}]"#,
    #"["a", "b", "c"]"#),
  EditCase("[1, 2, 3]", #"[{"op":"replace","path":"","value":[]}]"#, "[]"),
  // Both at once.
  EditCase(
    #"{"a": 1, "b": 2}"#, #"[{"op":"remove","path":"/b"},{"op":"add","path":"/c","value":3}]"#,
    #"{"a": 1, "c": 3}"#),
  EditCase(
    #"{"a": 1, "b": 2}"#, #"[{"op":"remove","path":"/a"},{"op":"add","path":"/c","value":3}]"#,
    #"{"b": 2, "c": 3}"#),
  EditCase("[1, 2, 3]", #"[{"op":"replace","path":"","value":[2, 9, 3, 4]}]"#, "[2, 9, 3, 4]"),
  // A member that only moves keeps its bytes.
  EditCase(
    #"{"a": {"x" : 1e0}, "b": 2}"#, #"[{"op":"move","from":"/a","path":"/c"}]"#,
    #"{"c": {"x" : 1e0}, "b": 2}"#),
  EditCase(
    #"{"a": 1.50, "b": {}}"#, #"[{"op":"copy","from":"/a","path":"/b/c"}]"#,
    #"{"a": 1.50, "b": {"c": 1.50}}"#),
  EditCase(
    #"{"é\n": 1}"#, #"[{"op":"replace","path":"/é\n","value":"\u0000"}]"#, #"{"é\n": "\u0000"}"#),
]

struct JSONEditorTests {
  @Test(arguments: cases) private func editsTheLeast(_ edit: EditCase) throws {
    let after = try #require(try edited(edit.before, edit.patch))
    #expect(after == edit.after)
  }

  /// Text that is not well formed but means one thing can be edited too.
  @Test(arguments: [
    EditCase("[1, 2,]", #"[{"op":"remove","path":"/1"}]"#, "[1,]"),
    EditCase("[1, 2,]", #"[{"op":"add","path":"/-","value":3}]"#, "[1, 2, 3,]"),
    EditCase(
      "{'a': 1, // one\n b: 2}", #"[{"op":"replace","path":"/b","value":3}]"#,
      "{'a': 1, // one\n b: 3}"),
  ])
  private func editsRecoveredText(_ edit: EditCase) throws {
    #expect(try edited(edit.before, edit.patch) == edit.after)
  }

  /// A comment may belong to either neighbour, so nothing is taken out beside it.
  @Test func takesNothingOutBesideAComment() throws {
    #expect(try edited("[1, /* two */ 2]", #"[{"op":"remove","path":"/0"}]"#) == nil)
  }

  private func edited(_ before: String, _ patch: String) throws -> String? {
    let tree = ValueTree(Request(JSONReader.read(Array(before.utf8)).document))
    let value = try Patches.patch(patch).applied(to: .node(.root), in: tree)
    let changes = TreeDifference.edits(from: .root, to: value, in: tree)
    guard let textEdits = JSONEditor(tree).textEdits(for: changes) else { return nil }
    var edits = TextEdits()
    guard edits.add(textEdits) else { return nil }
    let text = edits.applied(to: tree.document.source)
    var intended = IntendedTree(tree)
    intended.replace(.root, by: value)
    #expect(intended.matches(JSONReader.read(text).document))
    return String(decoding: text, as: UTF8.self)
  }
}
