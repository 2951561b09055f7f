package import Findings
import RequisiteFiles
import RulePacks
import SourceText

/// The name or path of a pack, and from where it is meant.
package struct PackReference: Sendable {
  /// A built-in pack's name, or a path.
  package var text: String
  /// The folder that a path is relative to, with a slash at its end; empty for the working folder.
  package var folder: String
  /// The folder whose tree nothing of the pack may lie outside of; nil for that of the pack itself.
  package var root: String?
  /// Where the reference stands; nil for an argument.
  package var location: Location?

  /// Whether the text is no path.
  private(set) var isBuiltIn = false

  /// A reference to a built-in pack, whatever files there are.
  package static func builtIn(_ name: String) -> PackReference {
    var reference = PackReference(name)
    reference.isBuiltIn = true
    return reference
  }

  /// Creates a reference.
  package init(
    _ text: String, folder: String = "", root: String? = nil, location: Location? = nil
  ) {
    self.text = text
    self.folder = folder
    self.root = root
    self.location = location
  }
}

/// Reads packs and all that they extend.
struct PackFamily {
  /// How many packs may take part in a run.
  static let packLimit = 200
  /// How deep packs may extend each other.
  static let depthLimit = 50

  private(set) var members: [PackComposition.Member] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// The files that were read, without links.
  private(set) var files: Set<[UInt8]> = []
  /// The place of each pack that was read, by what it goes by; nil for one that cannot be used.
  private var known: [ExactText: Int?] = [:]
  /// What the packs go by that are being read, outermost first.
  private var chain: [(key: ExactText, name: String)] = []
  /// Bytes that are read in place of what the first pack's file holds.
  var firstBytes: [UInt8]?
  /// Whether built-in packs are read with their examples.
  var readsExamples = true
  /// The file system that packs are read from.
  private let system: any FileSystem
  /// The folder whose tree no pack may lie outside of; nil for that of the pack that was asked for.
  private let boundary: String?

  /// Reads packs from a file system.
  init(in system: any FileSystem, boundary: String? = nil) {
    self.system = system
    self.boundary = boundary
  }

  /// Where a pack was found.
  private struct Place {
    /// What it goes by: one pack has one key, however it is named.
    var key: ExactText
    /// The path that people are shown; the name of a built-in pack.
    var path: String
    var isBuiltIn: Bool
    /// The folder whose tree it must not leave.
    var root: String
  }

  /// Reads a pack and those that it extends; the result is its place, nil where it cannot be used.
  mutating func add(_ reference: PackReference) -> Int? {
    let place: Place
    do throws(Diagnostic) {
      place = try locate(reference)
    } catch {
      var diagnostic = error
      if diagnostic.location == nil { diagnostic.location = reference.location }
      diagnostics.append(diagnostic)
      return nil
    }
    if let start = chain.firstIndex(where: { $0.key == place.key }) {
      let names = chain[start...].map(\.name) + [chain[start].name]
      diagnostics.append(
        Diagnostic(
          "pack/cycle", "packs extend each other in a circle: \(names.joined(separator: " → "))",
          at: reference.location))
      return nil
    }
    if let known = known[place.key] { return known }
    guard chain.count < Self.depthLimit, members.count < Self.packLimit else {
      diagnostics.append(
        Diagnostic(
          "pack/too-many",
          "more than \(Self.packLimit) packs, or packs that extend each other more than \(Self.depthLimit) deep",
          at: reference.location))
      return nil
    }
    chain.append((place.key, place.path))
    let member = read(place, reference)
    chain.removeLast()
    known[place.key] = member
    return member
  }

  private mutating func read(_ place: Place, _ reference: PackReference) -> Int? {
    let reading: RulePackReading
    if place.isBuiltIn, let builtIn = BuiltInPacks.read(place.path, withExamples: readsExamples) {
      reading = builtIn
    } else {
      do throws(Diagnostic) {
        reading = try readFile(at: place.path, bytes: chain.count == 1 ? firstBytes : nil)
      } catch {
        var diagnostic = error
        if diagnostic.location == nil { diagnostic.location = reference.location }
        diagnostics.append(diagnostic)
        return nil
      }
    }
    diagnostics += reading.diagnostics
    guard let pack = reading.pack else { return nil }
    var parents: [Int] = []
    var isComplete = true
    for entry in pack.extensions {
      let parent = add(
        PackReference(
          entry.reference.value, folder: Self.folder(of: place.path), root: place.root,
          location: pack.file.location(of: entry.reference.node)))
      guard let parent else {
        isComplete = false
        continue
      }
      check(entry, of: pack, against: members[parent].pack)
      if !parents.contains(parent) { parents.append(parent) }
    }
    // Without what it extends, nothing certain can be said of the pack.
    guard isComplete else { return nil }
    if let other = members.firstIndex(where: {
      $0.pack.name.value.utf8.elementsEqual(pack.name.value.utf8)
    }) {
      if members[other].pack.hasContent(of: pack), members[other].parents == parents {
        return other
      }
      reportSameName(pack, members[other].pack)
      return nil
    }
    let ancestors = Set(parents + parents.flatMap { members[$0].ancestors })
    members.append(
      .init(
        pack: pack, parents: parents, ancestors: ancestors.sorted(), isBuiltIn: place.isBuiltIn,
        isWhole: !reading.hasErrors))
    return members.count - 1
  }

  private mutating func check(
    _ entry: RulePack.Extension, of pack: RulePack, against parent: RulePack
  ) {
    guard let integrity = entry.integrity else { return }
    let actual = parent.integrity
    if !integrity.value.utf8.elementsEqual(actual.utf8) {
      diagnostics.append(
        Diagnostic(
          "pack/integrity",
          "content of '\(parent.name.value)' does not match 'integrity', found \(actual)",
          at: pack.file.location(of: integrity.node)))
    }
  }

  private mutating func reportSameName(_ pack: RulePack, _ other: RulePack) {
    diagnostics.append(
      Diagnostic(
        "pack/same-name",
        "packs '\(other.file.source.path)' and '\(pack.file.source.path)' have the same name '\(pack.name.value)'",
        hint: "rename one, or choose only one",
        at: pack.file.location(of: pack.name.node),
        related: [
          RelatedLocation(
            location: other.file.location(of: other.name.node), message: "other pack named here")
        ]))
  }

  // MARK: - Order

  /// Orders the packs so that what counts more comes later; the result is the places of `roots`.
  ///
  /// What extends counts more than what it extends, and of packs that are listed together and do not
  /// extend each other the later one, whatever was read first.
  mutating func settle(_ roots: [Int]) -> [Int] {
    var waiting = [Int](repeating: 0, count: members.count)
    for parent in members.flatMap(\.parents) { waiting[parent] += 1 }
    let free = members.indices.filter { waiting[$0] == 0 }
    // From the one that counts most to the one that counts least.
    var ready = free.filter { !roots.contains($0) } + roots.filter { waiting[$0] == 0 }
    var order: [Int] = []
    while let member = ready.popLast() {
      order.append(member)
      for parent in members[member].parents {
        waiting[parent] -= 1
        if waiting[parent] == 0 { ready.append(parent) }
      }
    }
    order.reverse()
    var places = [Int](repeating: 0, count: members.count)
    for (place, member) in order.enumerated() { places[member] = place }
    members = order.map { member in
      let old = members[member]
      return PackComposition.Member(
        pack: old.pack, parents: old.parents.map { places[$0] },
        ancestors: old.ancestors.map { places[$0] }.sorted(), isBuiltIn: old.isBuiltIn,
        isWhole: old.isWhole)
    }
    known = known.mapValues { $0.map { places[$0] } }
    return roots.map { places[$0] }
  }

  // MARK: - Places

  /// Finds the pack that a reference means.
  private func locate(_ reference: PackReference) throws(Diagnostic) -> Place {
    let text = reference.text
    if BuiltInPacks.names.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
      return Place(key: ExactText("built-in:\(text)"), path: text, isBuiltIn: true, root: "")
    }
    if reference.isBuiltIn { throw Self.unknown(text) }
    if reference.root != nil {
      if ["https://", "http://", "file:"].contains(where: { text.hasPrefix($0) }) {
        throw Diagnostic(
          "pack/bad-value",
          "pack must be the path of a local file, since nothing is fetched; found '\(text)'")
      }
      if text.hasPrefix("/") || text.utf8.contains(UInt8(ascii: "\\")) {
        throw Diagnostic(
          "pack/bad-value",
          "pack must be a path relative to this file, with forward slashes; found '\(text)'")
      }
    }
    let path = Self.normalized(reference.folder + text)
    switch system.kind(of: path) {
    case .file: break
    // A person may name a pipe; to open one that a pack names could take for ever.
    case .stream where reference.root == nil: break
    case .stream: throw Diagnostic("pack/unreadable", "'\(path)' is not a regular file")
    case .folder:
      throw Diagnostic("pack/unreadable", "'\(path)' is a folder", hint: "name the pack's file")
    case .missing:
      throw Self.unknown(text)
    }
    let real = system.realPath(path) ?? path
    let root =
      reference.root ?? boundary ?? system.realPath(Self.folder(of: path, or: ".")) ?? "/"
    guard Paths.isPath(real, inside: root) || reference.root == nil else {
      throw Diagnostic(
        "pack/outside",
        "'\(text)' is outside '\(shown(root))', the folder that packs must stay in")
    }
    return Place(key: ExactText(real), path: path, isBuiltIn: false, root: root)
  }

  private static func unknown(_ text: String) -> Diagnostic {
    let nearest = NearestName.nearest(to: text, among: BuiltInPacks.names)
    if let nearest {
      return Diagnostic(
        "pack/unknown", "unknown pack '\(text)'", hint: "did you mean '\(nearest)'?")
    }
    return Diagnostic(
      "pack/unknown",
      "'\(text)' is neither a built-in pack (\(BuiltInPacks.names.joined(separator: ", "))) nor a file"
    )
  }

  /// The path of the folder for messages: relative to the working folder if it is within it.
  private func shown(_ folder: String) -> String {
    let working = system.workingFolder
    if folder.hasSameBytes(as: working) { return "." }
    let prefix = working == "/" ? "/" : working + "/"
    return folder.hasBytes(of: prefix)
      ? String(Substring(folder.utf8.dropFirst(prefix.utf8.count))) : folder
  }

  private static func folder(of path: String, or alternative: String = "") -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? alternative
  }

  /// A path without `.` and, where a name is before it, `..`.
  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined
  }

  /// The name of a file without its extension.
  private static func stem(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }

  /// The words for a file that is not there, with the nearest name in its folder.
  private func missing(_ path: String) -> String {
    let folder = Self.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    let listing = try? system.listing(ofFolder: folder.isEmpty ? "." : folder)
    let names = listing?.entries.map(\.name) ?? []
    // What files have in common, their extension, makes no name near.
    let near = names.prefix(1_000).filter {
      NearestName.nearest(to: Self.stem(of: name), among: [Self.stem(of: $0)]) != nil
    }
    let nearest = NearestName.nearest(to: name, among: near)
    return "no file '\(path)'" + (nearest.map { "; did you mean '\(folder)\($0)'?" } ?? "")
  }

  /// Reads the file of a pack, and those beside it that it names.
  mutating func readFile(
    at path: String, bytes: [UInt8]? = nil
  ) throws(Diagnostic) -> RulePackReading {
    files.insert(Array((system.realPath(path) ?? path).utf8))
    let bytes = if let bytes { bytes } else { try system.bytes(of: path) }
    let folder = Self.folder(of: path)
    return RulePackReader.read(SourceFile(path: path, bytes: bytes)) {
      (relativePath) throws(Diagnostic) -> SourceFile in
      let target = folder + relativePath
      // A symbolic link must not lead out of the pack's folder either.
      guard let real = system.realPath(target) else {
        throw Diagnostic("pack/unreadable", missing(target))
      }
      let root = boundary ?? system.realPath(folder.isEmpty ? "." : folder) ?? "/"
      guard Paths.isPath(real, inside: root) else {
        throw Diagnostic(
          "pack/unreadable",
          "'\(target)' is outside the pack's folder", hint: "move the file into it")
      }
      guard system.kind(of: real) == .file else {
        throw Diagnostic("pack/unreadable", "'\(target)' is not a regular file")
      }
      files.insert(Array(real.utf8))
      return SourceFile(path: target, bytes: try system.bytes(of: real))
    }
  }
}
