import Documents
import RequestDecoding
import SourceText
import Testing

/// A model with a structure in a structure, a map and a list.
private let (model, symbols): (RequestModel, SymbolTable) = {
  var symbols = SymbolTable()
  func member(_ name: String, _ shape: Int, isNullable: Bool = false) -> NameShapes.Member {
    NameShapes.Member(symbol: symbols.intern(name), shape: shape, isNullable: isNullable)
  }
  let shapes = [
    NameShapes.Shape(kind: .anything),
    NameShapes.Shape(
      kind: .structure, isOpen: false,
      members: [
        member("InstanceId", 0), member("ChatMessage", 2), member("Attributes", 3),
        member("Parts", 4), member("URLPath", 0), member("Note", 0, isNullable: true),
      ]),
    NameShapes.Shape(
      kind: .structure, isOpen: false,
      members: [member("ContentType", 0), member("Content", 0)]),
    NameShapes.Shape(kind: .map, child: 2),
    NameShapes.Shape(kind: .list, child: 2),
  ]
  let names = NameShapes(shapes: shapes, root: 1)
  return (RequestModel(shapes: names, symbols: symbols), symbols)
}()

/// A decoded request, in words.
private struct Decoded {
  let document: Document
  var binding = Binding()

  init(_ text: String, casing: Casing = .auto) {
    document = JSONReader.read(Array(text.utf8)).document
    var decoder = RequestDecoder(model: model, symbols: symbols, casing: casing)
    decoder.bind(document, into: &binding)
  }

  /// `name -> expected`, with a `!` where the member stands there as well.
  var respelled: [String] {
    binding.respelled.map {
      "\(document.text(of: $0.name)) -> \($0.expected)\($0.isRedundant ? " !" : "")"
    }
  }

  /// The pointers of the members that count as absent.
  var hidden: [String] {
    (0..<document.nodeCount).map(NodeID.init)
      .filter { document.kind(of: $0) == .name && binding.isHidden($0) }
      .map { document.pointer(to: $0).description }
  }

  /// The text of a member by its name on the wire.
  func text(_ path: String...) -> String? {
    let request = Request(document, binding: binding)
    var node = NodeID.root
    for name in path {
      guard let value = request.value(of: symbols.symbol(of: name), in: node) else { return nil }
      node = value
    }
    return document.text(of: node)
  }
}

struct RequestDecoderTests {
  // MARK: - Styles

  @Test(arguments: [
    (#"{"InstanceId": "i", "ChatMessage": {"ContentType": "t"}}"#, Casing.wire),
    (#"{"instance_id": "i", "chat_message": {"content_type": "t"}}"#, .snake),
    (#"{"instanceId": "i", "chatMessage": {"contentType": "t"}}"#, .camel),
    // The most names win; a draw is wire, then snake.
    (#"{"instance_id": "i", "chat_message": {"ContentType": "t"}}"#, .snake),
    (#"{"instance_id": "i", "ChatMessage": {}}"#, .wire),
    (#"{"instance_id": "i", "chatMessage": {}}"#, .snake),
    // One word says nothing between snake and camel.
    (#"{"attributes": {}, "parts": []}"#, .snake),
    // Names that are data, and unknown ones, have no say.
    (#"{"InstanceId": "i", "Attributes": {"content_type": {}, "instance_id": {}}}"#, .wire),
    (#"{"InstanceId": "i", "some_thing": 1, "some_other": 2}"#, .wire),
    (#"{}"#, .wire), (#"[]"#, .wire), (#""InstanceId""#, .wire),
  ])
  func findsTheStyle(text: String, style: Casing) {
    #expect(Decoded(text).binding.casing == style)
  }

  @Test(arguments: [
    ("InstanceId", "instance_id", "instanceId"), ("URLPath", "url_path", "urlPath"),
    ("ChatDurationInMinutes", "chat_duration_in_minutes", "chatDurationInMinutes"),
    ("content_type", "content_type", "contentType".lowercased()),
    ("X", "x", "x"), ("SourceIP", "source_ip", "sourceIP"), ("", "", ""),
  ])
  func spells(wire: String, snake: String, camel: String) {
    #expect(Casing.wire.spelling(of: wire) == wire)
    #expect(Casing.auto.spelling(of: wire) == wire)
    #expect(Casing.snake.spelling(of: wire) == snake)
    if !wire.contains("_") { #expect(Casing.camel.spelling(of: wire) == camel) }
  }

  @Test(arguments: [
    #"{"instance_id": "i", "chat_message": {"content_type": "t"}, "url_path": "u"}"#,
    #"{"instanceId": "i", "chatMessage": {"contentType": "t"}, "urlPath": "u"}"#,
    #"{"InstanceId": "i", "ChatMessage": {"ContentType": "t"}, "URLPath": "u"}"#,
  ])
  func readsAWholeStyleWithoutAWord(text: String) {
    let decoded = Decoded(text)
    #expect(decoded.binding.isClean)
    #expect(decoded.text("InstanceId") == "i")
    #expect(decoded.text("ChatMessage", "ContentType") == "t")
    #expect(decoded.text("URLPath") == "u")
  }

  // MARK: - Other spellings

  @Test(arguments: [
    ("instanceId", true), ("INSTANCEID", true), ("instance-id", true), ("Instance Id", true),
    ("_InstanceId_", true), ("instance.id", true), ("InstanceIds", false), ("Instance/Id", false),
    ("ＩnstanceId", false), ("Instanceİd", false),
  ])
  func readsAStrayMemberAsTheMember(name: String, isMember: Bool) {
    let decoded = Decoded(#"{"\#(name)": "i", "ChatMessage": {}, "Parts": []}"#)
    #expect(decoded.respelled == (isMember ? ["\(name) -> InstanceId"] : []))
    #expect(decoded.text("InstanceId") == (isMember ? "i" : nil))
  }

  @Test func reportsStraysInTheStyleOfTheDocument() {
    let snake = Decoded(#"{"instance_id": "i", "chat_message": {"ContentType": "t"}}"#)
    #expect(snake.respelled == ["ContentType -> content_type"])
    #expect(snake.text("ChatMessage", "ContentType") == "t")
  }

  @Test func findsMembersInMapsAndLists() {
    let decoded = Decoded(
      #"{"InstanceId": "i", "URLPath": 1, "Attributes": {"content_type": {"contentType": "t"}}, "Parts": [{"CONTENT": "c"}]}"#
    )
    #expect(decoded.respelled == ["contentType -> ContentType", "CONTENT -> Content"])
  }

  @Test func passesOverARedundantSpelling() {
    let decoded = Decoded(
      #"{"instanceId": "other", "InstanceId": "i", "instance_id": "third", "Parts": []}"#)
    #expect(decoded.respelled == ["instanceId -> InstanceId !", "instance_id -> InstanceId !"])
    #expect(decoded.text("InstanceId") == "i")
    #expect(decoded.hidden == ["/instanceId", "/instance_id"])
  }

  @Test func readsTheFirstOfTwoOtherSpellings() {
    let decoded = Decoded(
      #"{"instanceId": "first", "INSTANCEID": "second", "ChatMessage": {}, "Parts": []}"#)
    #expect(decoded.respelled == ["instanceId -> InstanceId", "INSTANCEID -> InstanceId !"])
    #expect(decoded.text("InstanceId") == "first")
  }

  // MARK: - A chosen style

  @Test func wireTakesNamesLetterByLetter() {
    let decoded = Decoded(#"{"instance_id": "i", "instanceId": "i"}"#, casing: .wire)
    #expect(decoded.binding.isClean)
    #expect(decoded.text("InstanceId") == nil)
  }

  @Test(arguments: [
    (Casing.snake, ["InstanceId -> instance_id", "chatMessage -> chat_message"]),
    (.camel, ["InstanceId -> instanceId"]),
  ])
  func aChosenStyleIsHeldTo(casing: Casing, respelled: [String]) {
    let decoded = Decoded(#"{"InstanceId": "i", "chatMessage": {}}"#, casing: casing)
    #expect(decoded.binding.casing == casing)
    #expect(decoded.respelled == respelled)
    #expect(decoded.text("InstanceId") == "i")
  }

  // MARK: - Duplicates

  @Test func keepsTheLastOfTwoNames() {
    let decoded = Decoded(
      #"{"InstanceId": "1", "Parts": [], "Instance\u0049d": "2", "InstanceId": "3"}"#)
    let pairs = decoded.binding.duplicates.map {
      [decoded.document.range(of: $0.name), decoded.document.range(of: $0.first)].map(\.lowerBound)
    }
    #expect(pairs == [[33, 1], [57, 33]])
    #expect(decoded.text("InstanceId") == "3")
    #expect(decoded.hidden.count == 2)
  }

  @Test(arguments: [
    (#"{"Attributes": {"a": 1, "a": 2}}"#, 1), (#"{"x": {"y": {"z": 1, "z": 2, "z": 3}}}"#, 2),
    (#"{"\u00e9": 1, "e\u0301": 2}"#, 0), (#"{"\u00e9": 1, "é": 2}"#, 1), (#"{"a": 1, "A": 2}"#, 0),
    (#"[{"a": 1}, {"a": 2}]"#, 0), (#"{"": 1, "": 2}"#, 1),
  ])
  func findsDuplicatesAnywhereByCodePoints(text: String, count: Int) {
    #expect(Decoded(text).binding.duplicates.count == count)
  }

  // MARK: - Nulls

  @Test func anExplicitNullCountsAsAbsent() {
    let decoded = Decoded(
      #"{"InstanceId": null, "ChatMessage": {"content": null}, "Attributes": {"a": null}, "Parts": [null], "Note": null, "Other": null}"#
    )
    let nulls = decoded.binding.nulls.map { decoded.document.pointer(to: $0).description }
    #expect(nulls == ["/InstanceId", "/ChatMessage/content"])
    #expect(decoded.hidden == ["/InstanceId", "/ChatMessage/content"])
    #expect(decoded.text("InstanceId") == nil)
    #expect(decoded.text("Note") == "null")
  }

  @Test func aNullInOneSpellingLeavesTheOtherAlone() {
    let decoded = Decoded(#"{"InstanceId": null, "instanceId": "i", "ChatMessage": {}}"#)
    #expect(decoded.binding.nulls.count == 1)
    #expect(decoded.respelled == ["instanceId -> InstanceId !"])
  }

  // MARK: - Without a model

  @Test func withoutAModelEveryNameIsItself() {
    let document = JSONReader.read(Array(#"{"a_b": null, "aB": 1, "a_b": 2}"#.utf8)).document
    var decoder = RequestDecoder(model: RequestModel(), symbols: SymbolTable())
    var binding = Binding()
    decoder.bind(document, into: &binding)
    #expect(binding.respelled.isEmpty)
    #expect(binding.nulls.isEmpty)
    #expect(binding.duplicates.count == 1)
  }
}
