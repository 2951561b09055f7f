/// Turns counts of characters, in which libyaml gives places, into byte offsets.
struct CharacterOffsets {
  private static let interval = 64

  private let text: [UInt8]
  /// The byte offset of each `interval`-th character; empty where every byte is a character.
  private let checkpoints: [Int]
  /// The character that was last asked for.
  private var last = (number: 0, offset: 0)

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
  ///
  /// Numbers that grow a little from call to call cost but the characters in between.
  mutating func offset(ofCharacter number: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(number, text.count) }
    if number < last.number || number - last.number > Self.interval {
      let index = number / Self.interval
      guard index < checkpoints.count else { return text.count }
      last = (index * Self.interval, checkpoints[index])
    }
    while last.number < number, last.offset < text.count {
      last.offset += 1
      while last.offset < text.count, text[last.offset] & 0xC0 == 0x80 { last.offset += 1 }
      last.number += 1
    }
    return last.offset
  }
}
