import Documents

extension PackParts {
  /// Reads `extends`: one pack or a list, each by its name or path, or as a mapping with a digest.
  mutating func extensions(_ member: Document.Member?) -> [RulePack.Extension] {
    guard let member else { return [] }
    switch document.kind(of: member.value) {
    case .string, .object: return packExtension(member.value).map { [$0] } ?? []
    case .array:
      if document.childCount(of: member.value) == 0 {
        report(.empty(what: "'extends'"), at: member.value)
      }
      return document.elements(of: member.value).compactMap { packExtension($0) }
    case .null, .boolean, .number, .name, .absent:
      wrongType(member, "the name or path of a pack, or a list of them")
      return []
    }
  }

  private mutating func packExtension(_ node: NodeID) -> RulePack.Extension? {
    guard document.kind(of: node) == .object else {
      return text(node, what: "an item of 'extends'").map {
        RulePack.Extension(reference: Located(document.text(of: $0), at: $0), integrity: nil)
      }
    }
    let fields: Fields<ExtensionField> = fields(of: node, .packExtension)
    guard let reference = fields[.pack] else {
      report(.missingField(ExtensionField.pack.rawValue, owner: .packExtension), at: node)
      return nil
    }
    let integrity = located(fields[.integrity])
    if let integrity, !TextForms.isDigest(document.utf8(of: integrity.node)) {
      report(.notADigest(shownText(integrity.node)), at: integrity.node)
    }
    return located(reference).map { RulePack.Extension(reference: $0, integrity: integrity) }
  }
}
