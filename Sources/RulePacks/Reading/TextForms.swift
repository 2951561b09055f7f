/// The forms that texts in a pack must have.
enum TextForms {
  /// Whether a text is of small ASCII letters and digits with single hyphens between them.
  ///
  /// It begins with a letter.
  static func isKebabCase(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, isSmallLetter(first) else { return false }
    return text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        !part.isEmpty && part.allSatisfy { isSmallLetter($0) || isDigit($0) }
      }
  }

  /// Whether a text can be behind the dot of `params.` in CEL (cel-spec, SELECTOR).
  static func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, !isDigit(first),
      text.allSatisfy({ isSmallLetter($0 | 0x20) || isDigit($0) || $0 == UInt8(ascii: "_") })
    else { return false }
    return !["true", "false", "null", "in"].contains { text.elementsEqual($0.utf8) }
  }

  /// Whether a text is a version by semver.org, version 2.0.0.
  static func isSemanticVersion(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if let plus = rest.firstIndex(of: UInt8(ascii: "+")) {
      guard areIdentifiers(rest[(plus + 1)...], allowLeadingZeros: true) else { return false }
      rest = rest[..<plus]
    }
    if let dash = rest.firstIndex(of: UInt8(ascii: "-")) {
      guard areIdentifiers(rest[(dash + 1)...], allowLeadingZeros: false) else { return false }
      rest = rest[..<dash]
    }
    let numbers = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return numbers.count == 3 && numbers.allSatisfy { isNumber($0) }
  }

  /// Whether a text is `sha256-` and the base64 of 32 bytes (Subresource Integrity, section 3.5).
  static func isDigest(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.starts(with: "sha256-".utf8) else { return false }
    let base64 = text.dropFirst(7)
    return base64.count == 44 && base64.last == UInt8(ascii: "=")
      && base64.dropLast().allSatisfy {
        isSmallLetter($0 | 0x20) || isDigit($0) || $0 == UInt8(ascii: "+")
          || $0 == UInt8(ascii: "/")
      }
  }

  /// Whether a text is an absolute `http` or `https` URL with a host, as far as its characters tell.
  static func isWebAddress(_ text: ArraySlice<UInt8>) -> Bool {
    for scheme in ["https://", "http://"] where text.starts(with: scheme.utf8) {
      let rest = text.dropFirst(scheme.utf8.count)
      guard let first = rest.first, first != UInt8(ascii: "/"), first != UInt8(ascii: "?"),
        first != UInt8(ascii: "#"), first != UInt8(ascii: ":")
      else { return false }
      // Spaces, controls and the characters that RFC 3986 has no place for.
      return rest.allSatisfy { byte in
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
          UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"),
          UInt8(ascii: "|"), UInt8(ascii: "}"):
          false
        default: true
        }
      }
    }
    return false
  }

  /// The path of a file in the pack's folder, without needless parts, or why it is none.
  static func filePath(_ text: ArraySlice<UInt8>) -> Result<String, PathError> {
    if text.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) {
      return .failure(PathError(fault: .character))
    }
    if text.starts(with: "https://".utf8) || text.starts(with: "http://".utf8)
      || text.starts(with: "file:".utf8)
    {
      return .failure(PathError(fault: .address))
    }
    let hasDrive =
      text.count >= 2 && isSmallLetter(text[text.startIndex] | 0x20)
      && text[text.startIndex + 1] == UInt8(ascii: ":")
    if text.first == UInt8(ascii: "/") || hasDrive {
      return .failure(PathError(fault: .absolute))
    }
    var parts: [ArraySlice<UInt8>] = []
    for part in text.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        guard parts.popLast() != nil else { return .failure(PathError(fault: .outside)) }
      } else {
        parts.append(part)
      }
    }
    guard !parts.isEmpty else { return .failure(PathError(fault: .outside)) }
    return .success(
      String(decoding: Array(parts.joined(separator: "/".utf8)), as: UTF8.self))
  }

  /// Why a path is no path of a file in the pack's folder.
  struct PathError: Error {
    let fault: Mistake.PathFault
  }

  private static func isSmallLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    !text.isEmpty && text.allSatisfy(isDigit)
      && (text.count == 1 || text.first != UInt8(ascii: "0"))
  }

  private static func areIdentifiers(_ text: ArraySlice<UInt8>, allowLeadingZeros: Bool) -> Bool {
    text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          isDigit($0) || isSmallLetter($0 | 0x20) || $0 == UInt8(ascii: "-")
        }
        && (allowLeadingZeros || !part.allSatisfy(isDigit) || isNumber(part))
    }
  }
}
