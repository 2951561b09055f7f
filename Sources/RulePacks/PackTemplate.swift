import YAML

/// The texts that new packs and rules begin with.
package enum PackTemplate {
  /// Where editors find the schema of packs.
  package static let schemaAddress =
    "https://raw.githubusercontent.com/requisite-dev/requisite/main/Sources/CBuiltInPacks/schemas/pack.schema.json"

  /// Whether a pack, or a rule of its own, may have a name.
  package static func isName(_ name: String, ofPack: Bool) -> Bool {
    let isReserved = ofPack && (name == "json" || name == "yaml")
    return TextForms.isKebabCase(Array(name.utf8)[...]) && !isReserved
  }

  /// A pack that can be loaded and tested as it is; `extended` is a pack that it is to build on.
  package static func pack(named name: String, extending extended: String?) -> String {
    """
    # yaml-language-server: $schema=\(schemaAddress)
    #
    # A pack of rules for requisite. The first line lets editors complete and check this file; to do
    # without the network, write the schema beside it by 'requisite schema pack' and name that file.
    #
    #   requisite check --pack \(name).yaml request.json    holds requests to the rules
    #   requisite test \(name).yaml                         tries the examples below
    #   requisite docs \(name).yaml                         tells people of the rules
    requisite: 1
    name: \(name)
    title: \(words(ofName: name))
    version: 0.1.0

    \(extended.map(extending) ?? request)
    # What others may set without rewriting a rule: { $param: maxRequestBytes } in a schema,
    # params.maxRequestBytes in an expression or a message.
    parameters:
      maxRequestBytes:
        description: The most UTF-8 bytes that the names and texts of a request may have.
        type: integer
        minimum: 1
        default: 100000

    # A rule is given / when / then: which values (JSONPath), under which condition, what must hold
    # (a JSON Schema or an expression of CEL). 'requisite new rule' adds one.
    rules:
      request-size:
        description: A request is not larger than what anybody reads.
        severity: error             # error, warning, info or off
        given: $                    # the whole request
        then: { maxTotalBytes: { $param: maxRequestBytes } }
        message: "The request holds {{ totalBytes(self) }} bytes; the limit is {{ params.maxRequestBytes }}"
        help: |
          Explain why the rule matters, and how to fix its findings, in Markdown.
        tags: [size]
        # What passes and what fails: the rule is tried on these whenever the pack is loaded. At a
        # limit, give both sides of it.
        examples:
          pass:
            - Note: { $repeat: [x, 99996] }
          fail:
            - Note: { $repeat: [x, 99997] }

    """
  }

  private static func extending(_ extended: String) -> String {
    """
    # All rules of these packs apply. Under rules, 'its-name: warning' overrides the severity of one, 'its-name: off'
    # turns it off, and a mapping replaces the parts that it names.
    extends: [\(quoted(extended))]

    """
  }

  private static let request = """
    # What the rules are about. Without it, they are about every document that the pack is chosen for.
    # request:
    #   operation: PlaceOrder
    #   schema: place-order.schema.yaml            # a JSON Schema beside this file
    #   detect: { required: [OrderId, Items] }     # looks like this request
    #   sensitive: [$.Customer]                    # is never shown

    """

  /// A text as a YAML scalar that reads back as it is.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    // Paths are plain too, as packs mostly have them.
    let isPath = ["./", "../", "$"].contains { text.hasPrefix($0) }
    return isPlain && isPath ? text : YAMLText.scalar(text)
  }

  private static func words(ofName name: String) -> String { RulePack.words(ofName: name) }
}
