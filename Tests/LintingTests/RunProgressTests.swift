import Findings
@testable import Linting
import RequisiteFiles
import SourceText
import TestSupport
import Testing

/// What a run counts of its progress.
struct RunProgressTests {
  private static let bad =
    #"{"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {}}"#
  private static let log = Array(
    Array(repeating: bad, count: 8_000).joined(separator: "\n").utf8)
  private static let array = Array(
    "[\(Array(repeating: bad, count: 16_000).joined(separator: ",\n"))]".utf8)

  /// The bytes done by each result of a run, and at its end.
  private func counts(
    of inputs: [InputSource], in files: InMemoryFileSystem, jobs: Int
  ) -> (during: [Int], end: Int, total: Int?) {
    let options = LintOptions(in: files, packs: builtIn.packs, applicability: .whenDetected)
    let progress = RunProgress()
    let sizes = InputSizes(inputs, in: files)
    var during: [Int] = []
    var session = LintSession([options], jobs: jobs, progress: progress)
    session.run(inputs.map { ($0, 0) }) { _, _ in
      during.append(sizes.bytes(at: progress.counts))
    } ended: {
      progress.end(inputs[$0])
    }
    #expect(progress.counts.inputs == inputs.count)
    return (during, sizes.bytes(at: progress.counts), sizes.total)
  }

  /// The bytes of each input count from its first block to its last, whatever comes before and after it.
  @Test(arguments: [1, 2]) func bytesOfInputsCount(jobs: Int) {
    let document = Array(Self.bad.utf8)
    let files = InMemoryFileSystem([
      "/a.json": document, "/b.jsonl": Self.log, "/c.json": Self.array, "/d.jsonl": Self.log,
      "/e.json": document,
    ])
    let inputs = ["a.json", "b.jsonl", "c.json", "d.jsonl", "e.json"].map {
      InputSource(.file("/\($0)"), shownPath: $0)
    }
    let total = 2 * document.count + 2 * Self.log.count + Self.array.count
    let counts = counts(of: inputs, in: files, jobs: jobs)
    #expect(counts.total == total)
    #expect(counts.end == total)
    #expect(counts.during == counts.during.sorted())
    #expect(Set(counts.during).count > (jobs == 1 ? 10 : 3), "\(counts.during)")
    #expect(counts.during.allSatisfy { (0...total).contains($0) })
  }

  /// Looking through a large array counts for one half of it, checking it for the other.
  @Test(arguments: [1, 2]) func arraysCountOnce(jobs: Int) {
    for isStream in [false, true] {
      let files = InMemoryFileSystem()
      if isStream {
        files.addStream(Self.array, at: "/a.json")
      } else {
        files.add(Self.array, at: "/a.json")
      }
      let counts = counts(
        of: [InputSource(.file("/a.json"), shownPath: "a.json", isStream: isStream)], in: files,
        jobs: jobs)
      #expect(counts.total == (isStream ? nil : Self.array.count))
      #expect((counts.during.first ?? 0) >= Self.array.count / 2)
      #expect((Self.array.count - 1...Self.array.count).contains(counts.end))
      #expect(counts.during == counts.during.sorted())
    }
  }

  /// The bytes of streams are known when they were read; those of a file that is gone are none.
  @Test func streamsCountAsTheyAreRead() {
    let files = InMemoryFileSystem(["/b.jsonl": Self.log])
    files.addStream(Self.log, at: "/a.jsonl")
    let inputs = [
      InputSource(.file("/a.jsonl"), shownPath: "a.jsonl", isStream: true),
      InputSource(.file("/b.jsonl"), shownPath: "b.jsonl"),
      InputSource(.file("/c.jsonl"), shownPath: "c.jsonl"),
    ]
    let counts = counts(of: inputs, in: files, jobs: 1)
    #expect(counts.total == nil)
    #expect(counts.end == 2 * Self.log.count)
    #expect(InputSizes(inputs.dropFirst(), in: files).total == Self.log.count)
  }

  /// Sizes beyond all numbers are the largest number, and counts beyond the inputs are those of all.
  @Test func numbersAreClamped() {
    let sizes = InputSizes(
      [InputSource(.file("/b"), shownPath: "b", isStream: true)], in: InMemoryFileSystem())
    #expect(sizes.bytes(at: .init(inputs: 5, position: .max, streamed: .max)) == .max)
    #expect(sizes.bytes(at: .init(inputs: -1)) == 0)
    #expect(InputSizes([], in: InMemoryFileSystem()).total == 0)
  }
}
