/// Turns counts of characters, in which libyaml gives places, into byte offsets.
struct CharacterOffsets {
  private static let interval = 64

  private let text: [UInt8]
  /// The byte offset of each `interval`-th character; empty where every byte is a character.
  private let checkpoints: [Int]

  /// Counts the characters of valid UTF-8.
  init(_ text: [UInt8]) {
    self.text = text
    var checkpoints: [Int] = []
    if text.contains(where: { $0 >= 0x80 }) {
      var count = 0
      for offset in text.indices where text[offset] & 0xC0 != 0x80 {
        if count % Self.interval == 0 { checkpoints.append(offset) }
        count += 1
      }
    }
    self.checkpoints = checkpoints
  }

  /// The byte offset of the character with a number; one past the end counts as the end.
  func offset(ofCharacter number: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(number, text.count) }
    let index = number / Self.interval
    guard index < checkpoints.count else { return text.count }
    var offset = checkpoints[index]
    var remaining = number % Self.interval
    while remaining > 0, offset < text.count {
      offset += 1
      while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
      remaining -= 1
    }
    return offset
  }
}
