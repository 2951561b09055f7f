package import Findings
package import SourceText

/// Writes what changes in a file as a unified diff, line by line as it comes.
///
/// What must not be shown is replaced in every line, context included, so that such a diff is for
/// reading. At a terminal, characters that nobody sees are shown; elsewhere they stay as they are,
/// so that `patch` and `git apply` find the text that they look for.
package struct UnifiedDiff {
  /// A line of either text, its line end included.
  package struct Line {
    /// What becomes of it.
    package enum Kind: Sendable {
      case same, removed, added
    }

    /// What becomes of it.
    package var kind: Kind
    /// Its bytes.
    package var bytes: [UInt8]
    /// What of it must not be shown; asked for lines alone that are written.
    package var redactions: () -> [TextRange]

    /// Creates a line.
    package init(
      _ kind: Kind, _ bytes: [UInt8], redactions: @escaping () -> [TextRange] = { [] }
    ) {
      self.kind = kind
      self.bytes = bytes
      self.redactions = redactions
    }
  }

  private let path: String
  private let palette: Palette
  private let showsUnseen: Bool
  private var hasHeader = false
  /// The lines of the hunk at hand, or those that may come before the next one.
  private var lines: [Line] = []
  private var isOpen = false
  /// How many lines at the end of `lines` stay.
  private var trailing = 0
  /// How many lines of each text came before `lines`.
  private var (oldLine, newLine) = (0, 0)

  /// How many lines are shown around a change.
  private static let context = 3

  /// Begins the diff of a file; nothing is written for one that stays as it is.
  package init(path: String, options: ReportOptions) {
    self.path = path
    palette = Palette(options)
    showsUnseen = options.isTerminal
  }

  /// Adds all lines of two texts.
  package mutating func append(
    from old: [UInt8], to new: [UInt8], redactions: (old: Redactions, new: Redactions),
    into output: inout [UInt8]
  ) {
    let oldLines = LineDifference.lines(of: old)
    let newLines = LineDifference.lines(of: new)
    func line(
      _ kind: Line.Kind, _ range: TextRange, _ bytes: [UInt8], _ redactions: Redactions
    ) -> Line {
      Line(kind, Array(bytes[range.lowerBound..<range.upperBound])) {
        redactions.ranges(meeting: range).map { $0.shifted(by: -range.lowerBound) }
      }
    }
    var place = 0
    let changes = LineDifference.changes(from: old, oldLines, to: new, newLines)
    for change in changes {
      for index in place..<change.old.lowerBound {
        append(line(.same, oldLines[index], old, redactions.old), into: &output)
      }
      for index in change.old {
        append(line(.removed, oldLines[index], old, redactions.old), into: &output)
      }
      for index in change.new {
        append(line(.added, newLines[index], new, redactions.new), into: &output)
      }
      place = change.old.upperBound
    }
    for index in place..<oldLines.count {
      append(line(.same, oldLines[index], old, redactions.old), into: &output)
    }
  }

  /// Adds a line.
  package mutating func append(_ line: Line, into output: inout [UInt8]) {
    lines.append(line)
    guard line.kind == .same else {
      isOpen = true
      trailing = 0
      return
    }
    trailing += 1
    if isOpen {
      if trailing > 2 * Self.context { closeHunk(into: &output) }
    } else if lines.count > Self.context {
      lines.removeFirst()
      oldLine += 1
      newLine += 1
    }
  }

  /// Ends the diff.
  package mutating func end(into output: inout [UInt8]) {
    if isOpen { closeHunk(into: &output) }
  }

  /// Writes the hunk at hand but for what may belong to the next one.
  private mutating func closeHunk(into output: inout [UInt8]) {
    let surplus = max(0, trailing - Self.context)
    let hunk = lines.dropLast(surplus)
    if !hasHeader {
      hasHeader = true
      for (mark, side) in [("---", "a"), ("+++", "b")] {
        palette.write(.message, into: &output) { output in
          output.write("\(mark) \(side)\(path.hasPrefix("/") ? "" : "/")")
          TerminalText.append(path, into: &output)
        }
        output.write("\n")
      }
    }
    let oldCount = hunk.count { $0.kind != .added }
    let newCount = hunk.count { $0.kind != .removed }
    palette.write(
      "@@ -\(Self.span(oldLine, oldCount)) +\(Self.span(newLine, newCount)) @@", .label,
      into: &output)
    output.write("\n")
    for line in hunk { write(line, into: &output) }
    oldLine += oldCount
    newLine += newCount
    lines.removeFirst(hunk.count)
    let extra = max(0, lines.count - Self.context)
    lines.removeFirst(extra)
    oldLine += extra
    newLine += extra
    trailing = lines.count
    isOpen = false
  }

  /// Lines as the head of a hunk has them: those of nothing stand after a line, not at one.
  private static func span(_ before: Int, _ count: Int) -> String {
    let start = count == 0 ? before : before + 1
    return count == 1 ? "\(start)" : "\(start),\(count)"
  }

  private func write(_ line: Line, into output: inout [UInt8]) {
    var bytes = line.bytes
    let hasEnd = bytes.last == 0x0A
    if hasEnd { bytes.removeLast() }
    let shown = Redaction.marked(bytes[...], hiding: line.redactions())
    var text = shown
    if showsUnseen {
      // The CR of a line end would only blur every line of such a file.
      if text.last == 0x0D { text.removeLast() }
      text = Array(TerminalText.visible(String(decoding: text, as: UTF8.self)).utf8)
    }
    switch line.kind {
    case .same: output += [0x20] + text
    case .removed:
      palette.write(.severity(.error), into: &output) { $0 += [UInt8(ascii: "-")] + text }
    case .added:
      palette.write(.added, into: &output) { $0 += [UInt8(ascii: "+")] + text }
    }
    output.write("\n")
    if !hasEnd { output.write("\\ No newline at end of file\n") }
  }
}
