import Findings
import Reporting

/// The text of `requisite explain CODE` for the code of a diagnostic.
struct CodeExplanation {
  private let code: DiagnosticCode

  /// Creates the explanation of a code; nil where no diagnostic has it.
  init?(code name: String) {
    guard let code = DiagnosticCode.all.first(where: { $0.code.utf8.elementsEqual(name.utf8) })
    else { return nil }
    self.code = code
  }

  /// The explanation, in lines of at most `columns` columns.
  func text(columns: Int) -> String {
    var text = "\(code.code) (diagnostic)\n\n"
    for line in LineWrapping.lines(of: code.summary, columns: columns) { text += line + "\n" }
    text += "\n"
    for (label, body) in [("Why", code.reason), ("Fix", code.fix)] {
      for (index, line) in LineWrapping.lines(of: body, columns: columns - 5).enumerated() {
        text += (index == 0 ? label : "   ") + "  " + line + "\n"
      }
    }
    text += "\nExample:\n"
    for line in code.example.split(separator: "\n", omittingEmptySubsequences: false) {
      text += "  \(line)\n"
    }
    return text
  }
}
