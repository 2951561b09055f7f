/// One step of a YAML text: a container begins or ends, a scalar or an alias stands.
struct Event {
  /// What the step is.
  enum Kind {
    case streamEnd
    case documentStart
    case documentEnd
    /// A use of the anchor named.
    case alias([UInt8])
    /// A scalar with its decoded text; `isPlain` says that it stands without quotes.
    case scalar([UInt8], isPlain: Bool)
    case sequenceStart(isFlow: Bool)
    case sequenceEnd
    case mappingStart(isFlow: Bool)
    case mappingEnd
  }

  /// What the step is.
  var kind: Kind
  /// The byte offset where it begins, its anchor and tag included.
  var start: Int
  /// The byte offset where it ends; for a block container's start, where its first entry begins.
  var end: Int
  /// The name that later aliases may call the node by.
  var anchor: [UInt8]?
  /// The tag in full, such as `tag:yaml.org,2002:str`.
  var tag: [UInt8]?
}
