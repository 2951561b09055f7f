import Findings
import Linting
import PackDocumentation
import RulePacks
import SourceText

extension LanguageServer {
  /// Where the rule is defined that a position names or that has a finding there.
  func definition(_ document: OpenDocument, _ parameters: IncomingValue) -> OutgoingValue {
    guard let position = TextPosition(parameters["position"]) else { return .null }
    let offset = document.buffer.offset(of: position, client.diagnostics.encoding)
    var descriptions: [RuleDescription] = []
    let packs: [LoadedPack]
    if let rule = namedRule(at: offset, of: document) {
      (descriptions, packs) = ([rule.description], rule.packs)
    } else {
      let rules = Set(findings(at: offset, of: document).map(\.rule))
      if rules.isEmpty { return .null }
      packs = self.packs(of: document)
      descriptions = packs.ruleDescriptions.filter { rules.contains($0.id) }
    }
    let facts = RuleFacts.all(of: packs.map(\.composition), described: descriptions)
    let places = withWorkspace(of: document) { workspace in
      facts.compactMap { rule -> OutgoingValue? in
        guard let definition = rule.definition,
          let path = path(of: definition, in: workspace)
        else { return nil }
        return [
          "uri": uri(ofFile: path).outgoing,
          "range": definition.location.region.outgoing(client.diagnostics.encoding),
        ]
      }
    }
    return places.isEmpty ? .null : .array(places)
  }

  /// The path of the file that a rule is defined in; for a built-in one, that of a copy.
  private func path(of definition: RuleFacts.Source, in workspace: Workspace) -> String? {
    let path = definition.location.path
    guard definition.isBuiltIn else { return workspace.path(ofShown: path) }
    guard let cache = settings.cacheFolder else {
      warn("a built-in pack cannot be copied: neither XDG_CACHE_HOME nor HOME has an absolute path")
      return nil
    }
    let copies = BuiltInPackCopies(in: cache, version: settings.version)
    do {
      return try copies.copy(ofFileAt: path, in: files)
    } catch let obstacle as BuiltInPackCopies.Obstacle {
      warn("'\(obstacle.path)' is no copy of a built-in pack; remove it to get one")
      return nil
    } catch {
      warn("copy of a built-in pack cannot be written below '\(copies.folder)': \(error)")
      return nil
    }
  }

  /// The URI of a file, as the editor gave it where it is open.
  func uri(ofFile path: String) -> DocumentURI {
    documents.values.first { $0.isFile && $0.path.hasSameBytes(as: path) }?.uri
      ?? DocumentURI(ofFile: path)
  }
}
