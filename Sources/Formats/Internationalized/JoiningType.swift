/// How a letter of a cursive script joins its neighbours, as far as RFC 5892, appendix A.1, asks.
enum JoiningType {
  /// D: on both sides.
  case dual
  /// R: with the letter before it in reading order.
  case right
  /// L: with the letter after it in reading order.
  case left
  /// T: a mark that joining skips.
  case transparent
  /// U, and C, which the rule does not ask for.
  case none

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    // First, since ranges of letters may have such marks in their gaps.
    if Self.isTransparent(scalar) {
      self = .transparent
    } else if Self.dualJoining.contains(value) {
      self = .dual
    } else if Self.rightJoining.contains(value) {
      self = .right
    } else if Self.leftJoining.contains(value) {
      self = .left
    } else {
      self = .none
    }
  }

  var joinsFollowing: Bool {
    switch self {
    case .dual, .left: true
    case .right, .transparent, .none: false
    }
  }

  var joinsPreceding: Bool {
    switch self {
    case .dual, .right: true
    case .left, .transparent, .none: false
    }
  }

  /// The rule that derives T in ArabicShaping.txt, and the one letter beside it.
  private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D: return false
    case 0x1E94B: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  // Unicode 17.0.0, of the letters that may be in a label; gaps without such letters are closed.

  private static let dualJoining = ScalarRanges(
    """
    620 626 628 62A-62E 633-647 649-64A 66E-66F 679-687 69A-6BF 6C1-6C2 6CC 6CE 6D0-6D1 6FA-6FC
    6FF 712-714 71A-71D 71F-727 729 72B 72D-72E 74E-758 75C-76A 76D-770 772 775-777 77A-77F
    7CA-7EA 841-845 848 84A-853 855 860 862-865 868 886 889-88D 88F-8A9 8AF-8B0 8B3-8B8 8BA-8C8
    1820-1878 1887-18AA A840-A871 10AC0-10AC4 10AD3-10AD6 10AD8-10ADC 10ADE-10AE0 10B80 10B82
    10B86-10B88 10B8A-10B8B 10B8D 10B90 10D01-10D21 10D23 10EC3-10EC4 10EC6-10EC7 10F30-10F32
    10F34-10F44 10F70-10F73 10F76-10FB0 10FB2-10FB3 10FB8 10FBB-10FBC 10FBE-10FBF 10FC1 10FC4
    1E922-1E943
    """)

  private static let rightJoining = ScalarRanges(
    """
    622-625 627 629 62F-632 648 671-673 688-699 6C0 6C3-6CB 6CD 6CF 6D2-6D5 6EE-6EF 710 715-719
    71E 728 72A 72C 72F-74D 759-75B 76B-76C 771 773-774 778-779 840 846-847 849 854 856-858 867
    869-882 88E 8AA-8AC 8AE 8B1-8B2 8B9 10AC5 10AC7-10ACA 10ACE-10AD2 10ADD 10AE1 10AE4 10B81
    10B83-10B85 10B89 10B8C 10B8E-10B8F 10B91 10D22 10EC2 10F33 10F74-10F75 10FB4-10FB6
    10FB9-10FBA 10FBD 10FC2-10FC3
    """)

  private static let leftJoining = ScalarRanges("A872 10ACD 10AD7 10D00")
}

/// A set of code points, written as ranges in hexadecimal: `622-625 627`.
struct ScalarRanges: Sendable {
  private var lowerBounds: [UInt32] = []
  private var upperBounds: [UInt32] = []

  init(_ text: String) {
    for word in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      let ends = word.split(separator: UInt8(ascii: "-"))
      guard let first = ends.first, let last = ends.last,
        let lower = UInt32(Substring(first), radix: 16),
        let upper = UInt32(Substring(last), radix: 16)
      else { continue }
      lowerBounds.append(lower)
      upperBounds.append(upper)
    }
  }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = lowerBounds.count
    while low < high {
      let middle = (low + high) / 2
      if upperBounds[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < lowerBounds.count && lowerBounds[low] <= value
  }
}
