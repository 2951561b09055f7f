import BasicContainers
import Documents
import Evaluation
import Findings
import RequisiteFiles
import SourceText

/// A JSON text that is an array of requests.
///
/// It is one if no pack detects the array itself or was chosen for every document, and a pack detects an
/// element of it. Packs without a request see the array as one document. Elements are checked as the
/// lines of a log are, in blocks, so that the size of the array does not matter.
extension Linter {
  /// Arrays of more bytes are not read at once to see what they are.
  private static let largeArray = 1 << 20

  /// Whether elements of arrays may be requests of their own: not where somebody chose the packs for all
  /// documents.
  private var mayHaveBatches: Bool {
    var detects = false
    for index in runs.indices {
      if runs[index].applicability == .whenDetected {
        detects = true
      } else if !runs[index].isGeneral {
        return false
      }
    }
    return detects
  }

  /// Whether a document is an array of which a pack detects an element.
  mutating func isBatch(_ document: Document) -> Bool {
    guard !document.isEmpty, document.kind(of: .root) == .array, mayHaveBatches else {
      return false
    }
    return document.elements(of: .root).contains { isDetected($0, in: document) }
  }

  private mutating func isDetected(_ value: NodeID, in document: Document) -> Bool {
    for index in runs.indices where runs[index].applicability == .whenDetected {
      if runs[index].evaluator.detects(value, in: document) { return true }
    }
    return false
  }

  /// Reads and checks a document; a large array of requests is left to be checked in blocks.
  mutating func check(_ input: InputSource) -> Swift.Result<CheckedDocument, Diagnostic> {
    check(input) { (linter: inout Linter, text: TextStream) throws(Diagnostic) in
      let reader = BatchReader(
        text, of: input, limits: linter.options.sizeLimits, countsLines: false)
      return try linter.isBatch(reader)
    }
  }

  /// The same, where `isBatch` reads a large array in blocks to see whether it is one of requests.
  mutating func check(
    _ input: InputSource, isBatch: (inout Linter, TextStream) throws(Diagnostic) -> Bool
  ) -> Swift.Result<CheckedDocument, Diagnostic> {
    do throws(Diagnostic) {
      switch try read(input, isBatch: isBatch) {
      case .whole(let bytes): return .success(check(bytes, of: input))
      case .batch(let spool):
        var result = LintResult()
        result.isBatch = true
        return .success(
          CheckedDocument(
            bytes: [], result: result, candidates: [], hidden: [], ranPacks: [], spool: spool))
      }
    } catch {
      return .failure(error)
    }
  }

  /// What was read of an input.
  private enum ReadText {
    case whole([UInt8])
    /// An array of requests that is so large that it is read in blocks: from the input, unless it was kept.
    case batch(SpoolFile?)
  }

  /// Reads a document.
  ///
  /// - Throws: `input/unreadable`, `input/corrupt-gzip`, or `input/too-large` for a text over the limit.
  private mutating func read(
    _ input: InputSource, isBatch: (inout Linter, TextStream) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> ReadText {
    let mayBeLarge = input.syntax == .json && mayBeReadInBlocks
    if mayBeLarge, input.isStream { return try readStream(input, isBatch: isBatch) }
    let (files, limit) = (options.files, options.sizeLimits.document)
    let large = min(Self.largeArray, limit)
    let text = try files.text(of: input, limit: limit) {
      (beginning: [UInt8], size: Int?) throws(Diagnostic) in
      guard mayBeLarge, size.map({ $0 > large }) ?? true, ArrayProbe.beginsArray(beginning),
        let reader = try? InputReader(input, in: files, blockSize: LogReader.blockSize)
      else { return false }
      return try isBatch(&self, TextStream(reader, of: input))
    }
    return text.map { .whole($0) } ?? .batch(nil)
  }

  /// Reads a document that can be read only once.
  ///
  /// A large array is kept in a temporary file until it was checked; in memory, where no file can be created.
  private mutating func readStream(
    _ input: InputSource, isBatch: (inout Linter, TextStream) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> ReadText {
    let limit = options.sizeLimits.document
    let large = min(Self.largeArray, limit)
    var reader = try InputReader(input, in: options.files)
    var text: [UInt8] = []
    var probe = ArrayProbe()
    var canBeKept = true
    while try reader.read(into: &text) {
      if probe.isArray == nil { probe.add(text[probe.count...]) }
      let size = max(text.count, reader.textSize ?? 0)
      if canBeKept, size > large, probe.isArray ?? false {
        reader.enlargeBlocks()
        if let spool = reader.spool(from: text.count) ?? (try? options.files.spoolFile()) {
          let stream = TextStream(reader, of: input, beginning: text, keptIn: spool)
          text = []
          return try isBatch(&self, stream)
            ? .batch(spool) : .whole(try stream.whole(limit: limit))
        }
        canBeKept = false
      }
      guard size <= limit else { throw SizeLimits.documentTooLarge(input.quotedName, limit) }
    }
    return .whole(text)
  }

  /// Whether no pack has to see an array as a whole.
  private var mayBeReadInBlocks: Bool {
    guard mayHaveBatches else { return false }
    for index in runs.indices
    where runs[index].applicability == .always
      || runs[index].evaluator.plan.mayDetectArrays
    {
      return false
    }
    return true
  }

  /// Whether a text is a well-formed array of which a pack detects an element.
  ///
  /// - Throws: `input/too-large`, as `isBatch(_:probed:)` does.
  private mutating func isBatch(_ reader: consuming BatchReader) throws(Diagnostic) -> Bool {
    let blocks = BatchQueue(reader, workers: nil, jobs: 1) { .probe($0, profile: 0) }
    return try isBatch(blocks) { _ in nil }
  }

  /// Whether a text in memory is such an array, and so large that no tree is made of it.
  mutating func isLargeBatch(_ bytes: [UInt8], of input: InputSource) -> Bool {
    guard input.syntax == .json, bytes.count > Self.largeArray, mayBeReadInBlocks,
      ArrayProbe.beginsArray(bytes)
    else { return false }
    return (try? isBatch(BatchReader(bytes, of: input))) ?? false
  }

  /// Whether blocks are those of a well-formed array of which a pack detects an element.
  ///
  /// `probed` is what another thread found out of a block, if one was given it.
  ///
  /// - Throws: `input/too-large`, where an array of requests or an element of it is over its limit.
  mutating func isBatch(
    _ blocks: consuming BatchQueue, probed: (Int) -> ProbedBlock?
  ) throws(Diagnostic) -> Bool {
    var isDetected = false
    do throws(Diagnostic) {
      while !isInterrupted, let (block, ticket) = try blocks.next() {
        let result = ticket.flatMap(probed) ?? probe(block, detects: !isDetected)
        guard result.isWellFormed else { return false }
        isDetected = isDetected || result.isDetected
      }
    } catch {
      // Reading it as one document reports everything else.
      guard isDetected, error.code == "input/too-large" else { return false }
      throw error
    }
    return isDetected && !blocks.isMalformed
  }

  /// Finds out whether elements are well formed and, if `detects`, whether a pack detects one.
  mutating func probe(_ block: LogBlock, detects: Bool = true) -> ProbedBlock {
    var probed = ProbedBlock()
    var document = Document()
    swap(&document, &line)
    defer { swap(&document, &line) }
    JSONReader.replaceSource(of: &document, with: block.bytes)
    for record in block.records ?? [] {
      guard
        JSONReader.read(into: &document, in: record.value, depthLimit: options.depthLimit - 1)
      else {
        probed.isWellFormed = false
        return probed
      }
      if detects, !probed.isDetected { probed.isDetected = isDetected(.root, in: document) }
    }
    return probed
  }

  /// Checks the elements of an array in memory.
  mutating func lintBatch(_ bytes: [UInt8], of input: InputSource) -> LintResult {
    // What one large element needed is not held on to.
    defer { line = Document() }
    var log = LogCheck(input, options: options, filter: nil, isBatch: true)
    var reader = BatchReader(bytes, of: input)
    var result = LintResult()
    do throws(Diagnostic) {
      while let block = try reader.next() {
        result += log.check(block, with: &self)
      }
      result += log.end(with: self)
    } catch {
      result.diagnostics.append(error)
    }
    return result
  }

  /// The text of an array with all fixes of its elements applied, each by itself.
  mutating func fixBatch(
    _ bytes: [UInt8], of input: InputSource, includingUnsafe: Bool, filter: FilterPreview?
  ) -> FixedText {
    var fixed = FixedText(bytes: [])
    fixed.bytes.reserveCapacity(bytes.count)
    var reader = BatchReader(bytes, of: input)
    var fixing = LogFixing(input, includesUnsafe: includingUnsafe, filter: filter) { _ in }
    do throws(Diagnostic) {
      while !isInterrupted, let block = try reader.next() {
        var end = 0
        for record in block.records ?? [] {
          let element = record.value
          fixed.bytes += block.bytes[end..<element.lowerBound]
          end = element.upperBound
          let text = Array(block.bytes[element.lowerBound..<end])
          fixing.position = record.position
          if let change = fixedRecord(text, &fixing) {
            fixed.hidden += change.hidden.map { $0.shifted(by: fixed.bytes.count) }
            fixed.bytes += change.bytes
          } else {
            fixed.bytes += text
          }
        }
        fixed.bytes += block.bytes[end...]
      }
    } catch {
      fixed.diagnostics.append(error)
    }
    fixed.fixCount = fixing.tally.fixCount
    fixed.unsafeCount = fixing.tally.unsafeCount
    fixed.diagnostics += fixing.diagnostics
    // What could not be read to its end stays as it is.
    if reader.isMalformed || fixed.diagnostics.hasErrors { return FixedText(bytes: bytes) }
    return fixed
  }
}

/// What elements of an array are, before it is known whether it is one of requests.
struct ProbedBlock: Sendable {
  /// Whether all of them are.
  var isWellFormed = true
  /// Whether a pack detects one of them.
  var isDetected = false
}

extension LintResult {
  /// Adds what came of a further part of the same input.
  static func += (left: inout LintResult, right: LintResult) {
    left.findings += right.findings
    left.diagnostics += right.diagnostics
    left.requestCount += right.requestCount
    left.isUnmatched = left.isUnmatched || right.isUnmatched
    left.suppressedCount += right.suppressedCount
    left.acceptedCount += right.acceptedCount
    left.knownCount += right.knownCount
  }
}
