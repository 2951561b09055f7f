package import Findings
package import RequisiteFiles
import SourceText
import SystemPackage

/// What decides which files and folders a run excludes, by paths relative to the working folder or
/// absolute ones.
package protocol InputExclusion {
  /// Whether everything in a folder is excluded.
  mutating func excludesFolder(_ path: String) -> Bool
  /// Whether a file or link is excluded.
  mutating func excludesFile(_ path: String) -> Bool
  /// Whether a folder is excluded by its own path, whatever becomes of some files in it.
  mutating func excludesByName(folder path: String) -> Bool
}

/// The inputs of a run, and what is to be reported of the paths that it was given.
package struct CollectedInputs: Sendable {
  /// The inputs, in the order of their shown paths.
  package fileprivate(set) var inputs: [InputSource] = []
  /// The named files that the configuration excludes.
  package fileprivate(set) var excluded: [InputSource] = []
  /// The named folders that the configuration excludes.
  package fileprivate(set) var excludedFolders: [String] = []
  /// The named folders that were walked, as they were named.
  package fileprivate(set) var folders: [String] = []
  /// What a walk left out because Git ignores it: the first path.
  package var firstIgnoredPath: String?
  /// Paths that cannot be read, and links that were not followed.
  package var diagnostics: [Diagnostic] = []
}

/// Finds the files that a run checks.
///
/// All paths are collected first; then each file is an input once, whatever the order and the number of
/// paths that lead to it.
package struct InputCollector {
  /// Whether a new name in a folder that was searched may change which files a search finds.
  package static func mayMatter(_ name: String, isFolder: Bool) -> Bool {
    InputWalk.mayMatter(name, isFolder: isFolder)
  }

  /// How inputs are found.
  package struct Options: Sendable {
    /// Where files are looked for.
    package var files: any FileSystem
    /// The name of standard input; nil for the standard one.
    package var standardInputName: String?
    /// The working folder: an absolute path without links.
    package var workingFolder: String
    /// The root of the project, which links in walked folders must not leave: an absolute path without
    /// links.
    package var projectRoot: String
    /// The names of commands that a path may be meant for.
    package var commandNames: @Sendable () -> [String]
    /// Whether a walk leaves out what Git ignores.
    package var honorsGitIgnore: Bool

    /// Creates options; without a root, that is the working folder.
    package init(
      in files: any FileSystem, workingFolder: String, projectRoot: String? = nil,
      standardInputName: String? = nil,
      commandNames: @escaping @Sendable () -> [String] = { [] },
      honorsGitIgnore: Bool = true
    ) {
      self.files = files
      self.workingFolder = workingFolder
      self.projectRoot = projectRoot ?? workingFolder
      self.standardInputName = standardInputName
      self.commandNames = commandNames
      self.honorsGitIgnore = honorsGitIgnore
    }
  }

  /// A way to a file.
  struct Candidate {
    /// How a file was reached, the way that counts most first.
    enum Reach: Int, Comparable {
      /// By its own path.
      case itself
      /// By the name that somebody gave, which leads over a link.
      case name
      /// By a link in a walk.
      case link

      static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
    }

    var input: InputSource
    var reach: Reach
  }

  private let options: Options
  private var result = CollectedInputs()
  private var candidates: [Candidate] = []

  /// Collects the inputs that paths name: files as they are, folders walked.
  ///
  /// A walk takes in files with the endings of `Syntax`. It skips hidden files and folders,
  /// `node_modules`, what Git ignores, what is no regular file, links that leave the project, and folders
  /// that `exclusion` excludes. A file that is reached by its own path as well as by links is known by
  /// its own path.
  package static func collect(
    _ paths: [String], _ options: Options, excluding exclusion: inout some InputExclusion
  ) -> CollectedInputs {
    var collector = InputCollector(options: options)
    var walk = InputWalk(options)
    for path in paths {
      if StandardStream.isMeant(by: path) {
        collector.addStandardInput(&exclusion)
        continue
      }
      do throws(Errno) {
        switch try options.files.examine(path) {
        case .file: collector.addNamed(path, isStream: false, &exclusion)
        case .stream: collector.addNamed(path, isStream: true, &exclusion)
        case .folder:
          collector.result.folders.append(path)
          if exclusion.excludesByName(folder: path) {
            collector.result.excludedFolders.append(path)
          }
          try walk.addRoot(path)
        case .missing: throw .noSuchFileOrDirectory
        }
      } catch {
        collector.result.diagnostics.append(collector.failure(path, error))
      }
    }
    walk.run(&exclusion)
    collector.candidates += walk.candidates
    collector.result.diagnostics += walk.diagnostics
    collector.result.firstIgnoredPath = walk.firstIgnoredPath
    collector.settle(&exclusion)
    // By this order, that of the arguments decides nothing.
    var seen: Set<Diagnostic> = []
    collector.result.diagnostics = collector.result.diagnostics
      .filter { seen.insert($0).inserted }
      .sorted { $0.message.utf8.lexicographicallyPrecedes($1.message.utf8) }
    return collector.result
  }

  /// Collects the inputs that paths name, with nothing excluded.
  package static func collect(_ paths: [String], _ options: Options) -> CollectedInputs {
    var exclusion = NoExclusion()
    return collect(paths, options, excluding: &exclusion)
  }

  private init(options: Options) { self.options = options }

  private var files: any FileSystem { options.files }

  // MARK: - Named paths

  private mutating func addStandardInput(_ exclusion: inout some InputExclusion) {
    let name = options.standardInputName ?? InputSource.standardInputName
    let input = InputSource(
      .standardInput, shownPath: files.shownPath(of: name, workingFolder: options.workingFolder),
      syntax: Syntax(path: name),
      isStream: true)
    add(Candidate(input: input, reach: .itself), isExcluded: exclusion.excludesFile(name))
  }

  private mutating func addNamed(
    _ path: String, isStream: Bool, _ exclusion: inout some InputExclusion
  ) {
    let real = files.realPath(path) ?? path
    let absolute = files.absolutePath(of: path, workingFolder: options.workingFolder)
    let input = InputSource(
      .file(path), shownPath: files.shownPath(of: path, workingFolder: options.workingFolder),
      syntax: Syntax(path: path),
      realPath: real, isStream: isStream)
    let isItself = absolute.utf8.elementsEqual(real.utf8)
    add(
      Candidate(input: input, reach: isItself ? .itself : .name),
      isExcluded: exclusion.excludesFile(path))
  }

  private mutating func add(_ candidate: Candidate, isExcluded: Bool) {
    if isExcluded {
      let isKnown = result.excluded.contains {
        $0.shownPath.utf8.elementsEqual(candidate.input.shownPath.utf8)
      }
      if !isKnown { result.excluded.append(candidate.input) }
    } else {
      candidates.append(candidate)
    }
  }

  /// What to report of a named path that leads to nothing readable.
  private func failure(_ path: String, _ error: Errno) -> Diagnostic {
    switch error {
    case .noSuchFileOrDirectory, .notDirectory:
      if files.isLink(path) {
        return Diagnostic("input/missing", "'\(path)' is a link to a file that does not exist")
      }
      // A misspelled command is taken for a path, as the default command has no name.
      let command = NearestName.nearest(to: path, among: options.commandNames())
      return Diagnostic(
        "input/missing", "no file or folder '\(path)'",
        hint: command.map { "did you mean the command '\($0)'?" })
    default: return Diagnostic.unreadable(path, error)
    }
  }

  // MARK: - One input for each file

  /// The place of a path; a path that has none gets the next one.
  private static func place(
    of path: [UInt8], in places: inout [[UInt8]: Int], next: Int
  ) -> Int {
    if let place = places[path] { return place }
    places[path] = next
    return next
  }

  /// Makes one input of all candidates that lead to the same file.
  private mutating func settle(_ exclusion: inout some InputExclusion) {
    // Two names may look alike and still be two files.
    var places: [[UInt8]: Int] = [:]
    var groups: [[Candidate]] = []
    places.reserveCapacity(candidates.count)
    groups.reserveCapacity(candidates.count)
    for candidate in candidates {
      let path = Array(candidate.input.realPath.utf8)
      let place = Self.place(of: path, in: &places, next: groups.count)
      if place < groups.count {
        groups[place].append(candidate)
      } else {
        groups.append([candidate])
      }
    }
    // Walks find the files of a folder in their order, which makes sorting them cheap.
    for var group in groups {
      // What is excluded by its own path is still checked by a name that is not excluded.
      if group.count > 1, group.contains(where: { $0.reach == .name }),
        exclusion.excludesFile(group[0].input.realPath)
      {
        group.removeAll { $0.reach != .name }
      }
      let best = group.min { left, right in
        if left.reach != right.reach { return left.reach < right.reach }
        let (left, right) = (left.input.shownPath.utf8, right.input.shownPath.utf8)
        return left.count != right.count
          ? left.count < right.count : left.lexicographicallyPrecedes(right)
      }
      guard var input = best?.input else { continue }
      input.isExplicit = group.contains { $0.input.isExplicit }
      result.inputs.append(input)
    }
    result.inputs.sort { $0.shownPath.bytesPrecede($1.shownPath) }
    result.excluded.sort { $0.shownPath.bytesPrecede($1.shownPath) }
  }
}

/// The files that a run itself reads or writes, which are no inputs of it unless they are named.
package struct OwnFiles: Sendable {
  /// The paths without links, by their bytes.
  let paths: Set<[UInt8]>

  /// Whether an input was found in a walk and is one of the files.
  package func contains(_ input: InputSource) -> Bool {
    !input.isExplicit && paths.contains(Array(input.realPath.utf8))
  }
}

/// Excludes nothing.
private struct NoExclusion: InputExclusion {
  func excludesFolder(_ path: String) -> Bool { false }
  func excludesFile(_ path: String) -> Bool { false }
  func excludesByName(folder path: String) -> Bool { false }
}
