import CLibYAML

/// The owner of a libyaml parser: the one place of this module with memory to free.
///
/// It holds its own copy of the text, since libyaml keeps a pointer to it.
@safe struct EventParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  private var isUsable: Bool

  /// Begins to read a text of valid UTF-8 without byte-order mark.
  init(_ bytes: [UInt8]) {
    unsafe parser = .allocate(capacity: 1)
    // One byte more, so that the base address of an empty text is none of nil.
    unsafe text = .allocate(capacity: bytes.count + 1)
    _ = unsafe text.initialize(from: bytes + [0])
    isUsable = unsafe yaml_parser_initialize(parser) == 1
    if isUsable, let address = unsafe text.baseAddress {
      unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      unsafe yaml_parser_set_input_string(parser, address, bytes.count)
    }
  }

  deinit {
    if isUsable { unsafe yaml_parser_delete(parser) }
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// Reads the next step; its places count characters.
  ///
  /// Nothing can be read after an error.
  mutating func next() throws(ParserProblem) -> Event {
    while true {
      guard isUsable else { throw ParserProblem(problem: ParserProblem.outOfMemory, character: 0) }
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
      defer { unsafe yaml_event_delete(&event) }
      if let event = unsafe Self.event(event) { return event }
    }
  }

  /// The step that libyaml's event describes, or nil for the start of the stream.
  private static func event(_ event: yaml_event_t) -> Event? {
    var anchor: [UInt8]?
    var tag: [UInt8]?
    let kind: Event.Kind
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: kind = .streamEnd
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = unsafe .alias(bytes(event.data.alias.anchor) ?? [])
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      unsafe anchor = bytes(scalar.anchor)
      unsafe tag = bytes(scalar.tag)
      let value = unsafe Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      kind = unsafe .scalar(value, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      unsafe anchor = bytes(start.anchor)
      unsafe tag = bytes(start.tag)
      kind = unsafe .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      unsafe anchor = bytes(start.anchor)
      unsafe tag = bytes(start.tag)
      kind = unsafe .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: return nil
    }
    return unsafe Event(
      kind: kind, start: Int(clamping: event.start_mark.index),
      end: Int(clamping: event.end_mark.index), anchor: anchor, tag: tag)
  }

  /// The bytes of a C string.
  private static func bytes(_ text: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8]? {
    guard let text = unsafe text else { return nil }
    var count = 0
    while unsafe text[count] != 0 { count += 1 }
    return unsafe Array(UnsafeBufferPointer(start: text, count: count))
  }

  private func problem() -> ParserProblem {
    guard unsafe parser.pointee.error != YAML_MEMORY_ERROR else {
      return ParserProblem(problem: ParserProblem.outOfMemory, character: 0)
    }
    let state = unsafe parser.pointee
    var problem = unsafe ParserProblem(
      problem: Self.string(state.problem), character: Int(clamping: state.problem_mark.index))
    if let context = unsafe state.context {
      problem.context = unsafe Self.string(context)
      problem.contextCharacter = unsafe Int(clamping: state.context_mark.index)
    }
    return problem
  }

  private static func string(_ text: UnsafePointer<CChar>?) -> String {
    guard let text = unsafe text else { return "" }
    return unsafe String(cString: text)
  }
}

/// What libyaml says against a text, in its own words and with places that count characters.
struct ParserProblem: Error {
  /// What it found.
  var problem: String
  /// Where it found that.
  var character: Int
  /// What it was reading; empty where it does not say.
  var context = ""
  /// Where it began to read that.
  var contextCharacter: Int?

  /// The word for an allocation that failed.
  static let outOfMemory = "out of memory"
}
