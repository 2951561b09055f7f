/// What a plan asks at each place of a request, as numbers that one loop reads beside the text.
///
/// A place is what can be told of a value by the names that lead to it: the value of `InstanceId`, or any
/// element of a list. It has *flat* constraints, which the loop checks as it reads: types, lengths, bounds,
/// lists of strings, the members there must be. Whatever else a rule asks is a *check*: a few steps over
/// *slots*, in which the loop keeps the nodes and marks of places that checks ask about. What has no
/// steps either is left to the plain evaluator, for that check alone.
///
/// `PlaceTableCompiler` makes a table of a plan, `GuidedReader` reads by it. Nothing in it decides what a
/// rule means: a request of which nothing fails here satisfies the plan, and every other request is the
/// plain evaluator's.
package struct PlaceTable: Sendable {
  /// The places; the first one asks nothing, the second is the whole request.
  var places: [Place] = []
  /// The members of all places, those of one place in a row.
  var members: [Member] = []
  /// For each place with members, the numbers of these plus one, found by the hash of the name.
  var hashes: [Int32] = []
  /// The names and constants; behind them, `padding` bytes so that sixteen can be read at a time.
  var bytes: [UInt8] = []
  /// The strings that values are compared with, those of one place in a row.
  var constants: [Text] = []
  /// For each class of characters, a byte for each ASCII character: 1 for those of the class.
  var classes: [UInt8] = []
  /// The forms of texts.
  var forms: [TextForm] = []
  /// What checks consist of.
  var steps: [Step] = []
  /// What is asked beyond flat constraints.
  var checks: [Check] = []
  /// How many slots there are; the first is for the value at hand.
  var slotCount = 1
  /// What the plain evaluator may take in steps for a value, and again for each eight bytes of it.
  var valueCost = 0
  /// How deep a request may nest, so that the plain evaluator does not come to its limit of nested schemas.
  var depthLimit = 0
  /// For each place, who asks anything of its values, or reads them for a check.
  var owners: [[Owner]] = []
  /// For each place, how a reader of the dump finds it.
  var titles: [String] = []

  /// The number of the place that asks nothing.
  static let anything: Int32 = 0
  /// The number of the place of the whole request.
  static let root: Int32 = 1
  /// How many bytes lie behind the names.
  static let padding = 16
  /// How many strings, or members, of a place have a mark.
  static let markLimit = 60
  /// The mark of an array in which a marked element occurs twice.
  static let repeated: UInt64 = 1 << 63
  /// The marks of booleans.
  static let (isTrue, isFalse): (UInt64, UInt64) = (1 << 62, 1 << 61)

  /// What is asked of the values at one place.
  struct Place: Sendable {
    /// The types that there may be, as in `TypeSet`; with numbers go integers.
    var kinds: UInt8 = TypeSet.everything.rawValue
    /// Whether the model lists the members, so that another name may be one of them in another spelling, and
    /// null may stand for the absence of one.
    var isStructure = false
    /// The number of the slot that values are kept in, or -1.
    var slot: Int32 = -1
    /// The first step of the checks to make behind each value, or -1.
    var program: Int32 = -1

    /// Of strings: the least and the greatest number of code points.
    var minLength: Int32 = 0
    var maxLength: Int32 = .max
    /// The strings that are marked; the first one has the lowest mark.
    var firstConstant: Int32 = 0
    var constantCount: Int32 = 0
    /// The marks of the strings that there may be; all bits where there may be others.
    var allowed: UInt64 = .max

    /// Of numbers.
    var minimum = Int64.min
    var maximum = Int64.max

    /// Of arrays: the least and the greatest number of elements, and their place.
    var minItems: Int32 = 0
    var maxItems: Int32 = .max
    var item = PlaceTable.anything

    /// Of objects: the least and the greatest number of members.
    var minMembers: Int32 = 0
    var maxMembers: Int32 = .max
    /// The marks of members that there must be.
    var required: UInt64 = 0
    var firstMember: Int32 = 0
    var memberCount: Int32 = 0
    /// Where the hashes of the names begin, and how many bits of a hash count.
    var firstHash: Int32 = 0
    var hashMask: Int32 = 0
    /// The place of all other members.
    var other = PlaceTable.anything
    /// How many bytes the text of an object may take before its content is counted.
    var maxBytes = Int32.max

    /// Of names that are no members: code points, class and further checks.
    var minNameLength: Int32 = 0
    var maxNameLength: Int32 = .max
    /// Where the class begins in `classes`, or -1.
    var nameClass: Int32 = -1
    var nameProgram: Int32 = -1

    /// Whether anything is asked of names.
    var asksNames = false
    /// Whether values are kept in a slot, or have checks behind them.
    var isKept = false
  }

  /// A name that an object may have.
  struct Member: Sendable {
    /// The name in `bytes`, with a closing quote behind it.
    var name: Text
    /// The place of the value.
    var place: Int32
    /// The number of the mark, or -1.
    var mark: Int32
    /// The symbol of the name.
    var symbol: UInt32
    /// Whether the model lists the member, so that null stands for its absence.
    var isListed: Bool
    /// Whether the name is of ASCII, and written in JSON as it is.
    var isPlain: Bool
  }

  /// A stretch of `bytes`.
  struct Text: Sendable {
    var start: Int32
    var count: Int32
  }

  /// The form of a text: how it begins, and what the rest is made of.
  struct TextForm: Sendable {
    /// How it begins.
    var prefix: Text
    /// Where the class begins in `classes` that all characters behind are of; -1 for any.
    var rest: Int32
    /// How many characters are behind at least, and at most.
    var lower: Int32
    var upper: Int32
  }

  /// One step of a check: what is asked of a slot, and the steps to go on with.
  struct Step: Sendable {
    var operation: Operation
    var slot: Int32 = 0
    /// Marks or a number, as the operation has it.
    var operand: UInt64 = 0
    var onTrue: Int32
    var onFalse: Int32 = Self.end
    /// Where nothing is in the slot.
    var onMissing: Int32 = Self.end
    /// Where the value is of a kind that the plain evaluator has to judge.
    var onUndecided: Int32 = Self.end

    /// The step behind the last one.
    static let end: Int32 = -1

    /// Where the step leads, by outcome.
    var exits: [Int32] {
      get { [onTrue, onFalse, onMissing, onUndecided] }
      set {
        (onTrue, onFalse, onMissing, onUndecided) = (
          newValue[0], newValue[1], newValue[2], newValue[3]
        )
      }
    }
  }

  /// What a step asks.
  enum Operation: UInt8, Sendable {
    /// Whether there is a value.
    case isPresent
    /// Whether it has one of some marks.
    case hasAnyMark
    /// Whether it has all of some marks.
    case hasAllMarks
    /// Whether it has no more than one of some marks.
    case hasAtMostOneMark
    /// Whether it is of one of some types.
    case isOfKind
    /// Whether a boolean is true.
    case isTrue
    /// Whether no marked element of an array occurs twice.
    case hasNoRepeatedMark
    /// Whether a string has so many code points at most, an array so many elements, an object members.
    case sizeIsAtMost
    /// Whether an integer is at most a number.
    case isAtMost
    /// Whether an integer is at least a number.
    case isAtLeast
    /// Whether a string has a form.
    case hasForm
    /// The check of a number fails.
    case fails
    /// The check of a number is the plain evaluator's.
    case asksPlain
  }

  /// Who asks: what a failure is a failure of.
  enum Owner: Hashable, Sendable {
    /// Whether the request is one.
    case detect
    case model
    /// The rule at a place of the plan.
    case rule(Int)
  }

  /// What is asked of the values at a place beyond flat constraints.
  struct Check: Sendable {
    var owner: Owner
    /// How the plain evaluator asks it of the node.
    var plain: Plain
    /// Whether the plain evaluator reads names for it.
    var readsNames: Bool
    /// Whether it fails in one way alone: one member is missing, in words that are the same for all requests.
    var failsAlike = false

    enum Plain: Sendable {
      case schema(SchemaID)
      case rule(condition: RuleSchedule.Check, assertion: RuleSchedule.Check)
      /// The rule at a place of the schedule, whose nodes have to be found as well.
      case entry(Int)
    }
  }
}

extension TypeSet {
  /// All types.
  static let everything: TypeSet = [.null, .boolean, .integer, .number, .string, .array, .object]
}
