import CTextScan
import Documents

/// Reads a request and checks it by a table of places, in one loop over unsafe pointers.
///
/// The tree that it leaves is that of `JSONFastReader`, node for node, and the two accept the same texts:
/// RFC 8259, UTF-8, no control character but the four of white space. Of what a place asks it notes what
/// fails. Whatever is unusual, such as a name with an escape or one that occurs twice, is only flagged:
/// then the plain evaluator has to look at the whole request.
///
/// This and its extensions are the one place in which memory is touched without checks. The tables are the
/// compiler's, and refer to nothing outside of themselves; the text is read no further than to the end of
/// the source, nodes are written no further than there is room, and what else grows with the text has a
/// limit. What is called for each value is `mutating` though it changes nothing: a call that borrows the
/// reader would copy it first.
@safe struct GuidedReader: ~Copyable {
  /// Something that does not hold, or that the plain evaluator has to find out.
  struct Note {
    /// The place, or the check where `isCheck` is true.
    var number: Int32
    var node: Int32
    var isCheck: Bool

    /// Whether the node is a name that the model does not list.
    var isUnlistedName: Bool { !isCheck && number == PlaceTable.anything }
  }

  /// An open array or object.
  struct Frame {
    var node: Int32
    var place: Int32
    /// Where in `followers` the member is that is expected next.
    var follower: Int32
    var isObject: Bool
    /// The members, or the marks of elements, so far.
    var marks: UInt64
    /// A bit for each hash of a name that has no mark, so far.
    var names: UInt64
  }

  let places: UnsafeMutablePointer<PlaceTable.Place>
  let members: UnsafeMutablePointer<PlaceTable.Member>
  let hashes: UnsafeMutablePointer<Int32>
  let bytes: UnsafeMutablePointer<UInt8>
  let constants: UnsafeMutablePointer<PlaceTable.Text>
  let classes: UnsafeMutablePointer<UInt8>
  let forms: UnsafeMutablePointer<PlaceTable.TextForm>
  let steps: UnsafeMutablePointer<PlaceTable.Step>
  let slotCount: Int
  /// For each member, and behind these for each place, the member that followed last.
  let followers: UnsafeMutablePointer<Int32>
  let memberCount: Int
  private let frames = UnsafeMutablePointer<Frame>.allocate(capacity: depthLimit + 1)
  let nodes: UnsafeMutablePointer<Int32>
  let marks: UnsafeMutablePointer<UInt64>
  let notes = UnsafeMutablePointer<Note>.allocate(capacity: noteLimit)
  let asked = UnsafeMutablePointer<Note>.allocate(capacity: noteLimit)

  /// Whether something is unusual, so that nothing else here counts.
  var isUnusual = false
  /// How many notes there are of places and checks that fail.
  var noteCount = 0
  /// How many checks are the plain evaluator's.
  var askedCount = 0

  /// How deep containers may nest before a request is unusual.
  static let depthLimit = 64
  /// How many failures are noted before a request is unusual.
  static let noteLimit = 64
  /// How many names of a container that have no mark are compared with one another.
  private static let nameLimit = 64

  init(_ table: PlaceTable) {
    unsafe places = Self.copy(table.places)
    unsafe members = Self.copy(table.members)
    unsafe hashes = Self.copy(table.hashes)
    unsafe bytes = Self.copy(table.bytes)
    unsafe constants = Self.copy(table.constants)
    unsafe classes = Self.copy(table.classes)
    unsafe forms = Self.copy(table.forms)
    unsafe steps = Self.copy(table.steps)
    slotCount = table.slotCount
    memberCount = table.members.count
    unsafe followers = Self.copy([Int32](repeating: -1, count: memberCount + table.places.count))
    unsafe nodes = Self.copy([Int32](repeating: -1, count: slotCount))
    unsafe marks = Self.copy([UInt64](repeating: 0, count: slotCount))
  }

  private static func copy<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafeMutablePointer<Value>
  {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
    unsafe memory.initialize(from: values, count: values.count)
    return unsafe memory
  }

  deinit {
    unsafe places.deallocate()
    unsafe members.deallocate()
    unsafe hashes.deallocate()
    unsafe bytes.deallocate()
    unsafe constants.deallocate()
    unsafe classes.deallocate()
    unsafe forms.deallocate()
    unsafe steps.deallocate()
    unsafe followers.deallocate()
    unsafe frames.deallocate()
    unsafe nodes.deallocate()
    unsafe marks.deallocate()
    unsafe notes.deallocate()
    unsafe asked.deallocate()
  }

  /// A place or a check that fails, and the node.
  func note(at index: Int) -> Note { unsafe notes[index] }

  /// A check that is the plain evaluator's, and the node.
  func question(at index: Int) -> Note { unsafe asked[index] }

  // MARK: - Reading

  static let quote = UInt8(ascii: "\"")

  /// Reads the bytes from `start` to `end`, which begin behind any byte-order mark.
  mutating func read(
    _ source: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
    into buffer: UnsafeMutableBufferPointer<Node>, depthLimit: Int
  ) -> JSONFastReader.Outcome {
    guard let text = source.baseAddress, let tape = buffer.baseAddress else {
      return .malformed
    }
    isUnusual = false
    noteCount = 0
    askedCount = 0
    for slot in 0..<slotCount {
      unsafe nodes[slot] = -1
      unsafe marks[slot] = 0
    }
    let bound = source.count
    let capacity = buffer.count &- 2
    let depthLimit = min(depthLimit, Self.depthLimit)
    let places = unsafe places
    var frame = unsafe frames
    var cursor = start
    var count = 0
    var depth = 0
    var isObject = false
    var children: UInt32 = 0
    var number = Int(PlaceTable.root)

    value: while true {
      if count >= capacity { return .needsRoom }
      unsafe JSONToken.skipSpace(text, &cursor, end)
      if cursor >= end { return .malformed }
      let place = unsafe places + number
      let this = count
      var marks: UInt64 = 0
      let first = unsafe text[cursor]
      switch first {
      case Self.quote:
        var flags: UInt32 = 0
        let closing = unsafe Self.closingQuote(text, cursor &+ 1, end, bound, &flags)
        if closing < 0 { return .malformed }
        unsafe tape[this] = Node(.string, start: cursor, end: closing &+ 1, flags: flags)
        marks = unsafe checkString(text, cursor &+ 1, closing, bound, flags, place, number, this)
        if depth > 0, !isObject {
          if unsafe frame.pointee.marks & marks != 0 {
            unsafe frame.pointee.marks |= PlaceTable.repeated
          }
          unsafe frame.pointee.marks |= marks
        }
        cursor = closing &+ 1
        count &+= 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth >= depthLimit {
          // Too deep, or too deep for this loop: the plain reader says which.
          isUnusual = true
          return .malformed
        }
        if depth > 0 {
          unsafe tape[Int(frame.pointee.node)].info |= children &<< NodeFlag.countShift
        }
        isObject = first == UInt8(ascii: "{")
        unsafe tape[this] = Node(
          start: UInt32(truncatingIfNeeded: cursor), length: 0, next: 0,
          info: UInt32((isObject ? NodeKind.object : NodeKind.array).rawValue))
        let kind = isObject ? TypeSet.object.rawValue : TypeSet.array.rawValue
        if unsafe place.pointee.kinds & kind == 0 { fails(number, this) }
        depth &+= 1
        unsafe frame += 1
        unsafe frame.pointee = Frame(
          node: Int32(truncatingIfNeeded: this), place: Int32(truncatingIfNeeded: number),
          follower: Int32(truncatingIfNeeded: memberCount &+ number), isObject: isObject,
          marks: 0, names: 0)
        count &+= 1
        cursor &+= 1
        children = 0
        unsafe JSONToken.skipSpace(text, &cursor, end)
        if cursor >= end { return .malformed }
        if unsafe text[cursor] != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          if isObject {
            if count >= capacity { return .needsRoom }
            number = unsafe name(text, &cursor, end, bound, tape, &count, frame)
            if number < 0 { return .malformed }
          } else {
            number = unsafe Int(place.pointee.item)
          }
          continue value
        }
        // An empty container is closed below, where its closing bracket is met.
        children = UInt32.max
      case UInt8(ascii: "t"):
        guard unsafe JSONToken.word(text, cursor, end, 0x6575_7274, 4) else { return .malformed }
        unsafe tape[this] = Node(.boolean, start: cursor, end: cursor &+ 4, flags: NodeFlag.isTrue)
        if unsafe place.pointee.kinds & TypeSet.boolean.rawValue == 0 { fails(number, this) }
        marks = PlaceTable.isTrue
        count &+= 1
        cursor &+= 4
      case UInt8(ascii: "f"):
        guard unsafe JSONToken.word(text, cursor &+ 1, end, 0x6573_6C61, 4) else {
          return .malformed
        }
        unsafe tape[this] = Node(.boolean, start: cursor, end: cursor &+ 5)
        if unsafe place.pointee.kinds & TypeSet.boolean.rawValue == 0 { fails(number, this) }
        marks = PlaceTable.isFalse
        count &+= 1
        cursor &+= 5
      case UInt8(ascii: "n"):
        guard unsafe JSONToken.word(text, cursor, end, 0x6C6C_756E, 4) else { return .malformed }
        unsafe tape[this] = Node(.null, start: cursor, end: cursor &+ 4)
        if unsafe place.pointee.kinds & TypeSet.null.rawValue == 0 { fails(number, this) }
        // Of a member that the model lists, null stands for its absence.
        if isObject, depth > 0, unsafe (places + Int(frame.pointee.place)).pointee.isStructure {
          isUnusual = true
        }
        count &+= 1
        cursor &+= 4
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        let opening = cursor
        let value = unsafe JSONToken.number(text, &cursor, end)
        if value.flags == JSONToken.malformed { return .malformed }
        unsafe tape[this] = Node(
          .number, start: opening, end: cursor, flags: value.flags & NodeFlag.isNotPlainInteger)
        unsafe checkNumber(value, place, number, this)
        count &+= 1
      default:
        return .malformed
      }

      if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
        if unsafe place.pointee.isKept { unsafe finish(text, tape, place, this, marks) }
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
            number = unsafe name(text, &cursor, end, bound, tape, &count, frame)
            if number < 0 { return .malformed }
          } else {
            number = unsafe Int((places + Int(frame.pointee.place)).pointee.item)
          }
          continue value
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          return .malformed
        }
        cursor &+= 1
        let container = unsafe Int(frame.pointee.node)
        let outer = unsafe places + Int(frame.pointee.place)
        let length = unsafe UInt32(truncatingIfNeeded: cursor) &- tape[container].start
        unsafe tape[container].length = length
        unsafe tape[container].next = UInt32(truncatingIfNeeded: count)
        unsafe tape[container].info |= children &<< NodeFlag.countShift
        unsafe checkContainer(outer, frame, children, length)
        let closed = unsafe frame.pointee.marks
        depth &-= 1
        unsafe frame -= 1
        if depth > 0 {
          isObject = unsafe frame.pointee.isObject
          // The outer container's count was put aside in its node when this one opened.
          let info = unsafe tape[Int(frame.pointee.node)].info
          children = info &>> NodeFlag.countShift
          unsafe tape[Int(frame.pointee.node)].info = info & ((1 &<< NodeFlag.countShift) &- 1)
        }
        if unsafe outer.pointee.isKept { unsafe finish(text, tape, outer, container, closed) }
      }
    }
  }

  // MARK: - Names

  /// Reads a name and its colon; the result is the place of the value, or -1 where they are malformed.
  @inline(__always)
  private mutating func name(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int, _ bound: Int,
    _ tape: UnsafeMutablePointer<Node>, _ count: inout Int, _ frame: UnsafeMutablePointer<Frame>
  ) -> Int {
    guard cursor < end, unsafe text[cursor] == Self.quote else { return -1 }
    let opening = cursor
    // Names mostly come in the order in which they came last time.
    let expected = unsafe Int(followers[Int(frame.pointee.follower)])
    var place = -1
    if expected >= 0 {
      let member = unsafe members + expected
      let length = unsafe Int(member.pointee.name.count)
      // With its closing quote, the name is one byte longer.
      if unsafe opening &+ length &+ 2 < end
        && Self.same(
          text + (opening &+ 1), bytes + Int(member.pointee.name.start), length &+ 1,
          bound &- opening &- 1)
      {
        cursor = opening &+ length &+ 2
        unsafe tape[count] = Node(.name, start: opening, end: cursor)
        place = unsafe meet(expected, text, tape, count, frame)
      }
    }
    if place < 0 {
      place = unsafe searchedName(text, &cursor, end, bound, tape, count, frame)
      if place < 0 { return -1 }
    }
    count &+= 1
    if cursor < end, unsafe text[cursor] != UInt8(ascii: ":") {
      unsafe JSONToken.skipSpace(text, &cursor, end)
    }
    guard cursor < end, unsafe text[cursor] == UInt8(ascii: ":") else { return -1 }
    cursor &+= 1
    return place
  }

  /// Reads a name that is not the one expected.
  @inline(never)
  private mutating func searchedName(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int, _ bound: Int,
    _ tape: UnsafeMutablePointer<Node>, _ this: Int, _ frame: UnsafeMutablePointer<Frame>
  ) -> Int {
    let opening = cursor
    var flags: UInt32 = 0
    let closing = unsafe Self.closingQuote(text, opening &+ 1, end, bound, &flags)
    if closing < 0 { return -1 }
    cursor = closing &+ 1
    unsafe tape[this] = Node(.name, start: opening, end: cursor, flags: flags)
    if flags & NodeFlag.hasEscapes == 0 {
      let found = unsafe look(
        for: text + (opening &+ 1), closing &- opening &- 1, bound &- opening &- 1,
        Int(frame.pointee.place))
      if found >= 0 {
        // What follows is compared as it is written, and has no flags.
        if unsafe (members + found).pointee.isPlain {
          unsafe followers[Int(frame.pointee.follower)] = Int32(truncatingIfNeeded: found)
        }
        return unsafe meet(found, text, tape, this, frame)
      }
    }
    return unsafe meetOther(text, opening, closing, flags, tape, this, frame)
  }

  /// Notes that a member is there; the result is the place of its value.
  @inline(__always)
  private mutating func meet(
    _ member: Int, _ text: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<Node>,
    _ this: Int, _ frame: UnsafeMutablePointer<Frame>
  ) -> Int {
    let mark = unsafe (members + member).pointee.mark
    if mark >= 0 {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: mark)
      if unsafe frame.pointee.marks & bit != 0 { isUnusual = true }
      unsafe frame.pointee.marks |= bit
    } else {
      isUnusual = true
    }
    unsafe tape[this].next = (members + member).pointee.symbol
    unsafe frame.pointee.follower = Int32(truncatingIfNeeded: member)
    let holder = unsafe places + Int(frame.pointee.place)
    if unsafe holder.pointee.asksNames { unsafe checkName(text, tape, holder, this) }
    return unsafe Int((members + member).pointee.place)
  }

  /// The number of the member of a place that has a name, or -1.
  private mutating func look(
    for name: UnsafePointer<UInt8>, _ count: Int, _ room: Int, _ place: Int
  ) -> Int {
    guard unsafe (places + place).pointee.memberCount > 0 else { return -1 }
    let mask = unsafe Int((places + place).pointee.hashMask)
    let first = unsafe Int((places + place).pointee.firstHash)
    var slot = unsafe Int(truncatingIfNeeded: Self.hash(name, count)) & mask
    while true {
      let member = unsafe Int(hashes[first &+ slot]) &- 1
      if member < 0 { return -1 }
      let known = unsafe (members + member).pointee.name
      if unsafe Int(known.count) == count
        && Self.same(name, bytes + Int(known.start), count, room)
      {
        return member
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// The hash by which the names of a table are found.
  ///
  /// It needs no secret: the names of a table are a plan's, so that nobody else chooses which of them collide,
  /// and a name of a request is only looked up, or compared with few others.
  @inline(__always)
  static func hash(_ name: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    unsafe NameHash.hash(UnsafeBufferPointer(start: name, count: count), seed: 0)
  }

  /// Checks a name that is no member; the result is the place of its value.
  @inline(never)
  private mutating func meetOther(
    _ text: UnsafePointer<UInt8>, _ opening: Int, _ closing: Int, _ flags: UInt32,
    _ tape: UnsafeMutablePointer<Node>, _ this: Int, _ frame: UnsafeMutablePointer<Frame>
  ) -> Int {
    let holder = unsafe places + Int(frame.pointee.place)
    if flags & NodeFlag.hasEscapes != 0 {
      isUnusual = true
      return Int(PlaceTable.anything)
    }
    if unsafe holder.pointee.isStructure { meetUnlisted(this) }
    let length = closing &- opening &- 1
    let hash = unsafe Self.hash(text + (opening &+ 1), length)
    unsafe compare(text, opening, length, hash, tape, this, frame)
    if unsafe holder.pointee.asksNames { unsafe checkName(text, tape, holder, this) }
    return unsafe Int(holder.pointee.other)
  }

  /// Whether a name without a mark is there for the first time.
  private mutating func compare(
    _ text: UnsafePointer<UInt8>, _ opening: Int, _ length: Int, _ hash: UInt64,
    _ tape: UnsafeMutablePointer<Node>, _ this: Int, _ frame: UnsafeMutablePointer<Frame>
  ) {
    let bit: UInt64 = 1 &<< (hash & 63)
    if unsafe frame.pointee.names & bit == 0 {
      unsafe frame.pointee.names |= bit
      return
    }
    var index = unsafe Int(frame.pointee.node) &+ 1
    var seen = 0
    while index < this {
      let known = unsafe tape[index]
      if Int(known.length) == length &+ 2,
        unsafe memcmp(text + Int(known.start), text + opening, length &+ 2) == 0
      {
        isUnusual = true
        return
      }
      seen &+= 1
      if seen > Self.nameLimit {
        isUnusual = true
        return
      }
      index = unsafe tape[index &+ 1].end(at: index &+ 1)
    }
  }

  /// Checks what a place asks of names.
  @inline(never)
  private mutating func checkName(
    _ text: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<Node>,
    _ holder: UnsafeMutablePointer<PlaceTable.Place>, _ this: Int
  ) {
    let node = unsafe tape[this]
    let start = Int(node.start) &+ 1
    let count = Int(node.length) &- 2
    let isPlain = node.info & (NodeFlag.hasEscapes | NodeFlag.isNotASCII) == 0
    let least = unsafe Int(holder.pointee.minNameLength)
    let most = unsafe Int(holder.pointee.maxNameLength)
    if unsafe !Self.fits(text, start, count, isPlain, least, most) {
      unsafe failsAtName(holder, this)
    }
    let nameClass = unsafe Int(holder.pointee.nameClass)
    // Whether a class has characters outside of ASCII is the plain evaluator's to tell.
    if nameClass >= 0, unsafe !isPlain || !isOfClass(text, start, start &+ count, nameClass) {
      unsafe failsAtName(holder, this)
    }
    let program = unsafe holder.pointee.nameProgram
    if program >= 0 {
      unsafe nodes[0] = Int32(truncatingIfNeeded: this)
      unsafe marks[0] = 0
      unsafe run(program, text, tape)
    }
  }

  private mutating func failsAtName(
    _ holder: UnsafeMutablePointer<PlaceTable.Place>, _ node: Int
  ) {
    fails(unsafe places.distance(to: holder), node)
  }
}
