/// The functions that expressions can call, by what they do; the values choose among the ways to do it.
enum CELFunction: String, Sendable, CaseIterable {
  // Standard
  case size, contains, startsWith, endsWith, matches
  case int, uint, double, string, bytes, bool, timestamp, duration, dyn, type
  case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
  case getHours, getMinutes, getSeconds, getMilliseconds
  // Optionals
  case optionalOf = "optional.of"
  case optionalOfNonZeroValue = "optional.ofNonZeroValue"
  case optionalNone = "optional.none"
  case hasValue, value, or, orValue, unwrapOpt
  case first, last
  // Strings
  case charAt, indexOf, lastIndexOf, lowerAscii, upperAscii, replace, split, substring, trim
  case join, format
  case quote = "strings.quote"
  case reverse
  // Numbers
  case greatest = "math.greatest"
  case least = "math.least"
  case ceil = "math.ceil"
  case floor = "math.floor"
  case round = "math.round"
  case trunc = "math.trunc"
  case abs = "math.abs"
  case sign = "math.sign"
  case sqrt = "math.sqrt"
  case isNaN = "math.isNaN"
  case isInf = "math.isInf"
  case isFinite = "math.isFinite"
  case bitAnd = "math.bitAnd"
  case bitOr = "math.bitOr"
  case bitXor = "math.bitXor"
  case bitNot = "math.bitNot"
  case bitShiftLeft = "math.bitShiftLeft"
  case bitShiftRight = "math.bitShiftRight"
  // Lists and sets
  case slice, flatten, sort, distinct
  case sortByKeys = "sortBy"
  case range = "lists.range"
  case setContains = "sets.contains"
  case setEquivalent = "sets.equivalent"
  case setIntersects = "sets.intersects"
  // Encodings
  case base64Encode = "base64.encode"
  case base64Decode = "base64.decode"
  // Networks
  case ip, isIP, cidr, isCIDR
  case isCanonical = "ip.isCanonical"
  case family, isUnspecified, isLoopback, isGlobalUnicast, isLinkLocalMulticast
  case isLinkLocalUnicast, containsIP, containsCIDR, masked, prefixLength
  case networkAddress = "cidr.ip"
  // Measures: not of the standard
  case utf8Bytes, totalBytes, sum, min, max
}

extension CELFunction {
  /// Whether the function's result depends on whether a number is an integer or a double.
  var readsDoubles: Bool {
    switch self {
    case .type, .abs, .sign: true
    default: takesDoublesOnly
    }
  }

  /// Whether the function takes no integers.
  var takesDoublesOnly: Bool {
    switch self {
    case .ceil, .floor, .round, .trunc, .isNaN, .isInf, .isFinite: true
    default: false
    }
  }
}

extension CELFunctionDeclaration {
  /// The names of all functions that are called on a value, or of those that are not.
  static func names(isMember: Bool) -> [String] {
    CELFunction.allCases.map(\.rawValue).filter { name in
      declarations(named: name).contains { $0.isMember == isMember }
    }
  }

  /// A function that is called by its name.
  static func global(
    _ name: String, _ function: CELFunction, _ parameters: [CELType], _ result: CELType
  ) -> CELFunctionDeclaration {
    CELFunctionDeclaration(name, function, isMember: false, parameters, result)
  }

  /// A function that is called on a value.
  static func member(
    _ name: String, _ function: CELFunction, _ parameters: [CELType], _ result: CELType
  ) -> CELFunctionDeclaration {
    CELFunctionDeclaration(name, function, isMember: true, parameters, result)
  }

  /// A way to call as messages write it: `string.charAt(int)`.
  func signature(in shapes: CELShapes) -> String {
    let types = parameters.map { shapes.name(of: $0) }
    return isMember
      ? "\(types[0]).\(name)(\(types.dropFirst().joined(separator: ", ")))"
      : "\(name)(\(types.joined(separator: ", ")))"
  }
}
