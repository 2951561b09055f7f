import Documents
import Findings
import Linting
import SourceText

extension LanguageServer {
  /// What may stand at a position: members, values, rules and fields.
  func completion(_ document: OpenDocument, _ parameters: IncomingValue) -> OutgoingValue {
    guard let position = TextPosition(parameters["position"]) else { return [] }
    let text = document.buffer.bytes
    let offset = document.buffer.offset(of: position, client.diagnostics.encoding)
    guard let place = CursorContext(at: offset, in: text, document.syntax) else { return [] }
    let provider = CompletionProvider(document, place, at: offset, client)
    var items: [OutgoingValue] = []
    if let names = names(for: place, in: document) {
      items = names.items.map {
        provider.item($0.name, kind: $0.kind, detail: $0.detail, isName: names.areNames)
      }
      // An element may be a mapping as well.
      if !items.isEmpty, names.areNames || place.role == .value { return .array(items) }
    }
    for schema in schemas(of: document) {
      let cursor = schema.at(place.path)
      switch place.role {
      case .name:
        let required = cursor.required
        let members = cursor.members.filter { member in
          !place.siblings.contains(provider.spelled(member.name))
        }
        if members.isEmpty { continue }
        return .array(
          items
            + members.map { name, cursor in
              provider.item(
                provider.spelled(name), kind: 10,
                detail: cursor.types.joined(separator: " or ")
                  + (required.contains(name) ? ", required" : ""),
                help: cursor.description, isName: true, isFirst: required.contains(name))
            })
      case .value:
        if cursor.values.isEmpty { continue }
        return .array(cursor.values.compactMap { provider.value($0) })
      }
    }
    return .array(items)
  }
}

/// Makes the entries of a list of completions.
struct CompletionProvider {
  private let document: OpenDocument
  private let place: CursorContext
  private let range: OutgoingValue
  private let isJSON: Bool
  private let casing: Casing
  /// The quote that is before the text that an entry replaces.
  private let quote: UInt8?
  /// Whether a closing quote stays behind that text.
  private let keepsQuote: Bool
  /// Whether a colon follows the name that is there, or cannot be added.
  private let hasColon: Bool

  init(
    _ document: OpenDocument, _ place: CursorContext, at offset: Int, _ client: ClientCapabilities
  ) {
    self.document = document
    self.place = place
    isJSON = document.syntax != .yaml
    var spellings: [String] = Array(place.siblings)
    for case .name(let name) in place.path { spellings.append(name) }
    let isRequest = if case .request = document.kind { true } else { false }
    if !isRequest || spellings.contains(where: { $0.first?.isUppercase ?? false }) {
      casing = .wire
    } else if spellings.contains(where: { $0.contains("_") }) {
      casing = .snake
    } else {
      casing = spellings.contains { $0.first?.isLowercase ?? false } ? .camel : .wire
    }
    let text = document.buffer.bytes
    let behind = text[place.token.upperBound...].first { $0 != 0x20 }
    let isFollowed = behind == UInt8(ascii: ":")
    var part = StringPart(place.token, at: offset, in: text)
    // Editors that know both ways to complete honor the end of a range. Others may leave the rest of the line.
    let replacesQuote = place.role == .name && !isFollowed && client.replacesCompletions
    if replacesQuote, part.isClosed {
      part.range = TextRange(part.range.lowerBound, place.token.upperBound)
    }
    quote = part.quote
    keepsQuote = part.isClosed && !replacesQuote
    hasColon = isFollowed || keepsQuote
    range = document.buffer.outgoing(part.range, client.diagnostics.encoding)
  }

  func spelled(_ name: String) -> String { casing.spelling(of: name) }

  func item(
    _ name: String, kind: Int, detail: String, help: String? = nil, isName: Bool,
    isFirst: Bool = false
  ) -> OutgoingValue {
    let text = isJSON || quote != nil ? inserted(name) : name
    return item(
      name, kind: kind, text: isName && !hasColon ? text + ": " : text, detail: detail, help: help,
      order: (isFirst ? "0" : "1") + name)
  }

  /// A value, given as JSON text; nil for one that cannot be where the quotes are.
  func value(_ json: String) -> OutgoingValue? {
    guard json.hasPrefix("\"") else {
      return quote == nil
        ? item(json, kind: 12, text: json, detail: "", help: nil, order: json) : nil
    }
    let document = JSONReader.read(Array(json.utf8)).document
    let word = document.isEmpty ? json : document.text(of: .root)
    // In YAML, a plain word needs no quotes, unless it would be read as something else.
    let isPlain = !isJSON && quote == nil && Self.isPlain(word)
    let text = isPlain ? word : inserted(word)
    return item(word, kind: 12, text: text, detail: "", help: nil, order: word)
  }

  /// Whether YAML reads a word without quotes as a string.
  static func isPlain(_ word: String) -> Bool {
    word.first?.isLetter ?? false
      && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(word.lowercased())
  }

  /// A string with those quotes that are not there yet.
  private func inserted(_ word: String) -> String {
    if quote == UInt8(ascii: "'") {
      return word.replacing("'", with: "''") + (keepsQuote ? "" : "'")
    }
    var text = String(decoding: OutgoingValue.string(word).json, as: UTF8.self)
    if quote != nil { text.removeFirst() }
    if keepsQuote { text.removeLast() }
    return text
  }

  private func item(
    _ label: String, kind: Int, text: String, detail: String, help: String?, order: String
  ) -> OutgoingValue {
    // Without a text to filter by, editors compare what is typed in the range with the label.
    var members: [(name: String, value: OutgoingValue)] = [
      ("label", .string(label)), ("kind", .integer(kind)), ("sortText", .string(order)),
      ("textEdit", ["range": range, "newText": .string(text)]),
    ]
    if !detail.isEmpty { members.append(("detail", .string(detail))) }
    if let help {
      members.append(("documentation", ["kind": "markdown", "value": .string(help)]))
    }
    return .object(members)
  }
}

/// The part of a token that a completion replaces: inside of quotes if the cursor is, on one line.
private struct StringPart {
  var range: TextRange
  /// The quote before it.
  var quote: UInt8?
  /// Whether the closing quote is behind it.
  var isClosed = false

  init(_ token: TextRange, at offset: Int, in text: [UInt8]) {
    range = token
    guard token.count > 0, token.lowerBound < offset,
      case let first = text[token.lowerBound], "\"'".utf8.contains(first)
    else { return }
    let last = token.upperBound - 1
    let isClosed = last > token.lowerBound && text[last] == first
    if isClosed, offset > last { return }
    quote = first
    self.isClosed = isClosed
    if isClosed {
      range = TextRange(token.lowerBound + 1, last)
    } else {
      // What follows an open quote on its line is no part of what is typed.
      range = TextRange(
        token.lowerBound + 1, CursorContext.word(around: offset, in: text).upperBound)
    }
  }
}
