import CTextScan
import Documents

/// Reads a request and checks it by a table of places, in one loop over unsafe pointers.
///
/// The tree that it leaves is that of `JSONFastReader`, node for node, and the two accept the same texts:
/// RFC 8259, UTF-8, no control character but the four of white space. Of what a place asks it notes what
/// fails. Whatever is unusual, such as a name with an escape or one that occurs twice, is only flagged:
/// then the plain evaluator has to look at the whole request.
///
/// This is the one file in which memory is touched without checks. The tables are the compiler's, and
/// refer to nothing outside of themselves; the text is read no further than to the end of the source,
/// nodes are written no further than there is room, and what else grows with the text has a limit.
@safe struct GuidedReader: ~Copyable {
  /// Something that does not hold, or that the plain evaluator has to find out.
  struct Note {
    /// The place, or the check where `isCheck` is true.
    var number: Int32
    var node: Int32
    var isCheck: Bool
  }

  /// An open array or object.
  private struct Frame {
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

  private let places: UnsafeMutablePointer<PlaceTable.Place>
  private let members: UnsafeMutablePointer<PlaceTable.Member>
  private let hashes: UnsafeMutablePointer<Int32>
  private let bytes: UnsafeMutablePointer<UInt8>
  private let constants: UnsafeMutablePointer<PlaceTable.Text>
  private let classes: UnsafeMutablePointer<UInt8>
  private let forms: UnsafeMutablePointer<PlaceTable.TextForm>
  private let steps: UnsafeMutablePointer<PlaceTable.Step>
  private let slotCount: Int
  /// For each member, and behind these for each place, the member that followed last.
  private let followers: UnsafeMutablePointer<Int32>
  private let memberCount: Int
  private let frames = UnsafeMutablePointer<Frame>.allocate(capacity: depthLimit + 1)
  private let nodes: UnsafeMutablePointer<Int32>
  private let marks: UnsafeMutablePointer<UInt64>
  private let notes = UnsafeMutablePointer<Note>.allocate(capacity: noteLimit)
  private let asked = UnsafeMutablePointer<Note>.allocate(capacity: noteLimit)

  /// Whether something is unusual, so that nothing else here counts.
  private(set) var isUnusual = false
  /// How many notes there are of places and checks that fail.
  private(set) var noteCount = 0
  /// How many checks are the plain evaluator's.
  private(set) var askedCount = 0

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

  private static let quote = UInt8(ascii: "\"")

  /// Reads the bytes from `start` to `end`, which begin behind any byte-order mark.
  mutating func read(
    _ source: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
    into buffer: UnsafeMutableBufferPointer<Node>, depthLimit: Int
  ) -> JSONFastReader.GuidedOutcome {
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
      unsafe Self.skipSpace(text, &cursor, end)
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
        unsafe Self.skipSpace(text, &cursor, end)
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
        guard unsafe Self.word(text, cursor, end, 0x6575_7274, 4) else { return .malformed }
        unsafe tape[this] = Node(.boolean, start: cursor, end: cursor &+ 4, flags: NodeFlag.isTrue)
        if unsafe place.pointee.kinds & TypeSet.boolean.rawValue == 0 { fails(number, this) }
        marks = PlaceTable.isTrue
        count &+= 1
        cursor &+= 4
      case UInt8(ascii: "f"):
        guard unsafe Self.word(text, cursor &+ 1, end, 0x6573_6C61, 4) else { return .malformed }
        unsafe tape[this] = Node(.boolean, start: cursor, end: cursor &+ 5)
        if unsafe place.pointee.kinds & TypeSet.boolean.rawValue == 0 { fails(number, this) }
        marks = PlaceTable.isFalse
        count &+= 1
        cursor &+= 5
      case UInt8(ascii: "n"):
        guard unsafe Self.word(text, cursor, end, 0x6C6C_756E, 4) else { return .malformed }
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
        let value = unsafe Self.number(text, &cursor, end)
        if value.flags == .max { return .malformed }
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
          unsafe Self.skipSpace(text, &cursor, end)
          return cursor == end ? .wellFormed(nodeCount: count) : .malformed
        }
        if children != UInt32.max {
          children = children &+ (children < NodeFlag.countLimit ? 1 : 0)
        } else {
          children = 0
        }
        unsafe Self.skipSpace(text, &cursor, end)
        if cursor >= end { return .malformed }
        let byte = unsafe text[cursor]
        if byte == UInt8(ascii: ",") {
          cursor &+= 1
          if isObject {
            if count >= capacity { return .needsRoom }
            unsafe Self.skipSpace(text, &cursor, end)
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
      unsafe Self.skipSpace(text, &cursor, end)
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
    return unsafe meetOther(text, opening, closing, bound, flags, tape, this, frame)
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
  private func look(
    for name: UnsafePointer<UInt8>, _ count: Int, _ room: Int, _ place: Int
  ) -> Int {
    guard unsafe (places + place).pointee.memberCount > 0 else { return -1 }
    let mask = unsafe Int((places + place).pointee.hashMask)
    let first = unsafe Int((places + place).pointee.firstHash)
    var slot = unsafe Int(truncatingIfNeeded: Self.hash(name, count, room)) & mask
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

  /// The same hash as that of `NameMark`.
  @inline(__always)
  private static func hash(_ name: UnsafePointer<UInt8>, _ count: Int, _ room: Int) -> UInt64 {
    let raw = unsafe UnsafeRawPointer(name)
    if count >= 8 {
      let first = unsafe raw.loadUnaligned(as: UInt64.self).littleEndian
      let last = unsafe raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self).littleEndian
      return NameMark.hash(count: count, first: first, last: last)
    }
    if room >= 8 {
      let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1
      let word = unsafe raw.loadUnaligned(as: UInt64.self).littleEndian & mask
      return NameMark.hash(count: count, first: word, last: word)
    }
    var word: UInt64 = 0
    for place in 0..<count {
      unsafe word |= UInt64(name[place]) &<< UInt64(truncatingIfNeeded: 8 &* place)
    }
    return NameMark.hash(count: count, first: word, last: word)
  }

  /// Checks a name that is no member; the result is the place of its value.
  @inline(never)
  private mutating func meetOther(
    _ text: UnsafePointer<UInt8>, _ opening: Int, _ closing: Int, _ bound: Int, _ flags: UInt32,
    _ tape: UnsafeMutablePointer<Node>, _ this: Int, _ frame: UnsafeMutablePointer<Frame>
  ) -> Int {
    let holder = unsafe places + Int(frame.pointee.place)
    if unsafe flags & NodeFlag.hasEscapes != 0 || holder.pointee.isStructure {
      isUnusual = true
      return Int(PlaceTable.anything)
    }
    let length = closing &- opening &- 1
    let hash = unsafe Self.hash(text + (opening &+ 1), length, bound &- opening &- 1)
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
    if nameClass >= 0 {
      if !isPlain {
        isUnusual = true
      } else if unsafe !isOfClass(text, start, start &+ count, nameClass) {
        unsafe failsAtName(holder, this)
      }
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

  // MARK: - Checks

  /// Notes that something at a place does not hold of a node.
  @inline(never)
  private mutating func fails(_ place: Int, _ node: Int) {
    guard noteCount < Self.noteLimit else {
      isUnusual = true
      return
    }
    unsafe notes[noteCount] = Note(
      number: Int32(truncatingIfNeeded: place), node: Int32(truncatingIfNeeded: node),
      isCheck: false)
    noteCount &+= 1
  }

  /// Checks a string between its quotes; the result is its mark, or 0.
  @inline(__always)
  private mutating func checkString(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ bound: Int, _ flags: UInt32,
    _ place: UnsafeMutablePointer<PlaceTable.Place>, _ number: Int, _ this: Int
  ) -> UInt64 {
    if unsafe place.pointee.kinds & TypeSet.string.rawValue == 0 {
      fails(number, this)
      return 0
    }
    let least = unsafe Int(place.pointee.minLength)
    let most = unsafe Int(place.pointee.maxLength)
    if unsafe !Self.fits(text, start, end &- start, flags == 0, least, most) {
      fails(number, this)
    }
    guard unsafe place.pointee.constantCount > 0 else { return 0 }
    let mark = unsafe mark(text, start, end, bound, flags, place)
    let allowed = unsafe place.pointee.allowed
    if allowed != .max, mark & allowed == 0 { fails(number, this) }
    return mark
  }

  /// The mark of a string among those of its place, or 0.
  private mutating func mark(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ bound: Int, _ flags: UInt32,
    _ place: UnsafeMutablePointer<PlaceTable.Place>
  ) -> UInt64 {
    let count = end &- start
    let first = unsafe constants + Int(place.pointee.firstConstant)
    for number in unsafe 0..<Int(place.pointee.constantCount) {
      let known = unsafe first[number]
      if flags & NodeFlag.hasEscapes == 0 {
        if unsafe Int(known.count) == count
          && Self.same(text + start, bytes + Int(known.start), count, bound &- start)
        {
          return 1 &<< UInt64(truncatingIfNeeded: number)
        }
      } else if Int(known.count) <= count, count <= 6 &* Int(known.count) {
        // An escape takes six bytes for one at most: it may be this one.
        isUnusual = true
      }
    }
    return 0
  }

  /// Checks an integer; numbers of other forms are unusual where more than their type is asked.
  @inline(__always)
  private mutating func checkNumber(
    _ value: (value: Int64, flags: UInt32), _ place: UnsafeMutablePointer<PlaceTable.Place>,
    _ number: Int, _ this: Int
  ) {
    let kinds = unsafe place.pointee.kinds
    if kinds & TypeSet([.integer, .number]).rawValue == 0 {
      fails(number, this)
    } else if value.flags & NodeFlag.isNotPlainInteger != 0,
      kinds & TypeSet.number.rawValue == 0
    {
      isUnusual = true
    }
    if unsafe place.pointee.minimum != .min || place.pointee.maximum != .max {
      if value.flags != 0 {
        isUnusual = true
      } else if unsafe value.value < place.pointee.minimum || value.value > place.pointee.maximum {
        fails(number, this)
      }
    }
  }

  /// Checks the number of elements or members, and which members are missing.
  @inline(__always)
  private mutating func checkContainer(
    _ place: UnsafeMutablePointer<PlaceTable.Place>, _ frame: UnsafeMutablePointer<Frame>,
    _ children: UInt32, _ length: UInt32
  ) {
    let isWrong: Bool
    if unsafe frame.pointee.isObject {
      let required = unsafe place.pointee.required
      isWrong =
        unsafe frame.pointee.marks & required != required
        || children < UInt32(bitPattern: place.pointee.minMembers)
        || children > UInt32(bitPattern: place.pointee.maxMembers)
    } else {
      isWrong =
        unsafe children < UInt32(bitPattern: place.pointee.minItems)
        || children > UInt32(bitPattern: place.pointee.maxItems)
    }
    if isWrong { unsafe fails(Int(frame.pointee.place), Int(frame.pointee.node)) }
    // Counts this large are not kept; and whether a long text holds too much is to be counted.
    if unsafe children >= NodeFlag.countLimit
      || length > UInt32(bitPattern: place.pointee.maxBytes)
    {
      isUnusual = true
    }
  }

  /// Keeps a value for checks, and makes those that come behind it.
  @inline(never)
  private mutating func finish(
    _ text: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<Node>,
    _ place: UnsafeMutablePointer<PlaceTable.Place>, _ this: Int, _ mark: UInt64
  ) {
    let slot = unsafe Int(place.pointee.slot)
    if slot >= 0 {
      unsafe nodes[slot] = Int32(truncatingIfNeeded: this)
      unsafe marks[slot] = mark
    }
    let program = unsafe place.pointee.program
    if program >= 0 {
      unsafe nodes[0] = Int32(truncatingIfNeeded: this)
      unsafe marks[0] = mark
      unsafe run(program, text, tape)
    }
  }

  // MARK: - Steps

  /// Runs the steps of checks, each of which leads to one of those before it in the table.
  private mutating func run(
    _ first: Int32, _ text: UnsafePointer<UInt8>, _ tape: UnsafeMutablePointer<Node>
  ) {
    var number = first
    while number >= 0 {
      let step = unsafe steps + Int(number)
      let slot = unsafe Int(step.pointee.slot)
      let index = unsafe Int(nodes[slot])
      if index < 0 {
        number = unsafe step.pointee.onMissing
        continue
      }
      let operand = unsafe step.pointee.operand
      let isTrue: Bool?
      switch unsafe step.pointee.operation {
      case .isPresent: isTrue = true
      case .hasAnyMark: isTrue = unsafe marks[slot] & operand != 0
      case .hasAllMarks: isTrue = unsafe marks[slot] & operand == operand
      case .hasAtMostOneMark:
        let found = unsafe marks[slot] & operand
        isTrue = found & (found &- 1) == 0
      case .hasNoRepeatedMark: isTrue = unsafe marks[slot] & PlaceTable.repeated == 0
      case .isOfKind: isTrue = unsafe Self.isOfKind(tape[index], operand)
      case .isTrue:
        let node = unsafe tape[index]
        isTrue = node.kind == .boolean ? node.has(NodeFlag.isTrue) : nil
      case .sizeIsAtMost: isTrue = unsafe Self.size(of: tape[index], isAtMost: operand, text)
      case .isAtMost:
        isTrue = unsafe Self.integer(tape[index], text).map { $0 <= Int64(bitPattern: operand) }
      case .isAtLeast:
        isTrue = unsafe Self.integer(tape[index], text).map { $0 >= Int64(bitPattern: operand) }
      case .hasForm: isTrue = unsafe has(forms + Int(operand), tape[index], text)
      case .fails:
        fails(check: operand, index)
        isTrue = true
      case .asksPlain:
        asksPlain(operand, index)
        isTrue = true
      }
      if let isTrue {
        number = unsafe isTrue ? step.pointee.onTrue : step.pointee.onFalse
      } else {
        number = unsafe step.pointee.onUndecided
      }
    }
  }

  @inline(never)
  private mutating func fails(check: UInt64, _ node: Int) {
    guard noteCount < Self.noteLimit else {
      isUnusual = true
      return
    }
    unsafe notes[noteCount] = Note(
      number: Int32(truncatingIfNeeded: check), node: Int32(truncatingIfNeeded: node),
      isCheck: true)
    noteCount &+= 1
  }

  @inline(never)
  private mutating func asksPlain(_ check: UInt64, _ node: Int) {
    guard askedCount < Self.noteLimit else {
      isUnusual = true
      return
    }
    unsafe asked[askedCount] = Note(
      number: Int32(truncatingIfNeeded: check), node: Int32(truncatingIfNeeded: node),
      isCheck: true)
    askedCount &+= 1
  }

  /// Whether a node is of one of some kinds; nil for a number that may be whole or not.
  private static func isOfKind(_ node: Node, _ kinds: UInt64) -> Bool? {
    guard node.kind == .number else { return UInt64(node.kind.types.rawValue) & kinds != 0 }
    if kinds & UInt64(TypeSet.number.rawValue) != 0 { return true }
    guard kinds & UInt64(TypeSet.integer.rawValue) != 0 else { return false }
    return node.has(NodeFlag.isNotPlainInteger) ? nil : true
  }

  /// Whether a text has so many code points at most, a container so many children; nil for other values.
  private static func size(
    of node: Node, isAtMost limit: UInt64, _ text: UnsafePointer<UInt8>
  ) -> Bool? {
    switch node.kind {
    case .string, .name:
      let limit = Int(clamping: limit)
      let isPlain = !node.has(NodeFlag.hasEscapes | NodeFlag.isNotASCII)
      return unsafe fits(
        text, Int(node.start) &+ 1, Int(node.length) &- 2, isPlain, 0, limit)
    case .array, .object:
      let count = node.info &>> NodeFlag.countShift
      return count < NodeFlag.countLimit ? UInt64(count) <= limit : nil
    case .null, .boolean, .number, .absent: return nil
    }
  }

  /// The value of an integer of 18 digits at most; nil for any other value.
  private static func integer(_ node: Node, _ text: UnsafePointer<UInt8>) -> Int64? {
    guard node.kind == .number, !node.has(NodeFlag.isNotPlainInteger), node.length <= 18 else {
      return nil
    }
    var cursor = Int(node.start)
    let value = unsafe number(text, &cursor, cursor &+ Int(node.length))
    return value.flags == 0 ? value.value : nil
  }

  /// Whether a text has a form; nil where that has to be seen by character.
  private func has(
    _ form: UnsafeMutablePointer<PlaceTable.TextForm>, _ node: Node, _ text: UnsafePointer<UInt8>
  ) -> Bool? {
    guard node.kind.isText, !node.has(NodeFlag.hasEscapes) else { return nil }
    let start = Int(node.start) &+ 1
    let count = Int(node.length) &- 2
    let prefix = unsafe Int(form.pointee.prefix.count)
    if unsafe count < prefix
      || memcmp(text + start, bytes + Int(form.pointee.prefix.start), prefix) != 0
    {
      return false
    }
    guard unsafe form.pointee.rest >= 0 else { return true }
    if node.has(NodeFlag.isNotASCII) { return nil }
    let rest = count &- prefix
    guard unsafe rest >= Int(form.pointee.lower), rest <= Int(unsafe form.pointee.upper) else {
      return false
    }
    return unsafe isOfClass(text, start &+ prefix, start &+ count, Int(form.pointee.rest))
  }

  /// Whether all bytes of a stretch, which are of ASCII, are of a class.
  @inline(__always)
  private func isOfClass(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ first: Int
  ) -> Bool {
    var areMembers: UInt8 = 1
    for index in start..<end {
      unsafe areMembers &= classes[first &+ Int(text[index] & 0x7F)]
    }
    return areMembers != 0
  }

  // MARK: - Tokens

  /// Whether a text has a number of code points within bounds.
  @inline(__always)
  private static func fits(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isPlain: Bool, _ least: Int,
    _ most: Int
  ) -> Bool {
    if isPlain { return count >= least && count <= most }
    // No code point takes more than six bytes: as an escape; two of these are one of four bytes.
    if count <= most, count >= 12 &* least { return true }
    let scalars = unsafe scalarCount(text, start, start &+ count)
    return scalars >= least && scalars <= most
  }

  /// How many code points a well-formed string has.
  @inline(never)
  private static func scalarCount(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    var index = start
    while index < end {
      let byte = unsafe text[index]
      if byte == UInt8(ascii: "\\") {
        if unsafe text[index &+ 1] != UInt8(ascii: "u") {
          index &+= 2
        } else {
          // The first half of a pair is followed by the second, since the string is well formed.
          let isHigh =
            unsafe text[index &+ 2] | 0x20 == UInt8(ascii: "d")
            && text[index &+ 3] >= UInt8(ascii: "8")
          index &+= isHigh ? 12 : 6
        }
        count &+= 1
      } else {
        index &+= 1
        if byte & 0xC0 != 0x80 { count &+= 1 }
      }
    }
    return count
  }

  /// The place of the quote that ends a string, or -1 where it is malformed.
  @inline(__always)
  private static func closingQuote(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ bound: Int, _ flags: inout UInt32
  ) -> Int {
    var index = start
    while true {
      if index &+ 16 <= bound {
        let stops = unsafe requisite_string_stops(text + index)
        if stops == 0 {
          index &+= 16
          continue
        }
        index &+= stops.trailingZeroBitCount
      }
      if index >= end { return -1 }
      if unsafe text[index] == quote { return index }
      let length = unsafe JSONFastReader.step(text, index, end, &flags)
      if length == 0 { return -1 }
      index &+= length
    }
  }

  /// Whether a text of which `room` bytes can be read begins with `count` bytes of the table.
  @inline(__always)
  private static func same(
    _ text: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int, _ room: Int
  ) -> Bool {
    if count <= 16, room >= 16 {
      return unsafe requisite_same_start(text, other, UInt32(truncatingIfNeeded: count)) != 0
    }
    if count <= 32, count > 16 {
      // The second sixteen overlap the first.
      return unsafe requisite_same_start(text, other, 16) != 0
        && requisite_same_start(text + (count &- 16), other + (count &- 16), 16) != 0
    }
    return unsafe memcmp(text, other, count) == 0
  }

  @inline(__always)
  private static func skipSpace(_ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int) {
    while cursor < end {
      let byte = unsafe text[cursor]
      if byte > 0x20 { return }
      guard
        byte == 0x20 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
          || byte == UInt8(ascii: "\t")
      else { return }
      cursor &+= 1
    }
  }

  @inline(__always)
  private static func word(
    _ text: UnsafePointer<UInt8>, _ cursor: Int, _ end: Int, _ expected: UInt32, _ length: Int
  ) -> Bool {
    guard cursor &+ length <= end else { return false }
    let found = unsafe UnsafeRawPointer(text).loadUnaligned(
      fromByteOffset: cursor, as: UInt32.self)
    return found == expected.littleEndian
  }

  /// Flags of a number: those of its node, one for an integer of more digits than are kept, or all where it
  /// is malformed.
  private static let isLong: UInt32 = 1 << 31

  /// Reads a number (RFC 8259, section 6).
  @inline(__always)
  private static func number(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int
  ) -> (value: Int64, flags: UInt32) {
    var flags: UInt32 = 0
    let isNegative = unsafe text[cursor] == UInt8(ascii: "-")
    if isNegative { cursor &+= 1 }
    let whole = cursor
    var value: Int64 = 0
    while cursor < end, unsafe text[cursor] &- UInt8(ascii: "0") < 10 {
      value = unsafe value &* 10 &+ Int64(text[cursor] &- UInt8(ascii: "0"))
      cursor &+= 1
    }
    let digits = cursor &- whole
    if unsafe digits == 0 || digits > 1 && text[whole] == UInt8(ascii: "0") { return (0, .max) }
    if digits > 18 { flags = isLong }
    if cursor < end, unsafe text[cursor] == UInt8(ascii: ".") {
      flags |= NodeFlag.isNotPlainInteger
      cursor &+= 1
      guard unsafe skipDigits(text, &cursor, end) else { return (0, .max) }
    }
    if cursor < end, unsafe text[cursor] | 0x20 == UInt8(ascii: "e") {
      flags |= NodeFlag.isNotPlainInteger
      cursor &+= 1
      if cursor < end,
        unsafe text[cursor] == UInt8(ascii: "+") || text[cursor] == UInt8(ascii: "-")
      {
        cursor &+= 1
      }
      guard unsafe skipDigits(text, &cursor, end) else { return (0, .max) }
    }
    return (isNegative ? 0 &- value : value, flags)
  }

  private static func skipDigits(
    _ text: UnsafePointer<UInt8>, _ cursor: inout Int, _ end: Int
  ) -> Bool {
    let start = cursor
    while cursor < end, unsafe text[cursor] &- UInt8(ascii: "0") < 10 { cursor &+= 1 }
    return cursor > start
  }
}
