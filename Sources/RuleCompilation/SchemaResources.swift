import Documents
import Findings
import RulePacks
import SourceText

/// The files that schemas are read from, and the resources and anchors in them.
///
/// A resource is a schema with a URI of its own (JSON Schema 2020-12 core, section 4.3.5): a file's
/// root, or a schema with `$id`. References are looked up here and nowhere else.
struct SchemaResources {
  /// A file and the URI that it goes by.
  struct File {
    var file: PackFile
    var uri: String
  }

  /// A schema resource.
  struct Resource {
    var uri: String
    var root: SchemaPlace
    var draft: Draft
    var vocabularies: Set<Vocabulary>
    var anchors: [ExactText: SchemaPlace] = [:]
    var dynamicAnchors: [ExactText: SchemaPlace] = [:]
    /// Whether `$recursiveAnchor` is true at its root (2019-09).
    var isRecursiveAnchor = false
  }

  private(set) var files: [File] = []
  private(set) var resources: [Resource] = []
  private var byURI: [ExactText: Int] = [:]
  private var resourceOf: [SchemaPlace: Int] = [:]
  /// What references led to, by their text and the resource that they are in.
  private var targets: [Reference: SchemaPlace] = [:]

  private struct Reference: Hashable {
    var text: ExactText
    var resource: Int
  }
  /// The values of long mappings by name, for pointers into them.
  private var memberIndex: [SchemaPlace: [ArraySlice<UInt8>: NodeID]] = [:]
  private var soughtURIs: Set<ExactText> = []

  /// Files that are read once a reference or a `$schema` names their URI; nothing else is.
  var registry: [ExactText: PackFile] = [:]

  /// The folders of packs, by the URI that their files' URIs begin with.
  private var folders: [(uri: String, unread: [ExactText: RulePack.UnreadFile])] = []

  /// The draft by which a schema without `$schema` is read.
  var defaultDraft = Draft.draft2020

  /// Adds a file that goes by a URI; its schemas are found by `addSchema`.
  mutating func add(_ file: PackFile, uri: String) -> Int {
    files.append(File(file: file, uri: uri))
    return files.count - 1
  }

  /// Makes the files that a pack's schemas refer to known, by URIs below that of its folder.
  mutating func addFolder(of pack: RulePack, uri: String) {
    for (path, file) in pack.schemaFiles {
      registry[ExactText(uri + URIReference.encodedPath(path.text))] = file
    }
    folders.append((uri, pack.unreadFiles))
  }

  /// Takes in the schema at a place and all schemas within it, as a resource of its own.
  mutating func addSchema(at place: SchemaPlace, uri: String? = nil) {
    let uri = uri ?? files[place.file].uri
    let resource = addResource(at: place, uri: uri, parent: nil)
    // A file goes by its own name as well as by the `$id` at its root.
    if byURI[ExactText(uri)] == nil { byURI[ExactText(uri)] = resource }
    var work = [(place, resource)]
    while let (place, parent) = work.popLast() { scan(place, parent: parent, into: &work) }
  }

  // MARK: - Look-up

  /// The document of a place.
  func document(of place: SchemaPlace) -> Document { files[place.file].file.document }

  /// Whether something of a place could not be read.
  func isIncomplete(_ place: SchemaPlace) -> Bool {
    files[place.file].file.isIncomplete(place.node)
  }

  /// The resource that a schema belongs to.
  func resource(of place: SchemaPlace) -> Int {
    if let known = resourceOf[place] { return known }
    // A place that no keyword leads to belongs to what surrounds it.
    let document = document(of: place)
    for node in document.path(to: place.node).reversed() {
      if let known = resourceOf[SchemaPlace(file: place.file, node: node)] { return known }
    }
    return 0
  }

  /// The draft by which a schema is read.
  func draft(of place: SchemaPlace) -> Draft {
    resources.isEmpty ? defaultDraft : resources[resource(of: place)].draft
  }

  /// The vocabularies that count in a schema.
  func vocabularies(of place: SchemaPlace) -> Set<Vocabulary> {
    resources.isEmpty ? defaultDraft.vocabularies : resources[resource(of: place)].vocabularies
  }

  /// What a reference in a schema leads to, or nil.
  mutating func target(of reference: String, from place: SchemaPlace) -> SchemaPlace? {
    let key = Reference(text: ExactText(reference), resource: resource(of: place))
    if let known = targets[key] { return known }
    guard resources.indices.contains(key.resource) else { return nil }
    let target = lookUp(reference, from: resources[key.resource].uri)
    targets[key] = target
    return target
  }

  private mutating func lookUp(_ reference: String, from base: String) -> SchemaPlace? {
    // Most references are to the resource itself, whose URI need not be taken apart for that.
    let isLocal = reference.utf8.first == UInt8(ascii: "#")
    let (file, fragment) = URIReference.splitFragment(reference)
    let uri = isLocal ? base : uri(of: file, from: base)
    guard let uri, let resource = find(uri) else { return nil }
    guard let fragment, !fragment.isEmpty else { return resources[resource].root }
    guard fragment.utf8.first == UInt8(ascii: "/") else {
      return resources[resource].anchors[ExactText(fragment)]
    }
    guard let pointer = JSONPointer(fragment) else { return nil }
    return descend(from: resources[resource].root, along: pointer)
  }

  /// The URI that a reference without fragment names: a file's, where it names one in a pack's folder.
  private func uri(of reference: String, from base: String) -> String? {
    let resolved = URIReference.splitFragment(URIReference.resolve(reference, against: base)).uri
    if byURI[ExactText(resolved)] != nil, !isOutside(reference, from: base) { return resolved }
    switch file(ofReference: reference, from: base)?.file {
    case .path?: return path(ofReference: reference, from: base)
    case .outside?: return nil
    case RulePack.ReferencedFile.none?, nil: return resolved
    }
  }

  private func isOutside(_ reference: String, from base: String) -> Bool {
    guard case .outside? = file(ofReference: reference, from: base)?.file else { return false }
    return true
  }

  /// The URI of the file that a reference names in the folder of the pack that it is part of.
  func path(ofReference reference: String, from base: String) -> String? {
    guard let (folder, file) = file(ofReference: reference, from: base), case .path(let path) = file
    else { return nil }
    return folders[folder].uri + URIReference.encodedPath(path)
  }

  /// What a reference in a pack's schema names, and in which pack's folder; nil outside of packs.
  private func file(
    ofReference reference: String, from base: String
  ) -> (folder: Int, file: RulePack.ReferencedFile)? {
    let known = folders.indices.filter { base.utf8.starts(with: folders[$0].uri.utf8) }
    guard let folder = known.max(by: { folders[$0].uri.utf8.count < folders[$1].uri.utf8.count })
    else { return nil }
    let path = base.utf8.dropFirst(folders[folder].uri.utf8.count)
      .prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let parent = path.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? path.prefix(0)
    let decoded = URIReference.percentDecoded(Substring(parent))
    return (folder, RulePack.file(ofReference: reference, from: decoded))
  }

  /// Why the file that a reference names is not among the schemas, if it names one.
  func fault(ofReference reference: String, from place: SchemaPlace) -> RulePack.UnreadFile? {
    let base = resources[resource(of: place)].uri
    guard let (folder, file) = file(ofReference: reference, from: base) else { return nil }
    switch file {
    case .path(let path): return folders[folder].unread[ExactText(path)]
    case .outside(let reason): return .unreadable("\"\(reference)\" \(reason)")
    case .none: return nil
    }
  }

  /// The dynamic anchor that a reference names, if that is what it leads to.
  func dynamicAnchor(_ reference: String, from place: SchemaPlace) -> ExactText? {
    let base = resources[resource(of: place)].uri
    let (file, fragment) = URIReference.splitFragment(reference)
    guard let uri = file.isEmpty ? base : uri(of: file, from: base),
      let resource = byURI[ExactText(uri)], let fragment = fragment.map(ExactText.init),
      resources[resource].dynamicAnchors[fragment] != nil
    else { return nil }
    return fragment
  }

  /// The URIs of all resources, for suggesting one.
  var uris: [String] { byURI.keys.map(\.text).sorted() }

  /// The resource with a URI; a file of the registry or a meta-schema is taken in for it.
  mutating func find(_ uri: String) -> Int? {
    let key = ExactText(uri)
    if let known = byURI[key] { return known }
    guard soughtURIs.insert(key).inserted,
      let file = registry[key] ?? BuiltInSchemas.file(at: uri)
    else { return nil }
    let number = add(file, uri: uri)
    addSchema(at: SchemaPlace(file: number, node: .root))
    return byURI[key]
  }

  private mutating func descend(
    from root: SchemaPlace, along pointer: JSONPointer
  ) -> SchemaPlace? {
    guard let node = node(at: pointer, from: root) else { return nil }
    let place = SchemaPlace(file: root.file, node: node)
    if resourceOf[place] == nil {
      // What a pointer leads to is a schema, wherever it stands.
      var work = [(place, resource(of: place))]
      while let (place, parent) = work.popLast() { scan(place, parent: parent, into: &work) }
    }
    return place
  }

  /// The node that a pointer leads to from a schema; each long mapping on the way is indexed once.
  private mutating func node(at pointer: JSONPointer, from root: SchemaPlace) -> NodeID? {
    let document = document(of: root)
    var node = root.node
    for token in pointer.tokens {
      guard document.kind(of: node) == .object, document.childCount(of: node) > 16 else {
        guard let next = document.child(token, of: node) else { return nil }
        node = next
        continue
      }
      let mapping = SchemaPlace(file: root.file, node: node)
      if memberIndex[mapping] == nil {
        var index: [ArraySlice<UInt8>: NodeID] = [:]
        for member in document.members(of: node) {
          index[document.utf8(of: member.name)] = member.value
        }
        memberIndex[mapping] = index
      }
      guard let next = memberIndex[mapping]?[token[...]] else { return nil }
      node = next
    }
    return node
  }

  /// Where a place is shown.
  func location(of place: SchemaPlace, part: TextRange? = nil) -> Location {
    files[place.file].file.location(of: place.node, part: part)
  }

  // MARK: - Finding schemas

  private mutating func addResource(at place: SchemaPlace, uri: String, parent: Int?) -> Int {
    let document = document(of: place)
    var draft = parent.map { resources[$0].draft } ?? defaultDraft
    var vocabularies = parent.map { resources[$0].vocabularies } ?? defaultDraft.vocabularies
    if let schema = string("$schema", in: place.node, of: document) {
      let name = URIReference.splitFragment(schema).uri
      if let known = Draft(uri: name) {
        draft = known
        vocabularies = known.vocabularies
      } else if let metaschema = find(name) {
        draft = resources[metaschema].draft
        vocabularies = declaredVocabularies(of: resources[metaschema].root)
      }
    }
    var identity = uri
    if let id = string("$id", in: place.node, of: document),
      !(draft == .draft7 && document.value(named: "$ref", in: place.node) != nil)
    {
      identity = URIReference.splitFragment(URIReference.resolve(id, against: uri)).uri
    }
    resources.append(
      Resource(uri: identity, root: place, draft: draft, vocabularies: vocabularies))
    resourceOf[place] = resources.count - 1
    if byURI[ExactText(identity)] == nil { byURI[ExactText(identity)] = resources.count - 1 }
    return resources.count - 1
  }

  /// The vocabularies that a meta-schema of someone's own declares.
  private func declaredVocabularies(of metaschema: SchemaPlace) -> Set<Vocabulary> {
    let document = document(of: metaschema)
    guard let declared = document.value(named: "$vocabulary", in: metaschema.node) else {
      return resources[resource(of: metaschema)].draft.vocabularies
    }
    var vocabularies: Set<Vocabulary> = [.core, .requisite]
    for member in document.members(of: declared) {
      vocabularies.formUnion(Vocabulary.named(document.text(of: member.name)))
    }
    return vocabularies
  }

  /// The vocabularies that a schema's meta-schema requires and that nobody here knows, with the
  /// meta-schema's URI; nil where that is unknown itself.
  mutating func unknownVocabularies(ofMetaSchema uri: String) -> [String]? {
    if Draft(uri: uri) != nil { return [] }
    guard let metaschema = find(uri) else { return nil }
    let root = resources[metaschema].root
    let document = document(of: root)
    guard let declared = document.value(named: "$vocabulary", in: root.node) else { return [] }
    return document.members(of: declared).filter { document.isTrue($0.value) }
      .map { document.text(of: $0.name) }.filter { Vocabulary.named($0).isEmpty }
  }

  private mutating func scan(
    _ place: SchemaPlace, parent: Int, into work: inout [(SchemaPlace, Int)]
  ) {
    let document = document(of: place)
    guard document.kind(of: place.node) == .object else {
      resourceOf[place] = resourceOf[place] ?? parent
      return
    }
    var resource = resourceOf[place] ?? parent
    let draft = resources[resource].draft
    let hidesSiblings = draft == .draft7 && document.value(named: "$ref", in: place.node) != nil
    if resourceOf[place] == nil, !hidesSiblings,
      let id = string("$id", in: place.node, of: document), id.utf8.first != UInt8(ascii: "#")
    {
      resource = addResource(at: place, uri: resources[parent].uri, parent: parent)
    }
    resourceOf[place] = resource
    addAnchors(of: place, to: resource, hidesSiblings: hidesSiblings)
    for member in document.members(of: place.node) {
      guard let keyword = KeywordList.byName[document.text(of: member.name)] else { continue }
      let value = member.value
      switch (keyword.subschemas, document.kind(of: value)) {
      case (.none, _): break
      case (.one, .object), (.one, .boolean), (.list, .object), (.list, .boolean):
        work.append((SchemaPlace(file: place.file, node: value), resource))
      case (.list, .array), (.one, .array):
        for element in document.elements(of: value) {
          work.append((SchemaPlace(file: place.file, node: element), resource))
        }
      case (.map, .object):
        for entry in document.members(of: value) {
          work.append((SchemaPlace(file: place.file, node: entry.value), resource))
        }
      case (.one, _), (.list, _), (.map, _): break
      }
    }
  }

  private mutating func addAnchors(of place: SchemaPlace, to resource: Int, hidesSiblings: Bool) {
    let document = document(of: place)
    if resources[resource].draft == .draft7 {
      if !hidesSiblings, let id = string("$id", in: place.node, of: document),
        id.utf8.first == UInt8(ascii: "#")
      {
        resources[resource].anchors[ExactText(String(Substring(id.utf8.dropFirst())))] = place
      }
      return
    }
    if let anchor = string("$anchor", in: place.node, of: document) {
      resources[resource].anchors[ExactText(anchor)] = place
    }
    if let anchor = string("$dynamicAnchor", in: place.node, of: document) {
      resources[resource].anchors[ExactText(anchor)] = place
      resources[resource].dynamicAnchors[ExactText(anchor)] = place
    }
    if resources[resource].root == place,
      let recursive = document.value(named: "$recursiveAnchor", in: place.node)
    {
      resources[resource].isRecursiveAnchor = document.isTrue(recursive)
    }
  }

  private func string(_ name: String, in node: NodeID, of document: Document) -> String? {
    guard let value = document.value(named: name, in: node), document.kind(of: value) == .string
    else { return nil }
    return document.text(of: value)
  }
}
