import Documents
package import Findings
package import RulePacks
import SourceText

extension ParameterSetting {
  /// The setting that a text `PACK.NAME=VALUE` is, or what is wrong with it.
  ///
  /// It is read as the line `PACK.NAME: VALUE` of a file, so that mistakes have places; `source` says
  /// where it comes from.
  package static func read(_ text: String, source: String)
    -> Swift.Result<ParameterSetting, Diagnostic>
  {
    func failure(_ message: String) -> Swift.Result<ParameterSetting, Diagnostic> {
      .failure(Diagnostic("argument/bad-parameter", message))
    }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard parts.count == 2, isPlain, ParameterName(name) != nil else {
      return failure(
        "\(source) expects PACK.NAME=VALUE, as in 'aws-connect-chat.maxAttributeBytes=16384'; found '\(text)'"
      )
    }
    let (file, reading) = PackFile.read(
      SourceFile(path: source, bytes: Array("\(name): \(parts[1])".utf8)))
    if let error = reading.errors.first {
      return .failure(
        Diagnostic(
          "argument/bad-parameter", "value of '\(name)' is not valid YAML: \(error.message)",
          at: file.source.location(of: error.range)))
    }
    guard let member = file.document.members(of: .root).first(where: { _ in true }) else {
      return failure("'\(name)' has no value")
    }
    return .success(
      ParameterSetting(file: file, nameNode: member.name, name: name, value: member.value))
  }
}
