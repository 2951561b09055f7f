import Findings
import Reporting
import RulePacks

extension PackDocument {
  /// The page as one Markdown document (CommonMark with the tables of GFM).
  package func markdown() -> String {
    var page = "# \(MarkdownText.escaped(title))\n\n"
    page += "Pack \(MarkdownText.code(name))"
    if let version { page += ", version \(MarkdownText.escaped(version))" }
    page += ".\n"
    if !extended.isEmpty { page += "Extends \(codes(extended)).\n" }
    if !operations.isEmpty { page += "Operations: \(codes(operations)).\n" }
    if !sensitive.isEmpty { page += "Sensitive values, never shown: \(codes(sensitive)).\n" }
    if let homepage { page += "\n\(link(to: homepage))\n" }
    page += contents + parametersTable
    for section in sections {
      page += "\n## Rules of \(MarkdownText.escaped(section.pack))\n"
      for rule in section.rules { page += markdown(of: rule) }
    }
    return page + modelTable
  }

  private var contents: String {
    var text = "\n## Contents\n\n"
    if !parameters.isEmpty { text += "- [Parameters](#parameters)\n" }
    for section in sections {
      text +=
        "- [Rules of \(MarkdownText.escaped(section.pack))](#\(Self.slug("Rules of \(section.pack)")))\n"
      for rule in section.rules {
        let id = rule.description.id.description
        text += "  - [\(MarkdownText.escaped(id))](#\(Self.slug(id))) (\(rule.severityWord)):"
        text += " \(MarkdownText.escaped(rule.description.summary))\n"
      }
    }
    if !modelRules.isEmpty { text += "- [Model rules](#model-rules)\n" }
    return text
  }

  private var parametersTable: String {
    guard !parameters.isEmpty else { return "" }
    var text = "\n## Parameters\n\n| Name | Type | Value | Bounds | Description |\n"
    text += "| --- | --- | --- | --- | --- |\n"
    for parameter in parameters {
      let cells = [
        cell(code: parameter.name), MarkdownText.escaped(parameter.type),
        cell(code: parameter.valueWords),
        parameter.bounds.map { cell(code: $0) }.joined(separator: ", "),
        MarkdownText.escaped(parameter.description ?? ""),
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  private func markdown(of rule: RuleFacts) -> String {
    let description = rule.description
    var text = "\n### \(MarkdownText.escaped(description.id.description))\n\n"
    text += "**\(rule.severityWord)**: \(MarkdownText.escaped(description.summary))\n"
    if !description.help.isEmpty {
      text += "\n" + MarkdownText.embedded(description.help, below: 3) + "\n"
    }
    for part in rule.parts {
      text += "\n\(RuleFacts.label(of: part.name)):\n\n"
      text += MarkdownText.codeBlock(part.text, language: Self.language(of: part))
    }
    if !rule.parameters.isEmpty {
      let values = rule.parameters.map {
        "\(MarkdownText.code($0.name)) = \(MarkdownText.code($0.valueText))"
      }
      text += "\nParameters: \(values.joined(separator: ", "))\n"
    }
    for (expectation, title) in [
      (RulePack.Example.Expectation.pass, "Passes"), (.fail, "Fails"),
    ] {
      let examples = rule.examples(expectation)
      guard !examples.isEmpty else { continue }
      text += "\n\(title):\n\n"
      text += MarkdownText.codeBlock(
        examples.map(\.text).joined(separator: "\n"), language: "json")
    }
    for sentence in rule.overrideSentences { text += "\n\(MarkdownText.escaped(sentence)).\n" }
    if !description.tags.isEmpty { text += "\nTags: \(codes(description.tags))\n" }
    if let url = description.url { text += "\nReference: \(link(to: url))\n" }
    return text
  }

  private var modelTable: String {
    guard !modelRules.isEmpty else { return "" }
    var text = "\n## Model rules\n\n"
    text += "Each keyword of the request's model is a rule.\n\n"
    text += "| Rule | Severity | Requirement |\n| --- | --- | --- |\n"
    for rule in modelRules {
      text += "| \(cell(code: rule.description.id.description)) | \(rule.severityWord)"
      text += " | \(MarkdownText.escaped(rule.description.summary)) |\n"
    }
    return text
  }

  // MARK: - Parts

  private func codes(_ texts: [String]) -> String {
    texts.map { MarkdownText.code($0) }.joined(separator: ", ")
  }

  /// Code in a table, where a bar would end the cell.
  private func cell(code: String) -> String {
    MarkdownText.code(code).replacing("|", with: "\\|")
  }

  private func link(to address: String) -> String {
    Markdown.isWebAddress(address) ? "<\(address)>" : MarkdownText.escaped(address)
  }

  private static func language(of part: RuleFacts.Part) -> String {
    switch part.language {
    case "yaml", "cel": part.language
    default: ""
    }
  }

  /// The anchor that renderers give a heading: small letters, digits and dashes.
  private static func slug(_ heading: String) -> String {
    var slug: [UInt8] = []
    for byte in heading.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
      case UInt8(ascii: " "): slug.append(UInt8(ascii: "-"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        slug.append(byte)
      default: break
      }
    }
    return String(decoding: slug, as: UTF8.self)
  }
}
