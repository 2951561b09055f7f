import Documents
import SourceText
import TestSupport
import Testing

@testable import CEL

/// A program that is written as bytes and read again is the same program.
struct ProgramEncodingTests {
  /// What the cases of functions do not have.
  private static let expressions = [
    "self.a.b == 1 && root[?'c'].hasValue() || !has(self.d)", "-self.a + 2 - 3 * 4 / 5 % 6 == 1",
    "self.a < 1 || self.a <= 2u || self.a > 3.5 || self.a >= 1e300 || self.a != null",
    "self.a in [1, 2u, 3.0, 'x', b'y', true, null, [], {}]", "self.list[0] == self.map['k']",
    "self.list.all(x, x > 1) && self.list.exists(x, x == 2) && self.list.exists_one(x, x == 3)",
    "self.list.map(x, x + 1) == self.list.filter(x, x > 0) && self.map.all(k, v, v == k)",
    "self.list.transformMap(i, v, v) == {1: 2}", "self.list.transformList(i, v, i > 0, v) == [1]",
    "cel.bind(x, self.a, x + x) == 2", "self.?a.optMap(x, x + 1).orValue(3) == 4",
    "self.?a.optFlatMap(x, optional.of(x)).hasValue()",
    "[?self.?a] == [1] && {?'a': self.?b} == {}",
    "self.a ? self.b : self.c", "self.text.matches('^a+$')", "type(self.a) == int",
    "timestamp('2024-01-01T00:00:00.5Z') < timestamp(self.t) && duration('90s') > duration(self.d)",
    "self.a == ip('127.0.0.1') || self.a == cidr('10.0.0.0/8') || self.a == optional.none()",
  ]

  @Test func programsReadBack() throws {
    var count = 0
    for text in Self.expressions + CELFunction.all.flatMap({ $0.cases() }) {
      var fixture = Fixture()
      let compilation = fixture.compile(text)
      let program = try #require(compilation.program, "\(text): \(compilation.errors)")
      var writer = BinaryWriter()
      program.write(to: &writer)
      guard writer.isSound else {
        #expect(!program.failures.isEmpty, "\(text)")
        continue
      }
      var reader = BinaryReader(writer.bytes)
      let read = CELProgram(from: &reader)
      #expect(reader.isSound && reader.isAtEnd, "\(text)")
      #expect(described(read) == described(program), "\(text)")
      let results = [read, program].map { program in
        Result {
          try fixture.evaluator.evaluate(
            program, fixture.variables, fixture.request, fixture.symbols)
        }
      }
      #expect(described(results[0]) == described(results[1]), "\(text)")
      count += 1
    }
    #expect(count > 200)
  }

  /// Functions are told apart by their names and by what they say of themselves.
  @Test func functionsAreFoundByNumber() {
    for (number, function) in CELFunction.all.enumerated() { #expect(function.number == number) }
  }

  private func described(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
