import CEL
import Documents
import TestSupport
import Testing

private let request = #"""
  {
    "name": "Zoë \"Z\"",
    "type": "guide",
    "count": 60.0,
    "ratio": 1.5,
    "big": 123456789012345678901234567890,
    "none": null,
    "flag": true,
    "tags": ["a", "b", "long \u00e9"],
    "numbers": [3, 1, 2.5],
    "attributes": {"x": "12", "y:z": "é"},
    "nested": {"connect:Subtype": {"ValueString": "connect:Guide"}}
  }
  """#

struct EvaluationTests {
  @Test(arguments: [
    // Views on the document.
    ("self.nested['connect:Subtype'].ValueString == 'connect:Guide'", "true"),
    ("self.nested[root.nested.map(k, k)[0]].ValueString", "connect:Guide"),
    ("self.name", #"Zoë "Z""#),
    ("self.name.size()", "7"),
    ("size(bytes(self.name))", "8"),
    ("utf8Bytes(self.name)", "8"),
    ("self.count", "60.0"),
    ("self.count == 60", "true"),
    ("self.count + 1", "61"),
    ("type(self.count) == int", "true"),
    ("type(self.ratio) == double", "true"),
    ("type(self.big) == double", "true"),
    ("self.big == self.big", "true"),
    ("self.none == null", "true"),
    ("self.flag && !false", "true"),
    ("self.tags[2] == 'long é'", "true"),
    ("self.tags[1]", "b"),
    ("'b' in self.tags", "true"),
    ("'q' in self.tags", "false"),
    ("'x' in self.attributes", "true"),
    ("self.attributes", #"{"x": "12", "y:z": "é"}"#),
    ("self.attributes.map(k, self.attributes[k])", #"["12", "é"]"#),
    ("self.attributes == {'y:z': 'é', 'x': '12'}", "true"),
    ("self.tags == ['a', 'b', 'long é']", "true"),
    ("self.tags + ['c']", #"["a", "b", "long é", "c"]"#),
    ("self.attributes.all(k, v, size(v) <= 2)", "true"),
    ("self.attributes.transformMap(k, v, size(v)).x", "2"),
    ("self.numbers.map(n, n)", "[3, 1, 2.5]"),
    ("has(self.attributes.x) && !has(self.attributes.w)", "true"),
    ("has(self.name.first)", "false"),
    ("self.?attributes.?w.orValue('none')", "none"),
    ("self.?name.hasValue()", "true"),
    // Functions of our own.
    ("totalBytes(self.attributes)", "8"),
    ("totalBytes(self.tags)", "9"),
    ("totalBytes({'ab': ['c', {'d': 'é'}], 'n': 5})", "7"),
    ("sum(self.numbers)", "6.5"),
    ("sum([1, 2, 3])", "6"),
    ("sum({'a': 2, 'b': 3})", "5"),
    ("sum([])", "0"),
    ("min(self.numbers)", "1"),
    ("max(self.numbers)", "3"),
    ("max({'a': 'x', 'b': 'y'})", "y"),
    ("[4, 2].max()", "4"),
    // Numbers of a request may be whole where others have a fraction.
    ("self.count + 0.5", "60.5"),
    ("0.5 * self.count", "30"),
    ("self.ratio * 2", "3"),
    ("self.ratio % 1", "0.5"),
    ("self.count / 7", "8"),
    ("self.count / 7.0 > 8.5", "true"),
    ("self.count + 0.5 + 1", "61.5"),
    ("self.big + 1 > 1e29", "true"),
    ("self.big - self.big == 0.0", "true"),
    ("math.ceil(self.count)", "60"),
    ("math.ceil(self.ratio)", "2"),
    ("math.floor(self.ratio * 3)", "4"),
    ("math.floor(self.count * 3)", "180"),
    ("[self.count, 0.5, 1].sum()", "61.5"),
    ("[1, 2.5].sum()", "3.5"),
    ("[1, 2.5].min() == 1 && [2.5, 3].max() == 3", "true"),
    ("self.numbers.sort()", "[1, 2.5, 3]"),
    ("self.numbers.sortBy(n, -n)", "[3, 2.5, 1]"),
    ("[1, 2] == [1.0, 2.0]", "true"),
    ("{'a': [1]} == {'a': [1.0]}", "true"),
    ("[1, 1.0, 2].distinct()", "[1, 2]"),
    ("self.numbers.distinct() == self.numbers", "true"),
    ("lists.range(-3) == [] && lists.range(0) == []", "true"),
    ("lists.range(40).map(x, x % 3).distinct()", "[0, 1, 2]"),
    ("lists.range(40).map(x, x % 2 == 0 ? double(x / 20) : x / 20).distinct()", "[0, 1]"),
    ("([1] + [1.5]).sum()", "2.5"),
    ("lists.range(40).map(x, -0.0 * double(x)).distinct().size()", "1"),
    (
      "sets.contains(lists.range(100), [1.0, 99]) && !sets.contains(lists.range(100), [1.5])",
      "true"
    ),
    ("sets.equivalent(lists.range(100), lists.range(100).reverse().map(x, double(x)))", "true"),
    ("sets.intersects(lists.range(100), [100, 'x', 99])", "true"),
    ("sets.intersects(lists.range(100), [100, 'x', 99.5])", "false"),
    (
      "lists.range(50).transformMap(i, x, [x]) == lists.range(50).transformMap(i, x, [double(x)])",
      "true"
    ),
    ("lists.range(50).map(x, [x, {'a': x}]).distinct().size()", "50"),
    ("double('1e-99999999999999999999')", "0"),
    ("1e-99999999999999999999 < self.ratio", "true"),
    // Lists, sets and strings.
    ("[3, 1, 2].sort()", "[1, 2, 3]"),
    ("['bb', 'a', 'ccc', 'd'].sortBy(s, size(s))", #"["a", "d", "bb", "ccc"]"#),
    ("[1, 2, 1, 1u].distinct()", "[1, 2]"),
    ("[[1, [2]], [3]].flatten()", "[1, [2], 3]"),
    ("[[1, [2]], [3]].flatten(2)", "[1, 2, 3]"),
    ("[1, 2, 3, 4].slice(1, 3)", "[2, 3]"),
    ("lists.range(3).reverse()", "[2, 1, 0]"),
    ("'@ABCXYZ['.lowerAscii()", "@abcxyz["),
    ("'`abcxyz{'.upperAscii()", "`ABCXYZ{"),
    ("timestamp('2000-02-29T00:00:00Z').getDayOfYear()", "59"),
    ("[1, 2].first().value() + [1, 2].last().value()", "3"),
    ("sets.contains([1, 2, 3], [3, 1])", "true"),
    ("sets.equivalent([1, 1, 2], [2, 1])", "true"),
    ("sets.intersects(self.tags, ['b'])", "true"),
    ("'a-b-c'.split('-', 2)", #"["a", "b-c"]"#),
    ("'abc'.split('')", #"["a", "b", "c"]"#),
    ("'aa'.replace('', '-')", "-a-a-"),
    ("self.name.matches('^Z.*Z')", "true"),
    ("self.name.matches(self.tags[0])", "false"),
    ("'%.2e and %s'.format([12345.678, self.tags])", "1.23e+04 and [a, b, long é]"),
    ("timestamp('2024-02-29T12:00:00.5+02:00') + duration('1h')", "2024-02-29T11:00:00.5Z"),
    ("duration('-90m').getHours()", "-1"),
    ("math.greatest(1, self.ratio, 3u)", "3"),
    ("string(0.1 + 0.2)", "0.30000000000000004"),
    ("string(1e21) + string(100.0) + string(1e-7)", "1e+21100" + "1e-07"),
    ("'%f %.0f %.3f'.format([1e20, 0.5, 5e-324])", "100000000000000000000.000000 0 0.000"),
    ("ip('::ffff:7f00:1').isLoopback()", "true"),
    // `and`, `or` and errors.
    ("self.missing == 1 || true", "true"),
    ("self.missing == 1 && false", "false"),
    ("[1, 0].exists(x, 1 / x == 1)", "true"),
  ])
  func evaluates(expression: String, expected: String) {
    var fixture = Fixture(request)
    #expect(fixture.evaluate(expression) == expected)
  }

  @Test(arguments: [
    "self.missing",
    "self.missing.deeper == 1",
    "self.name.deeper == 1",
    "self.attributes[self.name]",
    "self.tags[3]",
    "self.tags[-1]",
    "self.name + 0.5",
    "dyn(self.tags.sort()) + 1",
    "dyn(5.5) % dyn(2.0)",
    "self.tags < self.tags",
    "self.count / 0",
    "9223372036854775807 + self.count",
    "sum([9223372036854775807, 1])",
    "min([])",
    "[1, 2].slice(0, 3)",
    "[1, 2].slice(-1, 1)",
    "timestamp('1900-02-29T00:00:00Z'.replace('x', self.type))",
    "int(self.name)",
    "self.name.matches('(' + self.tags[0])",
    "timestamp(self.name)",
    "timestamp(0).getHours(self.name)",
    "lists.range(self.count * 1000000)",
    "'%.1001f'.format([1.0])",
    "optional.none().value()",
  ])
  func fails(expression: String) {
    var fixture = Fixture(request)
    let outcome = fixture.evaluate(expression)
    #expect(outcome.hasPrefix("error: "))
    expectMessages([outcome], of: expression)
  }

  @Test(arguments: [
    ("self.type == 'guide'", "holds"),
    ("self.type != 'guide'", "fails"),
    ("self.missing.x == 'guide'", "absent"),
    ("self.attributes['missing'] == ''", "absent"),
    ("self.missing.x == 'guide' || self.type == 'guide'", "holds"),
    ("self.count / 0 == 1", "error: division by zero"),
    ("self.type", "error: a condition needs a bool, found another value"),
    ("self.flag", "holds"),
  ])
  func decidesConditions(expression: String, expected: String) {
    var fixture = Fixture(request)
    #expect(fixture.verdict(expression) == expected)
  }

  @Test func hiddenMembersAreAbsent() throws {
    var fixture = Fixture(#"{"a": null, "b": 1}"#)
    let compiled = fixture.compile("has(self.a) ? 'there' : string(size(self))")
    let program = try #require(compiled.program)
    fixture.binding.hide(NodeID(1))
    let value = try fixture.evaluator.evaluate(
      program, fixture.variables, fixture.request, fixture.symbols)
    #expect(value.rendered(in: fixture.request, symbols: fixture.symbols).text == "1")
  }

  @Test(arguments: [
    "self.map(k, k)[0]", "string(self.map(k, k + '')[0])", "self[?'Name'].hasValue() ? 'Name' : ''",
    "self[self.map(k, k)[0]]", "self.transformMap(k, v, v).Name",
  ])
  func respelledNamesAreThoseOfTheModel(expression: String) throws {
    var fixture = Fixture(#"{"NAME": "Name"}"#)
    let program = try #require(fixture.compile(expression).program)
    let symbol = fixture.symbols.intern("Name")
    fixture.binding.bind(NodeID(1), to: symbol, isRespelled: true)
    let value = try fixture.evaluator.evaluate(
      program, fixture.variables, fixture.request, fixture.symbols)
    #expect(value.rendered(in: fixture.request, symbols: fixture.symbols).text == "Name")
  }

  @Test func costIsCountedAndLimited() throws {
    var fixture = Fixture(request)
    fixture.evaluator.costLimit = 300
    #expect(fixture.evaluate("[1, 2, 3].map(x, x + self.count)") == "[61, 62, 63]")
    let loops = "self.tags.all(a, self.tags.all(b, self.tags.all(c, self.tags.all(d, a != 'q'))))"
    #expect(fixture.evaluate(loops).hasPrefix("error: evaluation costs more"))
    #expect(fixture.evaluate("true || " + loops) == "true")
    #expect(fixture.evaluate(loops + " || true").hasPrefix("error: evaluation costs more"))
  }

  /// Long texts cost by their length, also where nothing is evaluated after them.
  @Test func lengthIsCharged() {
    var fixture = Fixture(#"{"a": "\#(String(repeating: "a", count: 20_000))"}"#)
    fixture.evaluator.costLimit = 500
    #expect(fixture.evaluate("self.a.upperAscii()").hasPrefix("error: evaluation costs more"))
    #expect(fixture.evaluate("lists.range(size(self.a))").hasPrefix("error: evaluation costs more"))
  }

  @Test func theSameEvaluationCostsTheSame() throws {
    var fixture = Fixture(request)
    let program = try #require(fixture.compile("self.tags.exists(t, t.contains('é'))").program)
    var evaluator = CELEvaluator()
    var costs: Set<Int> = []
    for _ in 0..<3 {
      _ = evaluator.verdict(
        of: program, variables: fixture.variables, in: fixture.request, symbols: fixture.symbols)
      costs.insert(evaluator.cost)
    }
    #expect(costs.count == 1)
    #expect(evaluator.cost > 5)
  }

  @Test(arguments: [
    ("self.type == 'guide' && self.count > 5", ["\"guide\"", "60.0"]),
    ("self.type == 'other' || self.flag", ["true"]),
    ("self.type == 'guide' || self.flag", ["\"guide\""]),
    ("self.tags.exists(t, t == 'b')", ["\"b\""]),
    ("'b' in self.tags", ["\"b\""]),
    ("self.type in ['guide', 'other']", ["\"guide\""]),
    ("has(self.attributes.x)", ["\"12\""]),
    ("self.flag ? self.type == 'guide' : false", ["true", "\"guide\""]),
    ("!(self.type == 'other' && self.flag)", ["\"guide\""]),
    ("self.tags.all(t, size(t) > 0)", [#"["a", "b", "long \u00e9"]"#]),
    ("self.missing == 1 || self.flag", ["true"]),
    ("self.numbers[0] == 3", ["3"]),
    ("self.attributes.?x.orValue('') == '12'", ["\"12\""]),
    ("self.attributes.exists(k, v, v == '12')", ["\"12\""]),
  ])
  func tracesWhatDecided(expression: String, expected: [String]) {
    var fixture = Fixture(request)
    #expect(fixture.trace(expression) == expected)
  }

  @Test(arguments: [
    ("self.type + '!'", ["\"guide\""]),
    ("self.type", []),
    ("size(self.type) + utf8Bytes(self.name)", []),
    ("totalBytes(self)", []),
    ("string(self.count)", ["60.0"]),
    ("self.count + 1", ["60.0"]),
    ("['%s'.format([self.tags])][0].size()", ["\"a\"", "\"b\"", #""long \u00e9""#]),
    ("self.tags.join(',')", ["\"a\"", "\"b\"", #""long \u00e9""#]),
    ("self.attributes.map(k, k + '')[0]", ["\"x\"", "\"y:z\""]),
    ("self.type.upperAscii()", ["\"guide\""]),
    ("base64.encode(bytes(self.type))", ["\"guide\""]),
    ("sum(self.numbers)", ["3", "1", "2.5"]),
    ("[self.type, self.tags]", []),
    ("-self.ratio", ["1.5"]),
    ("ip('10.0.0.1') == ip(self.attributes.x + '.0.0.1')", ["\"12\""]),
  ])
  func recordsWhatWasCopied(expression: String, expected: [String]) throws {
    var fixture = Fixture(request)
    #expect(try fixture.touched(expression) == expected)
  }

  @Test func valuesOfOnesOwnStayShallow() {
    var fixture = Fixture()
    let level = String(repeating: "[", count: 120) + "x" + String(repeating: "]", count: 120)
    var text = "x"
    for _ in 0..<6 { text = "cel.bind(x, \(level), \(text))" }
    #expect(fixture.evaluate("cel.bind(x, self, \(text))").hasPrefix("error: value is nested"))
    for _ in 0..<110 { text = "cel.bind(x, \(level), \(text))" }
    #expect(fixture.evaluate("cel.bind(x, self, \(text))").hasPrefix("error: value is nested"))
  }
}
