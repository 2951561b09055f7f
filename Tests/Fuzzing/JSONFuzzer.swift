import Documents
import SourceText

/// JSON: the fast reader, the recovering reader and the grammar agree in verdict and tree; places
/// partition the text.
enum JSONFuzzer {
  static func check(_ input: [UInt8]) throws {
    var choices = Choices(input)
    let mode = choices.below(4)
    let depthLimit = choices.once(in: 4) ? 4 : 512
    var text: [UInt8]
    if mode == 0 {
      text = choices.rest()
    } else {
      text = Value.make(&choices).json(&choices)
      if mode == 1 { Damage.apply(to: &text, &choices, pieces: Damage.json) }
    }
    try check(text, depthLimit: depthLimit)
    try checkPart(of: text, depthLimit: depthLimit)
    try PositionReference.check(text, offset: choices.below(text.count + 1))
  }

  private static func check(_ text: [UInt8], depthLimit: Int) throws {
    let value = ReferenceJSON.parse(text, depthLimit: depthLimit)
    var fast = Document(source: text)
    let isWellFormed = JSONReader.read(into: &fast, depthLimit: depthLimit)
    let recovered = JSONReader.recover(text, depthLimit: depthLimit)
    try require(
      isWellFormed == (value != nil), "the fast reader says \(isWellFormed) of \(shown(text))")
    try require(
      isWellFormed == recovered.errors.isEmpty,
      "the recovering reader says \(recovered.errors.map(\.message)) of \(shown(text))")
    if let value {
      try require(TreeReference.matches(fast, .root, value), "another value for \(shown(text))")
      try require(recovered.isFaithful, "not faithful: \(shown(text))")
      try TreeReference.requireSame(fast, recovered.document, shown(text))
      try TreeReference.requirePartition(fast, shown(text))
    }
    try TreeReference.requireBounds(recovered.document, shown(text))
    var end = 0
    for error in recovered.errors {
      try require(
        error.range.lowerBound >= 0 && error.range.upperBound <= text.count,
        "an error at \(error.range) of \(shown(text))")
      try require(error.range.lowerBound >= end, "errors out of order for \(shown(text))")
      end = error.range.lowerBound
      for word in ["Optional(", "Slice", "UnicodeScalar", "UInt8"] where !text.isEmpty {
        try require(
          error.message.firstRange(of: word) == nil
            || String(decoding: text, as: UTF8.self).firstRange(of: word) != nil,
          "debug text in '\(error.message)' for \(shown(text))")
      }
    }
  }

  /// A text that is a part of a longer one reads the same, at other places.
  private static func checkPart(of text: [UInt8], depthLimit: Int) throws {
    guard !text.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    let alone = JSONReader.read(text, depthLimit: depthLimit)
    let lead = Array("{]\n".utf8)
    let part = JSONReader.read(
      lead + text + Array("\n\"x".utf8), in: TextRange(at: lead.count, count: text.count),
      depthLimit: depthLimit)
    try require(
      part.errors.map(\.range) == alone.errors.map { $0.range.shifted(by: lead.count) },
      "other errors within a longer text: \(shown(text))")
    try TreeReference.requireSame(alone.document, part.document, shown(text), shift: lead.count)
  }
}

extension String {
  /// Where a text first occurs.
  func firstRange(of word: String) -> Range<Int>? {
    let (text, word) = (Array(utf8), Array(word.utf8))
    guard !word.isEmpty, text.count >= word.count else { return nil }
    for start in 0...(text.count - word.count) where text[start...].starts(with: word) {
      return start..<(start + word.count)
    }
    return nil
  }
}
