/// The paths that Git tracks, as the index of a working tree lists them (gitformat-index(5), versions 2
/// to 4).
struct GitIndex {
  /// All paths, one after another.
  private var names: [UInt8] = []
  /// Where each path ends; sorted by the bytes of the paths.
  private var ends: [Int] = []
  /// Folders of a sparse index, which stand for everything below them; each with its slash.
  private var sparseFolders: [[UInt8]] = []
  /// The name of the file with the entries that this index shares with others.
  private(set) var sharedName: String?

  /// Reads an index; nil for what is none.
  ///
  /// The object ids of a repository have 20 or 32 bytes, which the index does not say.
  init?(_ bytes: [UInt8]) {
    for idSize in [20, 32] {
      var reader = Reader(bytes: bytes, idSize: idSize)
      if let index = reader.read() {
        self = index
        return
      }
    }
    return nil
  }

  /// An index with some paths.
  init(paths: [[UInt8]] = []) {
    for path in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      names += path
      ends.append(names.count)
    }
  }

  /// How many paths there are.
  var count: Int { ends.count }

  private func name(_ place: Int) -> ArraySlice<UInt8> {
    names[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
  }

  /// The place of the first path that does not come before another one.
  private func firstPlace(notBefore path: [UInt8]) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = low + (high - low) / 2
      if name(middle).lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a path is tracked: a file, a link, or a submodule.
  func contains(_ path: [UInt8]) -> Bool {
    let place = firstPlace(notBefore: path)
    return place < ends.count && name(place).elementsEqual(path)
      || sparseFolders.contains { path.starts(with: $0) }
  }

  /// Whether anything below a folder is tracked, or the folder itself as a submodule.
  func containsAny(in folder: [UInt8]) -> Bool {
    if contains(folder) { return true }
    let prefix = folder + [UInt8(ascii: "/")]
    let place = firstPlace(notBefore: prefix)
    return place < ends.count && name(place).starts(with: prefix)
      || sparseFolders.contains { $0.starts(with: prefix) || prefix.starts(with: $0) }
  }

  /// The index with the entries of another one as well.
  func joined(with other: GitIndex) -> GitIndex {
    var index = GitIndex(
      paths: (0..<count).map { Array(name($0)) } + (0..<other.count).map { Array(other.name($0)) })
    index.sparseFolders = sparseFolders + other.sparseFolders
    return index
  }
}

extension GitIndex {
  /// Reads the bytes of an index.
  private struct Reader {
    let bytes: [UInt8]
    let idSize: Int
    private var offset = 0

    init(bytes: [UInt8], idSize: Int) {
      self.bytes = bytes
      self.idSize = idSize
    }

    private mutating func number() -> Int? {
      guard offset + 4 <= bytes.count else { return nil }
      defer { offset += 4 }
      return bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func read() -> GitIndex? {
      guard bytes.starts(with: Array("DIRC".utf8)) else { return nil }
      offset = 4
      guard let version = number(), (2...4).contains(version), let count = number() else {
        return nil
      }
      var index = GitIndex()
      var name: [UInt8] = []
      for _ in 0..<count {
        guard let mode = entry(version, &name) else { return nil }
        // An entry that stands for one of the shared index has no name of its own.
        if name.isEmpty { continue }
        if mode == 0o040000 {
          index.sparseFolders.append(name)
          continue
        }
        if index.count > 0, !index.name(index.count - 1).lexicographicallyPrecedes(name) {
          // Several versions of a path in conflict follow each other; anything else is no index.
          guard index.name(index.count - 1).elementsEqual(name) else { return nil }
          continue
        }
        index.names += name
        index.ends.append(index.names.count)
        // Names of version 4 share their beginnings, so that few bytes could stand for many.
        if index.names.count > 1 << 30 { return nil }
      }
      return readExtensions(into: &index) ? index : nil
    }

    /// Reads an entry's name; the result is its mode.
    private mutating func entry(_ version: Int, _ name: inout [UInt8]) -> Int? {
      let start = offset
      // Times, device and inode come first; owner, size and object id follow the mode.
      offset += 24
      guard let mode = number() else { return nil }
      offset = start + 40 + idSize
      guard offset + 2 <= bytes.count else { return nil }
      let isExtended = bytes[offset] & 0x40 != 0
      offset += isExtended && version > 2 ? 4 : 2
      guard [0o100644, 0o100755, 0o120000, 0o160000, 0o040000].contains(mode) else { return nil }
      if version == 4 {
        guard let dropped = varint(), dropped <= name.count else { return nil }
        name.removeLast(dropped)
      } else {
        name.removeAll(keepingCapacity: true)
      }
      guard offset <= bytes.count, let end = bytes[offset...].firstIndex(of: 0) else { return nil }
      name += bytes[offset..<end]
      offset = version == 4 ? end + 1 : start + (end - start + 8) / 8 * 8
      return offset <= bytes.count ? mode : nil
    }

    /// A number in the encoding of pack files' offsets.
    private mutating func varint() -> Int? {
      var value = 0
      for step in 0..<4 {
        guard offset < bytes.count else { return nil }
        let byte = bytes[offset]
        offset += 1
        value = (step == 0 ? 0 : (value + 1) << 7) | Int(byte & 0x7F)
        if byte & 0x80 == 0 { return value }
      }
      return nil
    }

    /// Reads what follows the entries, up to the checksum; false where it is no index.
    private mutating func readExtensions(into index: inout GitIndex) -> Bool {
      while offset + idSize < bytes.count {
        let name = bytes[offset..<min(offset + 4, bytes.count)]
        offset += 4
        guard let size = number(), size <= bytes.count - offset else { return false }
        if name.elementsEqual("link".utf8), size >= idSize {
          let id = bytes[offset..<(offset + idSize)]
          if id.contains(where: { $0 != 0 }) {
            let digits = Array("0123456789abcdef".utf8)
            index.sharedName =
              "sharedindex."
              + String(
                decoding: id.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
                as: UTF8.self)
          }
        }
        offset += size
      }
      return offset + idSize == bytes.count
    }
  }
}
