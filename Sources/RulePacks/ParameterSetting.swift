package import Documents
package import Findings

/// A value that somebody beside a pack's author gives one of its parameters.
package struct ParameterSetting: Sendable {
  /// The name of the pack that declares the parameter.
  package let pack: String
  /// The parameter's name.
  package let name: String
  /// The file that the value stands in; for a flag, its text, under the flag's name.
  package let file: PackFile
  /// The value.
  package let value: NodeID
  /// The whole name, `pack.name`, where it is a node of the file.
  package let nameNode: NodeID?

  /// Creates a setting.
  package init(pack: String, name: String, file: PackFile, value: NodeID, nameNode: NodeID?) {
    self.pack = pack
    self.name = name
    self.file = file
    self.value = value
    self.nameNode = nameNode
  }

  /// Where the value stands.
  package var location: Location { file.location(of: value) }

  /// Where the name stands; the value where it has no place of its own.
  package var nameLocation: Location { file.location(of: nameNode ?? value) }
}
