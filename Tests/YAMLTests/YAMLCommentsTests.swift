import SourceText
import Testing
import YAML

/// Where YAML texts have comments, and which lines these are about.
struct YAMLCommentsTests {
  /// The lines of comments that begin with `c`, each with the lines that it is about.
  private func places(_ text: String, beginningWith beginning: String = "c") -> [String] {
    let bytes = Array(text.utf8)
    let index = LineIndex(bytes)
    return YAMLReader.comments(in: bytes, beginningWith: Array(beginning.utf8)).map { comment in
      let start = index.position(of: comment.range.lowerBound, in: bytes)
      guard let subject = comment.subject else { return "\(start.line):\(start.column) none" }
      let first = index.position(of: subject.lowerBound, in: bytes).line
      let last = index.position(of: subject.upperBound, in: bytes).line
      return "\(start.line):\(start.column) \(first)\(last > first ? "-\(last)" : "")"
    }
  }

  @Test(
    arguments: [
      // Behind content, and on lines of their own.
      ("a: 1 # c\nb: 2\n", ["1:6 1"]),
      ("a: 1\n# c\nb: 2\n", ["2:1 3"]),
      ("a: 1 #c\n", ["1:6 1"]),
      ("a: 1\t#\tc\n", ["1:6 1"]),
      ("# c\n# other\n\n  # c\na: 1\n", ["1:1 5", "4:3 5"]),
      ("# c\n# c\na: 1 # c\n", ["1:1 3", "2:1 3", "3:6 3"]),
      ("a: 1\n# c\n", ["2:1 none"]),
      ("a: 1\n...\n# c\n", ["3:1 none"]),
      // Before the document, and at its marks.
      ("# c\n---\na: 1\n", ["1:1 3"]),
      ("--- # c\na: 1\n", ["1:5 2"]),
      ("---\n# c\na: 1\n", ["2:1 3"]),
      ("--- a # c\n", ["1:7 1"]),
      ("%YAML 1.2 # c\n--- # c\na: 1\n", ["1:11 3", "2:5 3"]),
      ("\u{FEFF}# c\na: 1\n", ["1:1 2"]),
      ("\u{FEFF}a: 1 # c\n", ["1:6 1"]),
      ("a: 1 # c\n--- # c\nb: 2 # c\n", ["1:6 1"]),
      ("a: 1\n# c\n---\nb: 2\n", ["2:1 none"]),
      // Line ends.
      ("a: 1 # c\r\n# c\r\nb: 2\r\n", ["1:6 1", "2:1 3"]),
      ("a: 1 # c\r# c\rb: 2\r", ["1:6 1", "2:1 3"]),
      ("a: 1 # c\u{2028}b\u{85}# c\nb: 2 # c", ["1:6 1", "2:6 2"]),
      ("a: 1\u{2028}# c\nb: 2 # c", ["2:6 2"]),
      // What looks like a comment.
      ("a: 1# c\nb: #c\n  2\n", ["2:4 2"]),
      ("a: 'x # c'\nb: \"x # c\"\nc: x# c\n", []),
      ("a: 'x\n  # c\n  y'\nb: \"x\n  # c\"\n", []),
      ("a: |\n  x # c\n  # c\n  y\nb: 1 # c\n", ["5:6 5"]),
      ("- |1\n  # c\n  x\n- >+\n  # c\n\n  # c\n- b # c\n", ["8:5 8"]),
      ("a: 1 # d # c\n# d\n## c\n", []),
      ("a: \"x\"# c\nb: [1,# c\n 2]\n", []),
      ("a: x#c\nb: http://x/#c\n", []),
      // Block scalars.
      ("a: | # c\n  x\n  y\nb: 1\n", ["1:6 1-3"]),
      ("# c\na: >-\n  x\n\n  y\n\nb: 1\n", ["1:1 2-5"]),
      ("a: |\n  x\n# c\nb: 1\n", ["3:1 4"]),
      ("a: |\n  x\n # c\nb: 1\n", ["3:2 4"]),
      ("a:\n  b: |+\n    x\n\n  # c\n  d: 1\n", ["5:3 6"]),
      ("a: !!str # c\n  &x # c\n  | # c\n  text\nb: 1", ["1:10 1", "2:6 3-4", "3:5 3-4"]),
      ("a: |1-\n  x\n# c\n# c\nb: 1\n", ["3:1 5", "4:1 5"]),
      // Strings of several lines.
      ("a: \"x\n  y\" # c\nb: 1 # c\n", ["2:6 1-2", "3:6 3"]),
      ("# c\na: 'x\n\n  y'\nb: 1\n", ["1:1 2-4"]),
      ("a: x\n  y # c\n", ["2:5 1-2"]),
      ("{a: \"x\n  y\", b: \"z\n  z\"} # c\n", ["3:7 1-3"]),
      ("[\"x\n y\", # c\n \"z\n z\", # c\n 1]", ["2:6 1-2", "4:6 3-4"]),
      // Collections.
      ("a: # c\n  b: 1 # c\n", ["1:4 1", "2:8 2"]),
      ("a:\n  - # c\n    b: 1\n  - # c\n  - 2 # c\n", ["2:5 3", "4:5 4", "5:7 5"]),
      ("- - # c\n    a: 1\n", ["1:5 2"]),
      (
        "a: [ # c\n  1, # c\n  # c\n  2\n  # c\n] # c\n",
        [
          "1:6 1", "2:6 2", "3:3 4", "5:3 6", "6:3 6",
        ]
      ),
      ("a: { # c\n  b: 1 # c\n}\n", ["1:6 1", "2:8 2"]),
      ("a: [x: 1, # c\n  y]\n", ["1:11 1"]),
      ("a: [] # c\nb: {} # c\n", ["1:7 1", "2:7 2"]),
      ("? a # c\n: # c\n  1\n", ["1:5 1", "2:3 3"]),
      ("? # c\n: 1\n", ["1:3 1"]),
      ("a: # c\nb:\n  # c\nc: 1\n", ["1:4 1", "3:3 4"]),
      // Properties and aliases.
      ("a: &x # c\n  1\nb: *x # c\n", ["1:7 1", "3:7 3"]),
      ("--- !!map # c\na: 1\n", ["1:11 2"]),
      ("- &x # c\n  a: 1\n", ["1:6 2"]),
      ("a: !<tag:yaml.org,2002:str> # c\n  1\n", ["1:29 1"]),
      // Text of several bytes.
      ("é: 👋 # c\n# c\n\"ü\": ß # c\n", ["1:6 1", "2:1 3", "3:8 3"]),
      // Nothing.
      ("# c\n", ["1:1 none"]), ("", []), ("# d\n#", []), ("a: 1 #", []),
    ] as [(String, [String])])
  func findsComments(text: String, expected: [String]) {
    #expect(places(text) == expected, "\(text.debugDescription)")
  }

  /// Comments behind an error cannot be told from text in quotes.
  @Test(
    arguments: [
      ("# c\na: 1 # c\nb: \"x # c\n", ["1:1 2", "2:6 2"]),
      ("a: 1\n# c\n@x: 1 # c\n", ["2:1 3"]),
      ("a: [1, # c\n  2 # c\nb: 3 # c\n", ["1:8 1", "2:5 2"]),
      ("a: 1 # c\n  b: 2 # c\n", ["1:6 1"]),
      ("a: 'x\u{1}' # c\n", ["1:9 1"]),
      ("a: .inf # c\n", ["1:9 1"]),
    ] as [(String, [String])])
  func stopsAtErrors(text: String, expected: [String]) {
    #expect(places(text) == expected, "\(text.debugDescription)")
  }

  @Test func otherEncodingsHaveNone() {
    let wide: [UInt8] =
      [0xFE, 0xFF] + "a: 1 # c".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(YAMLReader.comments(in: wide, beginningWith: Array("c".utf8)).isEmpty)
    let gzip: [UInt8] = [0x1F, 0x8B, 8] + Array(" # c".utf8)
    #expect(YAMLReader.comments(in: gzip, beginningWith: Array("c".utf8)).isEmpty)
  }

  @Test func rangesEndBeforeBlanks() throws {
    let text = Array("a: 1 # c d \t \n".utf8)
    let comment = try #require(YAMLReader.comments(in: text, beginningWith: [0x63]).first)
    #expect(comment.range == TextRange(5, 10))
    #expect(comment.subject == TextRange(0, 13))
  }
}
