import Findings
import RulePacks
import SourceText
import Testing

/// Good packs from which something was cut off.
struct DamagedPackTests {
  private static let lines = """
    requisite: 1
    name: acme-orders
    version: 1.0.0
    request: { detect: { required: [Items] }, sensitive: [$.Card] }
    parameters:
      maxItems:
        type: integer
        default: 2
    rules:
      few-items:
        description: An order is short.
        severity: warning
        given: [$.Items, $.Lines]
        then: { maxItems: { $param: maxItems } }
        message: "{{ size(self) }} items"
        help: |
          Order less.
        tags: [size]
        examples:
          fail:
            - Items: { $repeat: [x, 3] }
          pass: [{ Items: { $repeat: [x, 2] } }, { a: { $repeat: ["y", 0] } }]
    """.split(separator: "\n").map { $0 + "\n" }

  /// What a fault of the syntax cuts off is no mistake of its own.
  @Test func isReadInParts() {
    let text = Self.lines.joined()
    #expect(Packs.lines(Packs.read(text)) == [])
    for count in 0..<text.utf8.count {
      let reading = Packs.read(String(text.prefix(count)))
      let codes = Set(reading.diagnostics.map(\.code))
      #expect(
        !codes.contains("pack/syntax") || codes == ["pack/syntax"],
        "\(count) bytes: \(Packs.lines(reading))")
    }
  }

  @Test(arguments: lines.indices)
  func isReadWithoutALine(index: Int) {
    var lines = Self.lines
    let removed = lines.remove(at: index)
    let reading = Packs.read(lines.joined())
    let isOptional = ["version", "severity", "message", "request", "given", "tags"].contains {
      removed.contains($0 + ":")
    }
    let isInner = ["Order less", "default: 2", "type:"].contains { removed.contains($0) }
    if isOptional { #expect(Packs.lines(reading) == []) }
    if isInner { #expect(reading.diagnostics.count <= 1) }
    for diagnostic in reading.diagnostics {
      #expect(diagnostic.location.map { $0.region.start.line <= lines.count + 1 } ?? false)
    }
  }
}
