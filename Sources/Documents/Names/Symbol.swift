/// A member name known to a plan, as a small number that compares in one instruction.
public struct Symbol: Sendable, Hashable {
  /// The number; 0 stands for a name that the plan does not know.
  public let id: UInt32

  /// Creates the symbol with a number.
  @inlinable
  public init(_ id: UInt32) { self.id = id }

  /// The symbol of every name that a plan does not know.
  @inlinable public static var unknown: Symbol { Symbol(0) }
}

/// The names that the rules of a plan mention, each under a number.
///
/// Names are told apart by their UTF-8 bytes, so canonically equivalent ones stay different.
public struct SymbolTable: Sendable {
  @usableFromInline var slots: [UInt32]
  @usableFromInline var hashes: [UInt64]
  @usableFromInline var starts: [Int]
  @usableFromInline var storage: [UInt8]
  /// Drawn anew for each table, since the names in requests are not ours to trust.
  @usableFromInline let seed: UInt64

  /// Creates an empty table.
  public init() {
    seed = .random(in: .min ... .max)
    slots = [UInt32](repeating: 0, count: 16)
    hashes = [0]
    starts = [0, 0]
    storage = []
  }

  /// The number of names in the table.
  public var count: Int { hashes.count - 1 }

  /// The symbol of a name, which is added if it is new.
  public mutating func intern(_ name: String) -> Symbol {
    intern(Array(name.utf8))
  }

  /// The symbol of a name given as UTF-8, which is added if it is new.
  public mutating func intern(_ name: [UInt8]) -> Symbol {
    let known = symbol(of: name)
    if known != .unknown { return known }
    let id = UInt32(hashes.count)
    storage.append(contentsOf: name)
    starts.append(storage.count)
    let seed = seed
    hashes.append(unsafe name.withUnsafeBufferPointer { unsafe NameHash.hash($0, seed: seed) })
    if hashes.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for existing in 1..<hashes.count { place(UInt32(existing)) }
    } else {
      place(id)
    }
    return Symbol(id)
  }

  /// The symbol of a name given as UTF-8, or `.unknown`.
  public func symbol(of name: [UInt8]) -> Symbol {
    unsafe name.withUnsafeBufferPointer { bytes in
      unsafe symbol(of: bytes, hash: NameHash.hash(bytes, seed: seed))
    }
  }

  /// The symbol of a name, or `.unknown`.
  public func symbol(of name: String) -> Symbol { symbol(of: Array(name.utf8)) }

  /// The UTF-8 bytes of a symbol's name; empty for the unknown symbol.
  public func bytes(of symbol: Symbol) -> ArraySlice<UInt8> {
    let id = Int(symbol.id)
    guard id > 0, id < hashes.count else { return [] }
    return storage[starts[id]..<starts[id + 1]]
  }

  /// The name of a symbol as text for people.
  public func name(of symbol: Symbol) -> String {
    String(decoding: bytes(of: symbol), as: UTF8.self)
  }

  @inlinable @inline(__always)
  func symbol(of name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Symbol {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let id = Int(slots[slot])
      if id == 0 { return .unknown }
      if hashes[id] == hash, unsafe equals(name, id) {
        return Symbol(UInt32(truncatingIfNeeded: id))
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inlinable
  func equals(_ name: UnsafeBufferPointer<UInt8>, _ id: Int) -> Bool {
    let start = starts[id]
    let count = name.count
    guard starts[id &+ 1] &- start == count else { return false }
    return unsafe storage.withUnsafeBufferPointer { storage in
      guard let left = storage.baseAddress, let right = name.baseAddress else {
        return count == 0
      }
      return unsafe Bytes.equal(left + start, right, count: count)
    }
  }

  private mutating func place(_ id: UInt32) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hashes[Int(id)]) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = id
  }
}

/// The seeded hash of a name's bytes.
@usableFromInline
package enum NameHash {
  /// The hash of a name.
  @inlinable @inline(__always)
  package static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    let count = bytes.count
    guard let text = unsafe UnsafeRawPointer(bytes.baseAddress), count > 0 else { return mix(hash) }
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        hash = unsafe mix(hash ^ text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index &+= 8
      }
      // The last word may hold bytes of the one before: there is no rest to go through by byte.
      return unsafe mix(hash ^ text.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    }
    if count >= 4 {
      let first = unsafe text.loadUnaligned(as: UInt32.self)
      let last = unsafe text.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return mix(hash ^ (UInt64(first) | UInt64(last) &<< 32))
    }
    // The first byte, the middle one and the last: all that there are of up to three.
    let first = unsafe UInt64(bytes[0])
    let middle = unsafe UInt64(bytes[count &>> 1])
    let last = unsafe UInt64(bytes[count &- 1])
    return mix(hash ^ (first | middle &<< 8 | last &<< 16))
  }

  @inlinable
  static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}

/// Comparing bytes eight at a time.
@usableFromInline
enum Bytes {
  /// Whether two stretches of memory hold the same bytes.
  @inlinable
  static func equal(
    _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int
  ) -> Bool {
    let (left, right) = unsafe (UnsafeRawPointer(left), UnsafeRawPointer(right))
    if count >= 8 {
      var index = 0
      while index &+ 8 < count {
        if unsafe !isSame(left, right, at: index, as: UInt64.self) { return false }
        index &+= 8
      }
      // The last word may hold bytes of the one before: there is no rest to go through by byte.
      return unsafe isSame(left, right, at: count &- 8, as: UInt64.self)
    }
    if count >= 4 {
      return unsafe isSame(left, right, at: 0, as: UInt32.self)
        && isSame(left, right, at: count &- 4, as: UInt32.self)
    }
    var index = 0
    while index < count {
      if unsafe !isSame(left, right, at: index, as: UInt8.self) { return false }
      index &+= 1
    }
    return true
  }

  /// Whether both stretches hold the same value at an offset.
  @inlinable @inline(__always)
  static func isSame<Value: FixedWidthInteger & BitwiseCopyable>(
    _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, at offset: Int, as type: Value.Type
  ) -> Bool {
    unsafe left.loadUnaligned(fromByteOffset: offset, as: type)
      == right.loadUnaligned(fromByteOffset: offset, as: type)
  }
}
