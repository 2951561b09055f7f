/// Where code spans and links of a line of Markdown end.
///
/// All marks are found in one pass, and are asked for from left to right, so that a line takes time
/// linear in its length, however many of its marks have no partner.
struct LineMarks {
  /// Places of one kind of mark, in order.
  private struct Places {
    var all: [Int] = []
    /// How many of the places were passed.
    var passed = 0

    /// The first place at or after an index, which is never less than in an earlier call.
    mutating func first(from index: Int, steps: inout Int) -> Int? {
      steps += 1
      while passed < all.count, all[passed] < index {
        passed += 1
        steps += 1
      }
      return passed < all.count ? all[passed] : nil
    }
  }

  private let text: [Unicode.Scalar]
  /// Where runs of backticks begin, by their length.
  private var runs: [Int: Places] = [:]
  private var brackets = Places()
  private var parentheses = Places()
  /// How many marks were looked at.
  private(set) var steps = 0

  init(_ text: [Unicode.Scalar]) {
    self.text = text
    var index = 0
    while index < text.count {
      switch text[index] {
      case "`":
        let start = index
        while index < text.count, text[index] == "`" { index += 1 }
        runs[index - start, default: Places()].all.append(start)
        continue
      case "]": brackets.all.append(index)
      case ")": parentheses.all.append(index)
      default: break
      }
      index += 1
    }
  }

  /// The code span whose backticks start at `index`; without a closing run, the backticks alone.
  mutating func codeSpan(at index: Int) -> (content: Range<Int>, end: Int) {
    var begin = index
    while begin < text.count, text[begin] == "`" { begin += 1 }
    let count = begin - index
    guard let close = runs[count]?.first(from: begin, steps: &steps) else {
      return (index..<begin, begin)
    }
    return (begin..<close, close + count)
  }

  /// The link whose bracket opens at `index`.
  mutating func link(at index: Int) -> (label: Range<Int>, target: Range<Int>, end: Int)? {
    guard let close = brackets.first(from: index, steps: &steps), close + 1 < text.count,
      text[close + 1] == "(", let end = parentheses.first(from: close + 2, steps: &steps)
    else { return nil }
    return ((index + 1)..<close, (close + 2)..<end, end + 1)
  }
}
