import Documents
import Findings
import RulePacks
import SourceText

extension Linter {
  /// Whether a text holds nothing but white space and a byte-order mark.
  static func isBlank(_ bytes: [UInt8]) -> Bool {
    bytes.dropFirst(bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0)
      .allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// Whether a document is an array or an object.
  static func isContainer(_ document: Document) -> Bool {
    guard !document.isEmpty else { return false }
    let kind = document.kind(of: .root)
    return kind == .array || kind == .object
  }

  /// What comes of a named input that no pack fits: it is skipped where that is asked for, else an error.
  func unmatched(_ input: InputSource, holding wrapped: WrappedRequest?) -> LintResult {
    // Without packs nothing fits, which says nothing of the input.
    guard options.skipsUnmatched, !options.packs.isEmpty else {
      return LintResult(diagnostics: [noPackFits(input, holding: wrapped)])
    }
    var result = LintResult()
    result.isUnmatched = true
    if let wrapped { result.diagnostics = [wrappedRequestSkipped(input, wrapped)] }
    return result
  }

  /// Whether a named file that is not well formed is skipped, since no request has a name like that.
  func isOfOtherKind(_ input: InputSource) -> Bool {
    guard options.skipsUnmatched, !options.packs.isEmpty, !input.isStream, let path = input.file
    else { return false }
    return Syntax(path: path) == nil
  }

  /// What to report of a named input that no pack fits.
  private func noPackFits(_ input: InputSource, holding wrapped: WrappedRequest?) -> Diagnostic {
    guard !options.packs.isEmpty else {
      return Diagnostic(
        "input/no-pack",
        "no pack for \(input.quotedName)",
        hint: "list packs in its configuration, or choose one with --pack"
      )
    }
    if let wrapped {
      return Diagnostic(
        "input/no-pack",
        "\(input.quotedName) is not a request, but \(Self.words(for: wrapped))",
        hint: "write each request to its own file or as a line of a .jsonl file"
      )
    }
    let names = Set(options.packs.map(\.name)).sorted().joined(separator: ", ")
    return Diagnostic(
      "input/no-pack",
      "\(input.quotedName) does not look like a request of any pack (\(names))",
      hint: "choose one with --pack"
    )
  }

  func unrecognisable(_ input: InputSource, _ errors: [SyntaxError]) -> Diagnostic {
    // What is not text at all has a message that quotes nothing.
    if let error = errors.first, error.category == .encoding, error.hidesText {
      return Diagnostic(
        "input/unrecognisable", severity: .warning,
        "\(input.quotedName) was skipped: \(error.message)")
    }
    let reason = errors.first?.category == .encoding ? "it is not UTF-8" : "it is not well formed"
    return Diagnostic(
      "input/unrecognisable", severity: .warning,
      "\(input.quotedName) was skipped: \(reason) and is not recognizable as a request",
      hint: "name the file to see what is wrong"
    )
  }

  /// What to report of a log that may be one of broken requests, or none at all.
  func unrecognisableLog(_ input: InputSource, lineCount: Int) -> Diagnostic {
    let reason =
      lineCount == 1 ? "1 line is not well formed" : "\(lineCount) lines are not well formed"
    return Diagnostic(
      "input/unrecognisable", severity: .warning,
      "\(input.quotedName) was skipped: \(reason), and no line is recognizable as a request",
      hint: "name the file to see what is wrong"
    )
  }

  /// What is reported of a log that is no text at all.
  func unreadable(_ bytes: [UInt8], _ error: SyntaxError, of input: InputSource) -> LintResult {
    guard input.isExplicit else {
      return LintResult(diagnostics: [unrecognisable(input, [error])])
    }
    let text = FindingMaker.Text(
      bytes: bytes, base: .wholeFile, shift: 0, hidden: HiddenParts())
    var maker = FindingMaker(of: input, needs: options.needs)
    return LintResult(findings: maker.findings(of: [error], pack: "json", text), requestCount: 1)
  }

  func emptyStream(_ input: InputSource) -> Diagnostic {
    Diagnostic(
      "input/nothing-checked",
      "\(input.quotedName) is empty, so nothing was checked",
      hint: "use --allow-empty to accept that")
  }
}
