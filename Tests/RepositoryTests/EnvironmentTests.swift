import Foundation
import Testing

/// Every environment variable that the sources read is in the table of variables, and no other one.
struct EnvironmentTests {
  @Test func variablesAreDocumented() throws {
    var read: Set<String> = []
    for file in try Sources.swiftFiles(in: "Sources") {
      let text = try Sources.text(of: file)
      for match in text.matches(of: /getenv\("([A-Z_]+)"\)/) { read.insert(String(match.1)) }
    }
    let variables = try Sources.text(of: "Sources/requisite/Options/EnvironmentVariable.swift")
    for match in variables.matches(of: /case \w+ = "([A-Z_]+)"/)
    where !match.1.hasPrefix("REQUISITE_") {
      read.insert(String(match.1))
    }
    let table = try Sources.text(of: "Sources/requisite/Options/VariableDescription.swift")
    let listed = Set(table.matches(of: /name: "([A-Z_]+)"/).map { String($0.1) })
    // The program's own variables are cases of an enumeration, which the table is made from.
    #expect(read == listed)
  }
}
