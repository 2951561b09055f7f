import Findings
import SourceText

/// Holds back a log's findings until the hashes of their lines are known.
struct LogHasher {
  private var hasher = LineHasher()
  private var hashes: [Int: LineHasher.LineHash] = [:]
  private var held: [Finding] = []
  private var early: [(line: Int, hash: LineHasher.LineHash?)] = []
  /// The last line whose hash is known, or known not to be computed.
  private var lastLine = 0

  /// Takes in the next bytes of the log; findings in them are held afterwards.
  mutating func update(_ bytes: [UInt8]) {
    keepWanted()
    var known = early
    early = []
    hasher.update(bytes) { known.append(($0, $1)) }
    early = known
  }

  /// Holds findings.
  mutating func hold(_ findings: [Finding]) {
    held += findings
  }

  /// The findings whose lines' hashes are known by now, with them.
  mutating func takeReady() -> [Finding] {
    takeHeld(upTo: lastLine)
  }

  /// All findings that are left, with the hashes of their lines.
  mutating func finish() -> [Finding] {
    var known: [(line: Int, hash: LineHasher.LineHash?)] = []
    hasher.finish { known.append(($0, $1)) }
    early += known
    keepWanted()
    return takeHeld(upTo: .max)
  }

  private mutating func takeHeld(upTo line: Int) -> [Finding] {
    let count = held.prefix { $0.region.start.line <= line }.count
    var ready = Array(held.prefix(count))
    held.removeFirst(count)
    for index in ready.indices {
      let line = ready[index].region.start.line
      ready[index].lineHash = hashes[line]?.description
    }
    // The last line may go on in the next block.
    if !hashes.isEmpty { hashes = hashes.filter { $0.key >= line } }
    return ready
  }

  /// Keeps those hashes that a finding waits for: all findings of the lines passed so far are held, but for
  /// those of the last line, which may go on in the next block.
  private mutating func keepWanted() {
    guard !early.isEmpty else { return }
    let wanted = Set(held.map(\.region.start.line))
    lastLine = early.last?.line ?? lastLine
    for entry in early where entry.line == lastLine || wanted.contains(entry.line) {
      hashes[entry.line] = entry.hash
    }
    early.removeAll(keepingCapacity: true)
  }
}
