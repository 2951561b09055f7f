package import Documents
package import Findings
import SourceText

/// Finds what of a request must not be shown, when somebody asks.
package protocol SensitiveFinder: AnyObject {
  /// The nodes, as stretches of the tree in order and apart; the root is in none of them.
  var sensitiveStretches: [Range<Int>] { get }

  /// Whether a node is in one of these.
  func isHidden(_ node: NodeID) -> Bool
}

/// Shows values of a request in messages; the one place that decides what may be shown.
package final class ValueText {
  /// The nodes, as stretches of the tree in order and apart, whose values are never shown.
  private var sensitive: [Range<Int>]
  /// Finds these stretches, until somebody asks for one.
  private var finder: (any SensitiveFinder)?
  /// How many nodes are asked about one by one before these stretches are found.
  private var fewNodes = 4
  /// The strings that hold something sensitive; nil until somebody asks for one where they are searched.
  private var knownStrings: HiddenStrings?
  /// How sensitive members of JSON inside strings are found.
  private let text: SensitiveText?
  /// What is shown of values that are not sensitive.
  let disclosure: Disclosure

  /// What is in the place of a sensitive value.
  package static let redaction = Redaction.mark

  /// How many code points of a request's value are shown at most.
  static let limit = 60

  /// How many code points of a pack's value are shown at most.
  static let packLimit = 200

  /// Creates a text maker that keeps back what is at or under the given nodes.
  ///
  /// `strings` hold something sensitive: their text is kept back, but not that they are there.
  /// `disclosure` says what is shown of the others.
  package init(
    sensitive: [NodeID], strings: HiddenStrings = HiddenStrings([]), in request: Request,
    text: SensitiveText? = nil, disclosure: Disclosure = .full
  ) {
    self.sensitive = Self.stretches(of: sensitive, in: request)
    knownStrings = strings
    self.text = text
    self.disclosure = disclosure
  }

  /// Creates a text maker that finds out what it keeps back when it is first asked.
  ///
  /// `text` says what is kept back of strings.
  package init(foundBy finder: some SensitiveFinder, text: SensitiveText) {
    sensitive = []
    self.finder = finder
    self.text = text
    disclosure = .full
  }

  private var strings: HiddenStrings {
    if let knownStrings { return knownStrings }
    let made = text.map { HiddenStrings(searchedBy: $0) } ?? HiddenStrings([])
    knownStrings = made
    return made
  }

  /// Nodes with all that they hold, as stretches of the tree in order and apart.
  package static func stretches(of nodes: [NodeID], in request: Request) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for node in nodes.sorted() {
      // The names within a sensitive object are as telling as its values.
      let stretch = node.index..<max(node.index + 1, request.end(of: node))
      if let last = stretches.last, stretch.lowerBound < last.upperBound { continue }
      stretches.append(stretch)
    }
    return stretches
  }

  /// Whether a value must not be shown.
  package func isSensitive(value node: NodeID, in request: Request) -> Bool {
    disclosure != .full || isGuarded(node) || holdsHiddenText(node, in: request)
  }

  /// Whether a value, or a name, must not be shown.
  package func isSensitive(_ node: NodeID, in request: Request) -> Bool {
    request.kind(of: node) == .name ? isGuarded(node) : isSensitive(value: node, in: request)
  }

  /// Whether not even a node's name, kind and length may be shown together with what it is.
  package func isGuarded(_ node: NodeID) -> Bool {
    if disclosure == .nothing { return true }
    if let finder, fewNodes > 0 {
      fewNodes -= 1
      return finder.isHidden(node)
    }
    return overlaps(node.index..<node.index + 1)
  }

  /// Whether anything at or under a node must not be shown.
  package func holdsSensitive(_ node: NodeID, in request: Request) -> Bool {
    let range = node.index..<max(node.index + 1, request.end(of: node))
    return disclosure != .full || overlaps(range) || strings.meets(range, in: request.document)
  }

  /// Whether a string holds something sensitive, such as a member of embedded JSON.
  private func holdsHiddenText(_ node: NodeID, in request: Request) -> Bool {
    strings.meets(node.index..<node.index + 1, in: request.document)
  }

  /// Shows the values of JSON inside a string.
  func values(in embedded: Request, of node: NodeID) -> ValueText {
    let parts = text?.parts(in: embedded.document)
    return ValueText(
      sensitive: parts?.nodes ?? [], strings: HiddenStrings(parts?.strings ?? []), in: embedded,
      text: text,
      disclosure: isGuarded(node) ? .nothing : disclosure)
  }

  /// A pointer that ends where what must not be shown begins: names within are as telling as values.
  func shownPointer(to node: NodeID, in request: Request) -> String {
    let path = request.document.path(to: node)
    guard let hidden = path.firstIndex(where: { isGuarded($0) }) else {
      return request.document.pointer(to: node).description
    }
    // The name itself may be what is hidden.
    let end = path[hidden].index - 1
    let hidesName =
      hidden > 0 && end >= 0 && request.kind(of: NodeID(end)) == .name
      && isGuarded(NodeID(end)) || request.kind(of: path[hidden]) == .name
    return request.document.pointer(to: path[hidesName ? max(hidden - 1, 0) : hidden]).description
  }

  private func overlaps(_ range: Range<Int>) -> Bool {
    if let finder {
      if range.upperBound <= 1 { return false }
      self.finder = nil
      sensitive = finder.sensitiveStretches
    }
    var low = 0
    var high = sensitive.count
    while low < high {
      let middle = low + (high - low) / 2
      if sensitive[middle].upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < sensitive.count && sensitive[low].lowerBound < range.upperBound
  }

  /// A value in a few words: `"1500"`, `30`, `null`, `an object of 3 members`.
  package func words(for node: NodeID, in request: Request) -> String {
    switch request.kind(of: node) {
    case .object:
      return "an object of \(Self.count(request.memberCount(of: node), "member"))"
    case .array: return "an array of \(Self.count(request.childCount(of: node), "element"))"
    case .absent: return "nothing"
    case .null: return isGuarded(node) ? Self.redaction : "null"
    case .boolean, .number, .string, .name:
      guard !isGuarded(node), !holdsHiddenText(node, in: request) || disclosure == .kindsOnly else {
        return Self.redaction
      }
      if disclosure == .kindsOnly, let kind = kindWords(for: node, in: request) { return kind }
      return Self.shortened(request.utf8(of: node), isQuoted: request.kind(of: node).isText)
    }
  }

  /// A value by kind and length, where no more is to be shown: `a string of 4 characters`.
  private func kindWords(for node: NodeID, in request: Request) -> String? {
    switch request.kind(of: node) {
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string of \(Self.count(request.scalarCount(of: node), "character"))"
    case .name, .null, .object, .array, .absent: nil
    }
  }

  /// A value with its type before it: `a string ("1500")`.
  package func typedWords(for node: NodeID, in request: Request) -> String {
    if disclosure == .kindsOnly, !isGuarded(node), let kind = kindWords(for: node, in: request) {
      return kind
    }
    return switch request.kind(of: node) {
    case .null: "null"
    case .boolean: "a boolean (\(words(for: node, in: request)))"
    case .number: "a number (\(words(for: node, in: request)))"
    case .string: "a string (\(words(for: node, in: request)))"
    case .name: "a name (\(words(for: node, in: request)))"
    case .object, .array, .absent: words(for: node, in: request)
    }
  }

  /// A value as a sentence begins with it: a name is told from a string.
  package func subject(for node: NodeID, in request: Request) -> String {
    let words = words(for: node, in: request)
    return request.kind(of: node) == .name ? "name \(words)" : words
  }

  /// A pack's value as JSON, cut where it is long.
  package static func ofPack(_ node: NodeID, in request: Request) -> String {
    var text = ""
    appendJSON(node, in: request, to: &text)
    return shortened(Array(text.utf8)[...], isQuoted: false, limit: packLimit)
  }

  /// A pack's text, cut where it is long.
  package static func ofPack(_ text: String) -> String {
    shortened(Array(text.utf8)[...], isQuoted: false, limit: packLimit)
  }

  /// Writes a value until the limit is passed; each level of nesting takes a character at least.
  private static func appendJSON(_ node: NodeID, in request: Request, to text: inout String) {
    guard text.utf8.count <= packLimit * 4 else { return }
    switch request.kind(of: node) {
    case .absent: text += "nothing"
    case .null, .boolean, .number: text += request.text(of: node)
    case .string, .name: text += "\"\(request.text(of: node))\""
    case .array:
      text += "["
      for (index, element) in request.elements(of: node).enumerated() {
        if index > 0 { text += ", " }
        appendJSON(element, in: request, to: &text)
      }
      text += "]"
    case .object:
      text += "{"
      for (index, member) in request.members(of: node).enumerated() {
        if index > 0 { text += ", " }
        appendJSON(member.name, in: request, to: &text)
        text += ": "
        appendJSON(member.value, in: request, to: &text)
      }
      text += "}"
    }
  }

  /// Text cut to what a message can hold.
  package static func shortened(
    _ bytes: ArraySlice<UInt8>, isQuoted: Bool, limit: Int = ValueText.limit
  ) -> String {
    // Four bytes a code point at most: no more than that is decoded of a long text.
    let text = String(decoding: bytes.prefix(limit * 4 + 4), as: UTF8.self)
    // No code point is shorter than a byte.
    var shown = bytes.count <= limit ? text : String(Substring(text.unicodeScalars.prefix(limit)))
    if shown.utf8.count < bytes.count { shown += "…" }
    return isQuoted ? "\"\(shown)\"" : shown
  }

  /// A number of things: `1 member`, `2 members`.
  package static func count(_ count: Int, _ noun: String) -> String {
    "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension ExactNumber {
  /// The number with all its digits, in the plain notation where that is not long.
  package var text: String {
    switch self {
    case .integer(let value): return String(value)
    case .decimal(let decimal): return decimal.text
    }
  }
}

extension ExactNumber.Decimal {
  fileprivate var text: String {
    guard let power = scientificExponent else {
      let sign = isNegative ? "-" : ""
      return exponent > 0
        ? "a number beyond \(sign)1e\(1 << 60)" : "a number nearer to 0 than \(sign)1e-\(1 << 60)"
    }
    let digits = String(
      decoding: digits.prefix(ValueText.packLimit).map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    let sign = isNegative ? "-" : ""
    // How many digits are before the point.
    let whole = self.digits.count + exponent
    switch whole {
    case 1...21 where exponent >= 0:
      return sign + digits + String(repeating: "0", count: exponent)
    case 1...21: return "\(sign)\(digits.prefix(whole)).\(digits.dropFirst(whole))"
    case -6...0: return "\(sign)0.\(String(repeating: "0", count: -whole))\(digits)"
    default:
      let rest = digits.dropFirst()
      return "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)e\(power)"
    }
  }
}
