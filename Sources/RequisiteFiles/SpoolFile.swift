import CPlatform
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Bytes that can be read several times, though what they come from cannot.
///
/// They are in a temporary file without a name, which ends with the value or with the process.
package final class SpoolFile: Sendable {
  private enum Content {
    /// A temporary file.
    case temporary(FileDescriptor)
    /// A regular file that others opened, from an offset on.
    case opened(FileDescriptor, start: Int64)
    case memory(MemoryBytes)
  }

  private final class MemoryBytes: Sendable {
    let bytes = Mutex<[UInt8]>([])
  }

  private let content: Content

  private init(_ content: Content) { self.content = content }

  /// An empty temporary file in a folder.
  ///
  /// Where there are no files without a name, its name is removed at once; `hasUnnamedFiles` is false in tests
  /// of that.
  ///
  /// - Throws: the system's error.
  static func temporary(
    in folder: String, hasUnnamedFiles: Bool = true
  ) throws(Errno) -> SpoolFile {
    if hasUnnamedFiles {
      let descriptor = unsafe requisite_open_unnamed_file(folder)
      if descriptor >= 0 { return SpoolFile(.temporary(FileDescriptor(rawValue: descriptor))) }
      let error = Errno(rawValue: errno)
      guard error == .notSupportedOnSocket else { throw error }
    }
    do {
      let file = try TemporaryFile.create(in: folder, .readWrite, permissions: .ownerReadWrite)
      file.remove()
      return SpoolFile(.temporary(file.descriptor))
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// A regular file that stays open, from so many bytes before the offset that it was read to.
  static func opened(_ descriptor: FileDescriptor, from count: Int) -> SpoolFile? {
    guard let offset = try? descriptor.seek(offset: 0, from: .current), offset >= count else {
      return nil
    }
    return SpoolFile(.opened(descriptor, start: offset - Int64(count)))
  }

  /// Bytes in memory.
  static func inMemory() -> SpoolFile { SpoolFile(.memory(MemoryBytes())) }

  deinit {
    if case .temporary(let descriptor) = content { try? descriptor.close() }
  }

  /// Whether the bytes are those of a file that is there already.
  package var isComplete: Bool {
    if case .opened = content { true } else { false }
  }

  /// How many bytes there are; nil where the system does not say.
  package var size: Int? {
    switch content {
    case .temporary(let descriptor): FileStatus(of: descriptor).map { Int($0.size) }
    case .opened(let descriptor, let start):
      FileStatus(of: descriptor).map { Int(max($0.size - start, 0)) }
    case .memory(let memory): memory.bytes.withLock(\.count)
    }
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: the system's error.
  package func append(_ bytes: ArraySlice<UInt8>) throws(Errno) {
    switch content {
    case .temporary(let descriptor):
      do {
        try descriptor.writeAll(bytes)
      } catch {
        throw error as? Errno ?? .ioError
      }
    case .opened: break
    case .memory(let memory): memory.bytes.withLock { $0 += bytes }
    }
  }

  /// Reads the bytes from the first one on.
  package func open() -> OpenFile { OpenFile(self) }

  /// Overwrites the beginning of a block with the bytes at a position; the result is their number, 0 at
  /// the end.
  func read(at position: Int, into block: inout [UInt8]) throws(Errno) -> Int {
    switch content {
    case .temporary(let descriptor): return try Self.read(descriptor, Int64(position), &block)
    case .opened(let descriptor, let start):
      return try Self.read(descriptor, start + Int64(position), &block)
    case .memory(let memory):
      let size = block.count
      let next = memory.bytes.withLock { Array($0.dropFirst(position).prefix(size)) }
      block.replaceSubrange(..<next.count, with: next)
      return next.count
    }
  }

  private static func read(
    _ descriptor: FileDescriptor, _ offset: Int64, _ block: inout [UInt8]
  ) throws(Errno) -> Int {
    do {
      return unsafe try block.withUnsafeMutableBytes {
        unsafe try descriptor.read(fromAbsoluteOffset: offset, into: $0)
      }
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}
