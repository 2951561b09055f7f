package import Documents
package import SourceText

package struct YAMLEditor {
  package init(_ tree: ValueTree) {}
  package func textEdits(for edits: [TreeEdit]) -> [TextEdit]? { nil }
}
