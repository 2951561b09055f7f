/// Why a pattern was refused, and where in its text.
package struct PatternError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Kind: Equatable, Sendable {
    /// A group, or a lookaround, is opened and never closed.
    case unclosedGroup
    /// A `)` closes nothing.
    case unmatchedParenthesis
    /// A `[` is never closed.
    case unclosedClass
    /// A `]`, `{` or `}` stands where only its escaped form may.
    case loneBracket(String)
    /// A quantifier follows nothing, an anchor or another quantifier.
    case nothingToRepeat(String)
    /// A repeat's lower bound is above its upper one.
    case reversedBounds
    /// A range in a class ends before it starts.
    case reversedRange
    /// A range in a class has a class such as `\d` as an end.
    case classInRange
    /// An escape that the dialect does not know.
    case unknownEscape(String)
    /// The pattern ends in a backslash.
    case trailingBackslash
    /// `\u`, `\x` or `\c` without the digits or the letter that belong to it.
    case incompleteEscape(String)
    /// A code point above U+10FFFF.
    case codePointTooLarge
    /// `\p` without `{name}`.
    case incompleteProperty
    /// A name that is no Unicode property or value, and the nearest that is.
    case unknownProperty(String, nearest: String?)
    /// A group name that is not an identifier.
    case badGroupName
    /// Two groups of one name in one alternative.
    case duplicateGroupName(String)
    /// `(?` followed by what starts no group.
    case unknownGroup(String)
    /// `(?s)` and its like, which other engines take for the rest of the pattern.
    case flagsForTheRest(String)
    /// The flag `i`, which no pattern here may set.
    case caseInsensitive
    /// A back-reference: no bound on the time to match one is known.
    case backReference(String)
    /// `\k` names a group that there is not.
    case unknownReference(String)
    /// The repeats, written out, need more instructions than the limit.
    case tooLarge(limit: Int)
    /// More different classes, single characters among them, than the limit.
    case tooManyClasses(limit: Int)
    /// More lookarounds side by side than the limit.
    case tooManyLookarounds(limit: Int)
    /// Groups nest deeper than the limit.
    case tooDeep(limit: Int)
    /// A construct of ECMA-262 that I-Regexp leaves out.
    case notInIRegexp(String)
    /// A class body that ends early, at a `]`.
    case classBodyEnds
  }

  /// What is wrong.
  package let kind: Kind
  /// The byte offset of the fault in the pattern's UTF-8.
  package let offset: Int

  init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

extension PatternError {
  /// A sentence that says what was found and what to write instead.
  package var message: String {
    switch kind {
    case .unclosedGroup: "this group is never closed; add ')'"
    case .unmatchedParenthesis: "')' closes no group; write '\\)' for the character"
    case .unclosedClass: "this character class is never closed; add ']'"
    case .loneBracket(let text): "'\(text)' stands alone; write '\\\(text)' for the character"
    case .nothingToRepeat(let text):
      "'\(text)' has nothing to repeat; write '\\\(text)' for the character"
    case .reversedBounds: "the bounds of this repeat are in the wrong order"
    case .reversedRange: "this range ends before it starts"
    case .classInRange: "a class cannot be an end of a range; write '\\-' for a hyphen"
    case .unknownEscape(let text):
      "'\\\(text)' is no escape of this dialect; write '\(text)' without the backslash"
    case .trailingBackslash: "the pattern ends in a backslash; write '\\\\' for the character"
    case .incompleteEscape(let text): "the escape '\\\(text)' is incomplete"
    case .codePointTooLarge: "the largest code point is U+10FFFF"
    case .incompleteProperty: "expected a property in braces, as in '\\p{Letter}'"
    case .unknownProperty(let name, .some(let nearest)):
      "'\(name)' is no Unicode property; did you mean '\(nearest)'?"
    case .unknownProperty(let name, nil): "'\(name)' is no Unicode property"
    case .badGroupName: "expected a group name: an identifier between '<' and '>'"
    case .duplicateGroupName(let name):
      "a group '\(name)' exists already in this alternative; name it otherwise"
    case .unknownGroup(let text):
      "'\(text)' starts no group; '(?:', '(?=', '(?!', '(?<=', '(?<!' and '(?<name>' do"
    case .flagsForTheRest(let flags):
      "'(?\(flags))' sets flags for the rest of the pattern, which ECMA-262 has not; "
        + "write '(?\(flags):' and close the group where they end"
    case .caseInsensitive:
      "case-insensitive matching is not supported; write both cases, as in '[Aa]'"
    case .backReference(let text):
      "the back-reference '\(text)' cannot be matched in linear time; write the text out instead"
    case .unknownReference(let name): "no group has the name '\(name)'"
    case .tooLarge(let limit):
      "the repeats of this pattern multiply beyond \(limit) steps; use smaller bounds"
    case .tooManyClasses(let limit):
      "the pattern has more than \(limit) different characters and classes; split it in two"
    case .tooManyLookarounds(let limit):
      "the pattern has more than \(limit) lookarounds; split it in two"
    case .tooDeep(let limit): "groups nest deeper than \(limit)"
    case .notInIRegexp(let text): "\(text) is not part of I-Regexp (RFC 9485)"
    case .classBodyEnds: "']' would end the class; write '\\]' for the character"
    }
  }
}

/// The bounds that every pattern is held to.
enum PatternLimits {
  /// Instructions of one compiled pattern, its lookarounds included.
  static let instructions = 20_000
  /// Different characters and classes of one pattern.
  static let classes = 2000
  /// Lookarounds that one automaton asks for.
  static let lookarounds = 64
  /// Groups within groups.
  static let depth = 200
  /// Entries of 4 bytes that one automaton's cache may hold before it is emptied.
  static let cacheEntries = 1 << 19
}
