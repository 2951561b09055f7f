import Foundation
import RequisiteKit
import TestSupport

/// A text to check.
struct Request: Sendable {
  var name: String
  var syntax: Syntax
  var bytes: [UInt8]

  init(_ name: String, _ syntax: Syntax, _ bytes: some Sequence<UInt8>) {
    self.name = name
    self.syntax = syntax
    self.bytes = Array(bytes)
  }

  init(_ name: String, _ bytes: some Sequence<UInt8>) { self.init(name, .json, bytes) }
}

extension Request {
  /// Requests of every kind: the examples of the built-in pack, and texts that break in many ways.
  static let all: [Request] = {
    let folder = repository.appending(path: "Rules/aws/connect/examples")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var requests = names.sorted().compactMap { name -> Request? in
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
      let syntax: Syntax =
        name.hasSuffix(".jsonl") ? .jsonLines : name.hasSuffix(".json") ? .json : .yaml
      return Request(name, syntax, data)
    }
    requests += [
      Request("empty.json", "".utf8),
      Request("blank.json", " \n".utf8),
      Request("null.json", "null".utf8),
      Request("number.json", "-0.5e3".utf8),
      Request("array.json", "[{}, 1]".utf8),
      Request("object.json", "{}".utf8),
      Request("broken.json", #"{"InstanceId": "a", "Attributes": {"a": "b""#.utf8),
      Request("comma.json", "{\"InstanceId\": 'a',\r\n}".utf8),
      Request("twice.json", #"{"InstanceId": "a", "InstanceId": "b"}"#.utf8),
      Request("mark.json", [0xEF, 0xBB, 0xBF] + Array(#"{"InstanceId": 5, "é": "😀"}"#.utf8)),
      Request("wide.json", [0xFF, 0xFE, 0x7B, 0x00]),
      Request("binary.json", [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D]),
      Request("nested.json", String(repeating: "[", count: 600).utf8),
      Request(
        "members.json",
        #"{"instance_id": 7, "ChatDurationInMinutes": "60", "ClientToken": ""}"#.utf8),
      Request("empty.jsonl", .jsonLines, "".utf8),
      Request("blank.jsonl", .jsonLines, "\n \r\n".utf8),
      Request(
        "lines.jsonl", .jsonLines,
        "{\"InstanceId\": 5}\n\r\n{}\r\n{broken\n[]\n{\"ChatDurationInMinutes\": 5}".utf8),
      Request("wide.jsonl", .jsonLines, [0xFF, 0xFE, 0x7B, 0x00]),
      Request("long.jsonl", .jsonLines, longLog),
      Request("broken.yaml", .yaml, "InstanceId: [".utf8),
      Request("twice.yaml", .yaml, "InstanceId: a\nInstanceId: b\nAttributes: {x y: 1}\n".utf8),
      Request("empty.yaml", .yaml, "".utf8),
    ]
    return requests
  }()

  /// A log of several blocks, with a finding now and then and with lone CRs.
  private static var longLog: [UInt8] {
    var text = ""
    for line in 0..<6_000 {
      text +=
        "{\"InstanceId\": \"\(line)\", \"ContactFlowId\": \"f\", \"Attributes\": {\"a\": \"\(line)\"}}"
      if line % 500 == 7 { text += "," }
      text += line % 700 == 3 ? "\r\r\n" : "\n"
    }
    return Array(text.utf8)
  }
}

/// A finding by what the command line's report says of it as well.
struct Brief: Hashable, CustomStringConvertible {
  var description: String

  init(_ finding: Finding) {
    let location = finding.location
    description =
      "\(finding.ruleID) \(finding.severity.rawValue) \(location.start.line):\(location.start.column)-\(location.end.line):\(location.end.column) \(location.pointer ?? "-") \(finding.message) | \(finding.detail ?? "-") | \(finding.related.count) \(finding.fix?.edits.map(\.text) ?? [])"
  }

  init(reported finding: [String: Any]) {
    func text(_ name: String) -> String { finding[name] as? String ?? "-" }
    func number(_ name: String) -> Int { finding[name] as? Int ?? 0 }
    let fix = finding["fix"] as? [String: Any]
    let edits = fix?["edits"] as? [[String: Any]] ?? []
    description =
      "\(text("ruleId")) \(text("severity")) \(number("line")):\(number("column"))-\(number("endLine")):\(number("endColumn")) \(text("pointer")) \(text("message")) | \(text("detail")) | \((finding["related"] as? [Any])?.count ?? -1) \(edits.compactMap { $0["text"] as? String })"
  }
}
