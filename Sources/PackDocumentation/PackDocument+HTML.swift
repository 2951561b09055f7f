import Findings
import Reporting
import RulePacks

extension PackDocument {
  /// The page as one HTML document that needs nothing else: no script, no file, no address.
  package func html() -> String {
    var page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="generator" content="\(ToolInformation.name)">
      <title>\(Markup.html(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <header>
      <h1>\(Markup.html(title))</h1>
      \(headerHTML)</header>
      \(contentsHTML)<main>

      """
    page += parametersHTML
    for section in sections {
      page += "<section>\n<h2 id=\"pack-\(Markup.anchor(section.pack))\">"
      page += "Rules of \(Markup.html(section.pack))</h2>\n"
      for rule in section.rules { page += html(of: rule) }
      page += "</section>\n"
    }
    page += modelHTML
    page += "</main>\n</body>\n</html>\n"
    return page
  }

  private var headerHTML: String {
    var facts = "<p>Pack <code>\(Markup.html(name))</code>"
    if let version { facts += ", version \(Markup.html(version))" }
    facts += "</p>\n"
    if !extended.isEmpty {
      facts += "<p>Extends \(codes(extended))</p>\n"
    }
    if !operations.isEmpty { facts += "<p>Operations: \(codes(operations))</p>\n" }
    if !sensitive.isEmpty {
      facts += "<p>Sensitive values, never shown: \(codes(sensitive))</p>\n"
    }
    if let homepage { facts += "<p>Homepage: \(link(to: homepage))</p>\n" }
    return facts
  }

  private var contentsHTML: String {
    var text = "<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n"
    if !parameters.isEmpty { text += "<li><a href=\"#parameters\">Parameters</a></li>\n" }
    for section in sections {
      text += "<li><a href=\"#pack-\(Markup.anchor(section.pack))\">"
      text += "Rules of \(Markup.html(section.pack))</a>\n<ul>\n"
      for rule in section.rules {
        text += "<li>\(mark(rule)) <a href=\"#\(anchor(rule))\">"
        text += "\(Markup.html(rule.description.id.rule))</a>"
        text += "<span class=\"about\">\(Markup.html(rule.description.summary))</span></li>\n"
      }
      text += "</ul></li>\n"
    }
    if !modelRules.isEmpty { text += "<li><a href=\"#model\">Model rules</a></li>\n" }
    return text + "</ul>\n</nav>\n"
  }

  private var parametersHTML: String {
    guard !parameters.isEmpty else { return "" }
    let hasBounds = parameters.contains { !$0.bounds.isEmpty }
    var text = "<section>\n<h2 id=\"parameters\">Parameters</h2>\n\(Markup.factsStart)\n<thead><tr>"
    for title in ["Name", "Type", "Value"] + (hasBounds ? ["Bounds"] : []) + ["Description"] {
      text += "<th>\(title)</th>"
    }
    text += "</tr></thead>\n<tbody>\n"
    for parameter in parameters {
      text += "<tr id=\"\(anchor(parameter))\">"
      text += "<td><code>\(Markup.html(parameter.name))</code></td>"
      text += "<td>\(Markup.html(parameter.type))</td>"
      text += "<td><code>\(Markup.html(parameter.valueWords))</code></td>"
      if hasBounds { text += "<td>\(codes(parameter.bounds))</td>" }
      text += "<td>\(Markup.html(parameter.description ?? ""))</td></tr>\n"
    }
    return text + "</tbody>\n\(Markup.tableEnd)\n</section>\n"
  }

  private func html(of rule: RuleFacts) -> String {
    let description = rule.description
    var text = "<article id=\"\(anchor(rule))\">\n"
    text +=
      "<h3>\(mark(rule)) <a href=\"#\(anchor(rule))\">\(Markup.html(description.id.rule))</a></h3>\n"
    text += "<p class=\"summary\">\(Markup.html(description.summary))</p>\n"
    text += MarkdownHTML.html(of: description.help, below: 3)
    if !rule.parts.isEmpty {
      text += "<dl>\n"
      for part in rule.parts {
        text += "<dt>\(RuleFacts.label(of: part.name))</dt>"
        text += "<dd><pre><code>\(Markup.html(part.text))</code></pre></dd>\n"
      }
      text += "</dl>\n"
    }
    if !rule.parameters.isEmpty {
      let links = rule.parameters.map {
        "<a href=\"#\(anchor($0))\"><code>\(Markup.html($0.name))</code></a> = <code>\(Markup.html($0.valueText))</code>"
      }
      text += "<p>Parameters: \(links.joined(separator: ", "))</p>\n"
    }
    for (expectation, title) in [
      (RulePack.Example.Expectation.pass, "Passes"), (.fail, "Fails"),
    ] {
      let examples = rule.examples(expectation)
      guard !examples.isEmpty else { continue }
      text += "<details>\n<summary>\(title) (\(examples.count))</summary>\n"
      for example in examples {
        text +=
          "<pre class=\"\(expectation.rawValue)\"><code>\(Markup.html(example.text))</code></pre>\n"
      }
      text += "</details>\n"
    }
    for sentence in rule.overrideSentences {
      text += "<p class=\"origin\">\(Markup.html(sentence)).</p>\n"
    }
    if !description.tags.isEmpty { text += "<p>Tags: \(codes(description.tags))</p>\n" }
    if let url = description.url { text += "<p>Reference: \(link(to: url))</p>\n" }
    text += "<p class=\"origin\"><code>\(Markup.html(description.id.description))</code></p>\n"
    return text + "</article>\n"
  }

  private var modelHTML: String {
    guard !modelRules.isEmpty else { return "" }
    var text = "<section>\n<h2 id=\"model\">Model rules</h2>\n"
    text += "<p>Each keyword of the request's model is a rule.</p>\n"
    text +=
      "\(Markup.factsStart)\n<thead><tr><th>Rule</th><th>Severity</th><th>Requirement</th></tr></thead>\n<tbody>\n"
    for rule in modelRules {
      text += "<tr><td>\(Markup.htmlCode(breaking: rule.description.id.description))</td>"
      text += "<td>\(mark(rule))</td>"
      text += "<td>\(Markup.html(rule.description.summary))</td></tr>\n"
    }
    return text + "</tbody>\n\(Markup.tableEnd)\n</section>\n"
  }

  // MARK: - Parts

  private func mark(_ rule: RuleFacts) -> String {
    "<span class=\"severity \(rule.severityWord)\">\(rule.severityWord)</span>"
  }

  private func anchor(_ rule: RuleFacts) -> String {
    "rule-\(Markup.anchor(rule.description.id.description))"
  }

  private func anchor(_ parameter: ParameterFacts) -> String {
    "parameter-\(Markup.anchor("\(parameter.pack)/\(parameter.name)"))"
  }

  private func codes(_ texts: [String]) -> String {
    texts.map { "<code>\(Markup.html($0))</code>" }.joined(separator: ", ")
  }

  private func link(to address: String) -> String {
    let shown = Markup.html(breaking: address)
    return Markdown.isWebAddress(address)
      ? "<a href=\"\(Markup.html(address))\">\(shown)</a>" : shown
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #57606a; --line: #d0d7de;
      --code: #f6f8fa; --link: #0550ae; --error: #b3261e; --warning: #8a5700; --info: #0b6170; --off: #6e7781; }
    @media screen and (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9198a1;
      --line: #3d444d; --code: #161b22; --link: #79b8ff; --error: #ff8a80; --warning: #f0b849; --info: #6fd3e3;
      --off: #9198a1; } }
    body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
      font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
    h1, h2, h3 { line-height: 1.25; }
    header p { margin: 0.4rem 0; }
    nav ul { list-style: none; padding: 0; }
    nav li { margin: 0.4rem 0; }
    .about { display: block; color: var(--faint); }
    a { color: var(--link); }
    h3 a { color: inherit; text-decoration: none; }
    code, pre { font: 0.875em/1.45 ui-monospace, monospace; background: var(--code); border-radius: 4px; }
    code { padding: 0.1em 0.3em; }
    pre { padding: 0.7em 0.9em; overflow-x: auto; white-space: pre-wrap; border-left: 3px solid var(--line); }
    pre code { padding: 0; font-size: 1em; }
    pre.pass { border-left-color: var(--info); }
    pre.fail { border-left-color: var(--error); }
    .table { overflow-x: auto; margin: 1rem 0; }
    .table:focus-visible { outline: 2px solid var(--link); }
    table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
    td:last-child { min-width: 14rem; }
    th, td { text-align: left; vertical-align: top; padding: 0.35em 0.6em; border-bottom: 1px solid var(--line); }
    article { border-top: 1px solid var(--line); margin-top: 2rem; }
    dt { font-weight: 600; }
    dd { margin: 0; }
    details { margin: 0.6rem 0; }
    summary { cursor: pointer; }
    .summary { font-size: 1.05rem; font-weight: 600; }
    .origin { color: var(--faint); font-size: 0.9rem; }
    .severity { font-size: 0.75rem; font-weight: 600; border: 1px solid currentColor; border-radius: 999px;
      padding: 0.05em 0.6em; vertical-align: middle; }
    .severity.error { color: var(--error); }
    .severity.warning { color: var(--warning); }
    .severity.info { color: var(--info); }
    .severity.off { color: var(--off); }
    @media (max-width: 40rem) { body { margin: 1rem auto; } h1 { font-size: 1.6rem; }
      td:last-child { min-width: 11rem; } th, td { padding: 0.35em 0.4em; }
      .facts thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .facts table, .facts tbody, .facts tr { display: block; }
      .facts tr { padding: 0.4em 0; border-bottom: 1px solid var(--line); }
      .facts td { display: inline-block; min-width: 0; border: 0; padding: 0.1em 0.5em 0.1em 0; }
      .facts td:last-child { display: block; } }
    @media print { :root { color-scheme: light; font-size: 10.5pt; } body { margin: 0; max-width: none; }
      details::details-content { content-visibility: visible; display: block; }
      nav { break-after: page; } h2, h3, dt, summary { break-after: avoid; } pre, tr { break-inside: avoid; }
      .table { overflow: visible; } }
    """
}
