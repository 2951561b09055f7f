package import SourceText

/// Reads well-formed JSON into a document's nodes as fast as we can, or says that it is not.
///
/// One loop over unsafe pointers without calls, recursion or allocation per node: measured at
/// several times the speed of the same loop over checked arrays. It gives up at the first fault;
/// `JSONRecoveringReader` then reads the text again and says what is wrong. The two accept the same
/// texts, which the tests hold.
package enum JSONFastReader {
  /// What a reader made of a text.
  package enum Outcome {
    /// The text is well formed, and has so many nodes.
    case wellFormed(nodeCount: Int)
    /// The text is not well formed.
    case malformed
    /// There are more nodes than there is room for.
    case needsRoom
  }

  /// Reads the bytes of `range`, which begin behind any byte-order mark; false where they are not
  /// well formed, and the document then holds nothing.
  static func read(_ range: TextRange, into document: inout Document, depthLimit: Int) -> Bool {
    unsafe read(range, into: &document) { source, nodes in
      unsafe read(
        source, from: range.lowerBound, to: range.upperBound, nodes: nodes, depthLimit: depthLimit)
    }
  }

  /// Lets a reader fill a document's nodes with those of a range of its source; false where that is not
  /// well formed, and the document then holds nothing.
  ///
  /// The reader gets the whole source and the room for nodes; it is called again with more room where it
  /// needs it.
  package static func read(
    _ range: TextRange, into document: inout Document,
    by reader: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<Node>) -> Outcome
  ) -> Bool {
    document.range = range
    document.nodeCount = 0
    // A node takes at least one byte; typical text has one for every dozen.
    let guess = range.count / 8 + 32
    if document.nodes.count < guess { document.growNodes(to: guess) }
    while true {
      let outcome = unsafe document.source.withUnsafeBufferPointer { source in
        unsafe document.nodes.withUnsafeMutableBufferPointer { nodes in
          unsafe reader(source, nodes)
        }
      }
      switch outcome {
      case .wellFormed(let nodeCount):
        document.nodeCount = nodeCount
        return true
      case .malformed: return false
      case .needsRoom: document.growNodes(to: document.nodes.count * 2)
      }
    }
  }

  private static func read(
    _ source: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
    nodes: UnsafeMutableBufferPointer<Node>, depthLimit: Int
  ) -> Outcome {
    guard let text = source.baseAddress, let tape = nodes.baseAddress else { return .malformed }
    let capacity = nodes.count &- 2
    var cursor = start
    var count = 0
    var depth = 0
    // The innermost open container; while open, its `next` is the one around it.
    var container = 0
    var children: UInt32 = 0
    var isObject = false

    value: while true {
      if count >= capacity { return .needsRoom }
      unsafe JSONToken.skipSpace(text, &cursor, end)
      if cursor >= end { return .malformed }
      let first = unsafe text[cursor]
      switch first {
      case UInt8(ascii: "\""):
        let opening = cursor
        let flags = unsafe string(text, &cursor, end)
        if flags == JSONToken.malformed { return .malformed }
        unsafe tape[count] = Node(.string, start: opening, end: cursor, flags: flags)
        count &+= 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth >= depthLimit { return .malformed }
        if depth > 0 { unsafe tape[container].info |= children &<< NodeFlag.countShift }
        let opensObject = first == UInt8(ascii: "{")
        unsafe tape[count] = Node(
          start: UInt32(truncatingIfNeeded: cursor), length: 0,
          next: UInt32(truncatingIfNeeded: container),
          info: UInt32((opensObject ? NodeKind.object : NodeKind.array).rawValue))
        container = count
        isObject = opensObject
        children = 0
        depth &+= 1
        count &+= 1
        cursor &+= 1
        unsafe JSONToken.skipSpace(text, &cursor, end)
        if cursor >= end { return .malformed }
        let closing = opensObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if unsafe text[cursor] != closing {
          if opensObject {
            if count >= capacity { return .needsRoom }
            guard unsafe name(text, &cursor, end, tape, &count) else { return .malformed }
          }
          continue value
        }
        // An empty container is closed below, where its closing bracket is met.
        children = UInt32.max
      case UInt8(ascii: "t"):
        guard unsafe JSONToken.word(text, cursor, end, 0x6575_7274, 4) else { return .malformed }
        unsafe tape[count] = Node(
          .boolean, start: cursor, end: cursor &+ 4, flags: NodeFlag.isTrue)
        count &+= 1
        cursor &+= 4
      case UInt8(ascii: "f"):
        guard unsafe JSONToken.word(text, cursor &+ 1, end, 0x6573_6C61, 4) else {
          return .malformed
        }
        unsafe tape[count] = Node(.boolean, start: cursor, end: cursor &+ 5)
        count &+= 1
        cursor &+= 5
      case UInt8(ascii: "n"):
        guard unsafe JSONToken.word(text, cursor, end, 0x6C6C_756E, 4) else { return .malformed }
        unsafe tape[count] = Node(.null, start: cursor, end: cursor &+ 4)
        count &+= 1
        cursor &+= 4
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let opening = cursor
        let flags = unsafe JSONToken.number(text, &cursor, end).flags
        if flags == JSONToken.malformed { return .malformed }
        unsafe tape[count] = Node(
          .number, start: opening, end: cursor, flags: flags & NodeFlag.isNotPlainInteger)
        count &+= 1
      default:
        return .malformed
      }

      // Behind a value: a comma leads to the next one, a bracket closes, the end may end.
      while true {
        if depth == 0 {
          unsafe JSONToken.skipSpace(text, &cursor, end)
          return cursor == end ? .wellFormed(nodeCount: count) : .malformed
        }
        if children != UInt32.max {
          children = children &+ (children < NodeFlag.countLimit ? 1 : 0)
        } else {
          children = 0
        }
        unsafe JSONToken.skipSpace(text, &cursor, end)
        if cursor >= end { return .malformed }
        let byte = unsafe text[cursor]
        if byte == UInt8(ascii: ",") {
          cursor &+= 1
          if isObject {
            if count >= capacity { return .needsRoom }
            unsafe JSONToken.skipSpace(text, &cursor, end)
            guard unsafe name(text, &cursor, end, tape, &count) else { return .malformed }
          }
          continue value
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          return .malformed
        }
        cursor &+= 1
        let outer = unsafe Int(tape[container].next)
        unsafe tape[container].length =
          UInt32(truncatingIfNeeded: cursor) &- tape[container].start
        unsafe tape[container].next = UInt32(truncatingIfNeeded: count)
        unsafe tape[container].info |= children &<< NodeFlag.countShift
        depth &-= 1
        if depth > 0 {
          container = outer
          // The outer container's count was put aside in its node when this one opened.
          let info = unsafe tape[container].info
          children = info &>> NodeFlag.countShift
          unsafe tape[container].info = info & ((1 &<< NodeFlag.countShift) &- 1)
          isObject = info & 0xF == UInt32(NodeKind.object.rawValue)
        }
      }
    }
  }

  // MARK: - Tokens

  /// Reads a name and its colon; the cursor is at the first byte that is no space.
  @inline(__always)
  private static func name(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int,
    _ tape: UnsafeMutablePointer<Node>, _ count: inout Int
  ) -> Bool {
    guard cursor < end, unsafe text[cursor] == UInt8(ascii: "\"") else { return false }
    let opening = cursor
    let flags = unsafe string(text, &cursor, end)
    if flags == JSONToken.malformed { return false }
    unsafe tape[count] = Node(.name, start: opening, end: cursor, flags: flags)
    count &+= 1
    unsafe JSONToken.skipSpace(text, &cursor, end)
    guard cursor < end, unsafe text[cursor] == UInt8(ascii: ":") else { return false }
    cursor &+= 1
    return true
  }

  /// Reads a string from its opening quote to behind its closing one; the result is its flags.
  ///
  /// Eight bytes at a time: a byte that ends the plain run (quote, backslash, control, not ASCII)
  /// leaves its high bit set in one of four sums, of which the lowest is exact.
  @inline(__always)
  private static func string(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int
  ) -> UInt32 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var flags: UInt32 = 0
    var index = cursor &+ 1
    while true {
      while index &+ 8 <= end {
        let word = unsafe UInt64(
          littleEndian: UnsafeRawPointer(text).loadUnaligned(
            fromByteOffset: index, as: UInt64.self))
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let stops =
          (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
            | ((word &- ones &* 0x20) & ~word) | word) & highs
        if stops != 0 {
          index &+= stops.trailingZeroBitCount &>> 3
          break
        }
        index &+= 8
      }
      if index >= end { return JSONToken.malformed }
      let byte = unsafe text[index]
      if byte == UInt8(ascii: "\"") {
        cursor = index &+ 1
        return flags
      }
      let length = unsafe special(text, index, end, &flags)
      if length == 0 { return JSONToken.malformed }
      index &+= length
    }
  }

  /// The length of the well-formed escape at `index`; 0 where there is none.
  private static func escape(_ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    guard index &+ 1 < end else { return 0 }
    switch unsafe text[index &+ 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      guard let unit = unsafe codeUnit(text, index &+ 2, end) else { return 0 }
      if unit & 0xF800 != 0xD800 { return 6 }
      guard unit < 0xDC00, index &+ 7 < end, unsafe text[index &+ 6] == UInt8(ascii: "\\"),
        unsafe text[index &+ 7] == UInt8(ascii: "u"),
        let low = unsafe codeUnit(text, index &+ 8, end), low & 0xFC00 == 0xDC00
      else { return 0 }
      return 12
    default: return 0
    }
  }

  private static func codeUnit(
    _ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int
  ) -> UInt32? {
    guard index &+ 4 <= end else { return nil }
    var unit: UInt32 = 0
    for offset in 0..<4 {
      guard let digit = unsafe StringEscapes.hexadecimalValue(of: text[index &+ offset]) else {
        return nil
      }
      unit = unit &<< 4 | UInt32(digit)
    }
    return unit
  }
}

extension JSONFastReader {
  /// The length of what begins at a byte of a string that is no plain one; 0 where that is malformed.
  ///
  /// The byte is no quote. Flags of the node are added to `flags`.
  @inline(never)
  package static func step(
    _ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int, _ flags: inout UInt32
  ) -> Int {
    unsafe special(text, index, end, &flags)
  }

  /// The same within a loop.
  @inline(__always)
  private static func special(
    _ text: UnsafePointer<UInt8>, _ index: Int, _ end: Int, _ flags: inout UInt32
  ) -> Int {
    let byte = unsafe text[index]
    if byte == UInt8(ascii: "\\") {
      flags |= NodeFlag.hasEscapes
      return unsafe escape(text, index, end)
    }
    if byte < 0x20 { return 0 }
    if byte < 0x80 { return 1 }
    flags |= NodeFlag.isNotASCII
    return UTF8Decoder.length(first: byte, count: end &- index) { unsafe text[index &+ $0] }
  }
}

extension Document {
  /// Makes room for `count` nodes.
  fileprivate mutating func growNodes(to count: Int) {
    let unused = Node(start: 0, length: 0, next: 0, info: UInt32(NodeKind.absent.rawValue))
    nodes.append(contentsOf: repeatElement(unused, count: max(0, count - nodes.count)))
  }
}
