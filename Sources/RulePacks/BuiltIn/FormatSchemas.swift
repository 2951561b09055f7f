import CBuiltInPacks
package import SourceText

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

  /// A draft that the schemas are written in.
  package enum Draft: Sendable {
    case draft2020, draft07
  }

  /// The schema with a name, or nil where there is none.
  package static func file(named name: String, draft: Draft = .draft2020) -> PackFile? {
    source(named: name, draft: draft).map { PackFile.read($0).file }
  }

  /// The text of the schema with a name, or nil where there is none.
  package static func source(named name: String, draft: Draft = .draft2020) -> SourceFile? {
    var source: SourceFile?
    forEach { known, bytes in
      guard known.utf8.elementsEqual(name.utf8) else { return false }
      source = SourceFile(path: "\(name).schema.json", bytes: bytes(draft))
      return true
    }
    return source
  }

  /// The schema of configurations as the schema compiler makes it: bytes whose meaning the module that reads
  /// configurations knows.
  package static var compiledConfigurationSchema: [UInt8] {
    var count = 0
    guard let bytes = unsafe requisite_compiled_configuration_schema(&count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Goes through all schemas until `body` gives true.
  private static func forEach(
    _ body: (_ name: String, _ bytes: (Draft) -> [UInt8]) -> Bool
  ) {
    var count = 0
    guard let schemas = unsafe requisite_format_schemas(&count) else { return }
    for index in 0..<count {
      let schema = unsafe schemas[index]
      let isFound = unsafe body(String(cString: schema.name)) { draft in
        switch draft {
        case .draft2020:
          unsafe Array(UnsafeBufferPointer(start: schema.bytes, count: schema.count))
        case .draft07:
          unsafe Array(
            UnsafeBufferPointer(start: schema.draft07_bytes, count: schema.draft07_count))
        }
      }
      if isFound { return }
    }
  }
}
