/// Which names an object may have at each place of a request, as tables for the name binder.
///
/// Made from the request's model. Shape 0 is `anything`: its names are bound as they are.
public struct NameShapes: Sendable {
  /// What a value at some place looks like.
  public struct Shape: Sendable {
    /// How the names of an object at this place are meant.
    public enum Kind: UInt8, Sendable {
      /// Nothing is known of the value.
      case anything
      /// The names are members that the model lists.
      case structure
      /// The names are data; each value has the shape `child`.
      case map
      /// The value is an array, each element of which has the shape `child`.
      case list
    }

    /// How names are meant.
    public var kind: Kind
    /// The shape of a map's values or a list's elements.
    public var child: Int
    /// Whether a structure may have members that the model does not list.
    public var isOpen: Bool
    /// A structure's members.
    public var members: [Member]

    /// Creates a shape.
    public init(kind: Kind, child: Int = 0, isOpen: Bool = true, members: [Member] = []) {
      self.kind = kind
      self.child = child
      self.isOpen = isOpen
      self.members = members
    }
  }

  /// A member that the model lists.
  public struct Member: Sendable {
    /// The member's name on the wire.
    public var symbol: Symbol
    /// The shape of its value.
    public var shape: Int
    /// Whether the model allows an explicit null.
    public var isNullable: Bool

    /// Creates a member.
    public init(symbol: Symbol, shape: Int, isNullable: Bool) {
      self.symbol = symbol
      self.shape = shape
      self.isNullable = isNullable
    }
  }

  /// What the binder asks of a shape.
  struct Row: Sendable {
    var kind: Shape.Kind
    /// The shape of a map's values or a list's elements.
    var child: Int32
    /// Where the shapes of a structure's members begin in `memberShapes`.
    var firstMember: Int32
  }

  /// The shapes; 0 is `anything`.
  public private(set) var shapes: [Shape]
  /// The shape of a whole request.
  public var root: Int
  /// The shapes again, as the binder reads them: without a reference to count.
  private(set) var rows: [Row] = []
  /// The shapes of all members, those of a structure one after the other.
  private(set) var memberShapes: [Int32] = []
  /// For each shape, the places of its members by symbol.
  @usableFromInline var places = SymbolMaps()

  /// The number of slots in the tables, which determines their memory.
  package var slotCount: Int { places.slotCount }

  /// Creates the tables for shapes.
  public init(shapes: [Shape] = [Shape(kind: .anything)], root: Int = 0) {
    self.shapes = shapes
    self.root = root
    for shape in shapes {
      rows.append(
        Row(
          kind: shape.kind, child: Int32(clamping: shape.child),
          firstMember: Int32(clamping: memberShapes.count)))
      memberShapes += shape.members.map { Int32(clamping: $0.shape) }
      places.append(
        shape.members.enumerated().map { (symbol: $0.element.symbol, value: $0.offset) })
    }
  }

  /// The place of the member with `symbol` in a structure's members, or nil.
  @inlinable
  public func member(_ symbol: Symbol, in shape: Int) -> Int? {
    let place = places.value(of: symbol, in: shape)
    return place < 0 ? nil : place
  }
}
