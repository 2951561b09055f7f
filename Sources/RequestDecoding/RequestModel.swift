package import Documents
import SourceText
import Synchronization

/// What is known of a request's members, for reading their names.
///
/// A struct around a shared reference: copies are cheap.
package struct RequestModel: Sendable {
  private let names: ModelNames

  /// The names and shapes, as the binder takes them.
  package var shapes: NameShapes { _read { yield names.shapes } }

  /// One member's name in each style.
  package struct Spelling: Sendable {
    /// As the service reads it.
    package var wire: String
    /// In snake_case.
    package var snake: String
    /// In camelCase.
    package var camel: String

    /// The name in a style.
    package func name(in casing: Casing) -> String {
      switch casing {
      case .auto, .wire: wire
      case .snake: snake
      case .camel: camel
      }
    }
  }

  /// A model without any knowledge: every name is taken as it is.
  package init() {
    self.init(shapes: NameShapes(), symbols: SymbolTable())
  }

  /// Creates a model from shapes whose members' names are in `symbols`.
  package init(shapes: NameShapes, symbols: SymbolTable) {
    names = ModelNames(shapes: shapes, symbols: symbols)
  }

  /// The members' names in all spellings, made when they are asked for first.
  var spelledNames: SpelledNames { names.spelled }

  /// A member's name as a request in some style spells it; a name that is no member stays as it is.
  package func name(_ wireName: String, of symbol: Symbol, in casing: Casing) -> String {
    guard casing != .wire, casing != .auto else { return wireName }
    let isMember = shapes.shapes.contains { shape in
      shape.members.contains { $0.symbol == symbol }
    }
    return isMember ? casing.spelling(of: wireName) : wireName
  }
}

/// The names of a model's members in all spellings: most requests are spelled as the service reads them, and
/// need none.
final class SpelledNames: Sendable {
  /// For each shape, its members' names without case and separators, with their place.
  private let folded: [[[UInt8]: Int]]
  /// For each shape, its members' spellings by style.
  private let spellings: [[RequestModel.Spelling]]

  init(shapes: NameShapes, symbols: SymbolTable) {
    var folded: [[[UInt8]: Int]] = []
    var all: [[RequestModel.Spelling]] = []
    for shape in shapes.shapes {
      var names: [[UInt8]: Int] = [:]
      var spellings: [RequestModel.Spelling] = []
      for (place, member) in shape.members.enumerated() {
        let wire = symbols.name(of: member.symbol)
        // Where two members fold alike, neither is to be guessed at.
        let key = NearestName.folded(wire)
        names[key] = names[key] == nil ? place : -1
        spellings.append(
          RequestModel.Spelling(
            wire: wire, snake: Casing.snake.spelling(of: wire),
            camel: Casing.camel.spelling(of: wire)))
      }
      folded.append(names)
      all.append(spellings)
    }
    self.folded = folded
    spellings = all
  }

  /// The place of the member that a name means but for case and separators, or nil.
  func member(meantBy name: String, in shape: Int) -> Int? {
    guard let place = folded[shape][NearestName.folded(name)], place >= 0 else { return nil }
    return place
  }

  /// A member's spellings.
  func spelling(of member: Int, in shape: Int) -> RequestModel.Spelling {
    spellings[shape][member]
  }
}

/// The shapes of a model, and their members' spellings, which are made once for all that have the model.
private final class ModelNames: Sendable {
  let shapes: NameShapes
  private let symbols: SymbolTable
  private let made = Mutex<SpelledNames?>(nil)

  init(shapes: NameShapes, symbols: SymbolTable) {
    self.shapes = shapes
    self.symbols = symbols
  }

  var spelled: SpelledNames {
    made.withLock { made in
      if let made { return made }
      let names = SpelledNames(shapes: shapes, symbols: symbols)
      made = names
      return names
    }
  }
}
