extension Macro {
  /// A macro, with the ways to call it.
  struct Description: Sendable {
    /// The name, with its namespace if it has one.
    let name: String
    /// Whether it is called on a value.
    let isMember: Bool
    /// The ways to call it: `x`, `i`, `k` and `v` are variables that the other arguments can use.
    let signatures: [String]
    /// What it returns, in one sentence.
    let summary: String
  }

  /// All macros.
  static let all: [Description] = [
    global("has", ["has(value.member) -> bool"], "Whether the member is present."),
    member(
      "all", range("all", "condition", "bool"),
      "Whether the condition holds for every element or key."
    ),
    member(
      "exists", range("exists", "condition", "bool"),
      "Whether the condition holds for some element or key."),
    member(
      "exists_one", range("exists_one", "condition", "bool"),
      "Whether the condition holds for exactly one element or key."),
    member(
      "existsOne", range("existsOne", "condition", "bool"), "The same as exists_one."),
    member(
      "map",
      [
        "list.map(x, value) -> list", "map.map(k, value) -> list",
        "list.map(x, condition, value) -> list", "map.map(k, condition, value) -> list",
      ], "The values for the elements or keys, or for those that satisfy the condition."),
    member(
      "filter", ["list.filter(x, condition) -> list", "map.filter(k, condition) -> list"],
      "The elements or keys that satisfy the condition."),
    member(
      "transformList", transform("transformList", "value", "list"),
      "The values for the elements or entries, or for those that satisfy the condition."),
    member(
      "transformMap", transform("transformMap", "value", "map"),
      "A map with the same keys or indices, and the values for them."),
    member(
      "transformMapEntry", transform("transformMapEntry", "{key: value}", "map"),
      "A map of the entries for the elements or entries."),
    member(
      "sortBy", ["list.sortBy(x, key) -> list"], "The elements in ascending order of their keys."),
    member(
      "optMap", ["optional.optMap(x, value) -> optional"],
      "An optional with the value for the value of the optional, if it has one."),
    member(
      "optFlatMap", ["optional.optFlatMap(x, optional) -> optional"],
      "The optional for the value of the optional, if it has one."),
    global(
      "cel.bind", ["cel.bind(x, value, result) -> type of result"],
      "The result, in which the variable stands for the value."),
    global(
      "cel.block", ["cel.block([value, …], result) -> type of result"],
      "The result, in which cel.index(0) stands for the first value, and so on."),
    global("cel.index", ["cel.index(number) -> dyn"], "A value of cel.block."),
    global(
      "cel.iterVar", ["cel.iterVar(number, number) -> dyn"],
      "A variable of a macro, by its depth and position; other programs write it in cel.block."),
  ]

  private static func global(
    _ name: String, _ signatures: [String], _ summary: String
  ) -> Description {
    Description(name: name, isMember: false, signatures: signatures, summary: summary)
  }

  private static func member(
    _ name: String, _ signatures: [String], _ summary: String
  ) -> Description {
    Description(name: name, isMember: true, signatures: signatures, summary: summary)
  }

  /// The calls over elements or keys, and over both indices or keys and values.
  private static func range(_ name: String, _ body: String, _ result: String) -> [String] {
    ["list.\(name)(x, ", "map.\(name)(k, ", "list.\(name)(i, x, ", "map.\(name)(k, v, "]
      .map { "\($0)\(body)) -> \(result)" }
  }

  /// The calls over indices or keys and values, with and without a condition.
  private static func transform(_ name: String, _ body: String, _ result: String) -> [String] {
    ["", "condition, "].flatMap { condition in
      ["list.\(name)(i, x, ", "map.\(name)(k, v, "].map { "\($0)\(condition)\(body)) -> \(result)" }
    }
  }
}
