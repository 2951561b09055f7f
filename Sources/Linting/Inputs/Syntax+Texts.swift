package import Documents
package import SourceText
import Suppressions
import YAML

/// How texts of each syntax are read and edited; `ContentDigest` makes their digests.
extension Syntax {
  /// The endings of files that a walk takes in, besides those in a container.
  static let endings = [".json", ".jsonl", ".ndjson", ".yaml", ".yml"]

  /// The syntax that a file's name tells; nil for a name that tells none.
  package init?(path: String) {
    let name = Container.removingEnding(of: path)
    if name.hasEnding(".json") {
      self = .json
    } else if name.hasEnding(".jsonl") || name.hasEnding(".ndjson") {
      self = .jsonLines
    } else if name.hasEnding(".yaml") || name.hasEnding(".yml") {
      self = .yaml
    } else {
      return nil
    }
  }

  /// The group of the rules about reading that errors of the syntax belong to.
  package var ruleGroup: String {
    switch self {
    case .json, .jsonLines: "json"
    case .yaml: "yaml"
    }
  }

  /// Whether the reader reports duplicate names as errors, so that no rule has to.
  var forbidsDuplicateNames: Bool {
    switch self {
    case .json, .jsonLines: false
    case .yaml: true
    }
  }

  /// Reads a text that is one document; of a log, that is one line.
  package func read(
    _ bytes: [UInt8], depthLimit: Int = JSONReader.defaultDepthLimit,
    from origin: JSONReader.Origin = .file
  ) -> Reading {
    var reading =
      switch self {
      case .json, .jsonLines: JSONReader.read(bytes, depthLimit: depthLimit, from: origin)
      case .yaml: YAMLReader.read(bytes, depthLimit: depthLimit)
      }
    if !reading.errors.isEmpty, let error = bytes.otherTextEncoding { reading.errors = [error] }
    return reading
  }

  /// The edits of a document's text that make changes of its tree; nil if there are none.
  ///
  /// Suppression comments go with the lines that they are about.
  func textEdits(
    for changes: [TreeEdit], in tree: ValueTree, _ comments: [YAMLComment]
  ) -> [TextEdit]? {
    switch self {
    case .json, .jsonLines: JSONEditor(tree).textEdits(for: changes)
    case .yaml: YAMLEditor(tree, comments: comments).textEdits(for: changes)
    }
  }

  /// The lines of a text that suppression comments are about; nil where the syntax has no comments.
  package func suppressedLines(in bytes: [UInt8]) -> SuppressedLines? {
    switch self {
    case .json, .jsonLines: nil
    case .yaml: SuppressedLines(lines: YAMLReader.commentedLines(in: bytes))
    }
  }

  /// The suppression comments of a document; nil where it has none.
  func suppressionComments(of document: Document) -> CommentSubjects? {
    guard self == .yaml, CommentAccount.mayHaveComments(document.source) else { return nil }
    return CommentSubjects(of: document, beginningWith: SuppressionComment.beginning)
  }
}

/// The lines of a text that suppression comments are about.
package struct SuppressedLines: Sendable {
  fileprivate let lines: CommentedLines

  /// The bytes of the lines above which a comment suppresses findings at an offset.
  package func lines(at offset: Int) -> TextRange { lines.lines(at: offset) }
}

extension [UInt8] {
  /// The error of an input's text that is no UTF-8 text at all.
  ///
  /// Inputs are read out of their containers, so that a text that is in one was put into two.
  var otherTextEncoding: SyntaxError? {
    guard var error = otherEncoding(from: 0, to: count) else { return nil }
    if let container = Container(beginning: self) {
      error.sentence = "file is compressed twice (\(own: container.format.name)); compress it once"
    }
    return error
  }
}
