import Documents

// IP addresses and networks.

extension CELEvaluator {
  mutating func network(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    switch function {
    case .ip: return .address(try address(arguments.first, document, symbols))
    case .cidr: return .network(try network(arguments.first, document, symbols))
    case .isIP, .isCIDR:
      guard let text = try readText(arguments.first, document, symbols) else {
        throw fault(.unsupported)
      }
      return .boolean(
        function == .isIP ? AddressText.address(text) != nil : AddressText.network(text) != nil)
    case .isCanonical:
      guard let text = try readText(arguments.first, document, symbols) else {
        throw fault(.unsupported)
      }
      guard let address = AddressText.address(text) else { throw fault(.invalid(.address)) }
      return .boolean(AddressText.text(of: address).utf8.elementsEqual(text))
    case .containsIP:
      guard case .network(let network) = arguments.first else { throw fault(.unsupported) }
      let address = try address(arguments.second, document, symbols)
      return .boolean(Self.contains(network, address, prefix: address.count * 8))
    case .containsCIDR:
      guard case .network(let network) = arguments.first else { throw fault(.unsupported) }
      let other = try self.network(arguments.second, document, symbols)
      return .boolean(
        Self.contains(network, Array(other.dropLast()), prefix: Int(other[other.count - 1])))
    case .masked, .prefixLength, .networkAddress:
      guard case .network(let network) = arguments.first else { throw fault(.unsupported) }
      let prefix = Int(network[network.count - 1])
      let address = Array(network.dropLast())
      switch function {
      case .masked:
        return .network(Self.masked(address, prefix) + [UInt8(truncatingIfNeeded: prefix)])
      case .prefixLength: return .integer(Int64(prefix))
      default: return .address(address)
      }
    default:
      guard case .address(let address) = arguments.first else { throw fault(.unsupported) }
      return try property(function, of: address)
    }
  }

  private mutating func address(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> [UInt8] {
    if case .address(let address) = value { return address }
    guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
    guard let address = AddressText.address(text) else { throw fault(.invalid(.address)) }
    return address
  }

  private mutating func network(
    _ value: CELValue, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> [UInt8] {
    if case .network(let network) = value { return network }
    guard let text = try takeText(value, document, symbols) else { throw fault(.unsupported) }
    guard let network = AddressText.network(text) else { throw fault(.invalid(.network)) }
    return network
  }

  /// The address with the bits after the prefix set to zero.
  private static func masked(_ address: [UInt8], _ prefix: Int) -> [UInt8] {
    address.enumerated().map { index, byte in
      let kept = min(8, max(0, prefix - index * 8))
      return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
    }
  }

  private static func contains(_ network: [UInt8], _ address: [UInt8], prefix: Int) -> Bool {
    let length = Int(network[network.count - 1])
    return network.count - 1 == address.count && length <= prefix
      && masked(Array(network.dropLast()), length) == masked(address, length)
  }

  private func property(
    _ function: CELFunction, of address: [UInt8]
  ) throws(Fault) -> CELValue {
    let isFour = address.count == 4
    let isUnspecified = address.allSatisfy { $0 == 0 }
    let isLoopback =
      isFour
      ? address[0] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address[15] == 1
    let isMulticast = isFour ? address[0] & 0xF0 == 0xE0 : address[0] == 0xFF
    let isLinkLocal =
      isFour
      ? address[0] == 169 && address[1] == 254 : address[0] == 0xFE && address[1] & 0xC0 == 0x80
    switch function {
    case .family: return .integer(isFour ? 4 : 6)
    case .isUnspecified: return .boolean(isUnspecified)
    case .isLoopback: return .boolean(isLoopback)
    case .isLinkLocalUnicast: return .boolean(isLinkLocal)
    case .isLinkLocalMulticast:
      return .boolean(
        isFour
          ? address[0] == 224 && address[1] == 0 && address[2] == 0
          : address[0] == 0xFF && address[1] & 0x0F == 0x02)
    case .isGlobalUnicast:
      return .boolean(
        !isUnspecified && !isLoopback && !isMulticast && !isLinkLocal
          && !(isFour && address.allSatisfy { $0 == 255 }))
    default: throw fault(.unsupported)
    }
  }
}

/// IP addresses and networks as text (RFC 4291, RFC 5952).
enum AddressText {
  /// Reads an address, without zone and not as an IPv4 address written in IPv6; nil for other texts.
  static func address(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count <= 45 else { return nil }
    guard text.contains(UInt8(ascii: ":")) else { return four(text) }
    guard let address = six(text) else { return nil }
    // What maps an IPv4 address is that address.
    let isMapped =
      address.prefix(10).allSatisfy { $0 == 0 } && address[10] == 0xFF && address[11] == 0xFF
    return isMapped ? Array(address[12...]) : address
  }

  /// Reads `10.0.0.0/8` as the address and one byte, the length; nil for other texts.
  static func network(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
      let address = address(text[..<slash]),
      let length = decimal(text[(slash + 1)...], limit: address.count * 8)
    else { return nil }
    return address + [UInt8(truncatingIfNeeded: length)]
  }

  /// A number of one to three digits without a zero before it.
  private static func decimal(_ text: ArraySlice<UInt8>, limit: Int) -> Int? {
    guard let first = text.first, text.count <= 3,
      first != UInt8(ascii: "0") || text.count == 1
    else { return nil }
    var value = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value <= limit ? value : nil
  }

  private static func four(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: [UInt8] = []
    for part in parts {
      guard let value = decimal(part, limit: 255) else { return nil }
      address.append(UInt8(truncatingIfNeeded: value))
    }
    return address
  }

  private static func six(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var head: [UInt8] = []
    var tail: [UInt8] = []
    var hasGap = false
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 9 else { return nil }
    var index = 0
    while index < parts.count {
      let part = parts[index]
      if part.isEmpty {
        // `::` leaves one empty part within the text, and two at either end of it.
        if hasGap { return nil }
        hasGap = true
        let isAtStart = index == 0
        let isAtEnd = index == parts.count - 2 && parts[index + 1].isEmpty
        if isAtStart {
          guard parts.count > 2, parts[1].isEmpty else { return nil }
          index += 1
          if parts.count == 3, parts[2].isEmpty { index += 1 }
        } else if isAtEnd {
          index += 1
        } else if index == parts.count - 1 {
          return nil
        }
      } else {
        guard part.count <= 4 else { return nil }
        var value: UInt16 = 0
        for byte in part {
          guard let digit = StringEscape.hexadecimalValue(byte) else { return nil }
          value = value << 4 | UInt16(digit)
        }
        let bytes = [UInt8(value >> 8), UInt8(value & 0xFF)]
        if hasGap { tail += bytes } else { head += bytes }
      }
      index += 1
    }
    let missing = 16 - head.count - tail.count
    guard hasGap ? missing >= 2 : missing == 0 else { return nil }
    return head + [UInt8](repeating: 0, count: missing) + tail
  }

  /// The canonical text of an address.
  static func text(of address: [UInt8]) -> String {
    if address.count == 4 { return address.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map {
      Int(address[$0]) << 8 | Int(address[$0 + 1])
    }
    // The longest row of zeros, of two groups at least, is left out.
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ part: ArraySlice<Int>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return text(groups[...]) }
    return text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }

  /// The text of a network.
  static func text(ofNetwork network: [UInt8]) -> String {
    "\(text(of: Array(network.dropLast())))/\(network[network.count - 1])"
  }
}
