import SourceText

extension CursorContext {
  /// Goes through brackets of YAML, `{ }` and `[ ]`, from the first of them to its end.
  struct FlowScanner {
    /// A collection that is open.
    private struct Frame {
      var isMapping: Bool
      /// The last name, whose value is at hand once `isValue` says so.
      var name = ""
      var isValue = false
      var names: Set<String> = []
    }

    private let text: [UInt8]
    private let offset: Int
    private let path: [Step]
    private var frames: [Frame] = []
    private var index: Int
    /// The place, and how many collections are open there.
    private var found: (place: CursorContext, depth: Int)?

    /// Begins at an opening bracket; the path is that of the collection.
    init(_ text: [UInt8], from start: Int, offset: Int, in path: [Step]) {
      self.text = text
      self.offset = offset
      self.path = path
      index = start
    }

    /// Finds the place of the offset; nil where that is behind the end.
    ///
    /// The end is nil where nobody looked for it, or where the first bracket is not closed.
    mutating func scan() -> (place: CursorContext?, end: Int?, isClosed: Bool) {
      while index < text.count {
        let byte = text[index]
        let isScalar = index == offset && !",:#[]{} \t\r\n".utf8.contains(byte)
        if !frames.isEmpty, index >= offset, !isScalar, found == nil {
          note(TextRange(at: offset))
        }
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          frames.append(Frame(isMapping: byte == UInt8(ascii: "{")))
          index += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          frames.removeLast()
          index += 1
          if let found, frames.count < found.depth { return (found.place, nil, true) }
          if frames.isEmpty { return (found?.place, index, true) }
        case UInt8(ascii: ","):
          change { ($0.name, $0.isValue) = ("", false) }
          index += 1
        case UInt8(ascii: ":"):
          if let name = frames.last?.name, !name.isEmpty {
            if found?.depth == frames.count, found?.place.role == .name {
              found?.place.siblings.insert(name)
            }
            change { _ = $0.names.insert(name) }
          }
          change { $0.isValue = true }
          index += 1
        case 0x20, 0x09, 0x0A, 0x0D: index += 1
        case UInt8(ascii: "#"): skipComment()
        default: takeScalar()
        }
      }
      if found == nil, !frames.isEmpty { note(TextRange(at: offset)) }
      return (found?.place, nil, false)
    }

    private mutating func change(_ body: (inout Frame) -> Void) {
      guard var frame = frames.popLast() else { return }
      body(&frame)
      frames.append(frame)
    }

    private mutating func skipComment() {
      while index < text.count, text[index] != 0x0A { index += 1 }
    }

    private mutating func takeScalar() {
      let start = index
      let quote = text[index]
      let isQuoted = "\"'".utf8.contains(quote)
      if isQuoted {
        index += 1
        while index < text.count, text[index] != quote, text[index] != 0x0A {
          index += text[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        index = min(index + 1, text.count)
      } else {
        while index < text.count, !endsScalar(index) { index += 1 }
        while index > start + 1, text[index - 1] == 0x20 { index -= 1 }
      }
      let range = TextRange(start, index)
      let word = CursorContext([], .name, token: range, isQuoted: isQuoted).word(in: text)
      if start <= offset, offset <= index, found == nil {
        note(range, isQuoted: isQuoted)
      } else {
        change { frame in if !frame.isValue { frame.name = word } }
      }
    }

    private func endsScalar(_ index: Int) -> Bool {
      let byte = text[index]
      if ",[]{}\n\r".utf8.contains(byte) { return true }
      let next = index + 1 < text.count ? text[index + 1] : 0x20
      if byte == UInt8(ascii: ":") { return " ,[]{}\n\r".utf8.contains(next) }
      return byte == 0x20 && next == UInt8(ascii: "#")
    }

    /// Keeps the place of a token.
    private mutating func note(_ token: TextRange, isQuoted: Bool = false) {
      var steps = path
      for (depth, frame) in frames.enumerated() {
        if !frame.isMapping {
          steps.append(.element)
        } else if frame.isValue {
          steps.append(.name(frame.name))
        } else if depth < frames.count - 1 {
          return
        }
      }
      let isName = frames.last.map { $0.isMapping && !$0.isValue } ?? false
      let place = CursorContext(
        steps, isName ? .name : .value, token: token, isQuoted: isQuoted,
        siblings: isName ? frames.last?.names ?? [] : [])
      found = (place, frames.count)
      change { frame in if isName { frame.name = "" } }
    }
  }
}
