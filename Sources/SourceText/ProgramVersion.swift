/// The version of the program, and what packs and configurations may require of it.
package struct ProgramVersion: Sendable, Comparable, CustomStringConvertible {
  private let numbers: [Int]

  /// The program's version as a text: a semantic version.
  package static let text = "0.2.0"

  /// The version of this program.
  package static let current = ProgramVersion(text) ?? ProgramVersion(numbers: [0, 0, 0])

  private init(numbers: [Int]) { self.numbers = numbers }

  /// A version of one to three numbers; missing ones are 0.
  ///
  /// Nil for any other text.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var numbers: [Int] = []
    for part in parts {
      // Int takes a sign as well, and no version has longer numbers.
      guard part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), part.utf8.count <= 9,
        let number = Int(part)
      else {
        return nil
      }
      numbers.append(number)
    }
    self.numbers = numbers + Array(repeating: 0, count: 3 - numbers.count)
  }

  /// The three numbers with dots between them.
  package var description: String { numbers.map(String.init).joined(separator: ".") }

  /// Whether a version is the earlier one.
  package static func < (left: Self, right: Self) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}

/// Which versions of the program a file is for: `>=0.2`, or several such conditions with commas between
/// them, all of which must hold.
package struct VersionRequirement: Sendable {
  private enum Comparison: String, CaseIterable {
    // The longer ones first: each is looked for at the beginning of a text.
    case atLeast = ">="
    case atMost = "<="
    case equal = "=="
    case above = ">"
    case below = "<"
  }

  private var conditions: [(comparison: Comparison, version: ProgramVersion)] = []

  /// What an author may write, for a message.
  package static let expected =
    "conditions with >=, >, <=, < or ==, separated by commas, such as '>=0.2, <1.0'"

  /// What the author of another text may have meant, for the end of a message: empty, if that is unknown.
  package static func suggestion(for text: String) -> String {
    ProgramVersion(text) == nil ? "" : "; did you mean '>=\(text)'?"
  }

  /// The requirement that a text states; nil for one that states none.
  package init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.trimmingSpaces
      guard let comparison = Comparison.allCases.first(where: { part.hasPrefix($0.rawValue) }),
        let version = ProgramVersion(part.dropFirst(comparison.rawValue.count).trimmingSpaces)
      else { return nil }
      conditions.append((comparison, version))
    }
  }

  /// Whether a version is one of those that are required.
  package func holds(of version: ProgramVersion) -> Bool {
    conditions.allSatisfy { condition in
      switch condition.comparison {
      case .atLeast: version >= condition.version
      case .atMost: version <= condition.version
      case .equal: version == condition.version
      case .above: version > condition.version
      case .below: version < condition.version
      }
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
