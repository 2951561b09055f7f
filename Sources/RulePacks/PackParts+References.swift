import Documents
import Findings
import SourceText

extension PackParts {
  /// How many files references may draw in.
  private static let referencedFileLimit = 100

  /// The files in the pack's folder that `$ref`s name, and those that theirs name, by relative path.
  ///
  /// What cannot be read is left out: the compiler tells of a reference that leads nowhere, at its
  /// place, and a relative reference may be to a schema with an `$id` instead.
  func referencedFiles(
    model: RulePack.Schema?,
    _ loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> [String: PackFile] {
    var files: [String: PackFile] = [:]
    var waiting: [(document: Document, folder: String)] = [(document, "")]
    if let model { waiting.append((model.file.document, Self.folder(of: model.path.value))) }
    while let (document, folder) = waiting.popLast() {
      for reference in Self.references(in: document) {
        guard files.count < Self.referencedFileLimit,
          let path = Self.path(of: reference, from: folder), files[path] == nil,
          let source = try? loadFile(path)
        else { continue }
        let (file, reading) = PackFile.read(source)
        guard reading.errors.isEmpty, !file.document.isEmpty else { continue }
        files[path] = file
        waiting.append((file.document, Self.folder(of: path)))
      }
    }
    return files
  }

  /// The texts of all references in a document, without their fragments.
  private static func references(in document: Document) -> [String] {
    var references: [String] = []
    let names = ["$ref", "$dynamicRef"].map { Array($0.utf8) }
    for index in 0..<document.nodeCount where document.kind(of: NodeID(index)) == .name {
      let value = NodeID(index + 1)
      guard document.kind(of: value) == .string,
        names.contains(where: { document.text(of: NodeID(index), equals: $0) })
      else { continue }
      let text = document.utf8(of: value).prefix { $0 != UInt8(ascii: "#") }
      if !text.isEmpty { references.append(String(decoding: text, as: UTF8.self)) }
    }
    return references
  }

  /// The path within the pack's folder that a reference names, or nil where it names no such file.
  private static func path(of reference: String, from folder: String) -> String? {
    guard [".json", ".yaml", ".yml"].contains(where: { reference.hasSuffix($0) }),
      !reference.utf8.contains(UInt8(ascii: ":"))
    else { return nil }
    guard case .success(let path) = TextForms.filePath(Array((folder + reference).utf8)[...]) else {
      return nil
    }
    return path
  }

  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }
}
