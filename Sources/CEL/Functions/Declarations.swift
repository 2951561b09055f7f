// The ways to call each function: what the checker knows. One line for each.

private let a = CELType.parameter(0)
private let b = CELType.parameter(1)
private let listOfA = CELType.list(a)
private let mapOfAB = CELType.map(a, b)
private let optionalOfA = CELType.optional(a)

extension CELFunctionDeclaration {
  static let standard: [CELFunctionDeclaration] = [
    global("size", .size, [.string], .integer), member("size", .size, [.string], .integer),
    global("size", .size, [.bytes], .integer), member("size", .size, [.bytes], .integer),
    global("size", .size, [listOfA], .integer), member("size", .size, [listOfA], .integer),
    global("size", .size, [mapOfAB], .integer), member("size", .size, [mapOfAB], .integer),
    member("contains", .contains, [.string, .string], .boolean),
    member("startsWith", .startsWith, [.string, .string], .boolean),
    member("endsWith", .endsWith, [.string, .string], .boolean),
    member("matches", .matches, [.string, .string], .boolean),
    global("matches", .matches, [.string, .string], .boolean),
    global("int", .int, [.integer], .integer), global("int", .int, [.unsigned], .integer),
    global("int", .int, [.double], .integer), global("int", .int, [.string], .integer),
    global("int", .int, [.timestamp], .integer),
    global("uint", .uint, [.unsigned], .unsigned), global("uint", .uint, [.integer], .unsigned),
    global("uint", .uint, [.double], .unsigned), global("uint", .uint, [.string], .unsigned),
    global("double", .double, [.double], .double), global("double", .double, [.integer], .double),
    global("double", .double, [.unsigned], .double), global("double", .double, [.string], .double),
    global("bool", .bool, [.boolean], .boolean), global("bool", .bool, [.string], .boolean),
    global("string", .string, [.string], .string), global("string", .string, [.boolean], .string),
    global("string", .string, [.integer], .string),
    global("string", .string, [.unsigned], .string),
    global("string", .string, [.double], .string), global("string", .string, [.bytes], .string),
    global("string", .string, [.timestamp], .string),
    global("string", .string, [.duration], .string),
    global("string", .string, [.address], .string), global("string", .string, [.network], .string),
    global("bytes", .bytes, [.bytes], .bytes), global("bytes", .bytes, [.string], .bytes),
    global("timestamp", .timestamp, [.string], .timestamp),
    global("timestamp", .timestamp, [.integer], .timestamp),
    global("timestamp", .timestamp, [.timestamp], .timestamp),
    global("duration", .duration, [.string], .duration),
    global("duration", .duration, [.integer], .duration),
    global("duration", .duration, [.duration], .duration),
    global("dyn", .dyn, [a], .dyn), global("type", .type, [a], .type(a)),
  ]

  static let times: [CELFunctionDeclaration] =
    ([
      ("getFullYear", .getFullYear), ("getMonth", .getMonth), ("getDate", .getDate),
      ("getDayOfMonth", .getDayOfMonth), ("getDayOfWeek", .getDayOfWeek),
      ("getDayOfYear", .getDayOfYear), ("getHours", .getHours), ("getMinutes", .getMinutes),
      ("getSeconds", .getSeconds), ("getMilliseconds", .getMilliseconds),
    ] as [(String, CELFunction)]).flatMap { name, function in
      [
        member(name, function, [.timestamp], .integer),
        member(name, function, [.timestamp, .string], .integer),
      ]
    } + [
      member("getHours", .getHours, [.duration], .integer),
      member("getMinutes", .getMinutes, [.duration], .integer),
      member("getSeconds", .getSeconds, [.duration], .integer),
      member("getMilliseconds", .getMilliseconds, [.duration], .integer),
    ]

  static let optionals: [CELFunctionDeclaration] = [
    global("optional.of", .optionalOf, [a], optionalOfA),
    global("optional.ofNonZeroValue", .optionalOfNonZeroValue, [a], optionalOfA),
    global("optional.none", .optionalNone, [], optionalOfA),
    global("optional.unwrap", .unwrapOpt, [.list(optionalOfA)], listOfA),
    member("unwrapOpt", .unwrapOpt, [.list(optionalOfA)], listOfA),
    member("hasValue", .hasValue, [optionalOfA], .boolean),
    member("value", .value, [optionalOfA], a),
    member("or", .or, [optionalOfA, optionalOfA], optionalOfA),
    member("orValue", .orValue, [optionalOfA, a], a),
    member("first", .first, [listOfA], optionalOfA),
    member("last", .last, [listOfA], optionalOfA),
  ]

  static let strings: [CELFunctionDeclaration] = [
    member("charAt", .charAt, [.string, .integer], .string),
    member("indexOf", .indexOf, [.string, .string], .integer),
    member("indexOf", .indexOf, [.string, .string, .integer], .integer),
    member("lastIndexOf", .lastIndexOf, [.string, .string], .integer),
    member("lastIndexOf", .lastIndexOf, [.string, .string, .integer], .integer),
    member("lowerAscii", .lowerAscii, [.string], .string),
    member("upperAscii", .upperAscii, [.string], .string),
    member("replace", .replace, [.string, .string, .string], .string),
    member("replace", .replace, [.string, .string, .string, .integer], .string),
    member("split", .split, [.string, .string], .list(.string)),
    member("split", .split, [.string, .string, .integer], .list(.string)),
    member("substring", .substring, [.string, .integer], .string),
    member("substring", .substring, [.string, .integer, .integer], .string),
    member("trim", .trim, [.string], .string),
    member("reverse", .reverse, [.string], .string),
    member("join", .join, [.list(.string)], .string),
    member("join", .join, [.list(.string), .string], .string),
    member("format", .format, [.string, .list(.dyn)], .string),
    global("strings.quote", .quote, [.string], .string),
  ]

  static let numbers: [CELFunctionDeclaration] =
    [
      // The compiler gathers the arguments of these two into one list.
      global("math.greatest", .greatest, [.list(.dyn)], .dyn),
      global("math.least", .least, [.list(.dyn)], .dyn),
      global("math.ceil", .ceil, [.double], .double),
      global("math.floor", .floor, [.double], .double),
      global("math.round", .round, [.double], .double),
      global("math.trunc", .trunc, [.double], .double),
      global("math.isNaN", .isNaN, [.double], .boolean),
      global("math.isInf", .isInf, [.double], .boolean),
      global("math.isFinite", .isFinite, [.double], .boolean),
    ]
    + ([.integer, .unsigned, .double] as [CELType]).flatMap { type in
      [
        global("math.abs", .abs, [type], type), global("math.sign", .sign, [type], type),
        global("math.sqrt", .sqrt, [type], .double),
      ]
    }
    + ([.integer, .unsigned] as [CELType]).flatMap { type in
      [
        global("math.bitAnd", .bitAnd, [type, type], type),
        global("math.bitOr", .bitOr, [type, type], type),
        global("math.bitXor", .bitXor, [type, type], type),
        global("math.bitNot", .bitNot, [type], type),
        global("math.bitShiftLeft", .bitShiftLeft, [type, .integer], type),
        global("math.bitShiftRight", .bitShiftRight, [type, .integer], type),
      ]
    }

  static let lists: [CELFunctionDeclaration] = [
    member("slice", .slice, [listOfA, .integer, .integer], listOfA),
    member("flatten", .flatten, [.list(listOfA)], listOfA),
    member("flatten", .flatten, [.list(.dyn)], .list(.dyn)),
    member("flatten", .flatten, [.list(.dyn), .integer], .list(.dyn)),
    member("sort", .sort, [listOfA], listOfA),
    member("@sortBy", .sortByKeys, [listOfA, .list(b)], listOfA),
    member("distinct", .distinct, [listOfA], listOfA),
    member("reverse", .reverse, [listOfA], listOfA),
    global("lists.range", .range, [.integer], .list(.integer)),
    global("sets.contains", .setContains, [listOfA, listOfA], .boolean),
    global("sets.equivalent", .setEquivalent, [listOfA, listOfA], .boolean),
    global("sets.intersects", .setIntersects, [listOfA, listOfA], .boolean),
  ]

  static let encodings: [CELFunctionDeclaration] = [
    global("base64.encode", .base64Encode, [.bytes], .string),
    global("base64.decode", .base64Decode, [.string], .bytes),
  ]

  static let networks: [CELFunctionDeclaration] = [
    global("ip", .ip, [.string], .address),
    global("isIP", .isIP, [.string], .boolean),
    global("ip.isCanonical", .isCanonical, [.string], .boolean),
    global("cidr", .cidr, [.string], .network),
    global("isCIDR", .isCIDR, [.string], .boolean),
    member("family", .family, [.address], .integer),
    member("isUnspecified", .isUnspecified, [.address], .boolean),
    member("isLoopback", .isLoopback, [.address], .boolean),
    member("isGlobalUnicast", .isGlobalUnicast, [.address], .boolean),
    member("isLinkLocalMulticast", .isLinkLocalMulticast, [.address], .boolean),
    member("isLinkLocalUnicast", .isLinkLocalUnicast, [.address], .boolean),
    member("containsIP", .containsIP, [.network, .address], .boolean),
    member("containsIP", .containsIP, [.network, .string], .boolean),
    member("containsCIDR", .containsCIDR, [.network, .network], .boolean),
    member("containsCIDR", .containsCIDR, [.network, .string], .boolean),
    member("ip", .networkAddress, [.network], .address),
    member("masked", .masked, [.network], .network),
    member("prefixLength", .prefixLength, [.network], .integer),
  ]

  /// Functions of our own: sizes in UTF-8 bytes, sums and extremes.
  static let measures: [CELFunctionDeclaration] =
    [
      global("utf8Bytes", .utf8Bytes, [.string], .integer),
      member("utf8Bytes", .utf8Bytes, [.string], .integer),
      global("totalBytes", .totalBytes, [.string], .integer),
      global("totalBytes", .totalBytes, [mapOfAB], .integer),
      global("totalBytes", .totalBytes, [listOfA], .integer),
    ]
    + ([.integer, .unsigned, .double, .duration] as [CELType]).flatMap { type in
      [
        global("sum", .sum, [.list(type)], type), global("sum", .sum, [.map(a, type)], type),
        member("sum", .sum, [.list(type)], type), member("sum", .sum, [.map(a, type)], type),
      ]
    }
    + ([("min", .min), ("max", .max)] as [(String, CELFunction)]).flatMap { name, function in
      [
        global(name, function, [listOfA], a), global(name, function, [.map(b, a)], a),
        member(name, function, [listOfA], a), member(name, function, [.map(b, a)], a),
      ]
    }
}
