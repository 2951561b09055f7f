/// The objects of a repository, read through one process of Git.
final class GitObjects {
  private let command: GitCommand
  private var process: GitProcess?

  /// The objects of the repository that a command runs in.
  init(_ command: GitCommand) { self.command = command }

  /// What Git says of an object before its bytes.
  struct Header: Equatable {
    /// `commit`, `tree`, `blob` or `tag`.
    var kind: String
    /// The number of bytes.
    var size: Int

    /// Reads the line before an object's bytes: its id, its kind and its size; nil for another line, as for
    /// an object that is missing.
    init?(_ line: String) {
      let words = line.split(separator: " ")
      guard words.count == 3, let size = Int(words[2]), size >= 0 else { return nil }
      self.init(kind: String(words[1]), size: size)
    }

    init(kind: String, size: Int) { (self.kind, self.size) = (kind, size) }
  }

  /// Reads an object by its id, or a name such as `ID^{tree}`; nil where it is missing.
  ///
  /// `take` gets its bytes part by part, after `begin` got the header; where that is false, none are read.
  func read(
    _ name: String, begin: (Header) -> Bool = { _ in true },
    take: (ArraySlice<UInt8>) throws(GitFailure) -> Void
  ) throws(GitFailure) -> Header? {
    let process =
      if let running = self.process { running } else {
        try GitProcess(command, ["cat-file", "--batch"])
      }
    // After a failure, nobody knows where the next answer begins.
    self.process = nil
    let line: String
    do throws(GitFailure) {
      try process.send(name)
      line = try process.line()
    } catch {
      // Why it ended, as for an object that is damaged, or that a partial clone lacks.
      throw try failure(reading: name) ?? error
    }
    guard let header = Header(line) else {
      self.process = process
      return nil
    }
    guard begin(header) else { return header }
    var left = header.size
    while left > 0 {
      let part = try process.next(atMost: left)
      left -= part.count
      try take(part)
    }
    _ = try process.next(atMost: 1)
    self.process = process
    return header
  }

  /// What Git says of an object that it cannot read.
  private func failure(reading name: String) throws(GitFailure) -> GitFailure? {
    let outcome = try command.run(["cat-file", "-t", name])
    return outcome.status == 0 ? nil : GitFailure(error: outcome.error)
  }

  /// The bytes of an object of a kind; nil where it is missing, or of another kind.
  ///
  /// - Throws: also for an object over the limit, in bytes.
  func bytes(_ name: String, kind: String, limit: Int = GitObjects.treeLimit) throws(GitFailure)
    -> [UInt8]?
  {
    var bytes: [UInt8] = []
    let header = try read(name) { header in
      header.kind == kind && header.size <= limit
    } take: { (part) throws(GitFailure) in
      bytes += part
    }
    guard let header, header.kind == kind else { return nil }
    guard header.size <= limit else { throw GitFailure("object \(name) is too large") }
    return bytes
  }

  /// The most bytes of the listing of one folder.
  static let treeLimit = 64 << 20
}

/// The entries of a folder in a commit.
struct GitTree {
  /// What an entry is.
  enum Kind: Sendable {
    case file, link, folder, submodule
  }

  /// An entry: what it is, and the id of the object.
  struct Entry: Sendable, Equatable {
    var kind: Kind
    var id: String
  }

  /// The entries by the bytes of their names.
  private(set) var entries: [[UInt8]: Entry] = [:]

  /// Reads a tree object; nil for what is none.
  ///
  /// Ids have 20 or 32 bytes.
  init?(_ bytes: [UInt8], idSize: Int) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let end = rest[space...].firstIndex(of: 0), rest.endIndex - end > idSize,
        let kind = Self.kind(rest[..<space])
      else { return nil }
      let id = rest[(end + 1)...(end + idSize)]
      entries[Array(rest[(space + 1)..<end])] = Entry(kind: kind, id: Self.digits(id))
      rest = rest[(end + idSize + 1)...]
    }
  }

  private static func kind(_ mode: ArraySlice<UInt8>) -> Kind? {
    switch String(decoding: mode, as: UTF8.self) {
    case "40000": .folder
    case "120000": .link
    case "160000": .submodule
    case let mode: mode.hasPrefix("100") ? .file : nil
    }
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The files of a commit, by their paths.
final class GitCommit {
  /// The id of the commit.
  let id: String
  private let objects: GitObjects
  private var trees: [String: GitTree] = [:]

  /// The files of the commit with an id.
  init(_ id: String, in objects: GitObjects) {
    self.id = id
    self.objects = objects
  }

  /// How many symbolic links a path may lead over.
  private static let followedLinks = 40

  /// What is at a path relative to the root, symbolic links followed; nil where that is nothing, or outside.
  func entry(at path: [UInt8]) throws(GitFailure) -> GitTree.Entry? {
    let slash = UInt8(ascii: "/")
    var folders = [try tree(id + "^{tree}")]
    var steps = Array(path.split(separator: slash).reversed())
    var linkCount = 0
    while let step = steps.popLast() {
      if step.elementsEqual(".".utf8) { continue }
      if step.elementsEqual("..".utf8) {
        guard folders.count > 1 else { return nil }
        folders.removeLast()
        continue
      }
      guard let entry = folders.last?.entries[Array(step)] else { return nil }
      switch entry.kind {
      case .folder:
        if steps.isEmpty { return entry }
        folders.append(try tree(entry.id))
      case .file, .submodule: return steps.isEmpty ? entry : nil
      case .link:
        linkCount += 1
        guard linkCount <= Self.followedLinks,
          let target = try objects.bytes(entry.id, kind: "blob"), target.first != slash
        else { return nil }
        steps += target.split(separator: slash).reversed()
      }
    }
    return nil
  }

  private func tree(_ name: String) throws(GitFailure) -> GitTree {
    if let known = trees[name] { return known }
    guard let bytes = try objects.bytes(name, kind: "tree"),
      let tree = GitTree(bytes, idSize: id.utf8.count / 2)
    else { throw GitFailure("the repository has no object \(name)") }
    trees[name] = tree
    return tree
  }
}

/// What became of files between a commit and the index, as `git diff-index --raw -z -M` lists it.
struct GitRenames: Equatable {
  /// The former paths of renamed files, by their paths now.
  private(set) var former: [[UInt8]: [UInt8]] = [:]
  /// The files that are gone, or are of another kind, as a link.
  private(set) var gone: [[UInt8]] = []

  /// Reads a list; what is no part of one is left out.
  init(_ bytes: [UInt8]) {
    var fields = bytes.split(separator: 0, omittingEmptySubsequences: false)[...]
    while let header = fields.popFirst() {
      guard header.first == UInt8(ascii: ":"),
        let status = header.split(separator: UInt8(ascii: " ")).last?.first,
        let path = fields.popFirst()
      else { continue }
      switch status {
      case UInt8(ascii: "R"):
        if let now = fields.popFirst() { former[Array(now)] = Array(path) }
      case UInt8(ascii: "C"): _ = fields.popFirst()
      case UInt8(ascii: "D"), UInt8(ascii: "T"): gone.append(Array(path))
      default: break
      }
    }
  }
}
