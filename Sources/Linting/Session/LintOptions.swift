package import Documents
package import Findings

/// What a run looks at, and how.
package struct LintOptions: Sendable {
  /// The packs.
  package var packs: [LoadedPack]
  /// The documents that the packs apply to.
  package var applicability: Applicability
  /// In which style requests spell their members.
  package var casing: Casing
  /// The maximum depth of nesting in requests.
  package var depthLimit: Int
  /// The maximum cost of one evaluation of an expression, in steps; beyond it, the rule has a finding.
  package var costLimit: Int?
  /// What findings have beside rule, message and location.
  package var needs: FindingNeeds
  /// Whether it is counted what every rule does.
  package var collectsStatistics: Bool
  /// What findings show of values that are not sensitive.
  package var disclosure = Disclosure.full
  /// What is done with the fixes of findings.
  package var fixes: FixMode
  /// The maximum sizes of inputs, in bytes.
  package var sizeLimits = SizeLimits.standard
  /// Whether standard input and other streams may be empty.
  package var allowsEmptyStreams = false

  /// Creates options.
  package init(
    packs: [LoadedPack], applicability: Applicability, casing: Casing = .auto,
    depthLimit: Int = 512, costLimit: Int? = nil,
    needs: FindingNeeds = [.excerpts, .normalizedPaths, .fingerprints], fixes: FixMode = .none,
    collectsStatistics: Bool = false
  ) {
    self.packs = packs
    self.applicability = applicability
    self.casing = casing
    self.depthLimit = depthLimit
    self.costLimit = costLimit
    self.needs = needs
    self.collectsStatistics = collectsStatistics
    self.fixes = fixes
  }
}

/// Something to look at: a file, or what comes in at standard input.
///
/// It has an origin, the path; a container, which its name or its first bytes tell; and a format, the
/// syntax of its text.
package struct LintInput: Sendable {
  /// How the bytes are to be read.
  package enum Format: Sendable {
    /// One JSON text.
    case json
    /// A JSON text on each line.
    case jsonLines
    /// One YAML document.
    case yaml

    /// The endings of files that a walk takes in, besides those in a container.
    static let endings = [".json", ".jsonl", ".ndjson", ".yaml", ".yml"]

    /// The format that a file's name tells; nil for a name that tells none.
    package init?(path: String) {
      let name = Container.split(path).path
      if name.hasSuffix(".json") {
        self = .json
      } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
        self = .jsonLines
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        self = .yaml
      } else {
        return nil
      }
    }
  }

  /// The name of standard input where it is given none.
  package static let standardInputName = "stdin.json"

  /// The name in messages: quoted, or `standard input` where it was given no name.
  package var quotedName: String { Self.quoted(shownPath, isStream: path == "-") }

  /// A name in messages: quoted, or `standard input` where it was given no name.
  static func quoted(_ name: String, isStream: Bool) -> String {
    isStream && name == standardInputName ? "standard input" : "'\(name)'"
  }

  /// The path by which the settings of the input are found.
  var settingsPath: String { path == "-" ? shownPath : path }

  /// Where it is, for the system; `-` for standard input.
  package var path: String
  /// The name that text shows: relative to the working folder.
  package var shownPath: String
  /// The name in machine-readable reports and fingerprints: relative to the project root.
  package var reportPath: String
  /// How it is read.
  package var format: Format
  /// The container that the name tells; what is written to standard input may be decompressed already.
  package var namedContainer: Container { path == "-" ? .plain : Container(path: path) }
  /// The origin of the text, as the JSON reader mentions it in hints.
  package var origin: JSONReader.Origin { path == "-" ? .standardInput : .file }
  /// Whether it was named, not found in a folder: then it must be something that can be checked.
  package var isExplicit: Bool
  /// The path without symbolic links; `-` for standard input.
  package var realPath: String
  /// Whether the input can be read only once: standard input, a pipe, a device.
  package var isStream: Bool

  /// Whether the input is a file that can be written anew.
  package var canBeWritten: Bool { path != "-" && namedContainer == .plain }

  /// Creates the input that a path names; standard input may have been given a name.
  package init(named path: String, standardInputName: String?) {
    let shown = path == "-" ? standardInputName ?? Self.standardInputName : path
    self.init(path: path, shownPath: shown, format: Format(path: shown) ?? .json, isExplicit: true)
  }

  /// Creates an input; without a real path, that is the path.
  package init(
    path: String, shownPath: String, format: Format, isExplicit: Bool, realPath: String? = nil,
    isStream: Bool = false
  ) {
    self.path = path
    self.shownPath = shownPath
    reportPath = shownPath
    self.format = format
    self.isExplicit = isExplicit
    self.realPath = realPath ?? path
    self.isStream = isStream
  }
}
