/// The encoding of labels beyond ASCII (RFC 3492).
///
/// Time is quadratic in a label's length, which callers hold to 63.
enum Punycode {
  private static let base = 36
  private static let leastThreshold = 1
  private static let greatestThreshold = 26
  private static let initialBias = 72
  private static let initialCodePoint = 0x80
  private static let delimiter = UInt8(ascii: "-")

  /// The characters that an encoding, in small letters, stands for; nil where it is none.
  static func decode(_ encoded: [UInt8]) -> [Unicode.Scalar]? {
    var result: [Unicode.Scalar] = []
    var index = 0
    if let last = encoded.lastIndex(of: delimiter) {
      for byte in encoded[..<last] {
        guard byte < 0x80 else { return nil }
        result.append(Unicode.Scalar(byte))
      }
      index = last + 1
    }
    var codePoint = initialCodePoint
    var position = 0
    var bias = initialBias
    while index < encoded.count {
      let previous = position
      var weight = 1
      var k = base
      while true {
        guard index < encoded.count, let digit = digit(of: encoded[index]) else { return nil }
        index += 1
        let (product, overflows) = digit.multipliedReportingOverflow(by: weight)
        let (sum, carries) = position.addingReportingOverflow(product)
        guard !overflows, !carries else { return nil }
        position = sum
        let threshold = threshold(k, bias)
        guard digit >= threshold else { break }
        let (next, grows) = weight.multipliedReportingOverflow(by: base - threshold)
        guard !grows else { return nil }
        weight = next
        k += base
      }
      let count = result.count + 1
      bias = adapted(position - previous, count: count, isFirst: previous == 0)
      let (next, overflows) = codePoint.addingReportingOverflow(position / count)
      guard !overflows, let value = UInt32(exactly: next), let scalar = Unicode.Scalar(value)
      else { return nil }
      codePoint = next
      position %= count
      result.insert(scalar, at: position)
      position += 1
    }
    return result
  }

  /// The encoding of characters; nil where numbers grow beyond reason.
  static func encode(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in scalars where scalar.isASCII {
      result.append(UInt8(truncatingIfNeeded: scalar.value))
    }
    let basicCount = result.count
    if basicCount > 0 { result.append(delimiter) }
    var codePoint = initialCodePoint
    var delta = 0
    var bias = initialBias
    var handled = basicCount
    while handled < scalars.count {
      var next = Int.max
      for scalar in scalars where Int(scalar.value) >= codePoint {
        next = min(next, Int(scalar.value))
      }
      let (product, overflows) = (next - codePoint).multipliedReportingOverflow(by: handled + 1)
      let (sum, carries) = delta.addingReportingOverflow(product)
      guard !overflows, !carries else { return nil }
      delta = sum
      codePoint = next
      for scalar in scalars {
        if Int(scalar.value) < codePoint { delta += 1 }
        guard Int(scalar.value) == codePoint else { continue }
        appendNumber(delta, bias: bias, to: &result)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      codePoint += 1
    }
    return result
  }

  /// A number in the digits of section 3.3.
  private static func appendNumber(_ number: Int, bias: Int, to result: inout [UInt8]) {
    var rest = number
    var k = base
    while true {
      let threshold = threshold(k, bias)
      guard rest >= threshold else { break }
      result.append(character(of: threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      k += base
    }
    result.append(character(of: rest))
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int {
    min(max(k - bias, leastThreshold), greatestThreshold)
  }

  /// Section 6.1.
  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - leastThreshold) * greatestThreshold / 2 {
      delta /= base - leastThreshold
      k += base
    }
    return k + (base - leastThreshold + 1) * delta / (delta + 38)
  }

  private static func digit(of byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func character(of digit: Int) -> UInt8 {
    let digit = UInt8(truncatingIfNeeded: digit)
    return digit < 26 ? UInt8(ascii: "a") + digit : UInt8(ascii: "0") + (digit - 26)
  }
}
