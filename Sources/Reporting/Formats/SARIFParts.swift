import Documents
import Findings
import SourceText

/// The `tool` of a run: the program and all rules (SARIF 2.1.0, sections 3.18, 3.19 and 3.49).
enum SARIFTool {
  /// How many tags GitHub keeps of a rule.
  static let tagLimit = 10

  static func write(
    _ header: ReportHeader, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.name("driver", into: &output)
    json.beginObject(into: &output)
    json.member("name", ToolInformation.name, into: &output)
    json.member("semanticVersion", header.toolVersion, into: &output)
    json.member("informationUri", ToolInformation.uri, into: &output)
    json.name("rules", into: &output)
    json.beginArray(into: &output)
    for rule in header.rules {
      json.value(verbatim: descriptor(of: rule), into: &output)
    }
    json.endArray(into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
  }

  private static func descriptor(of rule: RuleDescription) -> [UInt8] {
    var output: [UInt8] = []
    var json = JSONWriter()
    let id = rule.id.description
    let summary = SARIFText.sentence(rule.summary.isEmpty ? id : rule.summary)
    let help = rule.help.isEmpty ? summary : rule.help
    let reasons = MarkdownText.opening(of: rule.help, limit: SARIFText.descriptionLimit / 2)
    json.beginObject(into: &output)
    json.member("id", id, into: &output)
    json.name("shortDescription", into: &output)
    json.member(text: description(summary), into: &output)
    json.name("fullDescription", into: &output)
    json.member(
      text: description(reasons.isEmpty ? summary : "\(summary) \(reasons)"), into: &output)
    // Braces in help are not doubled: it takes no arguments, and its examples are JSON.
    json.name("help", into: &output)
    json.member(
      text: TerminalText.lines(of: MarkdownText.plain(help)),
      markdown: TerminalText.lines(of: MarkdownText.withoutHTML(help)),
      into: &output)
    if let address = SARIFText.webAddress(rule.url) {
      json.member("helpUri", address, into: &output)
    }
    json.name("defaultConfiguration", into: &output)
    json.beginObject(into: &output)
    if rule.severity == nil { json.member("enabled", false, into: &output) }
    json.member("level", (rule.severity ?? .info).sarifLevel, into: &output)
    json.endObject(into: &output)
    let tags = unique(rule.tags).prefix(tagLimit)
    if !tags.isEmpty {
      json.name("properties", into: &output)
      json.beginObject(into: &output)
      json.name("tags", into: &output)
      json.beginArray(into: &output)
      for tag in tags { json.value(tag, into: &output) }
      json.endArray(into: &output)
      json.endObject(into: &output)
    }
    json.endObject(into: &output)
    return output
  }

  private static func description(_ text: String) -> String {
    SARIFText.cut(SARIFText.message(text), to: SARIFText.descriptionLimit)
  }

  private static func unique(_ tags: [String]) -> [String] {
    var seen: Set<String> = []
    return tags.filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}

/// The places of a result (SARIF 2.1.0, sections 3.28, 3.29, 3.30 and 3.33).
enum SARIFLocation {
  /// The name of the folder that relative paths start from.
  static let sourceRoot = "%SRCROOT%"

  static func write(
    _ location: Location, id: Int? = nil, message: String? = nil,
    with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    if let id { json.member("id", id, into: &output) }
    json.name("physicalLocation", into: &output)
    json.beginObject(into: &output)
    write(artifact: location.artifactPath, with: &json, into: &output)
    write("region", location.region, with: &json, into: &output)
    json.endObject(into: &output)
    if let pointer = location.pointer {
      write(pointer: pointer, location.kind, with: &json, into: &output)
    }
    if let message {
      json.name("message", into: &output)
      json.member(text: SARIFText.message(message), into: &output)
    }
    json.endObject(into: &output)
  }

  /// Writes the file as a member.
  static func write(
    artifact path: String, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    let (uri, isRelative) = SARIFText.uri(ofPath: path)
    json.name("artifactLocation", into: &output)
    json.beginObject(into: &output)
    json.member("uri", uri, into: &output)
    if isRelative { json.member("uriBaseId", sourceRoot, into: &output) }
    json.endObject(into: &output)
  }

  /// Writes a region as a member.
  static func write(
    _ name: String, _ region: Region, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name(name, into: &output)
    json.beginObject(into: &output)
    json.member("startLine", region.start.line, into: &output)
    json.member("startColumn", region.start.utf16Column, into: &output)
    json.member("endLine", region.end.line, into: &output)
    json.member("endColumn", region.end.utf16Column, into: &output)
    json.endObject(into: &output)
  }

  /// A JSON Pointer is the full name of a place in JSON (section 3.33.7, example 2).
  private static func write(
    pointer: JSONPointer, _ kind: Location.Kind,
    with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name("logicalLocations", into: &output)
    json.beginArray(into: &output)
    json.beginObject(into: &output)
    if let name = pointer.lastToken, !name.isEmpty {
      let name = String(decoding: name, as: UTF8.self)
      json.member("name", SARIFText.cut(name, to: SARIFText.nameLimit), into: &output)
    }
    json.member(
      "fullyQualifiedName", SARIFText.cut(pointer.description, to: SARIFText.nameLimit),
      into: &output)
    switch kind {
    case .object: json.member("kind", "object", into: &output)
    case .array: json.member("kind", "array", into: &output)
    case .value: json.member("kind", "value", into: &output)
    case .name: json.member("kind", "property", into: &output)
    case .text: break
    }
    json.endObject(into: &output)
    json.endArray(into: &output)
  }
}

/// The `fixes` of a result (SARIF 2.1.0, sections 3.55, 3.56 and 3.57).
enum SARIFFix {
  static func write(
    _ fix: Fix, of location: Location, with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.name("fixes", into: &output)
    json.beginArray(into: &output)
    json.beginObject(into: &output)
    json.name("description", into: &output)
    json.member(text: SARIFText.message(fix.description), into: &output)
    json.name("artifactChanges", into: &output)
    json.beginArray(into: &output)
    json.beginObject(into: &output)
    SARIFLocation.write(artifact: location.artifactPath, with: &json, into: &output)
    json.name("replacements", into: &output)
    json.beginArray(into: &output)
    for edit in fix.edits {
      json.beginObject(into: &output)
      SARIFLocation.write("deletedRegion", edit.region, with: &json, into: &output)
      if !edit.text.isEmpty {
        json.name("insertedContent", into: &output)
        json.member(text: edit.text, into: &output)
      }
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
    json.endObject(into: &output)
    json.endArray(into: &output)
    json.name("properties", into: &output)
    json.beginObject(into: &output)
    json.member("safe", fix.isSafe, into: &output)
    json.endObject(into: &output)
    json.endObject(into: &output)
    json.endArray(into: &output)
  }
}

/// How the run went (SARIF 2.1.0, sections 3.20 and 3.58).
enum SARIFInvocation {
  static func write(
    _ diagnostics: [Diagnostic], with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    json.beginObject(into: &output)
    json.member(
      "executionSuccessful", !diagnostics.hasErrors, into: &output)
    write(
      "toolExecutionNotifications", diagnostics.filter { !isOfConfiguration($0) },
      with: &json, into: &output)
    write(
      "toolConfigurationNotifications", diagnostics.filter(isOfConfiguration),
      with: &json, into: &output)
    json.endObject(into: &output)
  }

  /// The groups of codes that are about what happened in the run; all others are about what the user
  /// set up: configurations, packs, schemas, arguments, suppressions, baselines.
  private static let executionGroups: Set<Substring> = ["input", "output", "fix", "report", "run"]

  private static func isOfConfiguration(_ diagnostic: Diagnostic) -> Bool {
    !executionGroups.contains(diagnostic.code.prefix { $0 != "/" })
  }

  private static func write(
    _ name: String, _ diagnostics: [Diagnostic],
    with json: inout JSONWriter, into output: inout [UInt8]
  ) {
    guard !diagnostics.isEmpty else { return }
    json.name(name, into: &output)
    json.beginArray(into: &output)
    for diagnostic in diagnostics {
      json.beginObject(into: &output)
      json.name("descriptor", into: &output)
      json.beginObject(into: &output)
      json.member("id", diagnostic.code, into: &output)
      json.endObject(into: &output)
      json.member("level", diagnostic.severity.sarifLevel, into: &output)
      json.name("message", into: &output)
      json.member(text: SARIFText.message(diagnostic.message), into: &output)
      if let location = diagnostic.location {
        json.name("locations", into: &output)
        json.beginArray(into: &output)
        SARIFLocation.write(location, with: &json, into: &output)
        json.endArray(into: &output)
      }
      json.endObject(into: &output)
    }
    json.endArray(into: &output)
  }
}
