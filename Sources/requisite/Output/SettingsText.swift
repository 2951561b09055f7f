import RequisiteConfiguration
import Documents
import Findings
import Linting
import Reporting
import RulePacks
import SourceText

/// The settings that are in force for a file, as `requisite config` shows them.
struct SettingsText {
  let path: String
  let settings: EffectiveSettings
  let configuration: Configuration?
  /// The packs that apply; nil where the file is left out.
  let packs: [LoadedPack]?
  let costLimit: Setting<Int>
  /// How many suppressions there are, in the configuration and in a file of their own.
  let suppressionCount: Int
  /// The path of the baseline; nil for none.
  let baseline: Setting<String?>
  let reports: Setting<[OutputChoice]>

  /// A pack that was asked for.
  private struct Pack {
    var name: String
    /// The path of its file; nil for a built-in pack.
    var path: String?
    /// Which documents it is for.
    var appliesTo: Scope
    /// Where it is asked for.
    var origin: SettingOrigin
  }

  /// Which documents a pack is for.
  private enum Scope: String {
    case all, detected

    /// The documents in words.
    var words: String {
      switch self {
      case .all: "every document"
      case .detected: "documents that match its 'detect'"
      }
    }
  }

  /// The packs that were asked for, in order; those that they extend come along.
  private var chosenPacks: [Pack] {
    var chosen: [Pack] = []
    for pack in packs ?? [] {
      for (position, root) in pack.composition.roots.enumerated() {
        let member = pack.composition.members[root]
        let name = member.pack.name.value
        if chosen.contains(where: { $0.name == name }) { continue }
        let requests = pack.composition.requests[root]
        let isDetected = (packs ?? []).contains { other in
          other.owner.map(requests.contains) ?? false
            && (settings.packs.value.applicability == .whenDetected || other.needsDetection)
        }
        // Each has its own place, as far as the list has one for each.
        let names = settings.packs.value.names ?? []
        let location =
          names.count == pack.composition.roots.count ? names[position].location : nil
        chosen.append(
          Pack(
            name: name, path: member.isBuiltIn ? nil : member.pack.file.source.path,
            appliesTo: isDetected ? .detected : .all,
            origin: location.map { .file($0) } ?? settings.packs.origin))
      }
    }
    return chosen
  }

  /// A grade that changes what the packs say.
  private struct Grade {
    var id: String
    var severity: String
    var packSeverity: String
    var origin: SettingOrigin
  }

  private var grades: [Grade] {
    var own: [String: Severity?] = [:]
    for pack in packs ?? [] {
      for (id, severity) in pack.ownSeverities { own[id.description] = .some(severity) }
    }
    return settings.grades.compactMap { grade in
      guard let packSeverity = own[grade.id.value], packSeverity != grade.severity else {
        return nil
      }
      return Grade(
        id: grade.id.value, severity: grade.severity?.rawValue ?? "off",
        packSeverity: packSeverity?.rawValue ?? "off", origin: .file(grade.location))
    }
  }

  /// The settings of parameters that packs of the file have.
  private var parameters: [(name: String, value: [UInt8], origin: SettingOrigin)] {
    let names = Set(
      (packs ?? []).flatMap { $0.composition.members.map(\.pack.name.value) })
    return settings.parameters.compactMap { setting in
      guard let name = ParameterName(setting.name), names.contains(name.pack) else { return nil }
      let origin: SettingOrigin =
        switch setting.file.source.path {
        case "--param": .flag("--param")
        case EnvironmentVariable.parameters.rawValue:
          .environment(EnvironmentVariable.parameters.rawValue)
        default: .file(setting.file.location(of: setting.value))
        }
      var value: [UInt8] = []
      var writer = JSONWriter(.compact)
      writer.value(of: setting.value, in: setting.file.document, into: &value)
      return (setting.name, value, origin)
    }
  }

  // MARK: - Text

  /// A setting as text shows it.
  private struct Row {
    var name: String
    var value: String
    var origin: SettingOrigin?
  }

  /// The settings for a person: a line for each, with its value and where that comes from.
  func text() -> String {
    let shown = rows.map {
      (
        name: $0.name, value: TerminalText.visible($0.value),
        origin: TerminalText.visible($0.origin?.description ?? "")
      )
    }
    let nameWidth = shown.map(\.name.count).max() ?? 0
    let valueWidth = min(76, shown.filter { !$0.origin.isEmpty }.map(\.value.count).max() ?? 0)
    var text = "Settings for \(TerminalText.visible(path)):\n"
    for row in shown {
      var line = "  \(row.name.padded(to: nameWidth))  \(row.value)"
      if !row.origin.isEmpty {
        line += String(repeating: " ", count: max(0, valueWidth - row.value.count)) + "  "
        line += row.origin
      }
      text += line + "\n"
    }
    return text
  }

  private var rows: [Row] {
    configurationRows + packRows
      + [
        Row(name: "casing", value: settings.casing.value.rawValue, origin: settings.casing.origin)
      ]
      + Self.rows(
        "parameters",
        parameters.map {
          ("\($0.name) = \(String(decoding: $0.value, as: UTF8.self))", $0.origin)
        })
      + Self.rows(
        "rules",
        grades.map { ("\($0.id) \($0.severity) (instead of \($0.packSeverity))", $0.origin) })
      + [
        Row(
          name: "fail-on", value: settings.failOn.value.rawValue, origin: settings.failOn.origin),
        Row(name: "cost-limit", value: String(costLimit.value), origin: costLimit.origin),
        Row(name: "suppressions", value: String(suppressionCount), origin: nil),
        Row(
          name: "suppression-comments",
          value: settings.suppressionComments.value ? "applied" : "ignored",
          origin: settings.suppressionComments.origin),
        Row(
          name: "baseline", value: baseline.value ?? "none",
          origin: baseline.origin == .standard ? nil : baseline.origin),
        Row(
          name: "formats", value: reports.value.map(\.text).joined(separator: ", "),
          origin: reports.origin),
      ]
  }

  /// A row for each value of a setting; the first one has its name.
  private static func rows(_ name: String, _ values: [(String, SettingOrigin?)]) -> [Row] {
    values.enumerated().map { index, value in
      Row(name: index == 0 ? name : "", value: value.0, origin: value.1)
    }
  }

  private var configurationRows: [Row] {
    let extended = (configuration?.extendedPaths ?? []).reversed().map { $0 }
    let origin = configuration?.extensions.first.map { SettingOrigin.file($0.location) }
    return [
      Row(name: "configuration", value: configuration?.file.source.path ?? "none", origin: nil)
    ]
      + Self.rows("extends", extended.enumerated().map { ($1, $0 == 0 ? origin : nil) })
      + [
        Row(
          name: "excluded", value: settings.isExcluded ? "yes" : "no",
          origin: settings.exclusion?.origin ?? .standard)
      ]
  }

  private var packRows: [Row] {
    var rows: [Row] = []
    if packs != nil {
      let chosen = chosenPacks.map { pack in
        ("\(pack.name) (\(pack.path ?? "built-in")): \(pack.appliesTo.words)", pack.origin)
      }
      rows = Self.rows("packs", chosen.isEmpty ? [("none", settings.packs.origin)] : chosen)
    }
    if let operation = settings.packs.value.operation {
      rows.append(
        Row(
          name: "operation", value: operation.text,
          origin: operation.location.map { .file($0) }))
    }
    return rows
  }

  // MARK: - JSON

  /// The settings for programs: version 1.
  func json() -> [UInt8] {
    var output: [UInt8] = []
    var writer = JSONWriter(.indented)
    writer.beginObject(into: &output)
    writer.member("version", 1, into: &output)
    writer.member("path", path, into: &output)
    writer.member("configuration", configuration?.file.source.path, into: &output)
    writer.name("extends", into: &output)
    writer.beginArray(into: &output)
    for path in configuration?.extendedPaths ?? [] { writer.value(path, into: &output) }
    writer.endArray(into: &output)
    writer.name("excluded", into: &output)
    writer.beginObject(into: &output)
    writer.member("value", settings.isExcluded, into: &output)
    write(settings.exclusion?.origin ?? .standard, &writer, &output)
    writer.endObject(into: &output)
    writePacks(&writer, &output)
    write("casing", settings.casing.value.rawValue, settings.casing.origin, &writer, &output)
    writeParameters(&writer, &output)
    writeGrades(&writer, &output)
    write("failOn", settings.failOn.value.rawValue, settings.failOn.origin, &writer, &output)
    writer.name("costLimit", into: &output)
    writer.beginObject(into: &output)
    writer.member("value", costLimit.value, into: &output)
    write(costLimit.origin, &writer, &output)
    writer.endObject(into: &output)
    writer.member("suppressions", suppressionCount, into: &output)
    writer.name("suppressionComments", into: &output)
    writer.beginObject(into: &output)
    writer.member("value", settings.suppressionComments.value, into: &output)
    write(settings.suppressionComments.origin, &writer, &output)
    writer.endObject(into: &output)
    write("baseline", baseline.value, baseline.origin, &writer, &output)
    writeFormats(&writer, &output)
    writer.endObject(into: &output)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  private func writePacks(_ writer: inout JSONWriter, _ output: inout [UInt8]) {
    writer.name("packs", into: &output)
    writer.beginObject(into: &output)
    writer.name("value", into: &output)
    writer.beginArray(into: &output)
    for pack in chosenPacks {
      writer.beginObject(into: &output)
      writer.member("name", pack.name, into: &output)
      writer.member("path", pack.path, into: &output)
      writer.member("appliesTo", pack.appliesTo.rawValue, into: &output)
      write(pack.origin, &writer, &output)
      writer.endObject(into: &output)
    }
    writer.endArray(into: &output)
    writer.member("operation", settings.packs.value.operation?.text, into: &output)
    writer.member(
      "appliesToAll", settings.packs.value.applicability == .always, into: &output)
    write(settings.packs.origin, &writer, &output)
    writer.endObject(into: &output)
  }

  private func writeParameters(_ writer: inout JSONWriter, _ output: inout [UInt8]) {
    writer.name("parameters", into: &output)
    writer.beginArray(into: &output)
    for parameter in parameters {
      writer.beginObject(into: &output)
      writer.member("name", parameter.name, into: &output)
      writer.name("value", into: &output)
      writer.value(verbatim: parameter.value, into: &output)
      write(parameter.origin, &writer, &output)
      writer.endObject(into: &output)
    }
    writer.endArray(into: &output)
  }

  private func writeGrades(_ writer: inout JSONWriter, _ output: inout [UInt8]) {
    writer.name("rules", into: &output)
    writer.beginArray(into: &output)
    for grade in grades {
      writer.beginObject(into: &output)
      writer.member("id", grade.id, into: &output)
      writer.member("severity", grade.severity, into: &output)
      writer.member("packSeverity", grade.packSeverity, into: &output)
      write(grade.origin, &writer, &output)
      writer.endObject(into: &output)
    }
    writer.endArray(into: &output)
  }

  private func writeFormats(_ writer: inout JSONWriter, _ output: inout [UInt8]) {
    writer.name("formats", into: &output)
    writer.beginObject(into: &output)
    writer.name("value", into: &output)
    writer.beginArray(into: &output)
    for report in reports.value { writer.value(report.text, into: &output) }
    writer.endArray(into: &output)
    write(reports.origin, &writer, &output)
    writer.endObject(into: &output)
  }

  private func write(
    _ name: String, _ value: String?, _ origin: SettingOrigin, _ writer: inout JSONWriter,
    _ output: inout [UInt8]
  ) {
    writer.name(name, into: &output)
    writer.beginObject(into: &output)
    writer.member("value", value, into: &output)
    write(origin, &writer, &output)
    writer.endObject(into: &output)
  }

  private func write(
    _ origin: SettingOrigin, _ writer: inout JSONWriter, _ output: inout [UInt8]
  ) {
    writer.name("origin", into: &output)
    writer.beginObject(into: &output)
    switch origin {
    case .flag(let name):
      writer.member("kind", "flag", into: &output)
      writer.member("name", name, into: &output)
    case .environment(let name):
      writer.member("kind", "environment", into: &output)
      writer.member("name", name, into: &output)
    case .file(let location):
      writer.member("kind", "file", into: &output)
      writer.member("path", location.path, into: &output)
      writer.member("line", location.region.start.line, into: &output)
      writer.member("column", location.region.start.column, into: &output)
    case .standard: writer.member("kind", "default", into: &output)
    }
    writer.endObject(into: &output)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension JSONWriter {
  /// Writes a value of a document; the recursion is as deep as the document's reader lets it nest.
  fileprivate mutating func value(
    of node: NodeID, in document: Document, into output: inout [UInt8]
  ) {
    switch document.kind(of: node) {
    case .null, .absent: value(nil as String?, into: &output)
    case .boolean: value(document.isTrue(node), into: &output)
    case .number: value(verbatim: Array(document.utf8(of: node)), into: &output)
    case .string, .name: value(document.text(of: node), into: &output)
    case .array:
      beginArray(into: &output)
      for element in document.elements(of: node) {
        value(of: element, in: document, into: &output)
      }
      endArray(into: &output)
    case .object:
      beginObject(into: &output)
      for member in document.members(of: node) {
        name(document.text(of: member.name), into: &output)
        value(of: member.value, in: document, into: &output)
      }
      endObject(into: &output)
    }
  }
}
