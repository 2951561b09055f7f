/// A function or macro of CEL, as `requisite list functions` documents it.
package struct SupportedFunction: Sendable {
  /// The name, with its namespace if it has one.
  package let name: String
  /// The ways to call it, such as `string.charAt(int) -> string`.
  package let signatures: [String]
  /// What it returns, in one sentence.
  package let summary: String

  /// All functions and macros, by name.
  package static let all: [SupportedFunction] = {
    // `optional.unwrap` is another name of the function `unwrapOpt`.
    let names = CELFunction.allCases.map(\.rawValue) + ["optional.unwrap"]
    let functions = names.compactMap { name -> SupportedFunction? in
      let declarations = CELFunctionDeclaration.declarations(named: name)
      guard let function = declarations.first?.function else { return nil }
      return SupportedFunction(
        name: name,
        signatures: function == .greatest || function == .least
          // Arguments are gathered into a list before the call is checked.
          ? ["\(name)(number, …) -> number", "\(name)(list) -> number"] : merged(declarations),
        summary: function.summary)
    }
    let macros = Macro.all.map { macro in
      SupportedFunction(name: macro.name, signatures: macro.signatures, summary: macro.summary)
    }
    return (functions + macros).sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
  }()

  /// The signatures of declarations; those that differ in one parameter are one.
  private static func merged(_ declarations: [CELFunctionDeclaration]) -> [String] {
    var merged: [(declaration: CELFunctionDeclaration, parameters: [[String]])] = []
    for declaration in declarations {
      let parameters = declaration.parameters.map { name(of: $0) }
      let place = merged.firstIndex { other in
        guard other.declaration.isMember == declaration.isMember,
          other.declaration.result == declaration.result,
          other.parameters.count == parameters.count
        else { return false }
        return zip(other.parameters, parameters).count { $0 != [$1] } == 1
          || parameters.count == 1 && !parameters.isEmpty
      }
      if let place {
        for (index, parameter) in parameters.enumerated()
        where !merged[place].parameters[index].contains(parameter) {
          merged[place].parameters[index].append(parameter)
        }
      } else {
        merged.append((declaration, parameters.map { [$0] }))
      }
    }
    return merged.map { entry in
      let types = entry.parameters.map { $0.joined(separator: " | ") }
      let (name, result) = (entry.declaration.name, Self.name(of: entry.declaration.result))
      guard entry.declaration.isMember, let receiver = types.first else {
        return "\(name)(\(types.joined(separator: ", "))) -> \(result)"
      }
      let shown = receiver.contains(" ") ? "(\(receiver))" : receiver
      return "\(shown).\(name)(\(types.dropFirst().joined(separator: ", "))) -> \(result)"
    }
  }

  /// The short name of a type; CEL names those of times and optionals by their packages.
  private static func name(of type: CELType) -> String {
    switch type {
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(name(of: element)))"
    case .map(let key, let value): "map(\(name(of: key)), \(name(of: value)))"
    case .optional(let wrapped): "optional(\(name(of: wrapped)))"
    default: type.description
    }
  }
}

extension CELFunction {
  /// What the function returns, in one sentence.
  fileprivate var summary: String {
    switch self {
    case .size: "The number of code points, bytes, elements or entries."
    case .contains: "Whether the string contains the other one."
    case .startsWith: "Whether the string begins with the other one."
    case .endsWith: "Whether the string ends with the other one."
    case .matches: "Whether the RE2 pattern matches anywhere in the string."
    case .int: "The value as a 64-bit integer; a fraction is cut off, a time is in seconds."
    case .uint: "The value as an unsigned 64-bit integer; a fraction is cut off."
    case .double: "The value as a double."
    case .string: "The value as a string."
    case .bytes: "The UTF-8 bytes of the string."
    case .bool: "The value as a boolean."
    case .timestamp: "The time of an RFC 3339 string, or of a number of seconds since 1970."
    case .duration: "The duration of a string such as '1h30m', or of a number of seconds."
    case .dyn: "The value, without a type that is checked in advance."
    case .type: "The type of the value."
    case .getFullYear: "The year."
    case .getMonth: "The month, from 0."
    case .getDate: "The day of the month, from 1."
    case .getDayOfMonth: "The day of the month, from 0."
    case .getDayOfWeek: "The day of the week, from 0 for Sunday."
    case .getDayOfYear: "The day of the year, from 0."
    case .getHours: "The hour, or the whole hours of a duration."
    case .getMinutes: "The minute, or the whole minutes of a duration."
    case .getSeconds: "The second, or the whole seconds of a duration."
    case .getMilliseconds: "The millisecond."
    case .optionalOf: "An optional with the value."
    case .optionalOfNonZeroValue:
      "An optional with the value, or without one for an empty or zero value."
    case .optionalNone: "An optional without a value."
    case .hasValue: "Whether the optional has a value."
    case .value: "The value of the optional; without one, an error."
    case .or: "The optional if it has a value, otherwise the other one."
    case .orValue: "The value of the optional if it has one, otherwise the argument."
    case .unwrapOpt: "The values of those optionals that have one."
    case .first: "The first element, if any."
    case .last: "The last element, if any."
    case .charAt: "The code point at an index, as a string."
    case .indexOf: "The index of the first occurrence, or -1."
    case .lastIndexOf: "The index of the last occurrence, or -1."
    case .lowerAscii: "The string with its ASCII letters in lower case."
    case .upperAscii: "The string with its ASCII letters in upper case."
    case .replace:
      "The string with occurrences of the second one replaced, at most as often as given."
    case .split: "The parts of the string between separators, at most as many as given."
    case .substring: "The code points from an index, up to another one or the end."
    case .trim: "The string without white space at its ends."
    case .join: "The strings in one, with the separator between them."
    case .format: "The string with %s, %d, %f and so on replaced by the arguments."
    case .quote: "The string in double quotes, with escapes."
    case .reverse: "The code points or elements in reverse order."
    case .greatest: "The greatest of the arguments, or of a list."
    case .least: "The least of the arguments, or of a list."
    case .ceil: "The number rounded up."
    case .floor: "The number rounded down."
    case .round: "The number rounded to the nearest integer, halves away from zero."
    case .trunc: "The number without its fraction."
    case .abs: "The absolute value."
    case .sign: "-1, 0 or 1."
    case .sqrt: "The square root."
    case .isNaN: "Whether the number is NaN."
    case .isInf: "Whether the number is infinite."
    case .isFinite: "Whether the number is neither NaN nor infinite."
    case .bitAnd: "The bitwise AND."
    case .bitOr: "The bitwise OR."
    case .bitXor: "The bitwise XOR."
    case .bitNot: "The bitwise complement."
    case .bitShiftLeft: "The number shifted left by a number of bits."
    case .bitShiftRight: "The number shifted right by a number of bits."
    case .slice: "The elements from an index up to another one."
    case .flatten: "The elements of the lists in the list, one level or as many as given."
    case .sort: "The elements in ascending order."
    case .distinct: "The elements without repetitions."
    case .sortByKeys: "The elements in ascending order of their keys."
    case .range: "The integers from 0 up to the argument, without it."
    case .setContains: "Whether the first list has every element of the second one."
    case .setEquivalent: "Whether both lists have the same elements."
    case .setIntersects: "Whether the lists have a common element."
    case .base64Encode: "The bytes in base64."
    case .base64Decode: "The bytes of a string in base64."
    case .ip: "The IP address of a string, or the address of a network."
    case .isIP: "Whether the string is an IP address."
    case .cidr: "The network of a string such as '10.0.0.0/8'."
    case .isCIDR: "Whether the string is a network."
    case .isCanonical: "Whether the string is an IP address in canonical form."
    case .family: "4 or 6."
    case .isUnspecified: "Whether the address is 0.0.0.0 or ::."
    case .isLoopback: "Whether the address is a loopback address."
    case .isGlobalUnicast: "Whether the address is a global unicast address."
    case .isLinkLocalMulticast: "Whether the address is a link-local multicast address."
    case .isLinkLocalUnicast: "Whether the address is a link-local unicast address."
    case .containsIP: "Whether the address is in the network."
    case .containsCIDR: "Whether the second network is in the first one."
    case .masked: "The network with the bits behind its prefix cleared."
    case .prefixLength: "The number of bits of the prefix."
    case .networkAddress: "The address of the network."
    case .utf8Bytes: "The number of UTF-8 bytes of the string."
    case .totalBytes: "The number of UTF-8 bytes of all names and strings in the value."
    case .sum: "The sum of the elements, or of the values of a map."
    case .min: "The least element, or value of a map."
    case .max: "The greatest element, or value of a map."
    }
  }
}
