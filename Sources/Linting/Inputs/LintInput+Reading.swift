package import Documents
import YAML

extension LintInput.Format {
  /// The group of the rules about reading that errors of the format belong to.
  package var ruleGroup: String {
    switch self {
    case .json, .jsonLines: "json"
    case .yaml: "yaml"
    }
  }

  /// Reads a text that is one document.
  package func read(
    _ bytes: [UInt8], depthLimit: Int = JSONReader.defaultDepthLimit,
    from origin: JSONReader.Origin = .file
  ) -> Reading {
    switch self {
    case .json, .jsonLines: JSONReader.read(bytes, depthLimit: depthLimit, from: origin)
    case .yaml: YAMLReader.read(bytes, depthLimit: depthLimit)
    }
  }
}
