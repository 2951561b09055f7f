import CZLib
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
  ///
  /// Of a compressed one, the bytes of the file count, also where its text was kept between the two.
  @Test(arguments: [1, 2], [false, true])
  func arraysCountOnce(jobs: Int, isCompressed: Bool) throws {
    let file = isCompressed ? try Self.compressed(Self.array) : Self.array
    if isCompressed { #expect(file.count < Self.array.count / 20) }
    for isStream in [false, true] {
      let files = InMemoryFileSystem()
      if isStream { files.addStream(file, at: "/a.json") } else { files.add(file, at: "/a.json") }
      let counts = counts(
        of: [InputSource(.file("/a.json"), shownPath: "a.json", isStream: isStream)], in: files,
        jobs: jobs)
      #expect(counts.total == (isStream ? nil : file.count))
      #expect((counts.during.first ?? 0) >= file.count / 2)
      #expect((file.count - 1...file.count).contains(counts.end))
      #expect(counts.during == counts.during.sorted())
      #expect(counts.during.allSatisfy { $0 <= file.count })
      // The second half counts block by block where the text is read from what was kept.
      if isStream { #expect(Set(counts.during).count > (jobs == 1 ? 5 : 2), "\(counts.during)") }
    }
  }

  /// Bytes in a gzip container.
  private static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    var (bytes, container) = (bytes, [UInt8](repeating: 0, count: bytes.count))
    var stream = unsafe z_stream()
    // 16 beyond the largest window asks for the container of gzip.
    try #require(
      unsafe deflateInit2_(
        &stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        CInt(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { _ = unsafe deflateEnd(&stream) }
    let status = unsafe bytes.withUnsafeMutableBufferPointer { input in
      unsafe container.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = CUnsignedInt(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = CUnsignedInt(output.count)
        return unsafe deflate(&stream, Z_FINISH)
      }
    }
    try #require(status == Z_STREAM_END)
    return Array(container.prefix(Int(unsafe stream.total_out)))
  }

  /// Shares of numbers beyond those that are exact are clamped.
  @Test func passesAreClamped() {
    let progress = RunProgress()
    progress.advance(to: 10)
    progress.lastPass(keptSize: 0).advance(to: .max)
    #expect(progress.counts.position == .max)
    progress.advance(to: 100)
    progress.lastPass(keptSize: 1_000).advance(to: 1_000)
    #expect(progress.counts.position == 200)
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
