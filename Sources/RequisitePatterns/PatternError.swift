import SourceText

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
    /// An escape that the dialect does not know, and what to write instead.
    case unknownEscape(String, advice: String?)
    /// The pattern ends in a backslash.
    case trailingBackslash
    /// `\u`, `\x` or `\c` without the digits or the letter that belong to it.
    case incompleteEscape(String)
    /// A code point above U+10FFFF.
    case codePointTooLarge
    /// `\p` without `{name}`, and the escape with braces where a letter follows.
    case incompleteProperty(instead: String?)
    /// A name that is no Unicode property or value, and the nearest that is.
    case unknownProperty(String, nearest: String?)
    /// A property of another dialect, and what to write instead.
    case foreignProperty(String, instead: String)
    /// `[:name:]`, and the characters that it stands for in other dialects.
    case posixClass(String, instead: String?)
    /// A class within a class.
    case nestedClass
    /// A quantifier of another dialect, such as `{,3}`, and the one to write instead.
    case badQuantifier(String, instead: String?)
    /// `++`, `*+` or `?+`: repeats that do not give back what they matched.
    case possessive
    /// A group name that is not an identifier.
    case badGroupName
    /// Two groups of one name in one alternative.
    case duplicateGroupName(String)
    /// `(?` followed by what starts no group, and what to write instead.
    case unknownGroup(String, advice: String?)
    /// Inline flags such as `(?s)`, which other engines apply to the rest of the pattern.
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
    /// What RE2 does not have, and what to write instead.
    case notInRE2(String, advice: String?)
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
  package var message: String { sentence.withoutArticle }

  private var sentence: String {
    switch kind {
    case .unclosedGroup: "group is never closed; add ')'"
    case .unmatchedParenthesis: "unmatched ')'; write '\\)' for the character"
    case .unclosedClass: "character class is never closed; add ']'"
    case .loneBracket(let text): "unmatched '\(text)'; write '\\\(text)' for the character"
    case .nothingToRepeat(let text):
      "'\(text)' has nothing to repeat; write '\\\(text)' for the character"
    case .reversedBounds: "bounds of the repeat are in the wrong order; write the smaller one first"
    case .reversedRange: "range ends before it starts; write the lower character first"
    case .classInRange: "a class cannot be an end of a range; write '\\-' for a hyphen"
    case .unknownEscape(let text, let advice):
      "'\\\(text)' is not an escape of ECMA-262 regular expressions; "
        + (advice ?? "write '\(text)' without the backslash")
    case .trailingBackslash: "pattern ends in a backslash; write '\\\\' for the character"
    case .incompleteEscape(let text):
      "incomplete escape '\\\(text)'; \(Self.completion(of: text))"
    case .codePointTooLarge: "code point is too large; the largest is U+10FFFF"
    case .incompleteProperty(let instead):
      "property must be in braces; write '\(instead ?? "\\p{Letter}")'"
    case .unknownProperty(let name, .some(let nearest)):
      "'\(name)' is not a Unicode property; did you mean '\(nearest)'?"
    case .unknownProperty(let name, nil):
      "'\(name)' is not a Unicode property; supported: categories such as 'Letter', properties such as "
        + "'Alphabetic', and scripts such as 'Script=Greek'"
    case .foreignProperty(let name, let instead):
      "'\(name)' is not a Unicode property; write '\(instead)'"
    case .posixClass(let text, let instead):
      "'\(text)' would match only these characters; "
        + (instead.map { "write '\($0)'" } ?? "list the intended characters")
    case .nestedClass:
      "classes cannot be nested; merge them, or write '\\[' and '\\]' for the characters"
    case .badQuantifier(let text, .some(let instead)):
      "'\(text)' is not a quantifier; write '\(instead)', or '\\{' for the character"
    case .badQuantifier(let text, nil):
      "'\(text)' is not a complete quantifier; write one such as '{0,3}', or '\\{' for the character"
    case .possessive:
      "possessive quantifiers are not supported; remove this '+'"
    case .badGroupName: "expected a group name: an identifier between '<' and '>'"
    case .duplicateGroupName(let name):
      "duplicate group name '\(name)' in this alternative; rename the group"
    case .unknownGroup(let text, let advice):
      "'\(text)' does not start a group; "
        + (advice ?? "use '(?:', '(?=', '(?!', '(?<=', '(?<!' or '(?<name>'")
    case .flagsForTheRest(let flags):
      "'(?\(flags))' cannot set flags for the rest of the pattern; "
        + "write '(?\(flags):' and close the group where they end"
    case .caseInsensitive:
      "case-insensitive matching is not supported; write both cases, as in '[Aa]'"
    case .backReference(let text):
      "back-reference '\(text)' is not supported, since it cannot be matched in linear time; "
        + "write the text out instead"
    case .unknownReference(let name): "no group is named '\(name)'"
    case .tooLarge(let limit):
      "repeats of the pattern multiply beyond \(limit) steps; use smaller bounds"
    case .tooManyClasses(let limit):
      "pattern has more than \(limit) different characters and classes; split it in two"
    case .tooManyLookarounds(let limit):
      "pattern has more than \(limit) lookarounds; split it in two"
    case .tooDeep(let limit): "groups are nested more than \(limit) levels deep"
    case .notInIRegexp(let text): "\(text) is not part of I-Regexp (RFC 9485)"
    case .notInRE2(let text, let advice):
      "\(text) is not part of RE2, the syntax of 'matches'" + (advice.map { "; \($0)" } ?? "")
    case .classBodyEnds: "']' would end the class; write '\\]' for the character"
    }
  }
}

extension PatternError {
  /// What an escape lacks.
  private static func completion(of letter: String) -> String {
    switch letter {
    case "x": "write two hexadecimal digits, as in '\\x41'"
    case "u": "write four hexadecimal digits, as in '\\u0041', or '\\u{41}'"
    case "c": "write a letter, as in '\\cJ'"
    default: "write '\(letter)' for the letter"
    }
  }
}
