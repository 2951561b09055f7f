private import RequisitePatterns

/// What IDNA2008 makes of a character (RFC 5892, section 2 and 3).
enum LabelProperty {
  /// PVALID.
  case valid
  /// CONTEXTJ and CONTEXTO: valid where its rule holds.
  case contextual
  /// DISALLOWED.
  case disallowed
  /// UNASSIGNED.
  case unassigned

  init(_ scalar: Unicode.Scalar) {
    self = Self.exception(scalar.value) ?? Self.derived(scalar)
  }

  /// Exceptions (section 2.6), LDH (2.5), and the blocks and letters that are left out by range.
  private static func exception(_ value: UInt32) -> LabelProperty? {
    switch value {
    case 0x2D, 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: .valid
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9: .contextual
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: .disallowed
    // JoinControl (2.8).
    case 0x200C, 0x200D: .contextual
    // IgnorableBlocks (2.4).
    case 0x20D0...0x20FF, 0x1D100...0x1D1FF, 0x1D200...0x1D24F: .disallowed
    // OldHangulJamo (2.9).
    case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7FB: .disallowed
    default: nil
    }
  }

  private static func derived(_ scalar: Unicode.Scalar) -> LabelProperty {
    let properties = scalar.properties
    let category = properties.generalCategory
    if category == .unassigned, !properties.isNoncharacterCodePoint { return .unassigned }
    // Unstable (2.2) and IgnorableProperties (2.3): NFKC_Casefold changes what either holds.
    if properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint
      || properties.isWhitespace || properties.isNoncharacterCodePoint
    {
      return .disallowed
    }
    // LetterDigits (2.1).
    switch category {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      return .valid
    default: return .disallowed
    }
  }
}

/// A script, or several, that the contextual rules ask for.
struct Script: Sendable {
  private let characters: CharacterClass?

  private init(_ classBody: String) {
    characters = try? CharacterClass(classBody: classBody)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    characters?.contains(scalar) ?? false
  }

  static let greek = Script(#"\p{Script=Greek}"#)
  static let hebrew = Script(#"\p{Script=Hebrew}"#)
  static let japanese = Script(#"\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}"#)
}
