package import SourceText

/// A JSON Pointer (RFC 6901) with wildcards: `/Items/*/Name`, `/Attributes/**`.
///
/// The token `*` stands for any one token, `**` for any number of them, none included. The escape
/// `~2` writes a star that is part of a name, as `~0` and `~1` write `~` and `/`.
package struct PointerPattern: Sendable, Hashable {
  /// A step of a pattern.
  enum Step: Sendable, Hashable {
    case name([UInt8])
    case any
    case anyNumber
  }

  /// Why a text is no pattern.
  package enum Fault: Error, Sendable {
    /// It is not empty and does not begin with a slash.
    case noSlash
    /// A `~` is not followed by 0, 1 or 2.
    case badEscape
    /// A star is a part of a name.
    case starInName
  }

  let steps: [Step]

  /// Reads the text of a pattern.
  ///
  /// - Throws: the first fault, such as a missing slash or a bad escape.
  package init(_ text: String) throws(Fault) {
    let bytes = Array(text.utf8)
    var steps: [Step] = []
    guard let first = bytes.first else {
      self.steps = []
      return
    }
    guard first == UInt8(ascii: "/") else { throw .noSlash }
    for part in bytes.dropFirst().split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    {
      if part.elementsEqual("*".utf8) {
        steps.append(.any)
      } else if part.elementsEqual("**".utf8) {
        // Two in a row say no more than one.
        if steps.last != .anyNumber { steps.append(.anyNumber) }
      } else {
        steps.append(.name(try Self.name(part)))
      }
    }
    self.steps = steps
  }

  private static func name(_ part: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
    var name: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      switch part[index] {
      case UInt8(ascii: "*"): throw .starInName
      case UInt8(ascii: "~"):
        guard index + 1 < part.endIndex else { throw .badEscape }
        switch part[index + 1] {
        case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
        case UInt8(ascii: "2"): name.append(UInt8(ascii: "*"))
        default: throw .badEscape
        }
        index += 2
      default:
        name.append(part[index])
        index += 1
      }
    }
    return name
  }

  /// Whether it stands for every place.
  var matchesAll: Bool { steps == [.anyNumber] }

  /// The one place that it stands for; nil where it has wildcards.
  package var singlePlace: JSONPointer? {
    var tokens: [[UInt8]] = []
    for step in steps {
      guard case .name(let name) = step else { return nil }
      tokens.append(name)
    }
    return JSONPointer(tokens: tokens)
  }

  /// Whether it stands for a place; takes at most steps times tokens comparisons.
  package func matches(_ pointer: JSONPointer) -> Bool {
    let tokens = pointer.tokens
    var (step, token) = (0, 0)
    // Where to go on if the tokens behind the last `**` do not fit: it takes one more.
    var retry: (step: Int, token: Int)?
    while token < tokens.count || step < steps.count {
      if step < steps.count {
        switch steps[step] {
        case .anyNumber:
          retry = (step, token)
          step += 1
          continue
        case .any where token < tokens.count:
          (step, token) = (step + 1, token + 1)
          continue
        case .name(let name) where token < tokens.count && name == tokens[token]:
          (step, token) = (step + 1, token + 1)
          continue
        case .any, .name: break
        }
      }
      guard let last = retry, last.token < tokens.count else { return false }
      retry = (last.step, last.token + 1)
      (step, token) = (last.step + 1, last.token + 1)
    }
    return true
  }

  /// The text of the pattern that stands for one place only.
  package static func text(of pointer: JSONPointer) -> String {
    pointer.description.replacing("*", with: "~2")
  }
}

extension PointerPattern: CustomStringConvertible {
  /// The text of the pattern, `~`, `/` and `*` in names escaped.
  package var description: String {
    steps.map { step in
      switch step {
      case .any: "/*"
      case .anyNumber: "/**"
      case .name(let name): Self.text(of: JSONPointer(tokens: [name]))
      }
    }.joined()
  }
}
