import Documents
import SourceText

/// Puts the positional tree together from the steps of a YAML text.
struct TreeAssembly: ~Copyable {
  let source: [UInt8]
  private let screened: ScreenedSource
  private var offsets: CharacterOffsets
  private let depthLimit: Int
  private let aliasNodeLimit: Int
  private var parser: EventParser

  private var builder: DocumentBuilder
  private var errors: [SyntaxError] = []
  private var isFaithful = true
  /// The open containers, outermost first.
  private var frames: [Frame] = []
  private var anchors: [[UInt8]: Anchor] = [:]
  /// The bytes of each anchor and of what it marks, or of that one's beginning.
  private var anchorPlaces: [[UInt8]: TextRange] = [:]
  /// Where the last token that belongs to a node ends; a block container ends there.
  private var lastEnd: Int
  /// How many nodes and bytes of text aliases have copied.
  private var copied = (nodes: 0, text: 0)
  /// How many bytes of decoded text the tree holds.
  private var textCount = 0
  /// How many containers are open within a node that is skipped.
  private var skippedDepth = 0
  /// Whether nothing more can be read.
  private var isStopped = false

  /// How many bytes of text aliases may copy for each node that they may copy.
  private static let textPerNode = 160

  /// A container that is open.
  private struct Frame {
    let node: NodeID
    let isMapping: Bool
    let hasBrackets: Bool
    let anchor: [UInt8]?
    /// Whether the next node of a mapping is a key.
    var expectsKey = true
    /// Whether the next value is skipped, since its key could not be read.
    var skipsValue = false
    /// The keys so far and where they stand.
    var keys = KeySet()
    /// How many levels of containers there are below.
    var height = 0
    /// How many bytes of text the tree held before.
    let textStart: Int
  }

  /// What an alias stands for.
  private enum Anchor {
    /// A container that is not complete.
    case open(NodeID)
    case container(NodeID, height: Int, textCount: Int)
    case scalar(ScalarValue, [UInt8], TextRange)
    /// A part of something that could not be read and was reported.
    case unreadable
  }

  init(
    _ source: [UInt8], _ screened: ScreenedSource, depthLimit: Int, aliasNodeLimit: Int
  ) {
    self.source = source
    self.screened = screened
    self.depthLimit = depthLimit
    self.aliasNodeLimit = aliasNodeLimit
    offsets = CharacterOffsets(screened.bytes)
    parser = EventParser(screened.parserBytes)
    builder = DocumentBuilder(source: source, range: TextRange(screened.start, source.count))
    lastEnd = screened.start
    errors = screened.errors
    isFaithful = screened.errors.isEmpty
    if let place = screened.tagDirectiveOverLimit {
      refuse(
        .syntax, place,
        "more than \(ScreenedSource.tagDirectiveLimit) %TAG directives; the document is not read")
      isStopped = true
    }
  }

  // MARK: - Documents

  /// Reads the only document of the text; a second one is an error.
  mutating func readOnlyDocument() -> Reading {
    var reading = readNextDocument() ?? readingOfNothing()
    if !isStopped, let event = nextEvent(), case .documentStart = event.kind {
      report(
        .syntax, TextRange(event.start, event.end),
        "second document in the file; a file holds one document")
    }
    reading.errors += errors
    reading.isFaithful = reading.isFaithful && isFaithful
    return reading
  }

  /// Reads the next document, or gives nil after the last.
  mutating func readNextDocument() -> Reading? {
    while let event = nextEvent() {
      guard case .documentStart = event.kind else { continue }
      lastEnd = max(lastEnd, event.end)
      readNodes()
      return takeReading()
    }
    return errors.isEmpty ? nil : takeReading()
  }

  /// What there is to say of a text without any document.
  private func readingOfNothing() -> Reading {
    let error = SyntaxError(
      .syntax, TextRange(at: screened.start), "empty file; expected a document")
    return Reading(document: Document(source: source), errors: [error], isFaithful: false)
  }

  /// The document so far, and room for the next one.
  private mutating func takeReading() -> Reading {
    closeContainers()
    let finished = builder
    builder = DocumentBuilder(source: source, range: TextRange(screened.start, source.count))
    let reading = Reading(
      document: finished.finish(), errors: errors.sorted { $0.range < $1.range },
      isFaithful: isFaithful)
    errors = []
    isFaithful = true
    anchors = [:]
    anchorPlaces = [:]
    return reading
  }

  /// Closes what an error left open, a key without its value included.
  private mutating func closeContainers() {
    while let frame = frames.popLast() {
      if frame.isMapping, !frame.expectsKey, !frame.skipsValue {
        builder.absent(TextRange(at: lastEnd))
      }
      builder.end(at: lastEnd)
    }
    skippedDepth = 0
  }

  private mutating func report(
    _ category: SyntaxError.Category, _ range: TextRange, _ message: SyntaxMessage,
    related: SyntaxError.Related? = nil
  ) {
    errors.append(SyntaxError(category, range, message, related: related))
  }

  /// Reports a fault that leaves a part of the tree unread or in doubt.
  private mutating func refuse(
    _ category: SyntaxError.Category, _ range: TextRange, _ message: SyntaxMessage,
    related: SyntaxError.Related? = nil
  ) {
    report(category, range, message, related: related)
    isFaithful = false
  }

  // MARK: - Steps

  /// The next step with its places in bytes, or nil at the end of the stream and after an error.
  private mutating func nextEvent() -> Event? {
    guard !isStopped else { return nil }
    do throws(ParserProblem) {
      var event = try parser.next()
      if case .streamEnd = event.kind {
        isStopped = true
        return nil
      }
      event.start = screened.start + offsets.offset(ofCharacter: event.start)
      event.end = screened.start + offsets.offset(ofCharacter: event.end)
      if case .scalar(let text, let isPlain) = event.kind {
        event.kind = .scalar(screened.restored(text), isPlain: isPlain)
      }
      if let anchor = event.anchor { anchorPlaces[anchor] = TextRange(event.start, event.end) }
      return event
    } catch {
      isStopped = true
      isFaithful = false
      let place = screened.start + offsets.offset(ofCharacter: error.character)
      var context: Int?
      if let character = error.contextCharacter {
        context = screened.start + offsets.offset(ofCharacter: character)
      }
      errors.append(
        ProblemSentence(source: source, problem: error, place: place, context: context).error)
      return nil
    }
  }

  /// Reads the nodes of one document.
  private mutating func readNodes() {
    while let event = nextEvent() {
      if case .documentEnd = event.kind { return }
      if skippedDepth > 0 {
        skip(event)
        continue
      }
      switch event.kind {
      case .alias, .scalar, .sequenceStart, .mappingStart: read(event)
      case .sequenceEnd, .mappingEnd: endContainer(event)
      case .streamEnd, .documentStart, .documentEnd: return
      }
    }
  }

  private mutating func read(_ event: Event) {
    let last = frames.count - 1
    if last >= 0, frames[last].isMapping {
      if frames[last].expectsKey {
        readKey(event)
        return
      }
      frames[last].expectsKey = true
      if frames[last].skipsValue {
        frames[last].skipsValue = false
        skip(event)
        return
      }
    }
    switch event.kind {
    case .scalar(let text, let isPlain): readScalar(text, isPlain: isPlain, event)
    case .alias(let name): readAlias(name, event)
    case .sequenceStart(let isFlow): beginContainer(.array, isFlow: isFlow, event)
    case .mappingStart(let isFlow): beginContainer(.object, isFlow: isFlow, event)
    case .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd: break
    }
  }

  /// Skips a node, or one more step of a container that is skipped.
  private mutating func skip(_ event: Event) {
    if let anchor = event.anchor { anchors[anchor] = .unreadable }
    switch event.kind {
    case .sequenceStart, .mappingStart:
      lastEnd = max(lastEnd, event.end)
      skippedDepth += 1
      checkDepth(frames.count + skippedDepth, event)
    case .sequenceEnd, .mappingEnd:
      // Only a bracket has a width of its own; a block's end is marked where the next token begins.
      if event.end > event.start { lastEnd = event.end }
      skippedDepth -= 1
    case .scalar(_, let isPlain):
      lastEnd =
        scalarRange(event, NodeProperties(of: event, in: source), isPlain: isPlain)
        .upperBound
    case .alias: lastEnd = event.end
    case .streamEnd, .documentStart, .documentEnd: break
    }
  }

  // MARK: - Containers

  private mutating func beginContainer(_ kind: NodeKind, isFlow: Bool, _ event: Event) {
    guard checkDepth(frames.count + 1, event) else { return }
    let properties = NodeProperties(of: event, in: source)
    // A pair in a flow list, as in `[a: b]`, is a mapping without brackets.
    let isPair =
      isFlow && kind == .object && source.byte(at: event.end - 1) != UInt8(ascii: "{")
    var start = isPair ? event.start : event.end
    // The mark of a list without indentation is behind its first '-', as a bracket's does.
    if isFlow && !isPair || kind == .array && source.byte(at: start) != UInt8(ascii: "-") {
      start -= 1
    }
    checkTag(event.tag, ofContainer: kind, properties.tag ?? TextRange(event.start, start))
    if let anchor = event.anchor { anchors[anchor] = .open(builder.nextNode) }
    frames.append(
      Frame(
        node: builder.nextNode, isMapping: kind == .object, hasBrackets: isFlow && !isPair,
        anchor: event.anchor, textStart: textCount))
    builder.begin(kind, at: start)
    lastEnd = max(lastEnd, event.end)
  }

  private mutating func endContainer(_ event: Event) {
    guard let frame = frames.popLast() else { return }
    if frame.hasBrackets { lastEnd = event.end }
    builder.end(at: lastEnd)
    let height = frame.height + 1
    if let anchor = frame.anchor, case .open(frame.node)? = anchors[anchor] {
      anchors[anchor] = .container(
        frame.node, height: height, textCount: textCount - frame.textStart)
    }
    noteHeight(height)
  }

  private mutating func noteHeight(_ height: Int) {
    if let parent = frames.indices.last {
      frames[parent].height = max(frames[parent].height, height)
    }
  }

  /// Stops the reading where containers nest too deep.
  @discardableResult
  private mutating func checkDepth(_ depth: Int, _ event: Event) -> Bool {
    guard depth > depthLimit else { return true }
    refuse(
      .depth, TextRange(event.start, max(event.end, event.start)),
      "nested more than \(depthLimit) levels deep; the rest is not read")
    isStopped = true
    // The value that should have stood here.
    if let last = frames.indices.last, skippedDepth == 0, frames[last].isMapping {
      frames[last].expectsKey = false
    }
    return false
  }

  private mutating func checkTag(_ tag: [UInt8]?, ofContainer kind: NodeKind, _ range: TextRange) {
    guard let tag, tag != Tag.nonSpecific else { return }
    let (own, what) = kind == .array ? (Tag.sequence, "a list") : (Tag.mapping, "a mapping")
    if tag == own { return }
    if Tag.known.contains(tag) {
      refuse(.syntax, range, "tag \(Tag.shown(tag, at: range)) does not fit \(own: what)")
    } else {
      refuse(.syntax, range, Tag.unknownSentence(tag, at: range))
    }
  }

  // MARK: - Keys

  private mutating func readKey(_ event: Event) {
    let last = frames.count - 1
    frames[last].expectsKey = false
    switch event.kind {
    case .scalar(let text, let isPlain):
      let properties = NodeProperties(of: event, in: source)
      let range = scalarRange(event, properties, isPlain: isPlain)
      let value = resolved(text, isPlain: isPlain, event, properties, range)
      note(event.anchor, value, text, range)
      lastEnd = range.upperBound
      if isPlain, text.isEmpty, event.tag != Tag.string, event.tag != Tag.nonSpecific {
        refuse(.syntax, range, "expected a key before ':'")
        frames[last].skipsValue = true
        return
      }
      if isPlain, event.tag == nil, text.count == 2, text.elementsEqual("<<".utf8) {
        refuse(
          .syntax, range,
          "merge keys ('<<') are not supported in YAML 1.2; write the members out, "
            + "or put the key in quotes if it is a name")
      }
      addName(range, text)
    case .alias(let name):
      lastEnd = event.end
      let range = TextRange(event.start, event.end)
      switch anchor(name, range) {
      case .scalar(_, let text, _)?: addName(range, text)
      case .container?, .open?: refuseComplexKey(range)
      case .unreadable?, nil: frames[last].skipsValue = true
      }
    case .sequenceStart, .mappingStart:
      refuseComplexKey(TextRange(event.start, event.end))
      skip(event)
    case .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd: break
    }
  }

  private mutating func refuseComplexKey(_ range: TextRange) {
    refuse(
      .syntax, range,
      "lists and mappings cannot be keys, since JSON names are strings; "
        + "put text that begins with '{' or '[' in quotes")
    frames[frames.count - 1].skipsValue = true
  }

  private mutating func addName(_ range: TextRange, _ text: [UInt8]) {
    let last = frames.count - 1
    if let first = frames[last].keys.insert(text, at: range) {
      report(
        .duplicateName, range,
        "duplicate key \(quoted(text, of: range)) in this mapping",
        related: SyntaxError.Related(range: first, message: "first used here"))
    }
    builder.name(range, text: text)
    textCount += text.count
  }

  // MARK: - Values

  private mutating func readScalar(_ text: [UInt8], isPlain: Bool, _ event: Event) {
    let properties = NodeProperties(of: event, in: source)
    let range = scalarRange(event, properties, isPlain: isPlain)
    let value = resolved(text, isPlain: isPlain, event, properties, range)
    note(event.anchor, value, text, range)
    lastEnd = max(lastEnd, range.upperBound)
    add(value, text, range)
  }

  private mutating func add(_ value: ScalarValue, _ text: [UInt8], _ range: TextRange) {
    switch value {
    case .null: builder.null(range)
    case .boolean(let value): builder.boolean(value, range)
    case .number(let spelling):
      let isVerbatim = source[range.lowerBound..<range.upperBound].elementsEqual(spelling)
      builder.number(range, text: isVerbatim ? nil : spelling)
    case .string:
      builder.string(range, text: text)
      textCount += text.count
    case .notFinite:
      refuse(
        .syntax, range,
        "\(SyntaxMessage.Quote(SyntaxMessage.Quote.shortened(String(decoding: text, as: UTF8.self)), of: range)) is not a JSON number; "
          + "put it in quotes to write it as text")
      builder.absent(range)
    }
  }

  /// The bytes of a scalar with its quotes; of an empty one, the place where it would stand.
  private func scalarRange(
    _ event: Event, _ properties: NodeProperties, isPlain: Bool
  ) -> TextRange {
    if event.start == event.end {
      let end = source.endOfTokens(from: lastEnd, to: event.start)
      return TextRange(at: end)
    }
    let start = properties.contentStart
    guard start < event.end else { return TextRange(event.start, event.end) }
    let mark = source[start]
    guard !isPlain, mark == UInt8(ascii: "|") || mark == UInt8(ascii: ">") else {
      return TextRange(start, event.end)
    }
    return TextRange(start, source.endWithoutBlankLines(from: start, to: event.end))
  }

  /// What a scalar stands for by its tag or, without one, by the core schema.
  private mutating func resolved(
    _ text: [UInt8], isPlain: Bool, _ event: Event, _ properties: NodeProperties,
    _ range: TextRange
  ) -> ScalarValue {
    guard let tag = event.tag else {
      return isPlain ? CoreSchema.value(ofPlain: text) : .string
    }
    let value: ScalarValue?
    switch tag {
    case Tag.nonSpecific, Tag.string: return .string
    case Tag.integer: value = CoreSchema.integer(text).map { .number($0) }
    case Tag.float:
      value =
        CoreSchema.isNotFinite(text)
        ? .notFinite : (CoreSchema.float(text) ?? CoreSchema.integer(text)).map { .number($0) }
    case Tag.boolean: value = CoreSchema.boolean(text).map { .boolean($0) }
    case Tag.null: value = CoreSchema.isNull(text) ? .null : nil
    case Tag.sequence, Tag.mapping: value = nil
    default:
      let place = properties.tag ?? range
      refuse(.syntax, place, Tag.unknownSentence(tag, at: place))
      return .string
    }
    if let value { return value }
    refuse(
      .syntax, range,
      "\(quoted(text, of: range)) does not fit its tag \(Tag.shown(tag, at: properties.tag ?? range))"
    )
    return .string
  }

  // MARK: - Aliases

  private mutating func note(
    _ anchor: [UInt8]?, _ value: ScalarValue, _ text: [UInt8], _ range: TextRange
  ) {
    guard let anchor else { return }
    anchors[anchor] = value == .notFinite ? .unreadable : .scalar(value, text, range)
  }

  private mutating func readAlias(_ name: [UInt8], _ event: Event) {
    let range = TextRange(event.start, event.end)
    lastEnd = event.end
    builder.noteAlias(at: range)
    switch anchor(name, range) {
    case .scalar(let value, let text, let original)?:
      guard mayCopy(nodes: 1, text: text.count, range) else { return }
      add(value, text, original)
    case .container(let node, let height, let textCount)?:
      guard checkDepth(frames.count + height, event),
        mayCopy(nodes: builder.size(of: node), text: textCount, range)
      else { return }
      builder.copy(node)
      self.textCount += textCount
      noteHeight(height)
    case .open?:
      refuse(
        .syntax, range,
        "alias \(aliasText(name, range)) refers to a node that contains "
          + "it; remove the cycle")
      builder.absent(range)
    case .unreadable?, nil: builder.absent(range)
    }
  }

  /// Counts what an alias is about to copy, and stops the reading where that grows out of hand.
  private mutating func mayCopy(nodes: Int, text: Int, _ range: TextRange) -> Bool {
    copied.nodes = copied.nodes.addingReportingOverflow(nodes).partialValue
    copied.text = copied.text.addingReportingOverflow(text).partialValue
    let (textLimit, overflows) = aliasNodeLimit.multipliedReportingOverflow(by: Self.textPerNode)
    if copied.nodes <= aliasNodeLimit, overflows || copied.text <= textLimit { return true }
    refuse(
      .syntax, range,
      "aliases of this file expand to more than \(aliasNodeLimit) nodes or "
        + "\(overflows ? Int.max : textLimit) bytes of text; the rest is not read")
    isStopped = true
    builder.absent(range)
    return false
  }

  /// What an alias names; an unknown name is reported.
  private mutating func anchor(_ name: [UInt8], _ range: TextRange) -> Anchor? {
    if let anchor = anchors[name] { return anchor }
    let shown = String(decoding: name, as: UTF8.self)
    // A look through all names for each of many unknown ones would take too long.
    var hint: SyntaxMessage = "define it before this alias"
    if errors.count < 20 {
      let known = anchors.keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
      if let nearest = NearestName.nearest(to: shown, among: known) {
        // The name of an anchor may repeat what it marks.
        let place = anchorPlaces[Array(nearest.utf8)] ?? range
        hint = "did you mean \(SyntaxMessage.Quote("*\(nearest)", of: place))?"
      }
    }
    refuse(
      .syntax, range,
      "undefined anchor \(SyntaxMessage.Quote("&\(SyntaxMessage.Quote.shortened(shown))", of: range)); \(hint)"
    )
    return nil
  }

  private func aliasText(_ name: [UInt8], _ range: TextRange) -> SyntaxMessage.Quote {
    let text = String(decoding: name, as: UTF8.self)
    return SyntaxMessage.Quote("*\(SyntaxMessage.Quote.shortened(text))", of: range)
  }

  private func quoted(_ text: [UInt8], of range: TextRange) -> SyntaxMessage.Quote {
    SyntaxMessage.Quote(shortening: String(decoding: text, as: UTF8.self), of: range)
  }
}
