/// The Bidi rule for labels of names that have a right-to-left label (RFC 5893, section 2).
enum BidiRule {
  static let firstCharacterMessage =
    "label next to a right-to-left label must start with a letter"

  /// Whether a label makes its name a Bidi domain name (section 1.4).
  static func isRightToLeft(_ label: [Unicode.Scalar]) -> Bool {
    for scalar in label {
      switch BidiClass(scalar) {
      case .rightToLeft, .arabicNumber: return true
      case .leftToRight, .europeanNumber, .mark, .neutral: break
      }
    }
    return false
  }

  /// The first of the six conditions that a label breaks, and at which character.
  static func fault(in label: [Unicode.Scalar]) -> ULabel.Fault? {
    guard let first = label.first else { return nil }
    switch BidiClass(first) {
    case .leftToRight: return leftToRightFault(in: label)
    case .rightToLeft: return rightToLeftFault(in: label)
    case .europeanNumber, .arabicNumber, .mark, .neutral:
      return ULabel.Fault(at: 0, firstCharacterMessage)
    }
  }

  /// Conditions 2, 3 and 4.
  private static func rightToLeftFault(in label: [Unicode.Scalar]) -> ULabel.Fault? {
    var number: BidiClass?
    var last = (index: 0, class: BidiClass.rightToLeft)
    for index in label.indices {
      let bidiClass = BidiClass(label[index])
      switch bidiClass {
      case .leftToRight:
        return ULabel.Fault(at: index, "left-to-right letter in a right-to-left label")
      case .europeanNumber, .arabicNumber:
        if let number, number != bidiClass {
          return ULabel.Fault(
            at: index, "European and Arabic digits are mixed in a right-to-left label")
        }
        number = bidiClass
      case .rightToLeft, .mark, .neutral: break
      }
      if bidiClass != .mark { last = (index, bidiClass) }
    }
    return last.class == .neutral
      ? ULabel.Fault(at: last.index, "right-to-left label must end in a letter or a digit") : nil
  }

  /// Conditions 5 and 6.
  private static func leftToRightFault(in label: [Unicode.Scalar]) -> ULabel.Fault? {
    var last = (index: 0, class: BidiClass.leftToRight)
    for index in label.indices {
      let bidiClass = BidiClass(label[index])
      switch bidiClass {
      case .rightToLeft, .arabicNumber:
        return ULabel.Fault(
          at: index, "right-to-left character in a label that starts left-to-right")
      case .leftToRight, .europeanNumber, .neutral: last = (index, bidiClass)
      case .mark: break
      }
    }
    return last.class == .neutral
      ? ULabel.Fault(at: last.index, "left-to-right label must end in a letter or a digit") : nil
  }
}

/// The bidirectional class of a character that may be in a label, as far as the rule asks.
///
/// Unicode 17.0.0. Only characters that IDNA2008 allows are told apart, which keeps this short:
/// gaps between ranges that hold no such character are closed.
enum BidiClass {
  /// L.
  case leftToRight
  /// R and AL.
  case rightToLeft
  /// EN.
  case europeanNumber
  /// AN.
  case arabicNumber
  /// NSM.
  case mark
  /// ES, ON and BN.
  case neutral

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39, 0x6F0...0x6F9: self = .europeanNumber
    case 0x660...0x669, 0x10D30...0x10D39, 0x10D40...0x10D49: self = .arabicNumber
    // Marks by general category that Unicode gives the class L.
    case 0xCBF, 0xCC6, 0x11A07, 0x11A08, 0x11C3F: self = .leftToRight
    case 0x2D, 0xB7, 0x2B9...0x2BA, 0x2C6...0x2CF, 0x2EC, 0x375, 0x200C...0x200D, 0x2E2F, 0x30FB,
      0xA67F, 0xA717...0xA71F, 0xA788:
      self = .neutral
    default:
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      switch scalar.value {
      case _ where isMark: self = .mark
      case 0x5D0...0x8C9, 0xFE73, 0x10800...0x10FF6, 0x1E800...0x1E959: self = .rightToLeft
      default: self = .leftToRight
      }
    }
  }
}
