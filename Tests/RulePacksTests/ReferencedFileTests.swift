import RulePacks
import Testing

/// Which file a reference in a schema names: decoded once, and within the pack's folder.
struct ReferencedFileTests {
  @Test(arguments: [
    ("a.json", "", "a.json"), ("sub/a.yaml", "", "sub/a.yaml"), ("b.yml", "sub/", "sub/b.yml"),
    ("../a.json", "sub/", "a.json"), ("./x/../a.json", "", "a.json"),
    ("my%20schemas/a%20b.yaml", "", "my schemas/a b.yaml"), ("pl%61in.yaml", "", "plain.yaml"),
    ("sub%2Fa.json", "", "sub/a.json"), ("%2e%2e/a.json", "sub/", "a.json"),
    ("..%2fa.json", "sub/", "a.json"), ("a%23b%3f.json", "", "a#b?.json"),
    ("a%2520b.json", "", "a%20b.json"), ("a%.json", "", "a%.json"), ("a%2.json", "", "a%2.json"),
    ("a%+1.json", "", "a%+1.json"), ("%C3%A9.json", "", "é.json"), ("é.json", "", "é.json"),
    ("a%2ejson", "", "a.json"),
  ])
  func namesAFile(reference: String, folder: String, path: String) {
    #expect(RulePack.file(ofReference: reference, from: folder) == .path(path))
  }

  @Test(arguments: [
    ("../a.json", ""), ("..%2fa.json", ""), ("%2e%2e/a.json", ""), ("%2E%2E%2Fa.json", ""),
    ("sub/..%2f..%2fa.json", ""), ("../../a.json", "sub/"), ("/etc/a.json", ""),
    ("%2fetc/a.json", ""), ("/a.json", "sub/"), ("a%5cb.json", ""), ("a%00.json", ""),
    ("a%0a.json", ""), ("a\\b.json", ""),
  ])
  func refusesWhatIsOutside(reference: String, folder: String) {
    guard case .outside = RulePack.file(ofReference: reference, from: folder) else {
      Issue.record("\(RulePack.file(ofReference: reference, from: folder))")
      return
    }
  }

  @Test(arguments: ["a", "", "a.txt", "https://x.org/a.json", "urn:a.json", "a%ff.json"])
  func takesOtherNamesForNoFiles(reference: String) {
    #expect(RulePack.file(ofReference: reference, from: "") == .none)
  }
}
