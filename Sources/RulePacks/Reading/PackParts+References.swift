import Documents
package import Findings
import SourceText

extension RulePack {
  /// Why a file that a schema refers to could not be used.
  package enum UnreadFile: Sendable {
    /// It could not be read, with a sentence that says why.
    case unreadable(String)
    /// Its text is malformed, with what is wrong at its places in the file.
    case malformed([Diagnostic])
    /// More files are referred to than are read.
    case overLimit(Int)
  }

  /// What the file part of a reference in a schema names.
  package enum ReferencedFile: Sendable, Equatable {
    /// A file in the pack's folder, by its path without needless parts.
    case path(String)
    /// Something that is not in the pack's folder, with the words for it.
    case outside(String)
    /// No file: an address, or a name that only an `$id` can give.
    case none
  }

  /// What the file part of a reference names: it is percent-decoded once, and then held to the folder.
  ///
  /// `folder` is that of the file with the reference, relative to the pack's, with a slash at its
  /// end; empty for the pack's own.
  package static func file(ofReference reference: String, from folder: String) -> ReferencedFile {
    guard !reference.utf8.contains(UInt8(ascii: ":")),
      let text = String(
        validating: PercentEncoding.decoded(Array(reference.utf8)[...]).bytes, as: UTF8.self),
      [".json", ".yaml", ".yml"].contains(where: { text.hasSuffix($0) })
    else { return .none }
    let isAbsolute = text.utf8.first == UInt8(ascii: "/")
    switch TextForms.filePath(Array((isAbsolute ? text : folder + text).utf8)[...]) {
    case .success(let path): return .path(path)
    case .failure(let error):
      switch error.fault {
      case .outside: return .outside("is outside the pack's folder; move the file into it")
      case .absolute, .address:
        return .outside("is not a relative path; name a file in the pack's folder")
      case .character:
        return .outside("has a backslash or a control character; use forward slashes")
      }
    }
  }
}

extension PackParts {
  /// The files that schemas refer to, by path relative to the pack's folder.
  struct ReferencedFiles {
    var files: [ExactText: PackFile] = [:]
    var unread: [ExactText: RulePack.UnreadFile] = [:]
  }

  /// How many files references may draw in.
  static let referencedFileLimit = 1_000

  /// Reads the files in the pack's folder that `$ref`s name, and those that theirs name.
  ///
  /// Why one could not be read is for the compiler to report, at the reference: a relative reference
  /// may be to a schema with an `$id` instead, and a `$ref` in an example is no reference.
  func referencedFiles(
    model: RulePack.Schema?,
    _ loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> ReferencedFiles {
    var result = ReferencedFiles()
    var waiting: [(document: Document, folder: String)] = [(document, "")]
    if let model { waiting.append((model.file.document, Self.folder(of: model.path.value))) }
    while let (document, folder) = waiting.popLast() {
      for reference in Self.references(in: document) {
        guard case .path(let path) = RulePack.file(ofReference: reference, from: folder),
          case let key = ExactText(path), result.files[key] == nil, result.unread[key] == nil
        else { continue }
        guard result.files.count < Self.referencedFileLimit else {
          result.unread[key] = .overLimit(Self.referencedFileLimit)
          continue
        }
        let source: SourceFile
        do throws(Diagnostic) {
          source = try loadFile(path)
        } catch {
          result.unread[key] = .unreadable(error.message)
          continue
        }
        let (file, reading) = PackFile.read(source)
        guard reading.errors.isEmpty else {
          let lines = source.lineIndex()
          result.unread[key] = .malformed(
            reading.errors.prefix(Self.shownErrorLimit).map { error in
              Mistake(
                kind: .syntax(error), node: NodeID(file.document.nodeCount), range: error.range,
                related: error.related
              ).diagnostic(in: file, lines: lines)
            })
          continue
        }
        guard !file.document.isEmpty else {
          result.unread[key] = .unreadable(
            "'\(source.path)' is empty; expected a schema: a mapping or a boolean")
          continue
        }
        result.files[key] = file
        waiting.append((file.document, Self.folder(of: path)))
      }
    }
    return result
  }

  /// How many errors are reported of one malformed file.
  private static let shownErrorLimit = 100

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

  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }
}
