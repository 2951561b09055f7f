package import Findings
import SourceText

/// Shows diagnostics to a person, on the error stream.
package enum DiagnosticText {
  /// Appends `path:line:column: severity: message [code]`, the excerpt, and the related places.
  ///
  /// Without a location the line starts with the program's name. Control and unseen characters are
  /// written out. At a terminal, the line is wrapped.
  package static func append(
    _ diagnostic: Diagnostic, options: ReportOptions, into output: inout [UInt8]
  ) {
    let palette = Palette(options)
    let block = TextBlock(palette: palette, columns: options.columns)
    if let location = diagnostic.location {
      palette.write(placeOf: location, into: &output)
    } else {
      palette.write("\(ToolInformation.name):", .place, into: &output)
      output.write(" ")
    }
    if options.isTerminal {
      block.writeWrapped(
        diagnostic.severity, diagnostic.message, name: diagnostic.code,
        behind: startWidth(of: diagnostic), into: &output)
    } else {
      palette.write(diagnostic.severity, diagnostic.message, name: diagnostic.code, into: &output)
    }
    if let location = diagnostic.location {
      block.writeExcerpt(of: location, diagnostic.severity, into: &output)
    }
    block.writeRelated(diagnostic.related, limit: TextReporter.relatedLimit, into: &output)
  }

  /// How many columns the place of a diagnostic takes, or the program's name.
  private static func startWidth(of diagnostic: Diagnostic) -> Int {
    guard let location = diagnostic.location else { return ToolInformation.name.utf8.count + 2 }
    let place = location.region.start
    return TerminalText.width(of: TerminalText.visible(path: location.path)[...])
      + ":\(place.line):\(place.column): ".utf8.count
  }
}
