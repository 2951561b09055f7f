package import SourceText

extension CharacterClass {
  /// Writes the class.
  package func write(to writer: inout BinaryWriter) {
    writer.text(body)
    test.write(to: &writer)
  }

  /// Reads a class.
  package init(from reader: inout BinaryReader) {
    self.init(body: reader.text(), test: CharacterTest(from: &reader))
  }
}
