import Documents
import Findings
import SourceText

extension RulePack {
  /// What pins the pack's content: `sha256-` and the digest in base64.
  ///
  /// Of a pack that is one file, the digest of the file, as by Subresource Integrity. Otherwise the
  /// digest of a list: for the pack's file, the request's model and the files that schemas refer to,
  /// in this order and the latter by path, each the digest of the file in hexadecimal, two spaces,
  /// its path relative to the pack, and a line feed. Packs that it extends are for its own `extends`
  /// to pin.
  package var integrity: String {
    var hash = SHA256()
    let others =
      (request?.schema.map { [(path: $0.path.value, file: $0.file)] } ?? [])
      + schemaFiles.sorted { $0.key.text.bytesPrecede($1.key.text) }
      .map { (path: $0.key.text, file: $0.value) }
    if others.isEmpty {
      hash.update(file.source.bytes)
    } else {
      for (path, file) in [(path: "", file: file)] + others {
        var content = SHA256()
        content.update(file.source.bytes)
        hash.update("\(content.finish())  \(path)\n")
      }
    }
    return "sha256-" + String(decoding: Base64.encoded(hash.digest()), as: UTF8.self)
  }

  /// Whether another pack is the same, file by file.
  package func hasContent(of other: RulePack) -> Bool {
    file.source.bytes == other.file.source.bytes
      && request?.schema?.file.source.bytes == other.request?.schema?.file.source.bytes
      && schemaFiles.mapValues(\.source.bytes) == other.schemaFiles.mapValues(\.source.bytes)
  }
}
