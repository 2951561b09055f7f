import SourceText

/// The pieces of a text, by which a file is found again that was moved, laid out anew and edited at once.
///
/// Pieces of JSON are what commas and brackets part, without white space; of YAML and of logs, lines.
struct TextFragments: Sendable {
  /// How many bytes the pieces of each hash have.
  private var sizes: [Int: Int] = [:]
  private var size = 0
  /// Whether the text grows at its end, so that it is still the same one with much more in it.
  private let isLog: Bool

  /// The pieces of a text.
  init(_ bytes: [UInt8], _ syntax: Syntax) {
    isLog = syntax == .jsonLines
    switch syntax {
    case .json: addMembers(bytes)
    case .jsonLines, .yaml:
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        add(line.filter { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }[...])
      }
    }
  }

  private mutating func addMembers(_ bytes: [UInt8]) {
    var piece: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        piece.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
        UInt8(ascii: "]"):
        add(piece[...])
        piece.removeAll(keepingCapacity: true)
      default:
        isInString = byte == UInt8(ascii: "\"")
        piece.append(byte)
      }
    }
    add(piece[...])
  }

  private mutating func add(_ piece: ArraySlice<UInt8>) {
    guard !piece.isEmpty else { return }
    sizes[Array(piece).hashValue, default: 0] += piece.count
    size += piece.count
  }

  /// How much of this text and an earlier one is the same: in percent of the larger one, for a log in
  /// percent of the earlier one.
  func likeness(to earlier: TextFragments) -> Int {
    let whole = isLog ? earlier.size : max(size, earlier.size)
    guard whole > 0, min(size, earlier.size) * 2 >= whole else { return 0 }
    let common = earlier.sizes.reduce(0) { $0 + min($1.value, sizes[$1.key, default: 0]) }
    return common * 100 / whole
  }

  /// From which likeness on, in percent, two files count as one: as Git has it.
  static let leastLikeness = 50
}
