import RequisitePatterns

/// Patterns: the verdicts are those of the reference, and no text of a pattern is fatal.
enum PatternFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    if choices.below(4) == 0 {
      try checkRaw(&choices)
    } else {
      try checkMade(&choices)
    }
  }

  private static func checkMade(_ choices: inout Choices) throws {
    let regex = ReferenceRegex.make(&choices)
    let source = regex.source(&choices)
    let anywhere: Pattern
    let whole: Pattern
    let strict: Pattern
    do throws(PatternError) {
      anywhere = try Pattern(source)
      whole = try Pattern(source, extent: .whole)
      strict = try Pattern(source, dialect: .ecmaScriptUnicode)
    } catch {
      // Group names that are given twice, and what is too large, are refused.
      switch error.kind {
      case .duplicateGroupName, .tooLarge, .tooManyClasses, .tooManyLookarounds: return
      default: throw Fault("\(source.debugDescription) is refused: \(error.message)")
      }
    }
    var caches = [PatternCache(), PatternCache(), PatternCache()]
    for _ in 0..<4 {
      let text = ReferenceRegex.makeText(&choices)
      for (index, pattern) in [anywhere, whole, strict].enumerated() {
        let expected = regex.hasMatch(in: text, isWhole: index == 1)
        let found = pattern.hasMatch(in: text.span, cache: &caches[index])
        try require(
          found == expected,
          "\(source.debugDescription) \(index == 1 ? "whole" : "anywhere"), \(text) \(shown(text)): \(found)"
        )
        try require(
          pattern.hasMatch(in: text.span) == found, "\(source.debugDescription) with a new cache")
      }
    }
  }

  private static func checkRaw(_ choices: inout Choices) throws {
    let text = ReferenceRegex.makeText(&choices)
    let bytes = choices.rest()
    let source = String(decoding: bytes, as: UTF8.self)
    for dialect in [Pattern.Dialect.ecmaScript, .ecmaScriptUnicode, .iRegexp] {
      do throws(PatternError) {
        let pattern = try Pattern(source, dialect: dialect)
        var cache = PatternCache(budget: 100_000)
        _ = pattern.hasMatch(in: text.span, cache: &cache)
      } catch {
        try require(
          error.offset >= 0 && error.offset <= source.utf8.count && !error.message.isEmpty,
          "an error at \(error.offset) of \(source.debugDescription)")
      }
    }
    var isStrict = true
    do throws(PatternError) { try Pattern.checkSyntax(source) } catch { isStrict = false }
    if !isStrict {
      var isTaken = true
      do throws(PatternError) {
        _ = try Pattern(source, dialect: .ecmaScriptUnicode)
      } catch {
        isTaken = false
      }
      try require(!isTaken, "\(source.debugDescription) is taken, and no pattern of the flag u")
    }
    _ = PatternAlterations.all(of: source)
    _ = PatternSamples.texts(of: source)
  }
}
