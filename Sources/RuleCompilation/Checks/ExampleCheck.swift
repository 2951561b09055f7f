import Documents
import Evaluation
import Findings
import RulePacks
import SourceText

/// Tries a pack's examples: each does what it stands under.
struct ExampleCheck {
  /// How many bytes all examples of a pack may have, so that trying them takes a bounded time.
  static let byteLimit = 1 << 24

  let pack: RulePack
  let plan: Plan
  private(set) var diagnostics: [Diagnostic] = []
  private var byteCount = 0
  private var lines: LineIndex?

  init(pack: RulePack, plan: Plan) {
    self.pack = pack
    self.plan = plan
  }

  /// Tries the examples of all rules, those of rules that are off included.
  mutating func check() {
    for rule in pack.rules where !rule.examples.isEmpty {
      guard var trial = ExampleTrial(of: rule, in: plan) else { continue }
      for example in rule.examples {
        guard tryOut(example, &trial) else { return }
      }
    }
  }

  /// Tries one example; false where there were too many.
  private mutating func tryOut(
    _ example: RulePack.Example, _ trial: inout ExampleTrial
  ) -> Bool {
    let text = example.json(in: pack)
    byteCount += text.count
    guard byteCount <= Self.byteLimit else {
      add(
        "pack/too-many-examples", .warning,
        "the examples hold more than \(Self.byteLimit) bytes; from here on they are not tried",
        at: example.node)
      return false
    }
    var document = JSONReader.read(text).document
    if let fault = trial.fault(of: example, &document) {
      add("pack/bad-example", .error, fault.message, at: fault.node)
    }
    return true
  }

  private mutating func add(
    _ code: String, _ severity: Severity, _ message: String, at node: NodeID
  ) {
    let lines = lines ?? pack.file.source.lineIndex()
    self.lines = lines
    diagnostics.append(
      Diagnostic(
        code, severity: severity, message, at: pack.file.location(of: node, lines: lines)))
  }
}
