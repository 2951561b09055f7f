import Documents

/// Constraints that the reading loop checks by itself.
extension PlaceTableCompiler {
  /// Merges an instruction into the numbers of a place; false where they cannot tell it.
  func mergeFlat(_ instruction: Instruction, at index: Int) -> Bool {
    switch instruction {
    case .never: drafts[index].place.kinds = 0
    case .types(let types): drafts[index].place.kinds &= types.kinds
    case .constant(let number): return mergeStrings([program.constants[number]], at: index)
    case .enumeration(let number):
      return mergeStrings(program.enumerations[number].values, at: index)
    case .integerWidth, .minimum, .maximum: return mergeNumber(instruction, at: index)
    case .members(let table):
      guard program.memberTables[table].patterns.isEmpty else { return false }
      for entry in program.memberTables[table].named { addMember(entry.name.symbol, at: index) }
    case .items(let table): return program.itemsTable[table].prefix.isEmpty
    case .required(let list): return mergeRequired(list, at: index)
    default: return drafts[index].place.mergeSize(instruction)
    }
    return true
  }

  /// Merges a list of strings that values must be in.
  private func mergeStrings(_ values: [Constant], at index: Int) -> Bool {
    guard let marks = marks(of: values, at: index) else { return false }
    // A list of none allows nothing, and has no marks to tell that by.
    drafts[index].place.kinds &= values.isEmpty ? 0 : TypeSet.string.rawValue
    drafts[index].place.allowed &= marks
    return true
  }

  private func mergeNumber(_ instruction: Instruction, at index: Int) -> Bool {
    var (minimum, maximum) = (Int64.min, Int64.max)
    switch instruction {
    case .integerWidth(let bits):
      guard bits <= 64, bits > 1 else { return false }
      maximum = Self.bound(bits == 64 ? .max : 1 << (Int64(bits) - 1) - 1)
      minimum = -maximum - 1
    case .minimum(let number, let isExclusive):
      guard case .integer(let bound) = program.numbers[number], bound < .max else { return false }
      minimum = Self.bound(isExclusive ? bound + 1 : bound)
    case .maximum(let number, let isExclusive):
      guard case .integer(let bound) = program.numbers[number], bound > .min else { return false }
      maximum = Self.bound(isExclusive ? bound - 1 : bound)
    default: return false
    }
    drafts[index].place.minimum = max(drafts[index].place.minimum, minimum)
    drafts[index].place.maximum = min(drafts[index].place.maximum, maximum)
    return true
  }

  /// A bound as it is kept: never one of the extremes, which stand for no bound.
  ///
  /// A bound leaves fractions, and integers of more than 18 digits, to the plain evaluator; for all others it
  /// makes no difference.
  static func bound(_ value: Int64) -> Int64 { min(max(value, .min + 1), .max - 1) }

  private func mergeRequired(_ list: Int, at index: Int) -> Bool {
    for name in program.nameLists[list] { addMember(name.symbol, at: index) }
    guard let marks = marks(of: program.nameLists[list], at: index) else { return false }
    drafts[index].place.required |= marks
    return true
  }

  // MARK: - Marks

  /// The marks of strings among the constants of a place, where they are added; nil where there is no room
  /// for them, or where one is no string.
  func marks(of values: [Constant], at index: Int) -> UInt64? {
    var strings: [[UInt8]] = []
    for value in values {
      guard let string = value.string else { return nil }
      strings.append(string)
    }
    return marks(of: strings, at: index)
  }

  func marks(of strings: [[UInt8]], at index: Int) -> UInt64? {
    // Place 0 is that of anything: what one check compares there is no matter of another's.
    guard index != 0 else { return nil }
    let new = Set(strings).subtracting(drafts[index].constants)
    guard drafts[index].constants.count + new.count <= PlaceTable.markLimit else { return nil }
    var marks: UInt64 = 0
    for string in strings {
      if let place = drafts[index].constants.firstIndex(of: string) {
        marks |= 1 << UInt64(place)
      } else {
        marks |= 1 << UInt64(drafts[index].constants.count)
        drafts[index].constants.append(string)
      }
    }
    return marks
  }

  /// The marks of members of a place; nil where one has none.
  func marks(of names: [MemberName], at index: Int) -> UInt64? {
    var marks: UInt64 = 0
    for name in names {
      guard let place = drafts[index].memberPlaces[name.symbol.id], place < PlaceTable.markLimit
      else { return nil }
      marks |= 1 << UInt64(place)
    }
    return marks
  }

  /// Whether the marks of an array at a place tell of each element which string it is.
  func marksAllElements(of index: Int) -> Bool {
    let item = drafts[Int(drafts[index].place.item)].place
    return item.allowed != .max && item.kinds & ~TypeSet.string.rawValue == 0
  }
}

extension TypeSet {
  /// The types as kinds of values: whole numbers are numbers.
  var kinds: UInt8 { (contains(.number) ? union(.integer) : self).rawValue }
}

extension PlaceTable.Place {
  /// Merges a bound of a size; false where the instruction is none.
  mutating func mergeSize(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .minLength(let count): minLength = max(minLength, Int32(clamping: count))
    case .maxLength(let count): maxLength = min(maxLength, Int32(clamping: count))
    case .minItems(let count): minItems = max(minItems, Int32(clamping: count))
    case .maxItems(let count): maxItems = min(maxItems, Int32(clamping: count))
    case .minProperties(let count): minMembers = max(minMembers, Int32(clamping: count))
    case .maxProperties(let count): maxMembers = min(maxMembers, Int32(clamping: count))
    case .maxTotalBytes(let count): maxBytes = min(maxBytes, Int32(clamping: count))
    default: return false
    }
    return true
  }
}
