import RulePacks
import Synchronization

/// Where the composition of a loaded pack comes from: it was made, or is made of built-in packs when somebody
/// asks for it.
///
/// Most checks of requests never do: they need the plan alone.
final class CompositionSource: Sendable {
  /// The names of the built-in packs; empty where the composition was made.
  private let names: [String]
  private let readsExamples: Bool
  private let made: Mutex<PackComposition?>

  init(_ composition: PackComposition) {
    names = []
    readsExamples = true
    made = Mutex(composition)
  }

  /// The composition of built-in packs, which have no errors.
  init(ofBuiltIn names: [String], readsExamples: Bool) {
    self.names = names
    self.readsExamples = readsExamples
    made = Mutex(nil)
  }

  /// Whether the plans of the packs were compiled with the program.
  var isOfCompiledPacks: Bool { !names.isEmpty }

  var composition: PackComposition {
    made.withLock { made in
      if let made { return made }
      let composition = PackLoader.composition(ofBuiltIn: names, readsExamples: readsExamples)
      made = composition
      return composition
    }
  }
}
