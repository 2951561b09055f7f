import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import RequisiteFiles

/// Bytes that are kept to be read several times.
struct SpoolFileTests {
  private static func bytes(of file: OpenFile, blockSize: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: blockSize)
    while case let count = try file.read(into: &block), count > 0 { bytes += block[..<count] }
    return bytes
  }

  @Test(arguments: [1, 7, 1 << 16]) func bytesCanBeReadTwice(blockSize: Int) throws {
    let text = Array((0..<1_000).map { "\($0)" }.joined().utf8)
    for files in [RealFileSystem(), InMemoryFileSystem()] as [any FileSystem] {
      let spool = try files.spoolFile()
      #expect(!spool.isComplete)
      #expect(spool.size == 0)
      try spool.append(text[..<10])
      #expect(spool.size == 10)
      #expect(try Self.bytes(of: spool.open(), blockSize: blockSize) == Array(text[..<10]))
      try spool.append(text[10...])
      let (first, second) = (spool.open(), spool.open())
      #expect(try Self.bytes(of: first, blockSize: blockSize) == text)
      #expect(try Self.bytes(of: second, blockSize: blockSize) == text)
      #expect(first.size == nil)
    }
  }

  /// Where files without a name are not supported, one with a name loses it at once.
  @Test func filesWithANameLoseIt() throws {
    try withFolder { folder in
      let spool = try SpoolFile.temporary(in: folder, hasUnnamedFiles: false)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      try spool.append([1, 2, 3])
      #expect(try Self.bytes(of: spool.open(), blockSize: 2) == [1, 2, 3])
    }
    for hasUnnamedFiles in [true, false] {
      #expect(throws: Errno.noSuchFileOrDirectory) {
        try SpoolFile.temporary(in: "/no/such", hasUnnamedFiles: hasUnnamedFiles)
      }
    }
    // No file can be created there, with a name or without.
    #if os(Linux)
    #expect(throws: Errno.self) { try SpoolFile.temporary(in: "/proc") }
    #endif
  }

  #if os(Linux)
  /// Programs that are started meanwhile do not keep the file open.
  @Test(arguments: [true, false]) func filesEndWithTheProcess(hasUnnamedFiles: Bool) throws {
    try withFolder { folder in
      let spool = try SpoolFile.temporary(in: folder, hasUnnamedFiles: hasUnnamedFiles)
      let files = FileManager.default
      let own = try files.contentsOfDirectory(atPath: "/proc/self/fd").filter { number in
        let target = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
        return target?.contains(folder) ?? false
      }
      #expect(own.count == 1)
      for number in own {
        let facts = try String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8)
        let flags = facts.split(separator: "\n").first { $0.hasPrefix("flags:") }
        let value = flags.flatMap { Int($0.dropFirst(6).filter(\.isNumber), radix: 8) }
        #expect((value ?? 0) & 0o2000000 != 0, "\(facts)")
      }
      try spool.append([1])
    }
  }
  #endif

  /// A file that others keep open is read again from where a text began, and left where it was.
  @Test func openFilesNeedNoCopy() throws {
    try withFolder { folder in
      try write("0123456789", to: "\(folder)/a")
      let descriptor = try FileDescriptor.open(FilePath("\(folder)/a"), .readOnly)
      defer { try? descriptor.close() }
      let file = OpenFile(descriptor, isOwner: false)
      var block: [UInt8] = [0, 0, 0]
      _ = try file.read(into: &block)
      _ = try file.read(into: &block)
      #expect(file.spool(from: 7) == nil)
      let spool = try #require(file.spool(from: 3))
      #expect(spool.isComplete)
      try spool.append([1, 2])
      #expect(try Self.bytes(of: spool.open(), blockSize: 4) == Array("3456789".utf8))
      #expect(spool.size == 7)
      _ = try file.read(into: &block)
      #expect(block == Array("678".utf8))
      // A file that closes with its owner, and a pipe, cannot be read again.
      #expect(try RealFileSystem().open("\(folder)/a").spool(from: 0) == nil)
      #expect(InMemoryFileSystem().standardInput().spool(from: 0) == nil)
    }
  }
}
