import Documents
import Foundation
import SourceText
import TestSupport
import Testing

@testable import YAML

private let folder = "yaml-test-suite/data-2022-01-17"
private let isPresent = Conformance.has(folder)

/// Cases that libyaml reads rightly and JSON's model cannot express; each with the words that the
/// error must hold.
private let inexpressible: [String: String] = [
  "2XXW": "!!set",
  "565N": "!!binary",
  "5TYM": " tag ",
  "6CK3": "!local",
  "6WLZ": " tag ",
  "7FWL": "!bar",
  "9WXW": " tag ",
  "C4HZ": " tag ",
  "CC74": " tag ",
  "CUP7": "!local",
  "J7PZ": "!!omap",
  "M5C3": "!foo",
  "P76L": " tag ",
  "UGM3": " tag ",
  "Z67P": "!foo",
  "Z9M4": " tag ",
]

private struct Baseline: Decodable {
  struct Case: Decodable {
    var libyaml: String
    var has_json: Bool
    var must_fail: Bool
  }
  var cases: [String: Case]

  static func read() throws -> Baseline {
    let bytes = try Conformance.bytes("yaml-test-suite/libyaml-baseline.json")
    return try JSONDecoder().decode(Baseline.self, from: Data(bytes))
  }
}

/// The JSON texts of a file, which stand one after the other.
private func jsonTexts(_ bytes: [UInt8]) -> [[UInt8]] {
  var texts: [[UInt8]] = []
  var text: [UInt8] = []
  var depth = 0
  var isString = false
  var isEscaped = false
  for byte in bytes {
    text.append(byte)
    switch byte {
    case _ where isEscaped: isEscaped = false
    case UInt8(ascii: "\\"): isEscaped = isString
    case UInt8(ascii: "\""): isString.toggle()
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += isString ? 0 : 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= isString ? 0 : 1
    case UInt8(ascii: "\n") where depth == 0 && !isString:
      if text.contains(where: { $0 > 0x20 }) { texts.append(text) }
      text = []
    default: break
    }
  }
  if text.contains(where: { $0 > 0x20 }) { texts.append(text) }
  return texts
}

struct YAMLSuiteTests {
  @Test(.enabled(if: isPresent, "the YAML test suite is not beside the checkout"))
  func readsWhatLibyamlReadsAsTheSuiteSays() throws {
    var passed = 0
    var failed: [String] = []
    for (id, entry) in try Baseline.read().cases.sorted(by: { $0.key < $1.key })
    where entry.libyaml == "ok-events" && entry.has_json {
      let readings = YAMLReader.readAll(try Conformance.bytes("\(folder)/\(id)/in.yaml"))
      let errors = readings.flatMap(\.errors)
      if let words = inexpressible[id] {
        #expect(errors.contains { $0.message.contains(words) }, "\(id): \(errors)")
        continue
      }
      let values = readings.filter { !$0.document.isEmpty }.map { canonical($0.document) }
      let expected = jsonTexts(try Conformance.bytes("\(folder)/\(id)/in.json"))
        .map { canonical(JSONReader.read($0).document) }
      let isEmptyText = expected.isEmpty && errors.allSatisfy { $0.message.contains("empty") }
      if values == expected, errors.isEmpty || isEmptyText {
        passed += 1
      } else {
        failed.append("\(id): \(values) instead of \(expected); \(errors.map(\.message))")
      }
    }
    print(
      "YAML test suite, usable by libyaml: \(passed) passed, \(failed.count) failed, "
        + "\(inexpressible.count) skipped (tags outside of the core schema, refused as tested): "
        + inexpressible.keys.sorted().joined(separator: " "))
    #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
    #expect(passed == 218)
  }

  @Test(.enabled(if: isPresent, "the YAML test suite is not beside the checkout"))
  func refusesWhatLibyamlRefuses() throws {
    var refused = 0
    for (id, entry) in try Baseline.read().cases
    where entry.libyaml == "ok-rejected" || entry.libyaml == "rejects-valid" {
      let source = try Conformance.bytes("\(folder)/\(id)/in.yaml")
      let readings = YAMLReader.readAll(source)
      #expect(readings.contains { !$0.errors.isEmpty && !$0.isFaithful }, "\(id)")
      refused += 1
    }
    print("YAML test suite, refused by libyaml: \(refused) refused")
    #expect(refused == 129)
  }

  @Test(.enabled(if: isPresent, "the YAML test suite is not beside the checkout"))
  func resolvesPlainScalarsByTheCoreSchema() throws {
    let path = "yaml-test-schema/data/schema-core.json"
    let table = try JSONDecoder().decode(
      [String: [String]].self, from: Data(Conformance.bytes(path)))
    var passed = 0
    for (text, row) in table {
      let yaml = Array(text.replacing("#empty", with: "").utf8)
      let reading = YAMLReader.read(yaml.isEmpty ? Array("---".utf8) : yaml)
      let expected: String
      switch row[0] {
      case "null": expected = "null"
      case "bool": expected = row[1].replacing("()", with: "")
      case "int", "float": expected = "\(ExactNumber(Array(row[1].utf8)[...]))"
      case "inf", "nan":
        #expect(reading.errors.map(\.category) == [.syntax], "\(text)")
        passed += 1
        continue
      default: expected = row[1].debugDescription
      }
      #expect(canonical(reading.document) == expected, "\(text)")
      #expect(reading.errors.isEmpty, "\(text)")
      passed += 1
    }
    print("YAML core schema: \(passed) of \(table.count) scalars")
  }

  /// Neither a case of the suites nor a damaged one may crash, hang or give a broken tree.
  @Test(.enabled(if: isPresent, "the YAML test suite is not beside the checkout"))
  func survivesDamagedTexts() throws {
    var texts: [[UInt8]] = []
    for id in try Baseline.read().cases.keys.sorted() {
      texts.append(try Conformance.bytes("\(folder)/\(id)/in.yaml"))
    }
    var random = SteadyBytes(seed: 20)
    var exact = 0
    var scalars = 0
    for round in 0..<6000 {
      var text = texts[round % texts.count]
      if round >= texts.count { random.damage(&text, with: texts) }
      let reading = YAMLReader.read(text)
      #expect(flaw(of: reading, source: text) == nil, "\(String(decoding: text, as: UTF8.self))")
      for index in 0..<reading.document.nodeCount {
        let node = NodeID(index)
        let kind = reading.document.kind(of: node)
        guard kind == .string || kind == .name else { continue }
        let map = ScalarMap(of: node, in: reading.document)
        // A byte that may not stand in YAML is read as another one, and an alias is no scalar.
        let first = text[reading.document.range(of: node).lowerBound...].first
        let isScreened = reading.errors.contains { error in
          error.category == .encoding || error.message.contains("control character")
        }
        if first != UInt8(ascii: "*"), !isScreened {
          scalars += 1
          if map.isExact { exact += 1 }
        }
        let offset = map.sourceOffset(ofDecoded: reading.document.utf8Count(of: node))
        #expect(offset <= text.count)
      }
    }
    print("YAML scalars traced back to their source: \(exact) of \(scalars)")
    #expect(exact == scalars)
  }
}

extension SteadyBytes {
  /// Changes a text at a few places.
  fileprivate mutating func damage(_ text: inout [UInt8], with others: [[UInt8]]) {
    let pieces = [
      "\t", "\n", "- ", ": ", "? ", "'", "\"", "|\n", ">\n", "&a ", "*a", "!!int ", "[", "]", "{",
      "}", "#", "\\", "\r\n", "---\n", "...\n", "é", "\u{2028}", "\u{85}", "😀", "<<: ",
      "%YAML 1.2\n",
    ]
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      let place = Int.random(in: 0...text.count, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0 where place < text.count: text.remove(at: place)
      case 1 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &self)
      case 2: text.removeSubrange(place...)
      case 3:
        let other = others[Int.random(in: 0..<others.count, using: &self)]
        text.insert(contentsOf: other, at: place)
      default:
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &self)]
        text.insert(contentsOf: piece.utf8, at: place)
      }
    }
  }
}
