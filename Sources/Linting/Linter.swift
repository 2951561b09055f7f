package import Findings
import Documents
import Evaluation
import SourceText
import SystemPackage
import YAML

/// What a run found in one input.
package struct LintResult: Sendable {
  /// What is wrong with the input's requests, in the order of reports.
  package var findings: [Finding] = []
  /// Why the input could not be checked.
  package var diagnostics: [Diagnostic] = []
  /// How many requests there were.
  package var requestCount = 0
}

/// Checks one input after another against packs; one linter for each task.
package struct Linter: ~Copyable {
  private let options: LintOptions
  private let sensitiveText: SensitiveText
  private var runs: [PackRun]

  /// A pack's evaluator; in a class so that evaluators, which cannot be copied, can be listed.
  private final class PackRun {
    let name: String
    var evaluator: Evaluator

    init(_ pack: LoadedPack, options: LintOptions) {
      name = pack.pack.name.value
      evaluator = Evaluator(plan: pack.plan, casing: options.casing)
    }
  }

  /// Creates a linter.
  package init(options: LintOptions) {
    self.options = options
    sensitiveText = SensitiveText(packs: options.packs)
    runs = options.packs.map { PackRun($0, options: options) }
  }

  /// Checks an input. Findings of a long one are handed on in parts, so that they need not be kept.
  package mutating func lint(
    _ input: LintInput, emit: (LintResult) throws -> Void
  ) rethrows {
    do throws(Diagnostic) {
      if input.format == .jsonLines {
        let file = input.path == "-" ? FileDescriptor.standardInput : try FileAccess.open(input.path)
        try lines(of: file, input, emit)
        if input.path != "-" { try? file.close() }
      } else {
        let bytes =
          input.path == "-"
          ? try FileAccess.bytes(of: .standardInput, path: input.shownPath)
          : try FileAccess.bytes(of: input.path)
        try emit(wholeFile(bytes, input))
      }
    } catch {
      try emit(LintResult(diagnostics: [error]))
    }
  }
}
