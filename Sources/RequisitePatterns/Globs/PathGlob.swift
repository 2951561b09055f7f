/// A pattern of paths, as `.gitignore` has them, matched in time linear in the path.
///
/// Paths are relative to the configuration's folder, with forward slashes, and compare letter by
/// letter. `*` and `?` stand for characters of one name, `[a-z]` and `[!a-z]` for one character,
/// `**` as a whole name for any number of folders, `{a,b}` for either. A pattern without a slash
/// fits a name at any depth; with one, it begins at the configuration's folder. What names a folder
/// also fits everything in it; a pattern whose last name has a wildcard, `requests/*`, does not.
package struct PathGlob: Sendable {
  /// The pattern as it was written.
  package let text: String
  private let pattern: Pattern
  /// The same for those alternatives that fit everything in a folder; nil where there are none.
  private let folderPattern: Pattern?

  /// Reads a pattern.
  ///
  /// - Throws: the first syntax error, with its range in the text.
  package init(_ text: String) throws(PathGlobError) {
    self.text = text
    var parser = PathGlobParser(text)
    let alternatives = try parser.alternatives()
    pattern = try Self.pattern(of: alternatives.map(\.expression), text)
    let open = alternatives.filter(\.coversFolders).map(\.expression)
    folderPattern = open.isEmpty ? nil : try Self.pattern(of: open, text)
  }

  private static func pattern(
    of expressions: [String], _ text: String
  ) throws(PathGlobError) -> Pattern {
    do throws(PatternError) {
      return try Pattern(
        expressions.map { "(?:\($0))" }.joined(separator: "|"), dialect: .ecmaScriptUnicode,
        extent: .whole)
    } catch {
      throw PathGlobError(.tooLarge, 0..<text.utf8.count)
    }
  }

  /// Whether the pattern fits the path of a file.
  package func matches(_ path: String) -> Bool { pattern.hasMatch(in: path) }

  /// Whether the pattern fits the path of a file; keep a cache to ask of many paths.
  package func matches(_ path: Span<UInt8>, cache: inout PatternCache) -> Bool {
    pattern.hasMatch(in: path, cache: &cache)
  }

  /// Whether the pattern fits everything that a folder can hold, so that it need not be walked.
  package func coversFolder(_ path: String) -> Bool {
    folderPattern?.hasMatch(in: path + "/") ?? false
  }
}

/// A pattern that is asked of one path after another, and keeps what it learns from them.
package struct PathGlobMatcher: Sendable {
  private let glob: PathGlob
  private var cache = PatternCache()

  /// Prepares to match a pattern.
  package init(_ glob: PathGlob) { self.glob = glob }

  /// Whether the pattern fits the path of a file.
  package mutating func matches(_ path: String) -> Bool {
    glob.matches(Array(path.utf8).span, cache: &cache)
  }
}

/// What is wrong with a pattern of paths, and where.
package struct PathGlobError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Kind: Equatable, Sendable {
    /// There is nothing, or nothing but a slash.
    case empty
    /// A `!` comes first, as if to take back another pattern.
    case negated
    /// Two slashes follow each other.
    case emptyName
    /// A step to the same folder.
    case sameFolder
    /// A step out of the folder.
    case parentFolder
    /// `**` is only a part of a name.
    case partialFolders
    /// A `[` is never closed.
    case unclosedClass
    /// A range in a class ends before it starts.
    case reversedRange
    /// A slash in a class, which is about one character of a name.
    case slashInClass
    /// A class of characters that goes by a name, such as `[:alpha:]`.
    case namedClass
    /// A `{` is never closed.
    case unclosedBrace
    /// Braces within braces.
    case nestedBraces
    /// A backslash before what needs none.
    case needlessEscape
    /// The pattern ends in a backslash.
    case trailingBackslash
    /// More alternatives than the limit.
    case tooManyAlternatives(limit: Int)
    /// More than can be matched in linear time.
    case tooLarge
  }

  /// What is wrong.
  package let kind: Kind
  /// The fault's bytes in the pattern's UTF-8.
  package let range: Range<Int>

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// What was found and what to write instead: one sentence without a full stop.
  package var message: String {
    switch kind {
    case .empty: "empty path pattern; it matches nothing"
    case .negated:
      "path pattern cannot begin with '!'; to include files again use a later entry of 'files' with 'exclude: false', and write '\\!' for the character"
    case .emptyName: "empty name between two slashes; remove one slash"
    case .sameFolder: "'.' has no effect in a path pattern; remove it"
    case .parentFolder: "'..' is not allowed in a path pattern; it cannot lead out of the folder"
    case .partialFolders:
      "'**' matches folders and must be a name by itself, as in '**/*.json'; within a name write '*'"
    case .unclosedClass: "'[' is never closed; add ']', or write '\\[' for the character"
    case .reversedRange: "range ends before it starts; write the lower character first"
    case .slashInClass: "slash is not allowed in a character class"
    case .namedClass: "named classes are not supported; write a range such as [a-z]"
    case .unclosedBrace: "'{' is never closed; add '}', or write '\\{' for the character"
    case .nestedBraces: "nested braces are not supported; write one list, {a,b,c}"
    case .needlessEscape:
      "backslash can only escape * ? [ ] { } , ! and itself; separate folders with '/'"
    case .trailingBackslash: "pattern ends in a backslash; write '\\\\' for the character"
    case .tooManyAlternatives(let limit):
      "braces of the pattern multiply beyond \(limit) alternatives; write several patterns"
    case .tooLarge: "pattern is too long"
    }
  }
}
