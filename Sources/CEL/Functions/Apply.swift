import Documents

// Every function goes to the file that holds it. The switch has no default, so that a function
// without a home does not compile.

extension CELEvaluator {
  mutating func apply(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch function {
    case .size: return try size(arguments.first, document, symbols)
    case .contains, .startsWith, .endsWith:
      return try affix(function, arguments, document, symbols)
    case .matches: return try matches(arguments, document, symbols)
    case .int: return try int(arguments.first, document, symbols)
    case .uint: return try uint(arguments.first, document, symbols)
    case .double: return try double(arguments.first, document, symbols)
    case .string: return try string(arguments.first, document, symbols)
    case .bytes: return try bytes(arguments.first, document, symbols)
    case .bool: return try bool(arguments.first, document, symbols)
    case .timestamp: return try timestamp(arguments.first, document, symbols)
    case .duration: return try duration(arguments.first, document, symbols)
    case .dyn: return arguments.first
    case .type: return .type(arguments.first.kind(in: document))
    case .getFullYear, .getMonth, .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear,
      .getHours, .getMinutes, .getSeconds, .getMilliseconds:
      return try timePart(function, arguments, document, symbols)
    case .optionalOf, .optionalOfNonZeroValue, .optionalNone, .hasValue, .value, .or, .orValue,
      .unwrapOpt, .first, .last:
      return try optional(function, arguments, document, symbols)
    case .charAt, .indexOf, .lastIndexOf, .lowerAscii, .upperAscii, .replace, .split, .substring,
      .trim, .quote:
      return try text(function, arguments, document, symbols)
    case .reverse:
      return arguments.first.isList(in: document)
        ? try list(function, arguments, document, symbols)
        : try text(function, arguments, document, symbols)
    case .join: return try join(arguments, document, symbols)
    case .format: return try format(arguments, document, symbols)
    case .greatest, .least, .ceil, .floor, .round, .trunc, .abs, .sign, .sqrt, .isNaN, .isInf,
      .isFinite, .bitAnd, .bitOr, .bitXor, .bitNot, .bitShiftLeft, .bitShiftRight:
      return try number(function, arguments, document, symbols)
    case .slice, .flatten, .sort, .distinct, .sortByKeys, .range, .setContains, .setEquivalent,
      .setIntersects:
      return try list(function, arguments, document, symbols)
    case .base64Encode, .base64Decode: return try base64(function, arguments, document, symbols)
    case .ip, .isIP, .cidr, .isCIDR, .isCanonical, .family, .isUnspecified, .isLoopback,
      .isGlobalUnicast, .isLinkLocalMulticast, .isLinkLocalUnicast, .containsIP, .containsCIDR,
      .masked, .prefixLength, .networkAddress:
      return try network(function, arguments, document, symbols)
    case .utf8Bytes, .totalBytes, .sum, .min, .max:
      return try measure(function, arguments, document, symbols)
    }
  }

  /// The count that a number argument stands for.
  mutating func integerArgument(
    _ value: CELValue, _ document: Document
  ) throws(Fault) -> Int64 {
    guard case .integer(let integer) = try read(value, document) else { throw fault(.unsupported) }
    return integer
  }
}
