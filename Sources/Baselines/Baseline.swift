import Documents
package import Findings
package import SourceText

/// The findings that a project has accepted: what is new is reported, what is old is not.
package struct Baseline: Sendable {
  /// What is known of one file.
  package struct File: Sendable {
    /// The path, relative to the root of the project.
    package var path: String
    /// The digests of its content; more than one after a merge.
    package var contents: [String] = []
    /// The accepted findings by their lines.
    package var entries: [[UInt8]: BaselineEntry] = [:]

    /// Creates a file without findings.
    package init(path: String) {
      self.path = path
    }
  }

  /// The files, by the bytes of their paths: names are the same only if their bytes are.
  package var files: [[UInt8]: File]
  /// For each entry's line, its number in the file that it was read from.
  private var lineNumbers: [[UInt8]: Int] = [:]
  /// The file that it was read from; nil for one that was made.
  package private(set) var source: SourceFile?

  /// Creates an empty baseline.
  package init() {
    files = [:]
  }

  init(source: SourceFile) {
    self.init()
    self.source = source
  }

  /// The file at a path, if the baseline knows it.
  package func file(at path: String) -> File? { files[Array(path.utf8)] }

  /// The number of accepted findings.
  package var entryCount: Int { files.values.reduce(0) { $0 + $1.entries.count } }

  /// Adds a finding; false where it is there already.
  @discardableResult
  package mutating func insert(_ entry: BaselineEntry) -> Bool {
    let line = entry.line
    return files[Array(entry.path.utf8), default: File(path: entry.path)].entries
      .updateValue(entry, forKey: line) == nil
  }

  /// Adds a finding that is on a line of the source; false where it is there already.
  mutating func insert(_ entry: BaselineEntry, lineNumber: Int) -> Bool {
    guard insert(entry) else { return false }
    lineNumbers[entry.line] = lineNumber
    return true
  }

  /// Adds a digest of a file's content.
  package mutating func insert(content: String, ofFileAt path: String) {
    let key = Array(path.utf8)
    if files[key]?.contents.contains(content) ?? false { return }
    files[key, default: File(path: path)].contents.append(content)
  }

  /// Where an entry is in the file that the baseline was read from.
  package func location(of entry: BaselineEntry, lines: LineIndex) -> Location? {
    guard let source, let number = lineNumbers[entry.line] else { return nil }
    guard let offset = lines.offset(line: number, column: 1, in: source.bytes) else { return nil }
    return source.location(
      of: lines.lineRange(of: offset, in: source.bytes), lines: lines)
  }

  /// The first line of every baseline.
  static let header = #"{"requisite-baseline":1}"#

  /// The text of the baseline: the header, then one line for each digest and finding, sorted by bytes.
  ///
  /// A file without findings has no line. The same findings always make the same bytes.
  package var bytes: [UInt8] {
    var lines: [[UInt8]] = []
    for file in files.values where !file.entries.isEmpty {
      for content in file.contents {
        lines.append(Self.line(of: content, path: file.path))
      }
      lines += file.entries.keys
    }
    lines.sort { $0.lexicographicallyPrecedes($1) }
    var output = Array(Self.header.utf8)
    output.append(UInt8(ascii: "\n"))
    for line in lines {
      output += line
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }
}

extension Baseline {
  private static func line(of content: String, path: String) -> [UInt8] {
    var output: [UInt8] = []
    var json = JSONWriter()
    json.beginObject(into: &output)
    json.member(BaselineMember.path.rawValue, path, into: &output)
    json.member(BaselineMember.content.rawValue, content, into: &output)
    json.endObject(into: &output)
    return output
  }
}
