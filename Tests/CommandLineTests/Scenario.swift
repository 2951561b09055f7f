import Foundation
import TestSupport

/// A file of `Scenarios/`: what lies in a folder, what is run there, and what comes of it.
///
/// The format is told of in `Scenarios/README.md`.
struct Scenario {
  /// Something that is put into the scenario's folder.
  enum Item {
    case file(name: String, bytes: [UInt8])
    case link(name: String, target: String)
    case folder(name: String)
  }

  /// One command and what it does.
  struct Step {
    var command: String
    var input: [UInt8] = []
    var environment: [String: String] = [:]
    var status = "0"
    var output = ""
    var error = ""
  }

  /// What is wrong with a scenario's text.
  struct Mistake: Error, CustomStringConvertible {
    var description: String
  }

  /// The text before the first step, which recording leaves alone.
  private var head = ""
  var items: [Item] = []
  var steps: [Step] = []

  init(_ text: String) throws {
    var sections: [(title: String, body: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("==== ") {
        sections.append((String(line.dropFirst(5)), ""))
      } else if sections.isEmpty {
        head += line + "\n"
      } else {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    guard text.hasSuffix("\n") else { throw Mistake(description: "no line feed at the end") }
    for (title, body) in sections { try add(title, body) }
  }

  private mutating func add(_ title: String, _ body: String) throws {
    let words = title.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1] : ""
    switch words.first {
    case "file", "link", "folder":
      guard steps.isEmpty else { throw Mistake(description: "'\(title)' after a command") }
      head += "==== \(title)\n\(body)"
      items.append(try Self.item(words[0], argument, body))
    case "run":
      steps.append(Step(command: argument))
    case "input", "environment", "status", "output", "error":
      guard var step = steps.popLast() else {
        throw Mistake(description: "'\(title)' before a command")
      }
      switch words[0] {
      case "input": step.input = VisibleText.bytes(body)
      case "status": step.status = argument
      case "output": step.output = body
      case "error": step.error = body
      default:
        for line in body.split(separator: "\n") {
          let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
          step.environment[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
      }
      steps.append(step)
    default: throw Mistake(description: "there is no section '\(title)'")
    }
  }

  private static func item(_ kind: String, _ argument: String, _ body: String) throws -> Item {
    func decoded(_ name: String) -> String {
      String(decoding: VisibleText.bytes(name), as: UTF8.self)
    }
    switch kind {
    case "folder": return .folder(name: decoded(argument))
    case "link":
      let parts = argument.components(separatedBy: " to ")
      guard parts.count == 2 else { throw Mistake(description: "a link is NAME to TARGET") }
      return .link(name: decoded(parts[0]), target: parts[1])
    default:
      let parts = argument.components(separatedBy: " from ")
      guard parts.count == 2 else {
        return .file(name: decoded(argument), bytes: VisibleText.bytes(body))
      }
      let bytes = try Data(contentsOf: repository.appending(path: parts[1]))
      return .file(name: decoded(parts[0]), bytes: Array(bytes))
    }
  }

  /// The scenario as text.
  var text: String {
    var text = head
    for step in steps {
      text += "==== run \(step.command)\n"
      if !step.environment.isEmpty {
        text += "==== environment\n"
        for (name, value) in step.environment.sorted(by: { $0.key < $1.key }) {
          text += "\(name)=\(value)\n"
        }
      }
      if !step.input.isEmpty { text += "==== input\n\(VisibleText.text(step.input))" }
      text += "==== status \(step.status)\n"
      if !step.output.isEmpty { text += "==== output\n\(step.output)" }
      if !step.error.isEmpty { text += "==== error\n\(step.error)" }
    }
    return text
  }
}
