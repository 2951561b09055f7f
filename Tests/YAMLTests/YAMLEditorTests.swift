import Documents
import SourceText
import TestSupport
import Testing
import YAML

/// A text, a patch, and the text that the patch is to make of it; nil for no edit.
private struct EditCase: CustomTestStringConvertible {
  var before: String
  var patch: String
  var after: String?
  var testDescription: String { "\(before.debugDescription) \(patch)" }

  init(_ before: String, _ patch: String, _ after: String?) {
    self.before = before
    self.patch = patch
    self.after = after
  }
}

private let cases: [EditCase] = [
  // Scalars in their own style.
  EditCase(
    "a: 1 # one\nb: x\n", #"[{"op":"replace","path":"/a","value":2}]"#, "a: 2 # one\nb: x\n"),
  EditCase("a: old\n", #"[{"op":"replace","path":"/a","value":"text/plain"}]"#, "a: text/plain\n"),
  EditCase("a: 'old'\n", #"[{"op":"replace","path":"/a","value":"it's"}]"#, "a: 'it''s'\n"),
  EditCase("a: \"old\"\n", #"[{"op":"replace","path":"/a","value":"new"}]"#, "a: \"new\"\n"),
  EditCase("a: old\n", #"[{"op":"replace","path":"/a","value":"yes"}]"#, "a: 'yes'\n"),
  EditCase("a: old\n", #"[{"op":"replace","path":"/a","value":"1.0"}]"#, "a: '1.0'\n"),
  EditCase("a: old\n", #"[{"op":"replace","path":"/a","value":"x: y"}]"#, "a: 'x: y'\n"),
  EditCase("a:\nb: 1\n", #"[{"op":"replace","path":"/a","value":"new"}]"#, "a: new\nb: 1\n"),
  EditCase(
    "a: |\n  old\n  text\nb: 1\n", #"[{"op":"replace","path":"/a","value":"new"}]"#,
    "a: new\nb: 1\n"),
  EditCase(
    "a: 1\r\nb: 2\r\n", #"[{"op":"replace","path":"/b","value":[1, "x"]}]"#, "a: 1\r\nb: [1, x]\r\n"
  ),
  // Keys.
  EditCase("a: 1\n'b': 2\n", #"[{"op":"move","from":"/b","path":"/c"}]"#, "a: 1\n'c': 2\n"),
  // Flow collections.
  EditCase(
    "a: [x, 'y']\n", #"[{"op":"add","path":"/a/-","value":"text/plain"}]"#,
    "a: [x, 'y', text/plain]\n"),
  EditCase("a: []\n", #"[{"op":"add","path":"/a/-","value":"x"}]"#, "a: [x]\n"),
  EditCase("a: { b: 1 }\n", #"[{"op":"add","path":"/a/c","value":2}]"#, "a: { b: 1, c: 2 }\n"),
  EditCase("a: [x, y, x]\n", #"[{"op":"remove","path":"/a/2"}]"#, "a: [x, y]\n"),
  EditCase(
    "a: [\n  x,\n  y\n]\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#,
    "a: [\n  x,\n  y,\n  z\n]\n"),
  // Block sequences.
  EditCase(
    "a:\n  - x # first\n  - y\nb: 1\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#,
    "a:\n  - x # first\n  - y\n  - z\nb: 1\n"),
  EditCase(
    "a:\n- x\n- y # last\nb: 1\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#,
    "a:\n- x\n- y # last\n- z\nb: 1\n"),
  EditCase(
    "a:\n  - x\n  - y", #"[{"op":"add","path":"/a/0","value":"z"}]"#, "a:\n  - z\n  - x\n  - y"),
  EditCase("a:\n  - x\n  - y\n  - x\n", #"[{"op":"remove","path":"/a/2"}]"#, "a:\n  - x\n  - y\n"),
  EditCase(
    "a:\n  - x\n  - k: 1\n    l: 2\n  - z\n", #"[{"op":"remove","path":"/a/1"}]"#,
    "a:\n  - x\n  - z\n"),
  EditCase(
    "a:\n  - x", #"[{"op":"add","path":"/a/-","value":{"k": [1]}}]"#, "a:\n  - x\n  - {k: [1]}"),
  // Block mappings.
  EditCase("a: 1\nb: 2\n", #"[{"op":"add","path":"/c","value":"x"}]"#, "a: 1\nb: 2\nc: x\n"),
  EditCase(
    "a:\n  b: 1\nc: 2\n", #"[{"op":"add","path":"/a/d","value":3}]"#, "a:\n  b: 1\n  d: 3\nc: 2\n"),
  EditCase("a: 1\n", #"[{"op":"add","path":"/b","value":["x", "z"]}]"#, "a: 1\nb:\n  - x\n  - z\n"),
  EditCase("a: [1]\n", #"[{"op":"add","path":"/b","value":["x", "y"]}]"#, "a: [1]\nb: [x, 'y']\n"),
  // YAML has neither pairs of surrogates nor U+FFFF.
  EditCase(
    "a: 1\n", #"[{"op":"add","path":"/b","value":"x\udb40\udc01\uffffy"}]"#,
    "a: 1\nb: \"x\\U000e0001\\uffffy\"\n"),
  EditCase(
    "a: 1\n", #"[{"op":"add","path":"/b","value":"\\udb40\\udc01\n\ud83d\ude00"}]"#,
    "a: 1\nb: \"\\\\udb40\\\\udc01\\n😀\"\n"),
  EditCase("l:\n- 1\n", #"[{"op":"add","path":"/b","value":["x"]}]"#, "l:\n- 1\nb:\n- x\n"),
  EditCase(
    "a: 1\nb:\n  c: 2\n# about d\nd: 3\n", #"[{"op":"remove","path":"/b"}]"#,
    "a: 1\n# about d\nd: 3\n"),
  EditCase("- a: 1\n  b: 2\n", #"[{"op":"remove","path":"/0/a"}]"#, "- b: 2\n"),
  EditCase(
    "- a: 1\n  b: 2\n", #"[{"op":"add","path":"/0/c","value":3}]"#, "- a: 1\n  b: 2\n  c: 3\n"),
  // What nobody can be certain of.
  EditCase("a:\n  - x\n", #"[{"op":"remove","path":"/a/0"}]"#, nil),
  EditCase("a: &x 1\nb: *x\n", #"[{"op":"replace","path":"/a","value":2}]"#, nil),
  EditCase("- - x\n  - y\n", #"[{"op":"add","path":"/0/0","value":"z"}]"#, nil),
  EditCase("a: [x, # why\n  y]\n", #"[{"op":"remove","path":"/a/0"}]"#, nil),
]

struct YAMLEditorTests {
  @Test(arguments: cases) private func editsTheLeast(_ edit: EditCase) throws {
    #expect(try edited(edit) == edit.after)
  }

  /// Comments about the line below go with an item, and are never left to be about another one.
  @Test(
    arguments: [
      EditCase(
        "a: 1\n# go: x\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/b"}]"#, "a: 1\nc: 3\n"),
      EditCase(
        "a: 1\n# go: x\n\n  #go: y\n# stay\nb: 2 # go: z\n# go: c\nc: 3\n",
        #"[{"op":"remove","path":"/b"}]"#, "a: 1\n\n# stay\n# go: c\nc: 3\n"),
      EditCase(
        "a:\r\n  # go: x\r\n  - 1\r\n  # go: y\r\n  - 2\r\n", #"[{"op":"remove","path":"/a/0"}]"#,
        "a:\r\n  # go: y\r\n  - 2\r\n"),
      EditCase(
        "a: |\n  x\n  # go: x\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/b"}]"#,
        "a: |\n  x\n  # go: x\nc: 3\n"),
      EditCase(
        "# go: x\nb: 2\n# go: y\nc: 3\nd: 4\n",
        #"[{"op":"remove","path":"/b"},{"op":"remove","path":"/c"}]"#, "d: 4\n"),
      EditCase(
        "\u{FEFF}# go: x\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/b"}]"#, "\u{FEFF}c: 3\n"),
      EditCase("a:\n  # go: x\n  - b: 1\n    c: 2\n", #"[{"op":"remove","path":"/a/0/b"}]"#, nil),
      EditCase("a:\n  # go: x\n  - b\n", #"[{"op":"add","path":"/a/0","value":"z"}]"#, nil),
      EditCase(
        "a:\n  # go: x\n  - b\n", #"[{"op":"add","path":"/a/-","value":"z"}]"#,
        "a:\n  # go: x\n  - b\n  - z\n"),
      EditCase("a: [\n  # go: x\n  b,\n  c\n]\n", #"[{"op":"remove","path":"/a/0"}]"#, nil),
      EditCase(
        "# go: x\na: [b, c] # go: y\n", #"[{"op":"remove","path":"/a/0"}]"#,
        "# go: x\na: [c] # go: y\n"),
      // Markers and dashes between a comment and its line.
      EditCase(
        "# go: x\n---\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/b"}]"#, "---\nc: 3\n"),
      EditCase(
        "%YAML 1.2\n--- # go: x\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/b"}]"#,
        "%YAML 1.2\n---\nc: 3\n"),
      EditCase(
        "# go: x\n-\n  b: 2\n  c: 3\n", #"[{"op":"remove","path":"/0/b"}]"#, "-\n  c: 3\n"),
      EditCase(
        "-  # go: x\n  # stay\n  b: 2\n  c: 3\n", #"[{"op":"remove","path":"/0/b"}]"#,
        "-\n  # stay\n  c: 3\n"),
      EditCase(
        "a: # go: a\n  # go: x\n  - 1\n  # go: y\n  - 2\n", #"[{"op":"remove","path":"/a/0"}]"#,
        "a: # go: a\n  # go: y\n  - 2\n"),
      // The mapping would begin on the line of a comment about something else.
      EditCase("a: 1\n# go: x\nb: 2\nc: 3\n", #"[{"op":"remove","path":"/a"}]"#, nil),
      EditCase("- a: 1\n  b: 2 # go: x\n", #"[{"op":"remove","path":"/0/a"}]"#, nil),
      EditCase(
        "- a: 1\n  b: 2\n  c: 3 # go: x\n", #"[{"op":"remove","path":"/0/a"}]"#,
        "- b: 2\n  c: 3 # go: x\n"),
      // Other values in the place of what has comments.
      EditCase(
        "b: 2 # go: x\nc: 3\n", #"[{"op":"replace","path":"/b","value":4}]"#,
        "b: 4 # go: x\nc: 3\n"),
      EditCase("b: | # go: x\n  y\n", #"[{"op":"replace","path":"/b","value":"z"}]"#, nil),
      EditCase(
        "b: # go: x\n  | # stay\n  y\n", #"[{"op":"replace","path":"/b","value":"z"}]"#,
        "b: # go: x\n  z\n"),
      EditCase(
        "a:\n  - 1\n  - 2 # go: x\n", #"[{"op":"replace","path":"/a","value":"z"}]"#, nil),
      EditCase(
        "a:\n  - 1 # go: x\n  - 2\n", #"[{"op":"replace","path":"/a","value":"z"}]"#,
        "a:\n  z\n"),
      EditCase(
        "a: # go: x\n  # go: y\n  b: 2\n", #"[{"op":"replace","path":"/a","value":"z"}]"#, nil),
      EditCase("a: 1 # go: x\n", #"[{"op":"replace","path":"/a","value":{"k":2}}]"#, nil),
      EditCase(
        "a: 1 # go: x\nb: 2\n", #"[{"op":"replace","path":"/b","value":{"k":2}}]"#,
        "a: 1 # go: x\nb: {k: 2}\n"),
      // Another name, and another member.
      EditCase(
        "a: 1 # go: x\n", #"[{"op":"move","path":"/b","from":"/a"}]"#, "b: 1 # go: x\n"),
      EditCase(
        "a: 1 # go: x\n",
        #"[{"op":"remove","path":"/a"},{"op":"add","path":"/b","value":2}]"#, nil),
      // New items on a line with a comment, and beside one.
      EditCase("a: [b] # go: y\n", #"[{"op":"add","path":"/a/-","value":"c"}]"#, nil),
      EditCase("a: {} # go: y\n", #"[{"op":"add","path":"/a/c","value":1}]"#, nil),
      EditCase(
        "a: 1\nb: 2 # go: y\n", #"[{"op":"add","path":"/c","value":1}]"#,
        "a: 1\nb: 2 # go: y\nc: 1\n"),
      EditCase(
        "a: 1\n# go: y\n", #"[{"op":"add","path":"/c","value":1}]"#, "a: 1\nc: 1\n# go: y\n"),
      // What goes elsewhere.
      EditCase(
        "- 1\n- 2 # go: x\n- 3\n", #"[{"op":"move","path":"/0","from":"/2"}]"#,
        "- 3\n- 1\n- 2 # go: x\n"),
      EditCase(
        "- 1 # go: x\n- 2 # go: y\n", #"[{"op":"remove","path":"/0"}]"#, nil),
    ]) private func commentsGoWithTheirLines(_ edit: EditCase) throws
  {
    #expect(try edited(edit) == edit.after)
  }

  /// The text after an edit, if that is right.
  private func edited(_ edit: EditCase) throws -> String? {
    let tree = ValueTree(Request(YAMLReader.read(Array(edit.before.utf8)).document))
    let value = try Patches.patch(edit.patch).applied(to: .node(.root), in: tree)
    let changes = TreeDifference.edits(from: .root, to: value, in: tree)
    var after: String?
    let comments = CommentSubjects(of: tree.document, beginningWith: Array("go:".utf8))
    if let made = YAMLEditor(tree, comments: comments.comments).textEdits(for: changes) {
      var edits = TextEdits()
      let isApart = edits.add(made)
      #expect(isApart)
      let text = edits.applied(to: tree.document.source)
      let reading = YAMLReader.read(text)
      var intended = IntendedTree(tree)
      intended.replace(.root, by: value)
      if reading.errors.isEmpty, intended.matches(reading.document),
        comments.areKept(by: changes, edits.edits, in: reading.document)
      {
        after = String(decoding: text, as: UTF8.self)
      }
    }
    return after
  }
}
