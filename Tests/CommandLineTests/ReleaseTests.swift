import Foundation
import Reporting
import TestSupport
import Testing

/// Pages speak of the release that this program is, or is going to be.
struct ReleaseTests {
  private static let pages = [
    "README.md", "Sources/requisite/Documentation.docc/Continuous-Integration.md",
    "Sources/requisite/Documentation.docc/Installing.md",
    "Sources/requisite/Documentation.docc/CI-Systems.md",
  ]

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  @Test(arguments: pages) func examplesPinTheRelease(page: String) throws {
    let pins = try Self.text(page).matches(of: /(?:\b(?:ref|rev): |requisite@)(\S+?)[,\s]/).map {
      $0.1
    }
    #expect(!pins.isEmpty)
    for pin in pins { #expect(pin == "v\(ToolInformation.version)") }
  }

  /// What is not released yet has no tag to pin: then the pages say so, and only then.
  @Test(arguments: pages) func pagesTellWhetherTheTagExists(page: String) throws {
    let notes = try Self.text("Sources/requisite/Documentation.docc/Release-Notes.md")
    let isPending = notes.contains("## \(ToolInformation.version), not yet released\n")
    #expect(isPending || notes.contains("## \(ToolInformation.version)\n"))
    let hasHint = try Self.text(page).contains("until v\(ToolInformation.version) is released")
    #expect(hasHint == isPending)
  }
}
