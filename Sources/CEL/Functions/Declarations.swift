// The ways to call each function: what the checker knows. They are made when a name is looked up,
// since most programs call few functions.

private let a = CELType.parameter(0)
private let b = CELType.parameter(1)
private let listOfA = CELType.list(a)
private let mapOfAB = CELType.map(a, b)
private let optionalOfA = CELType.optional(a)
private let numbers: [CELType] = [.integer, .unsigned, .double]
private let wholeNumbers: [CELType] = [.integer, .unsigned]

extension CELFunctionDeclaration {
  /// Every way to call the functions of a name; none where there is no such function.
  static func declarations(named name: String) -> [CELFunctionDeclaration] {
    let groups = [standard, times, optionals, strings, math, lists, encodings, networks, measures]
    for group in groups {
      let found = group(name)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The standard functions (cel-spec, "List of Standard Definitions").
  private static func standard(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "size":
      return [
        global(name, .size, [.string], .integer),
        member(name, .size, [.string], .integer),
        global(name, .size, [.bytes], .integer),
        member(name, .size, [.bytes], .integer),
        global(name, .size, [listOfA], .integer),
        member(name, .size, [listOfA], .integer),
        global(name, .size, [mapOfAB], .integer),
        member(name, .size, [mapOfAB], .integer),
      ]
    case "contains":
      return [
        member(name, .contains, [.string, .string], .boolean)
      ]
    case "startsWith":
      return [
        member(name, .startsWith, [.string, .string], .boolean)
      ]
    case "endsWith":
      return [
        member(name, .endsWith, [.string, .string], .boolean)
      ]
    case "matches":
      return [
        member(name, .matches, [.string, .string], .boolean),
        global(name, .matches, [.string, .string], .boolean),
      ]
    case "int":
      return [
        global(name, .int, [.integer], .integer),
        global(name, .int, [.unsigned], .integer),
        global(name, .int, [.double], .integer),
        global(name, .int, [.string], .integer),
        global(name, .int, [.timestamp], .integer),
      ]
    case "uint":
      return [
        global(name, .uint, [.unsigned], .unsigned),
        global(name, .uint, [.integer], .unsigned),
        global(name, .uint, [.double], .unsigned),
        global(name, .uint, [.string], .unsigned),
      ]
    case "double":
      return [
        global(name, .double, [.double], .double),
        global(name, .double, [.integer], .double),
        global(name, .double, [.unsigned], .double),
        global(name, .double, [.string], .double),
      ]
    case "bool":
      return [
        global(name, .bool, [.boolean], .boolean),
        global(name, .bool, [.string], .boolean),
      ]
    case "string":
      return [
        global(name, .string, [.string], .string),
        global(name, .string, [.boolean], .string),
        global(name, .string, [.integer], .string),
        global(name, .string, [.unsigned], .string),
        global(name, .string, [.double], .string),
        global(name, .string, [.bytes], .string),
        global(name, .string, [.timestamp], .string),
        global(name, .string, [.duration], .string),
        global(name, .string, [.address], .string),
        global(name, .string, [.network], .string),
      ]
    case "bytes":
      return [
        global(name, .bytes, [.bytes], .bytes),
        global(name, .bytes, [.string], .bytes),
      ]
    case "timestamp":
      return [
        global(name, .timestamp, [.string], .timestamp),
        global(name, .timestamp, [.integer], .timestamp),
        global(name, .timestamp, [.timestamp], .timestamp),
      ]
    case "duration":
      return [
        global(name, .duration, [.string], .duration),
        global(name, .duration, [.integer], .duration),
        global(name, .duration, [.duration], .duration),
      ]
    case "dyn":
      return [
        global(name, .dyn, [a], .dyn)
      ]
    case "type":
      return [
        global(name, .type, [a], .type(a))
      ]
    default: return []
    }
  }

  /// The parts of times and spans.
  private static func times(_ name: String) -> [CELFunctionDeclaration] {
    let function: CELFunction
    switch name {
    case "getFullYear": function = .getFullYear
    case "getMonth": function = .getMonth
    case "getDate": function = .getDate
    case "getDayOfMonth": function = .getDayOfMonth
    case "getDayOfWeek": function = .getDayOfWeek
    case "getDayOfYear": function = .getDayOfYear
    case "getHours": function = .getHours
    case "getMinutes": function = .getMinutes
    case "getSeconds": function = .getSeconds
    case "getMilliseconds": function = .getMilliseconds
    default: return []
    }
    let ofTimes = [
      member(name, function, [.timestamp], .integer),
      member(name, function, [.timestamp, .string], .integer),
    ]
    switch function {
    case .getHours, .getMinutes, .getSeconds, .getMilliseconds:
      return ofTimes + [member(name, function, [.duration], .integer)]
    default: return ofTimes
    }
  }

  /// Values that may be missing.
  private static func optionals(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "optional.of":
      return [
        global(name, .optionalOf, [a], optionalOfA)
      ]
    case "optional.ofNonZeroValue":
      return [
        global(name, .optionalOfNonZeroValue, [a], optionalOfA)
      ]
    case "optional.none":
      return [
        global(name, .optionalNone, [], optionalOfA)
      ]
    case "optional.unwrap":
      return [
        global(name, .unwrapOpt, [.list(optionalOfA)], listOfA)
      ]
    case "unwrapOpt":
      return [
        member(name, .unwrapOpt, [.list(optionalOfA)], listOfA)
      ]
    case "hasValue":
      return [
        member(name, .hasValue, [optionalOfA], .boolean)
      ]
    case "value":
      return [
        member(name, .value, [optionalOfA], a)
      ]
    case "or":
      return [
        member(name, .or, [optionalOfA, optionalOfA], optionalOfA)
      ]
    case "orValue":
      return [
        member(name, .orValue, [optionalOfA, a], a)
      ]
    case "first":
      return [
        member(name, .first, [listOfA], optionalOfA)
      ]
    case "last":
      return [
        member(name, .last, [listOfA], optionalOfA)
      ]
    default: return []
    }
  }

  /// The strings extension.
  private static func strings(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "charAt":
      return [
        member(name, .charAt, [.string, .integer], .string)
      ]
    case "indexOf":
      return [
        member(name, .indexOf, [.string, .string], .integer),
        member(name, .indexOf, [.string, .string, .integer], .integer),
      ]
    case "lastIndexOf":
      return [
        member(name, .lastIndexOf, [.string, .string], .integer),
        member(name, .lastIndexOf, [.string, .string, .integer], .integer),
      ]
    case "lowerAscii":
      return [
        member(name, .lowerAscii, [.string], .string)
      ]
    case "upperAscii":
      return [
        member(name, .upperAscii, [.string], .string)
      ]
    case "replace":
      return [
        member(name, .replace, [.string, .string, .string], .string),
        member(name, .replace, [.string, .string, .string, .integer], .string),
      ]
    case "split":
      return [
        member(name, .split, [.string, .string], .list(.string)),
        member(name, .split, [.string, .string, .integer], .list(.string)),
      ]
    case "substring":
      return [
        member(name, .substring, [.string, .integer], .string),
        member(name, .substring, [.string, .integer, .integer], .string),
      ]
    case "trim":
      return [
        member(name, .trim, [.string], .string)
      ]
    case "reverse":
      return [
        member(name, .reverse, [.string], .string),
        member(name, .reverse, [listOfA], listOfA),
      ]
    case "join":
      return [
        member(name, .join, [.list(.string)], .string),
        member(name, .join, [.list(.string), .string], .string),
      ]
    case "format":
      return [
        member(name, .format, [.string, .list(.dyn)], .string)
      ]
    case "strings.quote":
      return [
        global(name, .quote, [.string], .string)
      ]
    default: return []
    }
  }

  /// The math extension.
  private static func math(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "math.greatest":
      return [
        global(name, .greatest, [.list(.dyn)], .dyn)
      ]
    case "math.least":
      return [
        global(name, .least, [.list(.dyn)], .dyn)
      ]
    case "math.ceil":
      return [
        global(name, .ceil, [.double], .double)
      ]
    case "math.floor":
      return [
        global(name, .floor, [.double], .double)
      ]
    case "math.round":
      return [
        global(name, .round, [.double], .double)
      ]
    case "math.trunc":
      return [
        global(name, .trunc, [.double], .double)
      ]
    case "math.isNaN":
      return [
        global(name, .isNaN, [.double], .boolean)
      ]
    case "math.isInf":
      return [
        global(name, .isInf, [.double], .boolean)
      ]
    case "math.isFinite":
      return [
        global(name, .isFinite, [.double], .boolean)
      ]
    case "math.abs": return numbers.map { global(name, .abs, [$0], $0) }
    case "math.sign": return numbers.map { global(name, .sign, [$0], $0) }
    case "math.sqrt": return numbers.map { global(name, .sqrt, [$0], .double) }
    case "math.bitAnd": return wholeNumbers.map { global(name, .bitAnd, [$0, $0], $0) }
    case "math.bitOr": return wholeNumbers.map { global(name, .bitOr, [$0, $0], $0) }
    case "math.bitXor": return wholeNumbers.map { global(name, .bitXor, [$0, $0], $0) }
    case "math.bitNot": return wholeNumbers.map { global(name, .bitNot, [$0], $0) }
    case "math.bitShiftLeft":
      return wholeNumbers.map { global(name, .bitShiftLeft, [$0, .integer], $0) }
    case "math.bitShiftRight":
      return wholeNumbers.map { global(name, .bitShiftRight, [$0, .integer], $0) }
    default: return []
    }
  }

  /// The lists and sets extensions.
  private static func lists(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "slice":
      return [
        member(name, .slice, [listOfA, .integer, .integer], listOfA)
      ]
    case "flatten":
      return [
        member(name, .flatten, [.list(listOfA)], listOfA),
        member(name, .flatten, [.list(.dyn)], .list(.dyn)),
        member(name, .flatten, [.list(.dyn), .integer], .list(.dyn)),
      ]
    case "sort":
      return [
        member(name, .sort, [listOfA], listOfA)
      ]
    case "@sortBy":
      return [
        member(name, .sortByKeys, [listOfA, .list(b)], listOfA)
      ]
    case "distinct":
      return [
        member(name, .distinct, [listOfA], listOfA)
      ]
    case "lists.range":
      return [
        global(name, .range, [.integer], .list(.integer))
      ]
    case "sets.contains":
      return [
        global(name, .setContains, [listOfA, listOfA], .boolean)
      ]
    case "sets.equivalent":
      return [
        global(name, .setEquivalent, [listOfA, listOfA], .boolean)
      ]
    case "sets.intersects":
      return [
        global(name, .setIntersects, [listOfA, listOfA], .boolean)
      ]
    default: return []
    }
  }

  /// The encoders extension.
  private static func encodings(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "base64.encode":
      return [
        global(name, .base64Encode, [.bytes], .string)
      ]
    case "base64.decode":
      return [
        global(name, .base64Decode, [.string], .bytes)
      ]
    default: return []
    }
  }

  /// IP addresses and networks.
  private static func networks(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "ip":
      return [
        global(name, .ip, [.string], .address),
        member(name, .networkAddress, [.network], .address),
      ]
    case "isIP":
      return [
        global(name, .isIP, [.string], .boolean)
      ]
    case "ip.isCanonical":
      return [
        global(name, .isCanonical, [.string], .boolean)
      ]
    case "cidr":
      return [
        global(name, .cidr, [.string], .network)
      ]
    case "isCIDR":
      return [
        global(name, .isCIDR, [.string], .boolean)
      ]
    case "family":
      return [
        member(name, .family, [.address], .integer)
      ]
    case "isUnspecified":
      return [
        member(name, .isUnspecified, [.address], .boolean)
      ]
    case "isLoopback":
      return [
        member(name, .isLoopback, [.address], .boolean)
      ]
    case "isGlobalUnicast":
      return [
        member(name, .isGlobalUnicast, [.address], .boolean)
      ]
    case "isLinkLocalMulticast":
      return [
        member(name, .isLinkLocalMulticast, [.address], .boolean)
      ]
    case "isLinkLocalUnicast":
      return [
        member(name, .isLinkLocalUnicast, [.address], .boolean)
      ]
    case "containsIP":
      return [
        member(name, .containsIP, [.network, .address], .boolean),
        member(name, .containsIP, [.network, .string], .boolean),
      ]
    case "containsCIDR":
      return [
        member(name, .containsCIDR, [.network, .network], .boolean),
        member(name, .containsCIDR, [.network, .string], .boolean),
      ]
    case "masked":
      return [
        member(name, .masked, [.network], .network)
      ]
    case "prefixLength":
      return [
        member(name, .prefixLength, [.network], .integer)
      ]
    default: return []
    }
  }

  /// Functions of our own: sizes in UTF-8 bytes, sums and extremes.
  private static func measures(_ name: String) -> [CELFunctionDeclaration] {
    switch name {
    case "utf8Bytes":
      return [
        global(name, .utf8Bytes, [.string], .integer),
        member(name, .utf8Bytes, [.string], .integer),
      ]
    case "totalBytes":
      return [
        global(name, .totalBytes, [.string], .integer),
        global(name, .totalBytes, [mapOfAB], .integer),
        global(name, .totalBytes, [listOfA], .integer),
      ]
    case "sum":
      return (numbers + [.duration]).flatMap { type in
        [
          global(name, .sum, [.list(type)], type), global(name, .sum, [.map(a, type)], type),
          member(name, .sum, [.list(type)], type), member(name, .sum, [.map(a, type)], type),
        ]
      }
    case "min", "max":
      let function: CELFunction = name == "min" ? .min : .max
      return [
        global(name, function, [listOfA], a), global(name, function, [.map(b, a)], a),
        member(name, function, [listOfA], a), member(name, function, [.map(b, a)], a),
      ]
    default: return []
    }
  }
}
