import Documents
import SourceText

/// The tags of the core schema (YAML 1.2.2, section 10.3), in full.
enum Tag {
  static let nonSpecific = Array("!".utf8)
  static let string = core("str")
  static let integer = core("int")
  static let float = core("float")
  static let boolean = core("bool")
  static let null = core("null")
  static let mapping = core("map")
  static let sequence = core("seq")

  static let known = [string, integer, float, boolean, null, mapping, sequence]

  private static let prefix = "tag:yaml.org,2002:"

  private static func core(_ name: String) -> [UInt8] { Array((prefix + name).utf8) }

  /// A tag as people write it: `!!str`, `!mine`.
  static func shown(_ tag: [UInt8], at range: TextRange) -> SyntaxMessage.Quote {
    func quote(_ text: String) -> SyntaxMessage.Quote {
      SyntaxMessage.Quote(SyntaxMessage.Quote.shortened(text), of: range)
    }
    if tag.starts(with: prefix.utf8) {
      return quote("!!" + String(decoding: tag.dropFirst(prefix.utf8.count), as: UTF8.self))
    }
    let text = String(decoding: tag, as: UTF8.self)
    return quote(tag.first == UInt8(ascii: "!") ? text : "!<\(text)>")
  }

  /// What to say of a tag that is none of the core schema.
  static func unknownSentence(_ tag: [UInt8], at range: TextRange) -> SyntaxMessage {
    "unsupported tag \(shown(tag, at: range)); supported: !!str, !!int, !!float, !!bool, !!null, "
      + "!!map and !!seq"
  }
}
