/// Requests near a model that are made by choice, as texts.
struct PlaceRequests {
  let model: PlaceModel
  /// How many values there are for one that is not as the model has it; 0 for none.
  private var faultRate = 0
  /// How many tokens there are for one with white space behind it; 0 for none.
  private var blankRate = 0
  /// How many characters there are for one that is escaped without need; 0 for none.
  private var escapeRate = 0
  /// How names are spelled.
  private var casing = 0

  init(_ model: PlaceModel) { self.model = model }

  /// The text of a request.
  mutating func text(_ choices: inout Choices) -> [UInt8] {
    faultRate = choices.pick([0, 0, 0, 60, 40, 20, 8])
    blankRate = choices.pick([0, 0, 0, 1, 6])
    escapeRate = choices.pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 250, 30, 1])
    casing = choices.below(24) == 23 ? 1 : 0
    var text: [UInt8] = []
    if choices.below(40) == 39 {
      text = deep(&choices)
    } else {
      append(model.root, to: &text, &choices, depth: 0)
    }
    if choices.below(16) == 15 { Damage.apply(to: &text, &choices, pieces: Damage.json) }
    if choices.below(32) == 31 { text.removeLast(min(text.count, choices.below(20))) }
    return text
  }

  /// A text that nests about as deep as is read.
  private func deep(_ choices: inout Choices) -> [UInt8] {
    let depth = choices.pick([62, 63, 64, 65, 66, 511, 512, 513])
    let isObject = choices.once(in: 2)
    let open = Array((isObject ? #"{"a":"# : "[").utf8)
    let close = Array((isObject ? "}" : "]").utf8)
    var text: [UInt8] = []
    for _ in 0..<depth { text += open }
    text += Array(choices.pick(isObject ? ["1", "{}", "[]"] : ["", "1", "{}", "[]"]).utf8)
    for _ in 0..<depth { text += close }
    return text
  }

  // MARK: - Values

  private func append(
    _ shape: PlaceModel.Shape, to text: inout [UInt8], _ choices: inout Choices, depth: Int
  ) {
    blank(&text, &choices)
    defer { blank(&text, &choices) }
    if isFaulty(&choices), depth > 0 || choices.once(in: 4) {
      return append(Value.make(&choices, depth: 3), to: &text, &choices)
    }
    switch model.resolved(shape) {
    case .leaf(_, let good, let bad):
      append(choices.pick(isFaulty(&choices) && !bad.isEmpty ? bad : good), to: &text, &choices)
    case .structure(let members, let required, _):
      var kept: [(name: String, shape: PlaceModel.Shape?)] = []
      for member in members where depth < 5 || model.isLeaf(member.shape) {
        let isKept =
          required.contains(member.name)
          ? !isFaulty(&choices) : members.count > 50 || choices.once(in: 2)
        if isKept { kept.append((member.name, member.shape)) }
      }
      if isFaulty(&choices) { kept.append((choices.pick(PlaceModel.names), nil)) }
      if isFaulty(&choices), let first = kept.first { kept.append(first) }
      if choices.once(in: 8) { kept.reverse() }
      append(members: kept, to: &text, &choices, depth: depth)
    case .map(let value, _):
      let count = depth < 6 ? choices.pick([0, 1, 2, 3, 3, isFaulty(&choices) ? 70 : 1]) : 0
      var names: [(name: String, shape: PlaceModel.Shape?)] = []
      for index in 0..<count {
        let name =
          count > 3
          ? "name\(index)" : choices.pick(["a", "Tags", "x y", "bb", "aws:x", "é", "ab1"])
        if !names.contains(where: { $0.name == name }) || isFaulty(&choices) {
          names.append((name, value))
        }
      }
      append(members: names, to: &text, &choices, depth: depth)
    case .list(let element, _):
      text.append(UInt8(ascii: "["))
      let count = depth < 6 ? choices.below(4) : 0
      if count == 0 { blank(&text, &choices) }
      for index in 0..<count {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        let start = text.count
        append(element, to: &text, &choices, depth: depth + 1)
        if choices.below(8) == 7 {
          let copy = text[start...]
          text.append(UInt8(ascii: ","))
          text += copy
        }
      }
      text.append(UInt8(ascii: "]"))
    case .definition: text += Array("null".utf8)
    }
  }

  private func append(
    members: [(name: String, shape: PlaceModel.Shape?)], to text: inout [UInt8],
    _ choices: inout Choices, depth: Int
  ) {
    text.append(UInt8(ascii: "{"))
    if members.isEmpty { blank(&text, &choices) }
    for (index, member) in members.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      blank(&text, &choices)
      append(string: Array(spelled(member.name).utf8), to: &text, &choices)
      blank(&text, &choices)
      text.append(UInt8(ascii: ":"))
      if isFaulty(&choices), choices.once(in: 2) {
        text += Array("null".utf8)
      } else if let shape = member.shape {
        append(shape, to: &text, &choices, depth: depth + 1)
      } else {
        append(Value.make(&choices, depth: 3), to: &text, &choices)
      }
    }
    text.append(UInt8(ascii: "}"))
  }

  private func isFaulty(_ choices: inout Choices) -> Bool {
    faultRate > 0 && choices.below(faultRate) == faultRate - 1
  }

  /// A name in the style of other clients: `InstanceId` as `instance_id`.
  private func spelled(_ name: String) -> String {
    guard casing == 1 else { return name }
    var spelled = ""
    for character in name {
      if character.isUppercase, !spelled.isEmpty { spelled += "_" }
      spelled += character.lowercased()
    }
    return spelled
  }

  // MARK: - Tokens

  private func blank(_ text: inout [UInt8], _ choices: inout Choices) {
    guard blankRate > 0, choices.below(blankRate) == blankRate - 1 else { return }
    text += Array(choices.pick([" ", "\t", "\r", "  ", "\t \r ", "\u{B}", " "]).utf8)
    if text.last == 0x0B, choices.below(16) < 15 { text[text.count - 1] = 0x20 }
  }

  private func append(_ value: Value, to text: inout [UInt8], _ choices: inout Choices) {
    switch value {
    case .string(let string): append(string: string, to: &text, &choices)
    default: text += value.json
    }
  }

  private func append(string: [UInt8], to text: inout [UInt8], _ choices: inout Choices) {
    text.append(UInt8(ascii: "\""))
    for scalar in String(decoding: string, as: UTF8.self).unicodeScalars {
      let isEscaped = escapeRate > 0 && choices.below(escapeRate) == escapeRate - 1
      if !isEscaped, scalar.value >= 0x20, scalar != "\"", scalar != "\\" {
        text += Array(String(scalar).utf8)
      } else if scalar == "\"" || scalar == "\\" || scalar == "/" {
        text += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16, uppercase: choices.once(in: 2))
          text += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        }
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
