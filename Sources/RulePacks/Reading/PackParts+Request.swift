import Documents
import Findings
import SourceText

extension PackParts {
  /// Reads `request`.
  mutating func request(
    _ member: Document.Member?,
    _ loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> RulePack.Request? {
    guard let member, isMapping(member, "a mapping that describes the request") else {
      return nil
    }
    let fields: Fields<RequestField> = fields(of: member.value, .request)
    return RulePack.Request(
      operation: located(fields[.operation]),
      schema: schema(fields[.schema], loadFile),
      detect: schemaNode(fields[.detect]),
      sensitive: fields[.sensitive].map { texts($0, "a JSONPath or a list of them") } ?? [],
      identities: identities(fields[.identity]))
  }

  /// Reads `identity`: from the path of an array to the member that its elements are known by.
  private mutating func identities(_ member: Document.Member?) -> [RulePack.Identity] {
    guard let member,
      isMapping(member, "a mapping from the JSONPath of an array to a member of its elements")
    else { return [] }
    return document.members(of: member.value).compactMap { entry in
      located(entry).map {
        RulePack.Identity(path: Located(document.text(of: entry.name), at: entry.name), member: $0)
      }
    }
  }

  /// A field that is a JSON Schema written out: a mapping or a boolean.
  private mutating func schemaNode(_ member: Document.Member?) -> NodeID? {
    guard let member else { return nil }
    switch document.kind(of: member.value) {
    case .object, .boolean: return member.value
    case .null, .number, .string, .array, .name, .absent:
      wrongType(member, "a JSON Schema")
      return nil
    }
  }

  /// Reads the file that `schema` names.
  private mutating func schema(
    _ member: Document.Member?,
    _ loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> RulePack.Schema? {
    guard let member else { return nil }
    guard document.kind(of: member.value) == .string else {
      wrongType(member, "the path of a file beside the pack")
      return nil
    }
    guard let path = located(member) else { return nil }
    let relativePath: String
    switch TextForms.filePath(document.utf8(of: path.node)) {
    case .success(let text): relativePath = text
    case .failure(let error):
      report(.badPath(shownText(path.node), reason: error.fault), at: path.node)
      return nil
    }
    do throws(Diagnostic) {
      let source = try loadFile(relativePath)
      return schemaFile(source).map { RulePack.Schema(path: path, file: $0) }
    } catch {
      var diagnostic = error
      if diagnostic.location == nil { diagnostic.location = self.file.location(of: path.node) }
      report(diagnostic)
      return nil
    }
  }

  /// Reads the model of a request, as far as its form goes; nil where it is no schema.
  private mutating func schemaFile(_ source: SourceFile) -> PackFile? {
    let (file, reading) = PackFile.read(source)
    if !reading.errors.isEmpty {
      let lines = source.lineIndex()
      for error in reading.errors {
        let mistake = Mistake(
          kind: .syntax(error), node: NodeID(file.document.nodeCount), range: error.range,
          related: error.related)
        report(mistake.diagnostic(in: file, lines: lines))
      }
    }
    guard !file.document.isEmpty else { return nil }
    switch file.document.kind(of: .root) {
    case .object, .boolean: return file
    case .absent: return nil
    case .null, .number, .string, .array, .name:
      report(
        Diagnostic(
          "pack/wrong-type", "expected the model as a JSON Schema: a mapping or a boolean",
          at: file.location(of: .root)))
      return nil
    }
  }
}
