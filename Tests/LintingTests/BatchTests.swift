import Findings
import RequisiteFiles
import SourceText
import TestSupport
import Testing

@testable import Linting

/// Arrays whose elements are requests.
struct BatchTests {
  private static let bad =
    #"{"InstanceId": "i", "ContactFlowId": "é", "ParticipantDetails": {"DisplayName": "n"}, "ChatDurationInMinutes": 5}"#
  private static let snake =
    #"{"instance_id": "i", "contact_flow_id": "c", "participant_details": {"display_name": 5}}"#

  /// Everything that reports could show of what an input comes to.
  private func results(
    of bytes: [UInt8]? = nil, at path: String = "a.json", isStream: Bool = false, jobs: Int = 1,
    changing options: (inout LintOptions) -> Void = { _ in }
  ) -> (found: [String], diagnostics: [String], requests: Int) {
    var settings = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
    settings.needs = [.excerpts, .normalizedPaths, .fingerprints, .lineHashes]
    settings.fixes = .attach
    options(&settings)
    var session = LintSession([settings], jobs: jobs)
    let input = InputSource(.file(path), shownPath: "a.json", isStream: isStream)
    var result = LintResult()
    if let bytes {
      result = session.lint(bytes, of: input)
    } else {
      session.lint(input) { result += $0 }
    }
    return (
      result.findings.map {
        "\($0.rule) \($0.message) \($0.location) \($0.fingerprint) \($0.lineHash ?? "") \(String(describing: $0.fix))"
      }, result.diagnostics.map(\.code), result.requestCount
    )
  }

  private func places(_ text: String) -> String {
    let result = lint(text.utf8, choosesPack: false, isExplicit: true)
    return
      (result.findings.filter { $0.severity == .error }.map {
        let start = $0.location.region.start
        return "\($0.location.pointer.map { "\($0)" } ?? "") \(start.line):\(start.column)"
      } + result.diagnostics.map(\.code)).joined(separator: ", ")
  }

  /// Each array, and where its errors are: in columns of code points, as in any file.
  @Test(arguments: [
    ("[\(Self.bad)]", "/0/ChatDurationInMinutes 1:113"),
    ("[\(Self.bad),\(Self.bad)]", "/0/ChatDurationInMinutes 1:113, /1/ChatDurationInMinutes 1:227"),
    ("\u{FEFF}[\(Self.bad)]", "/0/ChatDurationInMinutes 1:113"),
    (
      "[\r\n  \(Self.bad)\r\n,\r\(Self.bad) ]\n",
      "/0/ChatDurationInMinutes 2:114, /1/ChatDurationInMinutes 4:112"
    ),
    (" [ \(cleanRequest) , \n\n \(Self.snake)]", "/1/participant_details/display_name 3:87"),
    ("[\(cleanRequest), 5, \(Self.bad)]", "/2/ChatDurationInMinutes 1:REST, input/unfit-elements"),
    (
      "[\"[{\\\"\", {\"]\": \"}\"}, \(Self.bad)]",
      "/2/ChatDurationInMinutes 1:REST, input/unfit-elements"
    ),
  ])
  func placesAreTheFiles(text: String, expected: String) {
    let column =
      (text.ranges(of: Self.bad).last.map {
        text.unicodeScalars.distance(from: text.startIndex, to: $0.lowerBound)
      } ?? 0) + 112
    #expect(places(text) == expected.replacing("REST", with: "\(column)"))
  }

  /// What is no array of requests is what it was: one document.
  @Test(arguments: [
    ("[]", "input/no-pack"), ("[1, {}]", "input/no-pack"), ("[[\(Self.bad)]]", "input/no-pack"),
    ("[\(Self.bad)] x", " 1:117"), ("[\(Self.bad),]", " 1:115"), ("[\(Self.bad)", " 1:115"),
    ("[\(cleanRequest) \(cleanRequest)]", " 1:REST"), ("[,\(Self.bad)]", " 1:2"),
  ])
  func othersAreOneDocument(text: String, expected: String) {
    let column = cleanRequest.unicodeScalars.count + 3
    #expect(places(text) == expected.replacing("REST", with: "\(column)"))
  }

  /// A pack that was chosen for all documents sees the array itself.
  @Test func aChosenPackSeesTheArray() {
    let result = lint("[\(Self.bad)]".utf8, choosesPack: true, isExplicit: true)
    #expect(result.findings.map { "\($0.location.pointer.map { "\($0)" } ?? "")" } == [""])
    #expect(result.requestCount == 1)
  }

  /// A pack for any document beside one that detects elements.
  static let withGeneralPack: [LoadedPack] = {
    let text = """
      requisite: 1
      name: general
      version: 1.0.0
      rules:
        no-todo:
          given: $..note
          then: {not: {pattern: ^TODO}}
          fix: [{op: replace, path: '', value: done}]
          examples: {pass: [{note: a}], fail: [{note: TODO}]}
      """
    let loading = PackLoader(in: InMemoryFileSystem(["/p/g.yaml": Array(text.utf8)]))
      .load(["aws-connect-chat", "/p/g.yaml"].map { PackReference($0) }, compilesFixes: true)
    #expect(loading.diagnostics.isEmpty)
    return loading.packs
  }()

  private static let withNotes =
    "[\(bad.dropLast()), \"note\": \"TODO\", \"note\": \"TODO\"},\n{\"note\": \"TODO\"}]"

  /// What such a pack says is said once, of the array, in its order among the others.
  @Test func aGeneralPackSeesTheArrayOnce() throws {
    try withFolder { folder in
      try write(Self.withNotes, to: "\(folder)/a.json")
      for (bytes, jobs) in [(nil, 1), (nil, 2), (Array(Self.withNotes.utf8), 1)] {
        let found = results(of: bytes, at: "\(folder)/a.json", jobs: jobs) {
          $0.packs = Self.withGeneralPack
        }
        let rules = found.found.map { String($0.prefix { $0 != " " }) }
        #expect(
          rules == [
            "aws-connect-chat/client-token-recommended", "aws-connect-chat/chat-duration-range",
            "aws-connect-chat/schema/additionalProperties", "json/duplicate-name",
            "general/no-todo", "general/no-todo",
          ])
        #expect(found.requests == 1)
      }
    }
  }

  /// Both the array and its elements are fixed.
  @Test func aGeneralPackFixesTheArray() {
    let list =
      #"[{"InstanceId": "i", "ContactFlowId": "c", "ParticipantDetails": {"DisplayName": "n"}, "SupportedMessagingContentTypes": ["text/markdown"]}, {"note": "TODO"}]"#
    var session = LintSession([
      LintOptions(
        in: RealFileSystem(), packs: Self.withGeneralPack, applicability: .whenDetected,
        fixes: .apply)
    ])
    let input = InputSource(.file("a.json"), shownPath: "a.json")
    let fixed = session.fix(Array(list.utf8), of: input, includingUnsafe: false)
    #expect(fixed.fixCount == 2)
    let after = String(decoding: fixed.bytes, as: UTF8.self)
    #expect(after.contains("text/plain") && after.contains(#"{"note": "done"}"#))
  }

  /// Read from a file in blocks, by any number of threads, or at once from memory.
  @Test(arguments: [", ", ",\n  "]) func anySizeGivesTheSame(separator: String) throws {
    let elements = (0..<12_000).map { [cleanRequest, Self.bad, Self.snake][$0 % 7 % 3] }
    let text = Array("[\n\(elements.joined(separator: separator))\n]\n".utf8)
    #expect(text.count > 1 << 20)
    let whole = results(of: text)
    #expect(whole.requests == 12_000)
    #expect(whole.diagnostics == [])
    #expect(whole.found.count > 12_000)
    try withFolder { folder in
      try write(String(decoding: text, as: UTF8.self), to: "\(folder)/a.json")
      for jobs in [1, 2, 3] {
        let found = results(at: "\(folder)/a.json", jobs: jobs)
        #expect(found.found.map { $0.replacing(folder, with: "") } == whole.found)
        #expect(found.requests == 12_000)
      }
    }
    // What can be read only once is kept until it was checked, in memory if need be.
    for hasTemporaryFiles in [true, false] {
      let memory = InMemoryFileSystem(hasTemporaryFiles: hasTemporaryFiles)
      memory.addStream(text, at: "a.json")
      for jobs in [1, 2] {
        let found = results(at: "a.json", isStream: true, jobs: jobs) { $0.files = memory }
        #expect(found == whole)
      }
    }
  }

  /// All findings of a line have its hash, however many blocks the line goes through.
  @Test(arguments: [0, 1_000, 5_000]) func lineHashesDoNotDependOnBlocks(leadCount: Int) {
    let lead = Array(repeating: cleanRequest, count: leadCount)
    let elements = lead + Array(repeating: Self.bad, count: 3_000)
    let input = InputSource(.file("a.json"), shownPath: "a.json")
    var options = LintOptions(
      in: RealFileSystem(), packs: builtIn.packs, applicability: .whenDetected)
    options.needs = [.lineHashes]
    var session = LintSession([options])
    let text = "[\n\(elements.joined(separator: ", "))\n]"
    let hashes = session.lint(Array(text.utf8), of: input).findings.map(\.lineHash)
    #expect(hashes.count == 6_000)
    #expect(Set(hashes).count == 1 && hashes.first ?? nil != nil)
  }

  /// A large array that turns out to be none of requests is one document, wherever it comes from.
  @Test(arguments: [
    "], 5", ", {\"a\": 1}, ]", ", {\"a\": 1", ", {\"a\" 1}]", "] x", "]\n \u{0}", ", \u{FEFF}]",
  ])
  func largeArraysOfOtherKindsAreOneDocument(end: String) throws {
    let elements = Array(repeating: Self.bad, count: 10_000).joined(separator: ",\n")
    let text = Array("[\(elements)\(end)".utf8)
    #expect(text.count > 1 << 20)
    let whole = results(of: text)
    #expect(whole.requests == 1)
    for hasTemporaryFiles in [true, false] {
      let memory = InMemoryFileSystem(hasTemporaryFiles: hasTemporaryFiles)
      memory.addStream(text, at: "p.json")
      memory.add(text, at: "f.json")
      for (path, isStream) in [("p.json", true), ("f.json", false)] {
        let found = results(at: path, isStream: isStream) { $0.files = memory }
        #expect(found == whole)
      }
    }
  }

  /// An array of requests has the limit of a log, each element that of a document; any other array is one
  /// document.
  @Test(arguments: [
    ("[\(bad), \(bad)]", 200, 1_000, ""), ("[\(bad), \(bad)]", 200, 200, "an array of requests"),
    ("[\(bad), \(bad)]", 100, 1_000, "one document"),
    ("[\(bad), [\"\(long)\"], \(bad)]", 900, 10_000, "element /1"),
    ("[\(bad), \(long)", 900, 10_000, "element /1"),
    ("[\(bad)\(blanks)]", 900, 10_000, "one document"),
    ("[{\"a\": 1}, {\"a\": 1}]", 10, 1_000, "one document"),
    ("[{\"a\": 1}, {\"a\": 1}]", 10, 15, "one document"),
    ("\(blanks)[\(bad)]", 900, 950, "one document"),
  ])
  func limitsOfArrays(text: String, document: Int, log: Int, limit: String) {
    for (isStream, jobs) in [(true, 1), (true, 2), (false, 1), (false, 2)] {
      let memory = InMemoryFileSystem()
      if isStream {
        memory.addStream(Array(text.utf8), at: "/a.json")
      } else {
        memory.add(Array(text.utf8), at: "/a.json")
      }
      var options = LintOptions(in: memory, packs: builtIn.packs, applicability: .whenDetected)
      options.sizeLimits = SizeLimits(document: document, log: log)
      var session = LintSession([options], jobs: jobs)
      var result = LintResult()
      session.lint(InputSource(.file("/a.json"), shownPath: "a.json", isStream: isStream)) {
        result += $0
      }
      #expect(result.diagnostics.map(\.code) == (limit.isEmpty ? [] : ["input/too-large"]))
      #expect(result.diagnostics.allSatisfy { $0.problem.contains(limit) }, "\(result.diagnostics)")
      #expect(result.findings.isEmpty == !limit.isEmpty)
    }
  }

  private static let long = String(repeating: "b", count: 1_000)
  private static let blanks = String(repeating: " ", count: 1_000)

  /// The first byte that is no blank decides, wherever a read ends.
  @Test(arguments: [
    ("[", true), (" \t\r\n[", true), ("\u{FEFF} [1]", true), ("{", false), (" x[", false),
    ("\"[\"", false), ("", nil), (" \n", nil), ("\u{FEFF}", nil), ("\u{FEFF}\n\u{FEFF}[", false),
  ])
  func arraysAreToldByTheirFirstByte(text: String, isArray: Bool?) {
    let bytes = Array(text.utf8)
    for size in 1...max(bytes.count, 1) {
      var probe = ArrayProbe()
      for start in stride(from: 0, to: bytes.count, by: size) {
        probe.add(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(probe.isArray == isArray)
    }
    #expect(ArrayProbe.beginsArray(bytes) == isArray ?? false)
  }

  /// Neither an array without a request nor one that is too large is taken for one of requests.
  @Test(arguments: [(1 << 24, "input/no-pack"), (1 << 20, "input/too-large")])
  func streamsThatAreNotChecked(limit: Int, code: String) throws {
    let memory = InMemoryFileSystem()
    let text = "[\(Array(repeating: "{\"a\": 1}", count: 200_000).joined(separator: ","))]"
    memory.addStream(Array(text.utf8), at: "p.json")
    let found = results(at: "p.json", isStream: true) {
      $0.files = memory
      $0.sizeLimits = SizeLimits(maximum: limit)
    }
    #expect(found.found == [])
    #expect(found.diagnostics == [code])
  }

  /// An element ends where its brackets do, whatever strings hold, and wherever a read ends.
  @Test(arguments: [
    #""\\""#, #""\"""#, #""\\\"]""#, #""\\\\""#, #"{"]\"": "}\\"}"#, #"["\\", "["]"#,
    #"{"a\\\\\"": [{}]}"#,
  ])
  func elementsEndWithTheirBrackets(element: String) throws {
    let count = LogReader.blockSize / element.utf8.count / 2
    // Other blanks before each one: reads end at every offset in some element.
    let elements = (0..<count).map { String(repeating: " ", count: $0 % 3) + element }
    try withFolder { folder in
      let text = "[\(elements.joined(separator: ",\n"))]"
      try write(text, to: "\(folder)/a.json")
      let input = InputSource(.file("\(folder)/a.json"), shownPath: "a.json")
      for countsLines in [true, false] {
        let text = try InputReader(input, in: RealFileSystem(), blockSize: LogReader.blockSize)
        var reader = BatchReader(
          TextStream(text, of: input), of: input, limits: .standard, countsLines: countsLines)
        var found = 0
        while let block = try reader.next() {
          for record in block.records ?? [] {
            let value = block.bytes[record.value.lowerBound..<record.value.upperBound]
            if value.elementsEqual(element.utf8) { found += 1 }
          }
        }
        #expect(found == count)
        let isMalformed = reader.isMalformed
        #expect(!isMalformed)
      }
    }
  }

  /// Blanks before the array are as long as a block or longer: its elements are whole all the same.
  @Test(arguments: [LogReader.blockSize - 1, LogReader.blockSize, 3 * LogReader.blockSize])
  func blanksBeforeTheArrayAreNoElements(count: Int) {
    for blanks in [String(repeating: " ", count: count), String(repeating: "\n", count: count)] {
      let text = Array("\(blanks)[\(Self.bad), \(Self.bad)]".utf8)
      for isStream in [false, true] {
        let found = results(of: text, isStream: isStream)
        #expect(found.requests == 2)
        #expect(found.diagnostics == [])
        #expect(found.found.filter { $0.contains("chat-duration-range") }.count == 2)
      }
    }
  }

  /// An array that ends without its bracket has no block with what is behind its last separator.
  @Test(arguments: ["[1", "[1 ", "[{}", "[{}, {}", "[{}, {}  ", "[{}, 1", "[\"a\"", "[1,"])
  func unclosedArraysHaveNoBlocks(text: String) throws {
    for lead in ["", String(repeating: " ", count: LogReader.blockSize)] {
      var reader = BatchReader(
        Array("\(lead)\(text)".utf8), of: InputSource(.file("a.json"), shownPath: "a.json"))
      while let block = try reader.next() {
        for record in block.records ?? [] {
          #expect(record.text.upperBound <= block.bytes.count)
        }
      }
      let isMalformed = reader.isMalformed
      #expect(isMalformed)
    }
  }

  /// Blocks that were read come before what is wrong with a later one, with other threads as well.
  @Test(arguments: [false, true]) func blocksComeBeforeAnError(hasWorkers: Bool) throws {
    let element = "\"\(String(repeating: "x", count: LogReader.blockSize))\""
    let large = "\"\(String(repeating: "y", count: 4 * LogReader.blockSize))\""
    try withFolder { folder in
      try write("[\(element),\(element),\(large)]", to: "\(folder)/a.json")
      let input = InputSource(.file("\(folder)/a.json"), shownPath: "a.json")
      let workers = UnitWorkers(1) { queue in
        queue.work { _ in FinishedWork(result: .probe(ProbedBlock())) }
      }
      var blocks = BatchQueue(
        try BatchReader(
          input, in: RealFileSystem(), limits: SizeLimits(maximum: 3 * LogReader.blockSize)),
        workers: hasWorkers ? workers : nil, jobs: 2
      ) { .probe($0, profile: 0) }
      for _ in 0..<2 {
        let next = try blocks.next()
        #expect(next?.block.records?.count == 1)
        #expect((next?.ticket != nil) == hasWorkers)
      }
      var code: String?
      do throws(Diagnostic) { _ = try blocks.next() } catch { code = error.code }
      #expect(code == "input/too-large")
    }
  }

  /// Each element is fixed by itself, and what is between elements stays.
  @Test func elementsAreFixed() throws {
    let list =
      #"{"InstanceId": "i", "ContactFlowId": "c", "ParticipantDetails": {"DisplayName": "n"}, "SupportedMessagingContentTypes": LIST}"#
    let missing = list.replacing("LIST", with: #"["text/markdown"]"#)
    let text = "[ \(missing)\n,\t\(cleanRequest),\(missing) ]\n"
    let options = LintOptions(
      in: RealFileSystem(),
      packs: PackLoader(in: RealFileSystem()).load([], compilesFixes: true).packs,
      applicability: .whenDetected,
      fixes: .apply)
    var session = LintSession([options])
    let input = InputSource(.file("a.json"), shownPath: "a.json")
    let fixed = session.fix(Array(text.utf8), of: input, includingUnsafe: false)
    #expect(fixed.fixCount == 2)
    let after = String(decoding: fixed.bytes, as: UTF8.self)
    #expect(after.hasPrefix("[ {") && after.hasSuffix("} ]\n"))
    #expect(after.contains("\n,\t\(cleanRequest),{"))
    #expect(after.ranges(of: "text/plain").count == 2)
  }
}
