import Documents
import Foundation
import RulePacks
import TestSupport
import Testing

/// Reports and baselines that the program wrote satisfy their schemas; what lacks a member does not.
struct ReportSchemaTests {
  private static let goldens = repository.appending(path: "Tests/ReportingTests/Goldens")
  private static let reports = ["empty", "nasty", "typical"]

  private static func lines(of file: URL) throws -> [Document] {
    try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
      document($0, path: "line.json").document
    }
  }

  @Test(arguments: reports, [FormatSchemas.Draft.draft2020, .draft07])
  func reportsSatisfyIt(name: String, draft: FormatSchemas.Draft) throws {
    let report = document(
      try Data(contentsOf: Self.goldens.appending(path: "\(name).json")), path: "a.json")
    #expect(try TestSchema("report", draft: draft).failures(of: report.document) == [])
  }

  @Test(arguments: reports, [FormatSchemas.Draft.draft2020, .draft07])
  func linesSatisfyIt(name: String, draft: FormatSchemas.Draft) throws {
    let schema = try TestSchema("report", draft: draft, definition: "line")
    let lines = try Self.lines(of: Self.goldens.appending(path: "\(name).jsonl"))
    #expect(!lines.isEmpty)
    for line in lines { #expect(schema.failures(of: line) == []) }
  }

  @Test(arguments: [FormatSchemas.Draft.draft2020, .draft07])
  func baselineSatisfiesIt(draft: FormatSchemas.Draft) throws {
    let schema = try TestSchema("baseline", draft: draft)
    let lines = try Self.lines(
      of: repository.appending(path: "Rules/examples/acme/.requisite-baseline.jsonl"))
    #expect(lines.count >= 3)
    for line in lines { #expect(schema.failures(of: line) == []) }
  }

  /// Without any one of its members, a line of a report is none: all have the same members.
  @Test func linesHaveAllMembers() throws {
    let schema = try TestSchema("report", definition: "line")
    for line in try Self.lines(of: Self.goldens.appending(path: "typical.jsonl")) {
      let members = JSON(of: line).members
      for index in members.indices {
        var rest = members
        rest.remove(at: index)
        let document = document(JSON.object(rest).bytes(), path: "a.json").document
        #expect(schema.failures(of: document) != [], "\(members[index].name)")
      }
    }
  }

  /// What reports have and their schema does not describe would have no text in an editor.
  @Test func everyMemberOfReportsIsInIt() throws {
    let schema = JSON(of: try #require(FormatSchemas.file(named: "report")).document)
    var known: Set<String> = []
    func collect(_ value: JSON) {
      for member in value.members {
        if member.name == "properties" { known.formUnion(member.value.members.map(\.name)) }
        collect(member.value)
      }
      for element in value.elements { collect(element) }
    }
    collect(schema)
    func visit(_ value: JSON) {
      for member in value.members {
        #expect(known.contains(member.name), "\(member.name)")
        visit(member.value)
      }
      for element in value.elements { visit(element) }
    }
    for name in Self.reports {
      let file = Self.goldens.appending(path: "\(name).json")
      visit(JSON(of: document(try Data(contentsOf: file), path: "a.json").document))
      for line in try Self.lines(of: Self.goldens.appending(path: "\(name).jsonl")) {
        visit(JSON(of: line))
      }
    }
  }
}
