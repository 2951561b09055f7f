import RequisitePatterns

/// The one place that knows how a pattern of `match` and `search` is compiled and run.
enum RegularExpressions {
  /// How many bytes a pattern that comes from a document may have.
  static let documentPatternLimit = 1024

  /// Compiles an I-Regexp that must match all of a text, or any part of it.
  static func compile(_ pattern: String, isWhole: Bool) throws(PatternError) -> Pattern {
    let extent: Pattern.Extent = isWhole ? .whole : .anywhere
    let compiled = try Pattern(pattern, dialect: .iRegexp, extent: extent)
    // RFC 9485 has no anchors, yet where it maps to ECMA-262 (section 5.3) `^` and `$` become some,
    // and so the compliance suite of RFC 9535 reads them.
    guard let mapped = withAnchors(Array(pattern.utf8)) else { return compiled }
    return try Pattern(
      String(decoding: mapped, as: UTF8.self), dialect: .ecmaScriptUnicode, extent: extent)
  }

  /// The ECMA-262 form of a well-formed I-Regexp, or nil if no bare `^` or `$` is in it.
  private static func withAnchors(_ pattern: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var isClass = false
    var hasAnchor = false
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      switch byte {
      case UInt8(ascii: "\\") where index + 1 < pattern.count:
        index += 1
        // With the flag `u`, a hyphen is escaped within classes alone.
        if isClass || pattern[index] != UInt8(ascii: "-") { result.append(byte) }
        result.append(pattern[index])
      case UInt8(ascii: ".") where !isClass: result.append(contentsOf: "[^\\n\\r]".utf8)
      default:
        if byte == UInt8(ascii: "[") { isClass = true }
        if byte == UInt8(ascii: "]") { isClass = false }
        if !isClass, byte == UInt8(ascii: "^") || byte == UInt8(ascii: "$") { hasAnchor = true }
        result.append(byte)
      }
      index += 1
    }
    return hasAnchor ? result : nil
  }
}

/// What the evaluation of one query builds and uses again; one for each task and query.
package struct JSONPathCache {
  /// The caches of the patterns that the query holds, by number.
  private var patterns: [PatternCache] = []
  /// The last pattern that came from a document.
  private var documentPattern: DocumentPattern?

  private struct DocumentPattern {
    var source: ArraySlice<UInt8>
    var isWhole: Bool
    var pattern: Pattern?
    var cache = PatternCache()
  }

  /// Makes an empty cache.
  package init() {}

  /// Matches by a pattern of the query; more than `limit` steps, beyond one for each few bytes, in
  /// `steps` say that it was given up.
  mutating func hasMatch(
    _ pattern: Pattern, number: Int, in text: ArraySlice<UInt8>, limit: Int, steps: inout Int
  ) -> Bool {
    while patterns.count <= number { patterns.append(PatternCache()) }
    patterns[number].budget = PatternCache.visits(forSteps: limit)
    let matches = pattern.hasMatch(in: text.span, cache: &patterns[number])
    steps = patterns[number].spentSteps
    return matches
  }

  /// Matches by a pattern that comes from a document; one that is malformed matches nothing.
  mutating func hasMatch(
    source: ArraySlice<UInt8>, isWhole: Bool, in text: ArraySlice<UInt8>, limit: Int,
    steps: inout Int
  ) -> Bool {
    guard source.count <= RegularExpressions.documentPatternLimit else { return false }
    if documentPattern?.source != source || documentPattern?.isWhole != isWhole {
      let string = String(decoding: source, as: UTF8.self)
      var pattern: Pattern?
      do throws(PatternError) {
        pattern = try RegularExpressions.compile(string, isWhole: isWhole)
      } catch {
        pattern = nil
      }
      documentPattern = DocumentPattern(source: source, isWhole: isWhole, pattern: pattern)
    }
    guard var entry = documentPattern, let pattern = entry.pattern else { return false }
    // Taken out while it changes, so that the cache is not copied.
    documentPattern = nil
    entry.cache.budget = PatternCache.visits(forSteps: limit)
    let matches = pattern.hasMatch(in: text.span, cache: &entry.cache)
    steps = entry.cache.spentSteps
    documentPattern = entry
    return matches
  }
}
