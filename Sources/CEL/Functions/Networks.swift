import Documents
import SourceText

// IP addresses and networks.

extension CELFunction {
  static let ip = CELFunction(
    "ip", "The IP address of a string, or the address of a network.",
    [.global([.string], .address)],
    cases: ["ip('10.0.0.1') == ip('::ffff:a00:1')", "ip('0:0::1') == ip('::1')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .address(try evaluator.address(arguments.first, request, symbols))
  }

  static let networkAddress = CELFunction(
    "ip", "The address of the network.",
    [.member([.network], .address)],
    cases: ["cidr('10.1.2.3/8').ip() == ip('10.1.2.3')"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    .address(try evaluator.networkParts(arguments.first).address)
  }

  static let isIP = CELFunction(
    "isIP", "Whether the string is an IP address.",
    [.global([.string], .boolean)],
    cases: ["isIP('10.0.0.1')", "isIP('::1')", "!isIP('10.0.0.256')", "!isIP('10.0.0.0/8')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .boolean(AddressText.address(try evaluator.addressText(arguments, request, symbols)) != nil)
  }

  static let cidr = CELFunction(
    "cidr", "The network of a string such as '10.0.0.0/8'.",
    [.global([.string], .network)],
    cases: ["cidr('10.0.0.0/8') == cidr('10.0.0.0/8')", "cidr('::/0') != cidr('::/1')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .network(try evaluator.network(arguments.first, request, symbols))
  }

  static let isCIDR = CELFunction(
    "isCIDR", "Whether the string is a network.",
    [.global([.string], .boolean)],
    cases: ["isCIDR('10.0.0.0/8')", "!isCIDR('10.0.0.0/33')", "!isCIDR('10.0.0.1')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    .boolean(AddressText.network(try evaluator.addressText(arguments, request, symbols)) != nil)
  }

  static let isCanonical = CELFunction(
    "ip.isCanonical", "Whether the string is an IP address in canonical form.",
    [.global([.string], .boolean)],
    cases: ["ip.isCanonical('::1')", "!ip.isCanonical('0::1')", "ip.isCanonical('10.0.0.1')"]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let text = try evaluator.addressText(arguments, request, symbols)
    guard let address = AddressText.address(text) else {
      throw evaluator.fault(.invalid(.address))
    }
    return .boolean(AddressText.text(of: address).utf8.elementsEqual(text))
  }

  static let family = CELFunction(
    "family", "4 or 6.",
    [.member([.address], .integer)],
    cases: [
      "ip('10.0.0.1').family() == 4",
      "ip('::1').family() == 6",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .integer(address.count == 4 ? 4 : 6)
  }

  static let isUnspecified = CELFunction(
    "isUnspecified", "Whether the address is 0.0.0.0 or ::.",
    [.member([.address], .boolean)],
    cases: [
      "ip('0.0.0.0').isUnspecified()",
      "ip('::').isUnspecified()",
      "!ip('::1').isUnspecified()",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .boolean(AddressClass.isUnspecified(address))
  }

  static let isLoopback = CELFunction(
    "isLoopback", "Whether the address is a loopback address.",
    [.member([.address], .boolean)],
    cases: [
      "ip('127.0.0.1').isLoopback()",
      "ip('::1').isLoopback()",
      "!ip('::2').isLoopback()",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .boolean(AddressClass.isLoopback(address))
  }

  static let isGlobalUnicast = CELFunction(
    "isGlobalUnicast", "Whether the address is a global unicast address.",
    [.member([.address], .boolean)],
    cases: [
      "ip('10.0.0.1').isGlobalUnicast()",
      "!ip('255.255.255.255').isGlobalUnicast()",
      "!ip('224.0.0.1').isGlobalUnicast()",
      "!ip('fe80::1').isGlobalUnicast()",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .boolean(AddressClass.isGlobalUnicast(address))
  }

  static let isLinkLocalMulticast = CELFunction(
    "isLinkLocalMulticast", "Whether the address is a link-local multicast address.",
    [.member([.address], .boolean)],
    cases: [
      "ip('224.0.0.1').isLinkLocalMulticast()",
      "ip('ff02::1').isLinkLocalMulticast()",
      "!ip('224.0.1.1').isLinkLocalMulticast()",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .boolean(AddressClass.isLinkLocalMulticast(address))
  }

  static let isLinkLocalUnicast = CELFunction(
    "isLinkLocalUnicast", "Whether the address is a link-local unicast address.",
    [.member([.address], .boolean)],
    cases: [
      "ip('169.254.1.1').isLinkLocalUnicast()",
      "ip('fe80::1').isLinkLocalUnicast()",
      "!ip('10.0.0.1').isLinkLocalUnicast()",
    ]
  ) { evaluator, arguments, _, _ throws(Fault) in
    guard case .address(let address) = arguments.first else { throw evaluator.fault(.unsupported) }
    return .boolean(AddressClass.isLinkLocal(address))
  }

  static let containsIP = CELFunction(
    "containsIP", "Whether the address is in the network.",
    [.member([.network, .address], .boolean), .member([.network, .string], .boolean)],
    cases: [
      "cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))", "!cidr('10.0.0.0/8').containsIP('11.0.0.0')",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    guard case .network(let network) = arguments.first else { throw evaluator.fault(.unsupported) }
    let address = try evaluator.address(arguments.second, request, symbols)
    return .boolean(CELEvaluator.contains(network, address, prefix: address.count * 8))
  }

  static let containsCIDR = CELFunction(
    "containsCIDR", "Whether the second network is in the first one.",
    [.member([.network, .network], .boolean), .member([.network, .string], .boolean)],
    cases: [
      "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))",
      "!cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    guard case .network(let network) = arguments.first else { throw evaluator.fault(.unsupported) }
    let other = try evaluator.network(arguments.second, request, symbols)
    return .boolean(
      CELEvaluator.contains(
        network, Array(other.dropLast()), prefix: Int(other[other.count - 1])))
  }

  static let masked = CELFunction(
    "masked", "The network with the bits behind its prefix cleared.",
    [.member([.network], .network)],
    cases: ["cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    let (address, prefix) = try evaluator.networkParts(arguments.first)
    return .network(CELEvaluator.masked(address, prefix) + [UInt8(truncatingIfNeeded: prefix)])
  }

  static let prefixLength = CELFunction(
    "prefixLength", "The number of bits of the prefix.",
    [.member([.network], .integer)],
    cases: ["cidr('10.0.0.0/8').prefixLength() == 8", "cidr('::/128').prefixLength() == 128"]
  ) { evaluator, arguments, _, _ throws(Fault) in
    .integer(Int64(try evaluator.networkParts(arguments.first).prefix))
  }
}

extension CELEvaluator {
  /// The text of the first argument, of which only an answer becomes part of the result.
  fileprivate mutating func addressText(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> ArraySlice<UInt8> {
    guard let text = try readText(arguments.first, request, symbols) else {
      throw fault(.unsupported)
    }
    return text
  }

  /// The address of a network, and the number of bits of its prefix.
  fileprivate func networkParts(
    _ value: CELValue
  ) throws(Fault) -> (address: [UInt8], prefix: Int) {
    guard case .network(let network) = value else { throw fault(.unsupported) }
    return (Array(network.dropLast()), Int(network[network.count - 1]))
  }

  fileprivate mutating func address(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> [UInt8] {
    if case .address(let address) = value { return address }
    guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
    guard let address = AddressText.address(text) else { throw fault(.invalid(.address)) }
    return address
  }

  fileprivate mutating func network(
    _ value: CELValue, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> [UInt8] {
    if case .network(let network) = value { return network }
    guard let text = try takeText(value, request, symbols) else { throw fault(.unsupported) }
    guard let network = AddressText.network(text) else { throw fault(.invalid(.network)) }
    return network
  }

  /// The address with the bits after the prefix set to zero.
  fileprivate static func masked(_ address: [UInt8], _ prefix: Int) -> [UInt8] {
    address.enumerated().map { index, byte in
      let kept = min(8, max(0, prefix - index * 8))
      return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
    }
  }

  fileprivate static func contains(_ network: [UInt8], _ address: [UInt8], prefix: Int) -> Bool {
    let length = Int(network[network.count - 1])
    return network.count - 1 == address.count && length <= prefix
      && masked(Array(network.dropLast()), length) == masked(address, length)
  }
}

/// What addresses of four or sixteen bytes are for.
private enum AddressClass {
  static func isUnspecified(_ address: [UInt8]) -> Bool { address.allSatisfy { $0 == 0 } }

  static func isLoopback(_ address: [UInt8]) -> Bool {
    address.count == 4
      ? address[0] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address[15] == 1
  }

  static func isLinkLocal(_ address: [UInt8]) -> Bool {
    address.count == 4
      ? address[0] == 169 && address[1] == 254 : address[0] == 0xFE && address[1] & 0xC0 == 0x80
  }

  static func isLinkLocalMulticast(_ address: [UInt8]) -> Bool {
    address.count == 4
      ? address[0] == 224 && address[1] == 0 && address[2] == 0
      : address[0] == 0xFF && address[1] & 0x0F == 0x02
  }

  static func isGlobalUnicast(_ address: [UInt8]) -> Bool {
    let isFour = address.count == 4
    let isMulticast = isFour ? address[0] & 0xF0 == 0xE0 : address[0] == 0xFF
    return !isUnspecified(address) && !isLoopback(address) && !isMulticast
      && !isLinkLocal(address) && !(isFour && address.allSatisfy { $0 == 255 })
  }
}

/// IP addresses and networks as text (RFC 4291, RFC 5952).
enum AddressText {
  /// Reads an address, without zone and not as an IPv4 address written in IPv6; nil for other texts.
  ///
  /// What maps an IPv4 address is that address.
  static func address(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count <= 45, let address = try? IPAddress(text.span), !address.endsInVersion4 else {
      return nil
    }
    return address.unmapped.bytes
  }

  /// Reads `10.0.0.0/8` as the address and one byte, the length; nil for other texts.
  static func network(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
      let address = address(text[..<slash]),
      let length = prefixLength(text[(slash + 1)...], limit: address.count * 8)
    else { return nil }
    return address + [UInt8(truncatingIfNeeded: length)]
  }

  /// A number of one to three digits without a zero before it.
  private static func prefixLength(_ text: ArraySlice<UInt8>, limit: Int) -> Int? {
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

  /// The canonical text of an address.
  static func text(of address: [UInt8]) -> String {
    IPAddress(bytes: address)?.description ?? ""
  }

  /// The text of a network.
  static func text(ofNetwork network: [UInt8]) -> String {
    "\(text(of: Array(network.dropLast())))/\(network[network.count - 1])"
  }
}
