package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is open for reading, from where the last reading ended.
package final class OpenFile {
  private enum Content {
    case descriptor(FileDescriptor, isOwner: Bool)
    case bytes([UInt8])
    case spool(SpoolFile)
    case folder
  }

  private let content: Content
  /// How many bytes were read so far.
  package private(set) var position = 0
  /// Whether the end is known without asking the system.
  private var isAtEnd = false
  /// How many bytes a regular file has; nil for a pipe and the like.
  package let size: Int?

  /// Reads a descriptor, and closes it in the end if the file is its owner.
  package convenience init(_ descriptor: FileDescriptor, isOwner: Bool) {
    self.init(descriptor, isOwner: isOwner, FileStatus(of: descriptor))
  }

  /// The same, where the status of the descriptor is known.
  init(_ descriptor: FileDescriptor, isOwner: Bool, _ status: FileStatus?) {
    content = .descriptor(descriptor, isOwner: isOwner)
    size = status?.kind == .file ? status.map { Int($0.size) } : nil
  }

  /// Reads bytes in memory.
  package init(_ bytes: [UInt8], isRegular: Bool = true) {
    content = .bytes(bytes)
    size = isRegular ? bytes.count : nil
  }

  /// Reads what was spooled.
  init(_ spool: SpoolFile) {
    content = .spool(spool)
    size = nil
  }

  private init(folder: Void) {
    content = .folder
    size = nil
  }

  /// An open folder, which has no bytes.
  package static var folder: OpenFile { OpenFile(folder: ()) }

  deinit {
    if case .descriptor(let descriptor, isOwner: true) = content { try? descriptor.close() }
  }

  /// Overwrites the beginning of a block with the next bytes; the result is their number, 0 at the end.
  ///
  /// - Throws: the system's error.
  package func read(into block: inout [UInt8]) throws(Errno) -> Int {
    switch content {
    case .descriptor(let descriptor, _):
      do {
        return unsafe try block.withUnsafeMutableBytes { unsafe try read(descriptor, into: $0) }
      } catch {
        throw error as? Errno ?? .ioError
      }
    case .bytes(let bytes):
      let count = min(bytes.count - position, block.count)
      block.replaceSubrange(..<count, with: bytes[position..<position + count])
      position += count
      return count
    case .spool(let spool):
      let count = try spool.read(at: position, into: &block)
      position += count
      return count
    case .folder: throw .isDirectory
    }
  }

  /// Appends up to `limit` of the next bytes; the result is their number, 0 at the end.
  ///
  /// - Throws: the system's error.
  package func read(appendingTo bytes: inout [UInt8], limit: Int) throws(Errno) -> Int {
    guard case .descriptor(let descriptor, _) = content else {
      var block = [UInt8](repeating: 0, count: limit)
      let count = try read(into: &block)
      bytes.append(contentsOf: block[..<count])
      return count
    }
    let start = bytes.count
    do {
      // What is read goes where it stays: no byte is copied, nor any room filled before.
      try bytes.append(addingCapacity: limit) { span in
        unsafe try span.withUnsafeMutableBufferPointer { buffer, initialized in
          let room = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
          initialized += unsafe try read(descriptor, into: room)
        }
      }
    } catch {
      throw error as? Errno ?? .ioError
    }
    return bytes.count - start
  }

  private func read(
    _ descriptor: FileDescriptor, into room: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    if isAtEnd { return 0 }
    let count = unsafe try descriptor.read(into: room)
    position += count
    // Of a regular file, less than was asked for is read only at its end.
    isAtEnd = position == size && count < room.count
    return count
  }

  /// The last `count` bytes that were read and all after them, where the file is a regular one that others
  /// keep open.
  package func spool(from count: Int) -> SpoolFile? {
    guard case .descriptor(let descriptor, isOwner: false) = content, size != nil else {
      return nil
    }
    return SpoolFile.opened(descriptor, from: count)
  }

  /// Whether there is something to read by now, or the end.
  package func isReady() -> Bool {
    guard case .descriptor(let descriptor, _) = content else { return true }
    var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) != 0
  }
}
