import Documents
package import Findings
package import SourceText

/// Turns the text of a rule pack into a `RulePack`.
package enum RulePackReader {
  /// Reads a pack; whatever is wrong with it is in the reading, all at once.
  ///
  /// The pack's file is JSON where its name ends in `.json`, else YAML. `loadFile` gives the file of
  /// the request's model; its path is relative to the folder of the pack's file, has no `..` and
  /// leads nowhere else, symbolic links aside: those are for `loadFile` to check. What it throws
  /// becomes one of the diagnostics, at the path's place where it has none of its own.
  package static func read(
    _ source: SourceFile,
    loadFile: (_ relativePath: String) throws(Diagnostic) -> SourceFile
  ) -> RulePackReading {
    let (file, reading) = PackFile.read(source)
    var parts = PackParts(file: file, isComplete: reading.isFaithful)
    for error in reading.errors { parts.report(error) }
    let pack = file.document.isEmpty ? nil : parts.pack(loadFile)
    return RulePackReading(pack: pack, diagnostics: parts.diagnostics())
  }
}

/// What reading a pack gave.
package struct RulePackReading: Sendable {
  /// The pack as far as it could be made out.
  ///
  /// Where there are errors, it is good for finding more of them, never for a run.
  package let pack: RulePack?
  /// What is wrong with the pack and the model of its request, sorted by place.
  package let diagnostics: [Diagnostic]

  /// Creates a reading.
  package init(pack: RulePack?, diagnostics: [Diagnostic]) {
    self.pack = pack
    self.diagnostics = diagnostics
  }

  /// Whether the pack must not be used.
  package var hasErrors: Bool { pack == nil || diagnostics.hasErrors }
}
