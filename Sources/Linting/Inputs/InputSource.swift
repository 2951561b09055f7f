package import Documents
import RequisiteFiles
package import SourceText

/// A text to check: where its bytes come from, the container that its name tells, and its syntax.
package struct InputSource: Sendable {
  /// Where bytes come from.
  package enum Origin: Sendable, Hashable {
    /// Standard input.
    case standardInput
    /// A file, pipe or device at a path.
    case file(String)
  }

  /// The name of standard input that was given none.
  package static let standardInputName = "stdin.json"

  /// Where the bytes come from.
  package let origin: Origin
  /// The container that the name tells, if any; what is written to standard input may be decompressed already.
  package let namedContainer: Container?
  /// The syntax of the text.
  package private(set) var syntax: Syntax
  /// The name in text: relative to the working folder.
  package let shownPath: String
  /// The name in machine-readable reports and fingerprints: relative to the project root.
  package var reportPath: String
  /// Whether it was named, not found in a folder: then it must be something that can be checked.
  package var isExplicit: Bool
  /// The path without symbolic links; `-` for standard input.
  package let realPath: String
  /// Whether the input can be read only once: standard input, a pipe, a device.
  package let isStream: Bool
  /// Whether each line has the key of its request, which findings have in place of the path.
  package private(set) var isKeyed = false

  /// Creates an input; by default, its path has no links, and its name tells the syntax.
  package init(
    _ origin: Origin, shownPath: String, syntax: Syntax? = nil, isExplicit: Bool = true,
    realPath: String? = nil, isStream: Bool = false
  ) {
    self.origin = origin
    self.shownPath = shownPath
    reportPath = shownPath
    self.isExplicit = isExplicit
    self.isStream = isStream
    switch origin {
    case .standardInput:
      namedContainer = nil
      self.realPath = StandardStream.path
    case .file(let path):
      namedContainer = Container(path: path)
      self.realPath = realPath ?? path
    }
    self.syntax = syntax ?? Syntax(path: shownPath) ?? .json
  }

  /// Creates the input that an argument names; standard input may have been given a name.
  package init(named path: String, standardInputName: String?) {
    if StandardStream.isMeant(by: path) {
      self.init(.standardInput, shownPath: standardInputName ?? Self.standardInputName)
    } else {
      self.init(.file(path), shownPath: path)
    }
  }

  /// The same input as a log whose lines have keys.
  package func keyed() -> InputSource {
    var input = self
    (input.syntax, input.isKeyed) = (.jsonLines, true)
    return input
  }

  /// The path of a file; nil for standard input.
  package var file: String? {
    switch origin {
    case .standardInput: nil
    case .file(let path): path
    }
  }

  /// The name in messages: quoted, or `standard input` if it was given no name.
  package var quotedName: String {
    origin == .standardInput && shownPath == Self.standardInputName
      ? "standard input" : "'\(shownPath)'"
  }

  /// The path by which the settings of the input are found.
  var settingsPath: String { file ?? shownPath }

  /// The origin of the text, as the JSON reader mentions it in hints.
  package var jsonOrigin: JSONReader.Origin {
    switch origin {
    case .standardInput: .standardInput
    case .file: .file
    }
  }

  /// Whether fixes can be written to it.
  package var canBeWritten: Bool { origin != .standardInput && namedContainer == nil }
}
