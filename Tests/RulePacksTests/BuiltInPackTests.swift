import Findings
import Foundation
import RulePacks
import SourceText
import TestSupport
import Testing

struct BuiltInPackTests {
  static let rules = repository.appending(path: "Rules")

  /// Without examples, a pack is the same but for them, with the same locations.
  @Test(arguments: BuiltInPacks.names) func packIsTheSameWithoutExamples(name: String) throws {
    let whole = try #require(BuiltInPacks.read(name)?.pack)
    let reading = try #require(BuiltInPacks.read(name, withExamples: false))
    #expect(reading.diagnostics.isEmpty)
    let pack = try #require(reading.pack)
    #expect(pack.rules.map(\.name.value) == whole.rules.map(\.name.value))
    #expect(whole.rules.contains { !$0.examples.isEmpty })
    for (rule, other) in zip(pack.rules, whole.rules) {
      #expect(rule.examples.isEmpty)
      #expect(rule.help.map { pack.text(of: $0) } == other.help.map { whole.text(of: $0) })
      let (place, otherPlace) = (
        pack.file.location(of: rule.name.node).region.start,
        whole.file.location(of: other.name.node).region.start
      )
      #expect(place.line == otherPlace.line)
      #expect(place.column == otherPlace.column)
    }
  }

  @Test(arguments: BuiltInPacks.names)
  func loadsWithoutDiagnostics(name: String) throws {
    let reading = try #require(BuiltInPacks.read(name))
    #expect(Packs.lines(reading) == [])
    let pack = try #require(reading.pack)
    #expect(pack.name.value == name, "the list in packs.c names the pack as it names itself")
  }

  @Test func listsEachFileOfTheRulesFolder() throws {
    #expect(try BuiltInPacks.paths.sorted() == Self.packFiles())
  }

  @Test(arguments: BuiltInPacks.paths)
  func holdsTheBytesOfItsFile(path: String) throws {
    let built = try #require(BuiltInPacks.file(at: path))
    #expect(built.path == path)
    #expect(try built.bytes == Array(Data(contentsOf: Self.rules.appending(path: path))))
  }

  @Test func listsEachNameOnce() {
    #expect(Set(BuiltInPacks.names).count == BuiltInPacks.names.count)
    #expect(BuiltInPacks.read("no-such-pack") == nil)
    #expect(BuiltInPacks.file(at: "no/such/file.yaml") == nil)
  }

  @Test func readsThePackOfStartChatContact() throws {
    let pack = try #require(BuiltInPacks.read("aws-connect-chat")?.pack)
    #expect(pack.request?.operation?.value == "StartChatContact")
    #expect(pack.request?.schema?.file.source.path == "aws/connect/start-chat-contact.schema.yaml")
    #expect(pack.request?.sensitive.map(\.value) == ["$.CustomerId"])
    #expect(
      pack.rules.map(\.name.value).sorted() == [
        "attribute-key-characters", "attributes-size", "chat-duration-explicit",
        "chat-duration-range", "client-token-recommended", "contact-flow-id-not-arn",
        "content-types-include-plain-text", "content-types-supported", "content-types-unique",
        "guide-needs-interactive-types", "initial-message-content-type",
        "initial-message-content-type-listed", "initial-message-json", "initial-message-length",
        "instance-id-not-arn", "persistent-chat-complete", "persistent-chat-source-contact",
        "related-contact-or-persistent-chat", "segment-attribute-key-characters",
      ])
    let composition = Packs.composition(of: pack)
    #expect(composition.rules.count == pack.rules.count)
    for composed in composition.rules {
      let rule = composed.definition.value
      let description = composition.description(of: composed)
      #expect(description.id.description == "aws-connect-chat/\(rule.name.value)")
      #expect(!description.summary.isEmpty && !description.help.isEmpty && description.url != nil)
      for expectation in RulePack.Example.Expectation.allCases {
        #expect(
          rule.examples.contains { $0.expectation == expectation },
          "\(rule.name.value) shows what should \(expectation.rawValue)")
      }
    }
  }

  /// The paths of what is to be compiled in: every pack and model below Rules, sample requests aside.
  private static func packFiles() throws -> [String] {
    let root = rules.standardizedFileURL.path + "/"
    let files = FileManager.default.enumerator(at: rules, includingPropertiesForKeys: nil)
    return try #require(files).compactMap { entry -> String? in
      guard let file = entry as? URL, ["yaml", "yml", "json"].contains(file.pathExtension),
        !file.pathComponents.contains("examples")
      else { return nil }
      return String(file.standardizedFileURL.path.dropFirst(root.count))
    }.sorted()
  }
}
