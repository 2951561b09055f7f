import Findings

extension Container {
  /// The text of an input whose bytes are in memory; they tell whether it is compressed.
  ///
  /// - Throws: the error of damaged bytes, or `input/too-large` for a text over the limit, in bytes.
  static func text(
    in bytes: [UInt8], of input: InputSource, limit: Int
  ) throws(Diagnostic) -> [UInt8] {
    var text: [UInt8] = []
    if let container = Container(beginning: bytes.prefix(signatureCount)) {
      let decoder = container.format.makeDecoder(1 << 16)
      do throws(ContainerError) {
        var position = 0
        while position < bytes.count || decoder.hasOutput, text.count <= limit {
          try decoder.decode(bytes, from: &position, into: &text)
        }
        if text.count <= limit, !decoder.isComplete { throw .truncated }
      } catch {
        throw container.damage(error, in: input)
      }
    } else {
      text = bytes
    }
    guard text.count <= limit else { throw SizeLimits.documentTooLarge(input.quotedName, limit) }
    return text
  }

  /// The diagnostic about the bytes of an input.
  func damage(_ error: ContainerError, in input: InputSource) -> Diagnostic {
    Diagnostic(
      format.damageCode, "\(input.quotedName) \(error.problem(format))", hint: error.hint)
  }
}
