import Findings

/// The linters of one thread, one for each profile that is in use.
final class ProfileLinters {
  private let profiles: [LintOptions]
  private var boxes: [LinterBox?]

  init(_ profiles: [LintOptions]) {
    self.profiles = profiles
    boxes = Array(repeating: nil, count: profiles.count)
  }

  /// The linter of the profile at a place, which is made when it is first asked for.
  subscript(profile: Int) -> LinterBox {
    if let box = boxes[profile] { return box }
    let box = LinterBox(profiles[profile])
    boxes[profile] = box
    return box
  }

  /// What the rules of each profile in use did so far; empty where the options do not ask for it.
  var statistics: [RunStatistics] { boxes.compactMap { $0?.linter.statistics } }
}

/// A linter in a class, since what cannot be copied cannot be listed.
final class LinterBox {
  var linter: Linter

  init(_ options: LintOptions) { linter = Linter(options: options) }

  /// Reads and checks a document.
  func check(_ input: InputSource) -> Swift.Result<CheckedDocument, Diagnostic> {
    do throws(Diagnostic) {
      guard let bytes = try linter.read(input) else {
        var result = LintResult()
        result.isBatch = true
        return .success(
          CheckedDocument(bytes: [], result: result, candidates: [], hidden: [], ranPacks: []))
      }
      return .success(linter.check(bytes, of: input))
    } catch {
      return .failure(error)
    }
  }
}
