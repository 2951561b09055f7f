import Foundation
import Testing

/// Every limit of the sources is documented by `requisite list limits`, or listed here with the reason.
struct LimitTests {
  /// Limits that nobody can meet or needs to know, by file and name.
  private static let undocumented: [String: String] = [
    "CELEvaluator.swift faultLimit": "errors kept to explain one evaluation",
    "CELCompiler.swift typeDepthLimit": "deeper types are dyn, which changes no result",
    "ProgramBuilder+Names.swift hintLimit": "names compared for one suggestion",
    "TextLayout.swift nodeLimit": "values looked at to copy the layout of a file",
    "TreeDifference.swift alignmentLimit": "beyond it, a diff of arrays is longer than necessary",
    "TreeDifference.swift renameLimit": "beyond it, a renamed member is removed and added",
    "SymbolMaps.swift closeLimit": "candidates for a misspelled name",
    "JSONRecoveringReader+Templates.swift placeholderLimit": "length of a placeholder in a message",
    "Explain.swift exampleLimit": "beyond it, an example ends in …",
    "Node.swift countLimit": "a count beyond it is found by walking",
    "ExactNumber+FarPowers.swift powerLimit": "exponents beyond it compare in the same way",
    "NearestName.swift longestForm": "longer names are not compared for a suggestion",
    "LineHasher.swift distinctHashLimit": "beyond it, results in SARIF lack a hash",
    "AlternativeTraits.swift alternativeLimit": "beyond it, a message lists all alternatives",
    "Explanation.swift limit": "the limit of findings",
    "ReadingRule.swift limit": "a name",
    "SchemaCompiler.swift hintLimit": "names compared for one suggestion",
    "SchemaVerdict.swift depthLimit": "deeper schemas are taken to depend on the value",
    "ExampleCheck.swift byteLimit": "the limit of examples",
    "PackTester.swift exampleByteLimit": "the limit of examples",
    "PackParts+References.swift shownErrorLimit": "errors shown of one malformed schema",
    "HostName.swift labelLimit": "a part of the format (RFC 1035)",
    "HostName.swift nameLimit": "a part of the format (RFC 1035)",
    "MarkdownBlockParser.swift depthLimit": "beyond it, Markdown is shown as it is written",
    "MarkdownHTML.swift filledCellLimit": "beyond it, rows of tables are shown as they are written",
    "MarkdownDestination.swift nestingLimit": "beyond it, Markdown is shown as it is written",
    "MarkdownDestination.swift lengthLimit": "the length of the longest reference that is read",
    "ExampleText.swift limit": "beyond it, an example on a page ends in …",
    "ExampleText.swift lineLimit": "where a line of an example on a page is broken",
    "Specimen.swift depthLimit": "nesting of values that are made up for suggestions",
    "Specimen.swift textLimit": "length of texts that are made up for suggestions",
    "CounterexampleSearch.swift byteLimit": "the same as the limit of requests tried",
    "SpecimenPool+Rule.swift valueLimit": "values that are tried for a suggestion",
    "SpecimenPool+Rule.swift nameLimit": "names that are tried for a suggestion",
    "NearestName.swift stepLimit": "letters compared for one suggestion",
    "SensitiveNames.swift longestName":
      "beyond it, a member's name is not taken for a sensitive one",
    "HelpText.swift leastRoom": "the layout of help",
    "List.swift leastRoom": "the layout of a table",
    "JSONReader.swift maximumCount": "the limit of a document",
    "Punycode.swift leastThreshold": "a part of the format (RFC 3492)",
    "LineDifference.swift differenceLimit": "beyond it, a diff is longer than necessary",
    "TextAlteration.swift textLimit": "texts of a pack that are altered for mutants",
    "SARIFReporter.swift linkLimit": "related locations that a message links to",
    "SARIFText.swift nameLimit": "beyond it, a name in SARIF is shortened",
    "TerminalText.swift runLimit": "beyond it, a word in text is shortened",
    "MemberLabel.swift nameLimit": "beyond it, a name in an excerpt is shortened",
    "Fix.swift lineLimit": "beyond it, lines of a diff on a page are counted",
    "FindingDistribution.swift fileLimit": "bars of a chart; the others are counted",
    "HTMLSummary.swift barLimit": "bars of a chart; the others are counted",
    "LogCommands.swift wordLimit": "length of a command of a CI system",
    "MarkdownOpening.swift itemLimit": "beyond it, a list in help is shown as it is written",
    "PatternSamples.swift countLimit": "texts that are made up for suggestions",
    "PatternSamples.swift lengthLimit": "texts that are made up for suggestions",
    "ElementToken.swift countLimit": "beyond it, an element's name is a hash",
    "TextFragments.swift leastLikeness": "a part of what --since takes for a renamed file",
    "GuidedReader.swift depthLimit": "beyond it, the plain evaluator reads the request",
    "GuidedReader.swift noteLimit": "beyond it, the plain evaluator evaluates the request",
    "GuidedReader.swift nameLimit": "beyond it, the plain evaluator evaluates the request",
    "PlaceTable.swift markLimit": "beyond it, a check is the plain evaluator's",
    "PlaceTableCompiler.swift placeLimit": "beyond it, requests are the plain evaluator's",
    "FixPlan.swift roundLimit": "beyond it, a report lacks fixes that exclude one another",
  ]

  @Test func limitsAreDocumented() throws {
    let files = try Sources.swiftFiles(in: "Sources")
    let tables = try Self.tables(files).map(Sources.text).joined()
    var unused = Set(Self.undocumented.keys)
    for file in files where !Self.tables([file]).contains(file) {
      for line in try Sources.lines(of: file) {
        guard let match = line.firstMatch(of: Self.limitName) else { continue }
        let type = try NSRegularExpression(
          pattern: #"\b\w+\.\#(match.1)\b"#)
        let name = "\(file.split(separator: "/").last ?? "") \(match.1)"
        let range = NSRange(tables.startIndex..., in: tables)
        // `depthLimit` is a name of several types, so that a name alone proves nothing.
        let owner = file.split(separator: "/").last?.split(separator: ".").first ?? ""
        let isListed =
          type.firstMatch(in: tables, range: range) != nil
          && (match.1 != "depthLimit" || Self.mentions(owner, "depthLimit", in: tables))
        if Self.undocumented[name] != nil {
          unused.remove(name)
        } else {
          #expect(isListed, "\(name) is neither in a file …Limits.swift nor listed here")
        }
      }
    }
    #expect(unused == [], "listed here, but not in the sources")
  }

  /// A constant that is a limit by its name.
  private static var limitName: Regex<(Substring, Substring)> {
    /static let (\w*[lL]imit|(?:largest|least|longest|maximum|most|deepest)[A-Z]\w*)\b/
  }

  /// The files that list the limits of their module.
  private static func tables(_ files: [String]) -> [String] {
    files.filter { $0.hasSuffix("Limits.swift") && !$0.hasSuffix("/SizeLimits.swift") }
  }

  /// A constant beside a table is a limit of the table.
  @Test func constantsOfTablesAreListed() throws {
    for file in Self.tables(try Sources.swiftFiles(in: "Sources")) {
      let text = try Sources.text(of: file)
      for match in text.matches(of: /static let (\w+) = \d/) {
        let uses = text.matches(of: try Regex("\\b\(match.1)\\b")).count
        #expect(uses > 1, "\(match.1) of \(file) is in no row of its table")
      }
    }
  }

  private static func mentions(_ owner: Substring, _ name: String, in text: String) -> Bool {
    text.contains("\(owner.split(separator: "+").first ?? "").\(name)")
  }
}
