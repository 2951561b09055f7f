import RulePacks
import Testing

/// The names that new packs and rules may have.
struct PackTemplateTests {
  @Test(arguments: [
    ("acme", true), ("acme-chat", true), ("a1", true), ("json-rules", true), ("json", false),
    ("yaml", false), ("Acme", false), ("acme_chat", false), ("-acme", false), ("acme-", false),
    ("a--b", false), ("", false), ("1a", false), ("é", false), ("a/b", false), ("a.b", false),
  ])
  func namesOfPacks(name: String, isName: Bool) {
    #expect(PackTemplate.isName(name, ofPack: true) == isName)
  }

  /// Findings of readers are `json/…` and `yaml/…`, which matters for packs alone.
  @Test(arguments: [("json", true), ("yaml", true), ("chat-duration", true), ("Chat", false)])
  func namesOfRules(name: String, isName: Bool) {
    #expect(PackTemplate.isName(name, ofPack: false) == isName)
  }
}
