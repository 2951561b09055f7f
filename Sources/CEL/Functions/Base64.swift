import Documents
import SourceText

// The encoders extension (RFC 4648, section 4).

extension CELFunction {
  static let base64Encode = CELFunction(
    "base64.encode", "The bytes in base64.",
    [.global([.bytes], .string)],
    cases: ["base64.encode(b'hello') == 'aGVsbG8='", "base64.encode(b'') == ''"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .bytes(let bytes) = arguments.first else { throw evaluator.fault(.unsupported) }
    try evaluator.charge(bytes.count / 7)
    return .string(Base64.encoded(bytes))
  }

  static let base64Decode = CELFunction(
    "base64.decode", "The bytes of a string in base64.",
    [.global([.string], .bytes)],
    cases: ["base64.decode('aGVsbG8=') == b'hello'", "base64.decode('aGVsbG8') == b'hello'"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.subject(arguments, request, symbols)
    guard let bytes = Base64.decoded(text) else { throw evaluator.fault(.invalid(.base64)) }
    return .bytes(bytes)
  }
}
