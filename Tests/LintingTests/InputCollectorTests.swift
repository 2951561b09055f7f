import Findings
import Foundation
import Linting
import Testing

struct InputCollectorTests {
  /// The inputs of a folder's paths, as reports show them, those that were named with a `!`.
  private func inputs(_ paths: [String], in folder: String, name: String? = nil) -> [String] {
    let found = InputCollector.inputs(
      at: paths.map { $0 == "-" ? $0 : "\(folder)/\($0)" }, standardInputName: name,
      workingFolder: folder)
    return found.inputs.map { $0.shownPath + ($0.isExplicit ? " !" : "") }
      + found.diagnostics.map { $0.code }
  }

  private static let tree = [
    "b.json", "a.json", "B.yaml", "é.yml", "deep/er/x.jsonl", "deep/x.ndjson", "deep/x.txt",
    "deep/.hidden.json", ".git/x.json", "node_modules/p/x.json", "deep/UPPER.JSON", "deep/json",
  ]

  private func withTree(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      for path in Self.tree { try write("{}", to: "\(folder)/\(path)") }
      try body(folder)
    }
  }

  @Test func walksInTheOrderOfNames() throws {
    try withTree { folder in
      #expect(
        inputs(["."], in: folder) == [
          "B.yaml", "a.json", "b.json", "deep/UPPER.JSON", "deep/er/x.jsonl", "deep/x.ndjson",
          "é.yml",
        ])
    }
  }

  @Test func namesInAnyOrderGiveTheSameInputs() throws {
    try withTree { folder in
      let paths = ["deep", "a.json", "deep/x.txt", "B.yaml"]
      let expected = [
        "B.yaml !", "a.json !", "deep/UPPER.JSON", "deep/er/x.jsonl", "deep/x.ndjson",
        "deep/x.txt !",
      ]
      #expect(inputs(paths, in: folder) == expected)
      #expect(inputs(paths.reversed(), in: folder) == expected)
    }
  }

  @Test func eachFileIsAnInputOnce() throws {
    try withTree { folder in
      #expect(inputs(["a.json", "./a.json", "deep/../a.json"], in: folder) == ["a.json !"])
      // Named beside the folder that it is found in, it is still one that was named.
      #expect(inputs(["deep/er", "deep/er/x.jsonl"], in: folder) == ["deep/er/x.jsonl !"])
      #expect(inputs(["deep/er", "deep/er/", "deep"], in: folder).count == 3)
    }
  }

  @Test func hiddenFoldersCanBeNamed() throws {
    try withTree { folder in
      #expect(inputs([".git"], in: folder) == [".git/x.json"])
      #expect(inputs(["deep/.hidden.json"], in: folder) == ["deep/.hidden.json !"])
    }
  }

  @Test func linksInACircleEnd() throws {
    try withTree { folder in
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: "\(folder)/deep/up", withDestinationPath: "..")
      try manager.createSymbolicLink(atPath: "\(folder)/deep/self", withDestinationPath: "self")
      try manager.createSymbolicLink(atPath: "\(folder)/gone.json", withDestinationPath: "nothing")
      try manager.createSymbolicLink(atPath: "\(folder)/other.json", withDestinationPath: "a.json")
      #expect(inputs(["."], in: folder).count == 7)
      #expect(inputs(["deep"], in: folder).count == 7)
      #expect(inputs(["gone.json"], in: folder) == ["input/missing"])
    }
  }

  @Test func missingPathsAreDiagnostics() throws {
    try withTree { folder in
      #expect(
        inputs(["a.json", "none", "no/ne.json"], in: folder) == [
          "a.json !", "input/missing", "input/missing",
        ])
    }
  }

  @Test func standardInputHasAName() throws {
    try withFolder { folder in
      #expect(inputs(["-"], in: folder) == ["stdin.json !"])
      #expect(inputs(["-", "-"], in: folder, name: "log/x.jsonl") == ["log/x.jsonl !"])
      let found = InputCollector.inputs(
        at: ["-"], standardInputName: "x.jsonl", workingFolder: folder)
      #expect(found.inputs.first?.path == "-")
      #expect(found.inputs.first?.format == .jsonLines)
    }
  }

  @Test(arguments: [
    ("a.json", LintInput.Format.json), ("A.JSON", .json), ("a.jsonl", .jsonLines),
    ("a.ndjson", .jsonLines), ("a.yaml", .yaml), ("a.YML", .yaml), ("a.jsonc", nil), ("json", nil),
    ("a.json.bak", nil), ("", nil),
  ])
  func formatsAreToldByName(name: String, format: LintInput.Format?) {
    #expect(LintInput.Format(path: name) == format)
  }
}
