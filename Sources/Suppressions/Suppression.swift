package import RequisitePatterns
package import Findings
package import SourceText

/// A finding, or a kind of finding, that somebody has decided to live with, and why.
package struct Suppression: Sendable {
  /// The rule whose findings are meant.
  package var rule: RuleID
  /// The files, by paths relative to the folder of the file that holds the entry.
  package var path: PathGlob
  /// The places in a request; nil for all.
  package var pointer: PointerPattern?
  /// The reason that the entry gives.
  package var reason: String
  /// Who answers for it.
  package var owner: String?
  /// The last day on which it holds, by UTC; nil for good.
  package var until: CalendarDate?
  /// Where the entry stands.
  package var location: Location
  /// The folder that the path is relative to, for an entry that a configuration inherits; nil for that
  /// of the configuration itself.
  package var base: PatternBase?

  /// Whether it has run out.
  package func isExpired(on day: CalendarDate) -> Bool { until.map { $0 < day } ?? false }

  /// Whether it stands for every place of every file, so that it switches the rule off.
  package var isTooBroad: Bool { (pointer?.matchesAll ?? true) && path.fitsEveryRequest }

  /// Whether it stands for a file, by its path relative to the folder of the configuration.
  package func coversFile(at path: String) -> Bool {
    innerPath(of: path).map { self.path.matches($0) } ?? false
  }

  /// What the suppression's path is held against: a file's path below the folder that it is relative to;
  /// nil for a file outside of that.
  package func innerPath(of path: String) -> String? {
    guard let base else { return path }
    return base.path(of: path)
  }

  /// Whether it stands for a place; nil for a finding in text that could not be read as a tree.
  package func covers(_ place: JSONPointer?) -> Bool {
    guard let pointer else { return true }
    return place.map { pointer.matches($0) } ?? pointer.matchesAll
  }
}

extension PathGlob {
  /// Whether it matches every file that a kind of request can be in.
  fileprivate var fitsEveryRequest: Bool {
    // Names that nobody has: what fits these fits all.
    let (name, folders) = ("\u{1}\u{2}", "\u{1}/\u{2}/\u{3}/")
    return [".json", ".jsonl", ".ndjson", ".yaml", ".yml"].contains { ending in
      matches(name + ending) && matches(folders + name + ending)
    }
  }
}

extension PathGlob {
  /// The one path that it fits, with all below it; nil for a pattern with wildcards.
  package var singlePath: [UInt8]? {
    guard text.utf8.contains(UInt8(ascii: "/")), !text.hasSuffix("/"), !text.hasPrefix("."),
      !text.utf8.contains(where: { "*?[]{}\\".utf8.contains($0) })
    else { return nil }
    return Array(text.hasPrefix("/") ? text.utf8.dropFirst() : text.utf8[...])
  }

  /// The pattern that fits one path and nothing else, unless it is a folder.
  package static func text(ofPath path: String) -> String {
    var text = ""
    for scalar in path.unicodeScalars {
      if "*?[]{}\\".unicodeScalars.contains(scalar) { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    // Without a slash it would fit the name at any depth.
    return path.utf8.contains(UInt8(ascii: "/")) && !path.hasPrefix("!") ? text : "/" + text
  }
}
