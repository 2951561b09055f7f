package import Documents
package import SourceText

/// A rule pack as its author wrote it: each part with its place in the pack's file.
///
/// Names and expressions are texts. Prose, such as `help`, stays in the tree until it is asked for.
package struct RulePack: Sendable {
  /// The pack's file and its tree; all nodes below are places in it, unless they say otherwise.
  package internal(set) var file: PackFile
  /// The version of the format, which is 1.
  package let formatVersion: Int
  /// The pack's name, in kebab-case; empty only in a pack with errors.
  package let name: Located<String>
  /// The text of `title`.
  package let title: NodeID?
  /// The text of `version`, a semantic version.
  package let version: NodeID?
  /// The text of `homepage`, an absolute URL.
  package let homepage: NodeID?
  /// The packs that this one extends, in the order of the file; a later one wins.
  package let extensions: [Extension]
  /// The request that the rules are about; nil where they are about any document.
  package let request: Request?
  /// What may be tuned without rewriting a rule, in the order of the file.
  package let parameters: [Parameter]
  /// The values that the pack gives to inherited parameters, in the order of the file.
  package let settings: [Setting]
  /// The rules, in the order of the file.
  package let rules: [Rule]
  /// Where schemas refer to parameters, sorted by place.
  package internal(set) var parameterUses: [ParameterUse]
  /// Files of the pack's folder that schemas refer to, by path relative to the folder.
  package let schemaFiles: [ExactText: PackFile]
  /// Why other files that schemas refer to could not be used, by the same paths.
  package let unreadFiles: [ExactText: UnreadFile]
}

extension RulePack {
  /// A pack that another one builds on.
  package struct Extension: Sendable {
    /// A built-in pack's name, or a path relative to the pack's own file.
    package let reference: Located<String>
    /// What the extended pack's content must be, as `sha256-` and the digest in base64.
    package let integrity: Located<String>?
  }

  /// A value for a parameter that another pack declares.
  package struct Setting: Sendable {
    /// The parameter's name, alone or behind its pack's name and a dot.
    package let name: Located<String>
    /// The value.
    package let value: NodeID
  }
}

/// A value and the node that it was read from.
package struct Located<Value: Sendable>: Sendable {
  /// The value.
  package let value: Value
  /// The node it was read from.
  package let node: NodeID

  /// Creates a value with its place.
  package init(_ value: Value, at node: NodeID) {
    self.value = value
    self.node = node
  }
}

extension RulePack {
  /// What a pack says of the request that its rules are about.
  package struct Request: Sendable {
    /// What envelopes and file mappings call the request.
    package let operation: Located<String>?
    /// The request's model.
    package let schema: Schema?
    /// The schema of a bare document that looks like this request; a mapping or a boolean.
    package let detect: NodeID?
    /// JSONPaths of what is never shown.
    package let sensitive: [Located<String>]
    /// What tells the elements of an array apart, whatever their order.
    package let identities: [Identity]
  }

  /// A member by which an array's elements are told apart.
  package struct Identity: Sendable {
    /// The JSONPath of the arrays; its node is the name in the file.
    package let path: Located<String>
    /// The name of the member.
    package let member: Located<String>
  }

  /// The request's model: a JSON Schema in a file of its own.
  package struct Schema: Sendable {
    /// The path as the pack writes it, relative to the pack's file.
    package let path: Located<String>
    /// The schema's file; its nodes are places in that file.
    package let file: PackFile
  }

  /// A value that an organization may set.
  package struct Parameter: Sendable {
    /// The name, as in `params.NAME`; its node is the name in the file.
    package let name: Located<String>
    /// What values it takes.
    package let type: ParameterType
    /// The mapping that declares the parameter: a JSON Schema of its values.
    package let definition: NodeID
    /// The value where nobody sets another; it has the parameter's type.
    package let defaultValue: NodeID
    /// The text of `description`.
    package let description: NodeID?
  }

  /// The types of parameters: those of JSON Schema, `null` aside.
  package enum ParameterType: String, Sendable, CaseIterable {
    case array, boolean, integer, number, object, string
  }

  /// A mapping `{ $param: NAME }` in a schema, in whose place the parameter's value counts.
  package struct ParameterUse: Sendable {
    /// The mapping.
    package let node: NodeID
    /// The parameter's name; its node is the value of `$param`.
    package let name: Located<String>
  }

  /// The parameter with a name, if the pack declares it.
  package func parameter(named name: String) -> Parameter? {
    parameters.first { $0.name.value.utf8.elementsEqual(name.utf8) }
  }

  /// The reference to a parameter that a node of a schema is, if it is one.
  package func parameterUse(at node: NodeID) -> ParameterUse? {
    let place = firstParameterUse(from: node)
    guard place < parameterUses.count, parameterUses[place].node == node else { return nil }
    return parameterUses[place]
  }

  /// The references to parameters within a node and all that it holds.
  package func parameterUses(in node: NodeID) -> ArraySlice<ParameterUse> {
    let end = NodeID(file.document.end(of: node))
    return parameterUses[firstParameterUse(from: node)..<firstParameterUse(from: end)]
  }

  /// The place in `parameterUses` of the first one at a node or behind it.
  private func firstParameterUse(from node: NodeID) -> Int {
    var (low, high) = (0, parameterUses.count)
    while low < high {
      let middle = (low + high) / 2
      if parameterUses[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The decoded text of a node of the pack's file.
  package func text(of node: NodeID) -> String { file.document.text(of: node) }
}
