import CBuiltInPacks
import SourceText

/// The JSON Schemas of the program's own file formats, compiled into the binary.
package enum FormatSchemas {
  /// The names of all schemas, such as `config`.
  package static var names: [String] {
    var names: [String] = []
    forEach { name, _ in
      names.append(name)
      return false
    }
    return names
  }

  /// The schema with a name, or nil where there is none.
  package static func file(named name: String) -> PackFile? {
    var source: SourceFile?
    forEach { known, bytes in
      guard known.utf8.elementsEqual(name.utf8) else { return false }
      source = SourceFile(path: "\(name).schema.json", bytes: bytes())
      return true
    }
    return source.map { PackFile.read($0).file }
  }

  /// Goes through all schemas until `body` gives true.
  private static func forEach(_ body: (_ name: String, _ bytes: () -> [UInt8]) -> Bool) {
    var count = 0
    guard let schemas = unsafe requisite_format_schemas(&count) else { return }
    for index in 0..<count {
      let schema = unsafe schemas[index]
      let isFound = unsafe body(String(cString: schema.name)) {
        unsafe Array(UnsafeBufferPointer(start: schema.bytes, count: schema.count))
      }
      if isFound { return }
    }
  }
}
