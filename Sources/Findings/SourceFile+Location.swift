package import SourceText

extension SourceFile {
  /// The location of a byte range, with the line it starts on as excerpt.
  ///
  /// Give `lines`, the file's line index, where several locations are made; else it is built anew.
  /// What `redactions` cover, as byte ranges of the file, is not shown.
  package func location(
    of range: TextRange, pointer: JSONPointer? = nil, normalizedPath: String? = nil,
    kind: Location.Kind = .text, lines: LineIndex? = nil, redactions: Redactions = []
  ) -> Location {
    let lines = lines ?? lineIndex()
    let line = lines.lineRange(of: range.lowerBound, in: bytes)
    return Location(
      path: path, region: lines.region(of: range, in: bytes), pointer: pointer,
      normalizedPath: normalizedPath, kind: kind,
      excerpt: Excerpt(of: bytes, line: line, highlight: range, redactions: redactions))
  }
}
