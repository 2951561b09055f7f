/// Links of a terminal from places in text to the files that they name: OSC 8 of its escape sequences.
///
/// The sequence is `ESC ] 8 ; ; URI ESC \`, then what is shown, then the same without a URI. A terminal that does
/// not know it shows the text alone.
package struct TerminalLinks: Sendable {
  /// Whether the terminal takes the number of a line behind `#`.
  private let hasLines: Bool
  private let uri: @Sendable (String) -> String?

  /// Creates links.
  ///
  /// - Parameters:
  ///   - hasLines: Whether the terminal takes the number of a line behind `#`, as kitty does; others would
  ///     not find the file.
  ///   - uri: The URI of a path (RFC 8089), all of it printing ASCII; nil where there is no file, as for the
  ///     names of standard input and of built-in packs.
  package init(hasLines: Bool, uri: @escaping @Sendable (String) -> String?) {
    (self.hasLines, self.uri) = (hasLines, uri)
  }

  /// Appends what `body` writes as a link to a line of a file, if it is one.
  func write(
    _ path: String, line: Int? = nil, into output: inout [UInt8], _ body: (inout [UInt8]) -> Void
  ) {
    guard let uri = uri(path) else { return body(&output) }
    output.write("\u{1B}]8;;")
    output.write(uri)
    if hasLines, let line {
      output.append(UInt8(ascii: "#"))
      output.write(number: line)
    }
    output.write("\u{1B}\\")
    body(&output)
    output.write("\u{1B}]8;;\u{1B}\\")
  }
}
