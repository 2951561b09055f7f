import CBuiltInPacks
import Findings
package import SourceText

/// The packs that are compiled into the binary.
package enum BuiltInPacks {
  /// The names of all built-in packs, in the order in which they are listed.
  package static var names: [String] { entries().compactMap(\.pack) }

  /// The paths of all built-in files below the Rules folder, those of models included.
  package static var paths: [String] { entries().map(\.path) }

  /// The file of the pack with a name; its path is the one below the Rules folder.
  package static func file(ofPack name: String) -> SourceFile? {
    entries().first { $0.pack?.utf8.elementsEqual(name.utf8) ?? false }?.file
  }

  /// The file at a path below the Rules folder.
  package static func file(at path: String) -> SourceFile? {
    entries().first { $0.path.utf8.elementsEqual(path.utf8) }?.file
  }

  /// Reads the pack with a name; nil if no built-in pack has that name.
  ///
  /// Without examples, its rules have none, and reading it takes two thirds of the time.
  package static func read(_ name: String, withExamples: Bool = true) -> RulePackReading? {
    guard var source = file(ofPack: name) else { return nil }
    if !withExamples {
      source = SourceFile(path: source.path, bytes: withoutExamples(source.bytes))
    }
    let folder = source.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { source.path[...$0] } ?? ""
    return RulePackReader.read(source) { relativePath throws(Diagnostic) in
      guard let file = file(at: folder + relativePath) else {
        throw Diagnostic("pack/unreadable", "no built-in file '\(folder)\(relativePath)'")
      }
      return file
    }
  }

  /// The text of a pack with empty lines in place of the examples of its rules, so that lines and columns of
  /// the rest stay.
  private static func withoutExamples(_ bytes: [UInt8]) -> [UInt8] {
    let label = Array("    examples:".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var start = 0
    var isExample = false
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = bytes[start..<end]
      let isDeeper = line.starts(with: "     ".utf8) || line.first == UInt8(ascii: "\n")
      isExample =
        isExample && isDeeper || line.starts(with: label) && line.count == label.count + 1
      if isExample { text.append(UInt8(ascii: "\n")) } else { text += line }
      start = end
    }
    return text
  }

  /// The built-in packs as the rule compiler makes them: bytes whose meaning the module that loads packs
  /// knows.
  package static var compiled: [UInt8] {
    var count = 0
    guard let bytes = unsafe requisite_compiled_packs(&count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// A hash of all files, by which it is known whether the compiled packs are made of them.
  package static var hash: UInt64 {
    var hash = WordHash()
    for entry in entries() {
      var path = entry.path
      path.withUTF8 { unsafe hash.add(UnsafeRawBufferPointer($0)) }
      unsafe hash.add(UnsafeRawBufferPointer(entry.bytes))
    }
    return hash.value
  }

  /// One compiled-in file; its bytes are a constant of the binary.
  @safe private struct Entry {
    let pack: String?
    let path: String
    let bytes: UnsafeBufferPointer<UInt8>

    /// The file with a copy of its bytes.
    var file: SourceFile { SourceFile(path: path, bytes: unsafe Array(bytes)) }
  }

  private static func entries() -> [Entry] {
    var count = 0
    guard let files = unsafe requisite_built_in_files(&count) else { return [] }
    return unsafe UnsafeBufferPointer(start: files, count: count).map { file in
      unsafe Entry(
        pack: file.pack.map { unsafe String(cString: $0) },
        path: String(cString: file.path),
        bytes: UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
  }
}
