import Testing

struct LifecycleTests {
  @Test func requestsWaitForInitialize() throws {
    let editor = try Editor(initializes: false)
    #expect(try editor.errorCode("textDocument/hover", [:]) == -32_002)
    #expect(try editor.errorCode("shutdown", nil) == -32_002)
    try editor.open("a.json", "{")
    editor.settle()
    #expect(editor.reportCount("a.json") == 0)
    #expect(try editor.errorCode("initialize", [:]) == nil)
    #expect(try editor.errorCode("initialize", [:]) == -32_600)
  }

  @Test func shutdownIsFollowedByExit() throws {
    let editor = try Editor()
    // Without an answer, the process would end with an error.
    #expect(try editor.errorCode("shutdown", nil, isCancelled: true) == nil)
    #expect(try editor.errorCode("textDocument/hover", [:]) == -32_600)
    #expect(editor.exitCode == nil)
    try editor.notify("exit", nil)
    #expect(editor.exitCode == 0)
  }

  @Test func exitWithoutShutdownFails() throws {
    let editor = try Editor()
    try editor.notify("exit", nil)
    #expect(editor.exitCode == 1)
  }

  @Test func whatIsUnknownIsAnsweredOrSkipped() throws {
    let editor = try Editor()
    #expect(try editor.errorCode("textDocument/rename", [:]) == -32_601)
    #expect(try editor.errorCode("textDocument/codeAction", nil) == -32_602)
    let other = ["textDocument": ["uri": "file:///work/none.json"]]
    #expect(try editor.errorCode("textDocument/codeAction", other) == -32_602)
    #expect(try editor.errorCode("textDocument/codeAction", other, isCancelled: true) == -32_800)
    try editor.notify("$/progress", ["a": 1])
    try editor.notify("textDocument/didChange", ["textDocument": ["uri": "file:///none"]])
    try editor.notify("textDocument/didClose", [:])
    for uri in ["git:/work/a.json", "file:///work/%+41.json", "file:///work/%4.json"] {
      try editor.notify("textDocument/didOpen", ["textDocument": ["uri": uri, "text": "{"]])
    }
    #expect(!editor.hasWork)
    #expect(try editor.errorCode("shutdown", nil) == nil)
  }

  @Test func serverAsksToBeToldOfFiles() throws {
    let editor = try Editor()
    #expect(
      editor.otherMessages.compactMap { $0["method"] as? String } == ["client/registerCapability"])
  }

  @Test(arguments: [
    (["utf-32", "utf-8"], "utf-8"), (["utf-16", "utf-8"], "utf-16"), ([], "utf-16"),
  ])
  func encodingIsOneThatTheEditorKnows(offered: [String], chosen: String) throws {
    let editor = try Editor(initializes: false)
    let answer = try editor.request(
      "initialize", ["capabilities": ["general": ["positionEncodings": offered]]])
    let result = answer["result"] as? [String: Any]
    let capabilities = result?["capabilities"] as? [String: Any]
    #expect(capabilities?["positionEncoding"] as? String == chosen)
  }
}
