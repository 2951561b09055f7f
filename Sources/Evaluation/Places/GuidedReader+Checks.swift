import CTextScan
import Documents

/// What places ask of values: flat constraints, and the steps of checks.
extension GuidedReader {
  /// Notes that something does not hold of a node: what a place asks, or a check.
  @inline(never)
  mutating func fails(_ number: Int, _ node: Int, isCheck: Bool = false) {
    unsafe Self.add(number, node, isCheck: isCheck, to: notes, &noteCount, &isUnusual)
  }

  /// Notes that a check of a node is the plain evaluator's.
  @inline(never)
  private mutating func asksPlain(_ check: Int, _ node: Int) {
    unsafe Self.add(check, node, isCheck: true, to: asked, &askedCount, &isUnusual)
  }

  /// Notes a name that the model does not list; of the place that asks nothing, nothing else is noted.
  mutating func meetUnlisted(_ name: Int) { fails(Int(PlaceTable.anything), name) }

  private static func add(
    _ number: Int, _ node: Int, isCheck: Bool, to list: UnsafeMutablePointer<Note>,
    _ count: inout Int, _ isUnusual: inout Bool
  ) {
    guard count < noteLimit else {
      isUnusual = true
      return
    }
    unsafe list[count] = Note(
      number: Int32(truncatingIfNeeded: number), node: Int32(truncatingIfNeeded: node),
      isCheck: isCheck)
    count &+= 1
  }

  /// Checks a string between its quotes; the result is its mark, or 0.
  @inline(__always)
  mutating func checkString(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ bound: Int, _ flags: UInt32,
    _ place: UnsafeMutablePointer<PlaceTable.Place>, _ number: Int, _ this: Int
  ) -> UInt64 {
    // The mark counts for an array that holds it, whatever is asked of its elements.
    if unsafe place.pointee.kinds & TypeSet.string.rawValue == 0 { fails(number, this) }
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
  mutating func mark(
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

  /// Checks a number; of any form but that of a short integer, the plain evaluator judges more than the type.
  @inline(__always)
  mutating func checkNumber(
    _ value: (value: Int64, flags: UInt32), _ place: UnsafeMutablePointer<PlaceTable.Place>,
    _ number: Int, _ this: Int
  ) {
    let kinds = unsafe place.pointee.kinds
    let (least, most) = unsafe (place.pointee.minimum, place.pointee.maximum)
    let isInRange =
      least == .min && most == .max
      || value.flags == 0 && value.value >= least && value.value <= most
    let isInteger = value.flags & NodeFlag.isNotPlainInteger == 0
    let allowed: TypeSet = isInteger ? [.integer, .number] : .number
    // What is to be said of a number in another form is the plain evaluator's to tell.
    if kinds & allowed.rawValue == 0 || !isInRange { fails(number, this) }
  }

  /// Checks the number of elements or members, and which members are missing.
  @inline(__always)
  mutating func checkContainer(
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
  mutating func finish(
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
  mutating func run(
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
        fails(Int(operand), index, isCheck: true)
        isTrue = true
      case .asksPlain:
        asksPlain(Int(operand), index)
        isTrue = true
      }
      if let isTrue {
        number = unsafe isTrue ? step.pointee.onTrue : step.pointee.onFalse
      } else {
        number = unsafe step.pointee.onUndecided
      }
    }
  }

  /// Whether a node is of one of some kinds; nil for a number that may be whole or not.
  static func isOfKind(_ node: Node, _ kinds: UInt64) -> Bool? {
    guard node.kind == .number else { return UInt64(node.kind.types.rawValue) & kinds != 0 }
    if kinds & UInt64(TypeSet.number.rawValue) != 0 { return true }
    guard kinds & UInt64(TypeSet.integer.rawValue) != 0 else { return false }
    return node.has(NodeFlag.isNotPlainInteger) ? nil : true
  }

  /// Whether a text has so many code points at most, a container so many children; nil for other values.
  static func size(
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
  static func integer(_ node: Node, _ text: UnsafePointer<UInt8>) -> Int64? {
    guard node.kind == .number, !node.has(NodeFlag.isNotPlainInteger), node.length <= 18 else {
      return nil
    }
    var cursor = Int(node.start)
    let value = unsafe JSONToken.number(text, &cursor, cursor &+ Int(node.length))
    return value.flags == 0 ? value.value : nil
  }

  /// Whether a text has a form; nil where that has to be seen by character.
  mutating func has(
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
  mutating func isOfClass(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ first: Int
  ) -> Bool {
    var areMembers: UInt8 = 1
    for index in start..<end {
      unsafe areMembers &= classes[first &+ Int(text[index] & 0x7F)]
    }
    return areMembers != 0
  }
}
