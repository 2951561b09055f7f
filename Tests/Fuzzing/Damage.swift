/// Small faults in a text that was well formed.
enum Damage {
  /// Deletes, doubles or replaces a few bytes, or cuts the text off.
  static func apply(to text: inout [UInt8], _ choices: inout Choices, pieces: [String]) {
    for _ in 0..<(1 + choices.below(3)) {
      guard !text.isEmpty else { return }
      let place = choices.below(text.count)
      switch choices.below(6) {
      case 0: text.remove(at: place)
      case 1: text.insert(text[place], at: place)
      case 2: text[place] = choices.byte()
      case 3: text.insert(contentsOf: Array(choices.pick(pieces).utf8), at: place)
      case 4: text.removeSubrange(place..<min(text.count, place + 1 + choices.below(8)))
      default: if choices.once(in: 3) { text.removeSubrange(place...) }
      }
    }
  }

  static let json = [
    ",", ":", "\"", "{", "}", "[", "]", "//", "/*", "*/", "'", "\\", "\\u", "\\ud800", "NaN",
    "None", "${x}", "{{ y }}", "\u{FEFF}", "\n", "0", "-", ".", "e", "+1", "…", "“", "abcdefgh",
    String(repeating: "w", count: 45), "\u{1}", "\u{7F}", "null", "True",
  ]
}
