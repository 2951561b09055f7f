package import Findings
import Foundation
import SourceText
import Synchronization
package import Testing

/// Compares what a test case reports, one line a message, with the golden file of its suite.
///
/// The golden of `Tests/Module/Suite.swift` is `Tests/Module/Goldens/Suite.txt`. It has a section
/// for each case: `== ` and the case's name, then its lines. Tables of cases hold places and codes;
/// the wording is only in goldens, so that it can be improved in one place.
///
/// `RECORD_GOLDENS=1` writes the goldens of the suites that run, and makes their tests fail. Run
/// whole suites: a case that does not run loses its section.
package func expectMessages(
  _ lines: [String], of name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let suite = URL(filePath: filePath).deletingPathExtension()
  let golden = suite.deletingLastPathComponent()
    .appending(path: "Goldens/\(suite.lastPathComponent).txt")
  let name = name.isEmpty ? "(empty)" : MessageGoldens.onOneLine(name)
  let actual = lines.map(MessageGoldens.onOneLine)
  if isRecordingGoldens {
    do {
      if let earlier = try MessageGoldens.record(actual, of: name, at: golden), earlier != actual {
        Issue.record("two cases are named \"\(name)\"", sourceLocation: sourceLocation)
      }
      Issue.record("recorded in \(golden.lastPathComponent)", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return
  }
  let expected = MessageGoldens.lines(of: name, at: golden)
  if expected != actual {
    let wanted = expected.map { $0.joined(separator: "\n") } ?? "no such section"
    Issue.record(
      """
      \(golden.lastPathComponent), "\(name)": expected
      \(wanted)
      but found
      \(actual.joined(separator: "\n"))
      """, sourceLocation: sourceLocation)
  }
}

extension Diagnostic {
  /// `line:column code`, with the file's name in front unless it is `path`.
  package func place(in path: String = "") -> String {
    guard let location else { return "nowhere \(code)" }
    let file = location.path == path || path.isEmpty ? "" : "\(location.path):"
    return "\(file)\(location.region.start.line):\(location.region.start.column) \(code)"
  }

  /// `file:line:column: severity: message [code]`.
  package var goldenLine: String {
    let place = location.map { location in
      "\(location.path):\(location.region.start.line):\(location.region.start.column): "
    }
    return "\(place ?? "")\(severity.rawValue): \(message) [\(code)]"
  }
}

/// The golden files of messages that this process has read or writes.
private enum MessageGoldens {
  private static let sections = Mutex<[URL: [String: [String]]]>([:])

  static func lines(of name: String, at golden: URL) -> [String]? {
    sections.withLock { sections in
      if sections[golden] == nil { sections[golden] = read(golden) }
      return sections[golden]?[name]
    }
  }

  /// Adds a section to a golden that begins empty, and writes it.
  ///
  /// - Returns: The lines that another case of that name has recorded.
  static func record(_ lines: [String], of name: String, at golden: URL) throws -> [String]? {
    try sections.withLock { sections in
      let earlier = sections[golden, default: [:]].updateValue(lines, forKey: name)
      let text = (sections[golden] ?? [:]).sorted { $0.key < $1.key }
        .map { "== \($0.key)\n" + $0.value.map { "\($0)\n" }.joined() }.joined(separator: "\n")
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: golden)
      return earlier
    }
  }

  private static func read(_ golden: URL) -> [String: [String]] {
    let text = (try? String(contentsOf: golden, encoding: .utf8)) ?? ""
    var sections: [String: [String]] = [:]
    var name = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("== ") {
        name = String(line.dropFirst(3))
        sections[name] = []
      } else {
        sections[name]?.append(String(line))
      }
    }
    return sections
  }

  /// The text with control characters and long runs of one character written shorter.
  static func onOneLine(_ text: String) -> String {
    var result = ""
    var last: Unicode.Scalar?
    var repeats = 0
    for scalar in text.unicodeScalars {
      repeats = scalar == last ? repeats + 1 : 0
      last = scalar
      if repeats == 60 { result += "…" }
      if repeats >= 60 { continue }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format:
        result += scalar.escaped(asASCII: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
