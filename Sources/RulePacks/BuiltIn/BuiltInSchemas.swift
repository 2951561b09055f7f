import CBuiltInPacks
import SourceText

/// The meta-schemas of JSON Schema that are compiled into the binary.
///
/// Nothing is read or copied until one is asked for.
package enum BuiltInSchemas {
  /// The URIs of all meta-schemas, without fragment.
  package static var uris: [String] {
    var uris: [String] = []
    forEach { uri, _ in
      uris.append(uri)
      return false
    }
    return uris
  }

  /// The meta-schema that goes by a URI without fragment, or nil where none does.
  package static func file(at uri: String) -> PackFile? {
    var source: SourceFile?
    forEach { known, bytes in
      guard known.utf8.elementsEqual(uri.utf8) else { return false }
      source = SourceFile(path: "\(uri).json", bytes: bytes())
      return true
    }
    return source.map { PackFile.read($0).file }
  }

  /// Goes through all meta-schemas until `body` gives true.
  private static func forEach(_ body: (_ uri: String, _ bytes: () -> [UInt8]) -> Bool) {
    var count = 0
    guard let schemas = unsafe requisite_built_in_schemas(&count) else { return }
    for index in 0..<count {
      let schema = unsafe schemas[index]
      let isFound = unsafe body(String(cString: schema.uri)) {
        unsafe Array(UnsafeBufferPointer(start: schema.bytes, count: schema.count))
      }
      if isFound { return }
    }
  }
}
