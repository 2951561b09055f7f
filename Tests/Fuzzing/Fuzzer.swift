/// A property that must hold for every input.
package struct Fuzzer: Sendable {
  /// The name by which `Tests/Fuzzing/run` knows it.
  package let name: String
  /// Checks an input of any bytes; throws a `Fault` where the property does not hold.
  package let check: @Sendable ([UInt8]) throws -> Void

  /// All fuzzers, in the order of the modules that they are about.
  package static let all: [Fuzzer] = [
    Fuzzer(name: "json", check: JSONFuzzer.check),
    Fuzzer(name: "yaml", check: YAMLFuzzer.check),
    Fuzzer(name: "patterns", check: PatternFuzzer.check),
    Fuzzer(name: "jsonpath", check: JSONPathFuzzer.check),
    Fuzzer(name: "cel", check: CELFuzzer.check),
    Fuzzer(name: "schemas", check: SchemaFuzzer.check),
    Fuzzer(name: "packs", check: PackFuzzer.check),
    Fuzzer(name: "places", check: PlaceFuzzer.check),
    Fuzzer(name: "configuration", check: ConfigurationFuzzer.check),
    Fuzzer(name: "fixes", check: FixFuzzer.check),
    Fuzzer(name: "redaction", check: RedactionFuzzer.check),
  ]

  /// The fuzzer with a name.
  package static func named(_ name: String) -> Fuzzer? { all.first { $0.name == name } }
}

/// A property that does not hold, with the input in readable form.
package struct Fault: Error, CustomStringConvertible {
  /// What does not hold.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Throws a fault unless a condition holds.
func require(
  _ condition: @autoclosure () throws -> Bool, _ message: @autoclosure () -> String
) throws {
  guard try condition() else { throw Fault(message()) }
}

/// A text for a message.
func shown(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: Array(bytes), as: UTF8.self).debugDescription
}
