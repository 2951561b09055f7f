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

  /// A pack that can be loaded and tested as it is; `extended` is a pack that it extends.
  package static func pack(named name: String, extending extended: String?) -> String {
    """
    # yaml-language-server: $schema=\(schemaAddress)
    #
    # Rules for requisite. The first line enables completion and validation in editors. To work offline,
    # run 'requisite schema pack -o pack.schema.json' and name that file instead.
    #
    #   requisite check --pack \(name).yaml request.json    check a request
    #   requisite test \(name).yaml                         run the examples
    #   requisite docs \(name).yaml                         print the documentation of the rules
    requisite: 1
    name: \(name)
    title: \(words(ofName: name))
    version: 0.1.0

    \(extended.map(extending) ?? request)
    # Values that configurations and extending packs can set. Refer to one as { $param: maxRequestBytes }
    # in a schema, or as params.maxRequestBytes in an expression or a message.
    parameters:
      maxRequestBytes:
        description: The maximum size of a request, in UTF-8 bytes of names and strings.
        type: integer
        minimum: 1
        default: 100000

    # A rule selects values with JSONPath (given), may have a condition (when) and constrains the values
    # (then). Conditions and constraints are JSON Schema or CEL. Add a rule with 'requisite new rule'.
    rules:
      request-size:
        description: A request does not exceed the maximum size.
        severity: error             # error, warning, info or off
        given: $                    # the whole request
        then: { maxTotalBytes: { $param: maxRequestBytes } }
        message: "The request holds {{ totalBytes(self) }} bytes; the limit is {{ params.maxRequestBytes }}"
        help: |
          In Markdown: why the rule matters, and how to fix its findings.
        tags: [size]
        # Requests that pass and fail the rule. They are checked whenever the pack is loaded. For a
        # limit, give an example on each side.
        examples:
          pass:
            - Note: { $repeat: [x, 99996] }
          fail:
            - Note: { $repeat: [x, 99997] }

    """
  }

  private static func extending(_ extended: String) -> String {
    """
    # The rules of these packs apply as well. Under 'rules', 'NAME: warning' overrides the severity of an
    # inherited rule, 'NAME: off' disables it, and a mapping replaces the fields that it has.
    extends: [\(quoted(extended))]

    """
  }

  private static let request = """
    # The request that the rules check. Without it, they check every document that the pack is used for.
    # request:
    #   operation: PlaceOrder
    #   schema: place-order.schema.yaml            # JSON Schema, in a file beside this one
    #   detect: { required: [OrderId, Items] }     # recognizes the request
    #   sensitive: [$.Customer]                    # values that are never printed

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
