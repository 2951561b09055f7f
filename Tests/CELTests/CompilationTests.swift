import Documents
import SourceText
import TestSupport
import Testing

@testable import CEL

/// The shapes of a small request.
private func shapes() -> (CELShapes, CELType) {
  var shapes = CELShapes()
  let string = shapes.add(.string)
  let integer = shapes.add(.integer)
  let number = shapes.add(.number)
  let boolean = shapes.add(.boolean)
  let strings = shapes.add(.list(element: string))
  let map = shapes.add(.map(value: string))
  let tree = shapes.add(.any)
  let trees = shapes.add(.list(element: tree))
  shapes.set(
    tree, to: .object(CELShapes.Object(members: ["Children": trees, "Id": string], others: nil)))
  let open = shapes.add(
    .object(CELShapes.Object(members: ["Known": integer], others: CELShapes.any)))
  let root = shapes.add(
    .object(
      CELShapes.Object(
        members: [
          "Name": string, "Duration": integer, "Price": number, "Flag": boolean, "Types": strings,
          "Attributes": map, "Tree": tree, "Open": open,
        ], others: nil)))
  return (shapes, shapes.type(of: root))
}

struct CompilationTests {
  @Test(arguments: [
    ("self.Name == 'x' && self.Duration > 5 && self.Flag", "bool"),
    ("self.Types", "object"),
    ("self.Types[0]", "string"),
    ("self.Attributes.tenant", "string"),
    ("self.Attributes.map(k, v, v)", "invalid"),
    ("self.Attributes.transformList(k, v, v)", "list(string)"),
    ("self.Types.filter(t, t.startsWith('a'))", "list(string)"),
    ("self.Tree.Children[0].Children.map(c, c.Id)", "list(string)"),
    ("self.Open.Anything.At.All", "dyn"),
    ("self.Price > 5 || self.Price > 5.5", "bool"),
    ("self.Price * 2", "double"),
    ("self.Price % 2", "double"),
    ("2 / self.Price", "double"),
    ("self.Price + self.Price", "double"),
    ("self.Duration * 2", "int"),
    ("self.Duration * 1.5", "double"),
    ("self.Open.Anything * 2", "dyn"),
    ("math.ceil(self.Open.Anything * 2)", "double"),
    ("math.ceil(self.Price)", "double"),
    ("self.Flag ? self.Duration : 2.5", "number"),
    ("[self.Duration] == [1.0] && {'a': self.Duration} == {'a': 1.0}", "bool"),
    ("self.Duration-2 > 1", "bool"),
    ("self.Duration == 5.0", "bool"),
    ("self.?Name.orValue('')", "string"),
    ("self.Name == null", "bool"),
    ("sum(self.Types.map(t, size(t)))", "int"),
    ("totalBytes(self)", "int"),
    ("self.all(k, k != '')", "bool"),
  ])
  func deducesTypes(expression: String, expected: String) {
    let (shapes, type) = shapes()
    var fixture = Fixture(type: type, shapes: shapes)
    let compiled = fixture.compile(expression)
    #expect((compiled.program?.type.description ?? "invalid") == expected)
  }

  /// The place stands between `«` and `»` in the expression.
  @Test(
    arguments: [
      "self.«Nmae» == 'x'",
      "self[«'Duraton'»] == 1",
      "has(self.«Typs»)",
      "self.Tree.Children.exists(c, c.«Idd» == 'x')",
      "«self.Name == 5»",
      "«5 in self.Types»",
      "«self.Name < self.Duration»",
      "«1 + 1.0» == 2.0",
      "self.Duration + «2 * -1.5» > 1.0",
      "«1 + 1u» == 2u",
      "(«true ? 1 : 1.5») > 1.0",
      // What other languages write.
      "self.Open.«trace-id» == 1",
      "self.«x-ms-date» == 1 && true",
      "has(«self['trace-id']»)",
      "self.Open.«content-type» == 'x'",
      "self.Open.«is-true»",
      "self.Open.«check-in» == 1",
      "has(self.Open.«trace-id») && true",
      "«math.flor»(1.5) > 1.0",
      "«cel.bnd»(x, 1, x > 0)",
      "«len»(self.Name) > 1",
      "self.Name.«length» > 1",
      "self.Types.«length» > 1",
      "self.Name.«toLowerCase»() == ''",
      "not «self».Flag",
      "self.Name == «nil»",
      "self.Name == «None»",
      "self.Name <«>» ''",
      "self.Flag «or» self.Flag",
      "self.Types.«transformMapEntr»(k, v, {k: v}) == {}",
      "self.Types.«existsOn»(i, v, v > 1)",
      "self.Types.«exists_on»(v, v > 1)",
      "self.Name.«size2»()",
      "«slf».Name == ''",
      "«self.Duration.startsWith('a')»",
      "«self.Name» && true",
      "!«self.Duration»",
      "«true ? 1 : 'x'»",
      "«self.Name + 1»",
      "«self.Duration».all(x, true)",
      "self.Name.matches(«'('»)",
      "«Foo{a: 1}»",
      "{«1.5»: 2}",
      // Syntax.
      "self.Name «=» 'x'",
      "self.Flag «and» self.Flag",
      "(1 + 2«»",
      "[1, 2«»",
      "1 +«»",
      "«'abc»",
      "'a«\\d»'",
      "«99999999999999999999»",
      "«12abc»",
      "«for» == 1",
      "has(«self»)",
      "[1].all(«x.y», true)",
      "«é» == 1",
      "true ? 1«»",
      "",
    ])
  func reportsErrors(marked: String) throws {
    let (shapes, type) = shapes()
    var fixture = Fixture(type: type, shapes: shapes)
    let text = marked.replacing("«", with: "").replacing("»", with: "")
    let compiled = fixture.compile(text)
    #expect(compiled.errors.count == 1)
    let error = try #require(compiled.errors.first)
    let start = marked.utf8.prefix(upTo: marked.firstIndex(of: "«") ?? marked.startIndex).count
    let end = marked.utf8.prefix(upTo: marked.firstIndex(of: "»") ?? marked.startIndex).count
    #expect(error.range == TextRange(start, max(start, end - 2)))
    expectMessages(["\(error.range.lowerBound): \(error.message)"], of: marked)
  }

  @Test func reportsEveryFault() {
    let (shapes, type) = shapes()
    var fixture = Fixture(type: type, shapes: shapes)
    let compiled = fixture.compile("self.Nmae == 1 || self.Typs.exists(t, t == 5) || foo() > bar")
    #expect(compiled.errors.map(\.range.lowerBound) == [5, 23, 49, 57])
    expectMessages(
      compiled.errors.map { "\($0.range.lowerBound): \($0.message)" }, of: "every error")
  }

  @Test func foldsConstants() throws {
    var fixture = Fixture()
    fixture.environment.variables.append(
      CELEnvironment.Variable(
        name: "params", type: .map(.string, .dyn),
        constant: .map(CELMap([CELMap.Entry(key: CELValue("limit"), value: .integer(5))]))))
    let program = try #require(fixture.compile("params.limit * 2 > 9").program)
    guard case .boolean(true)? = program.constantValue else {
      Issue.record("the expression is not constant")
      return
    }
    #expect(
      program.references.map(\.members) == [["limit"]] && program.references[0].variable == 2)
    #expect(fixture.compile("self.a > params.limit").program?.constantValue == nil)
    #expect(fixture.compile("self.a > params.limt").errors.map(\.range.lowerBound) == [16])
  }

  /// Members of a sorted map are found by halves, in whatever order they came.
  @Test func findsMembersOfSortedMaps() throws {
    let names = ["limit", "a", "Zz", "é", "b10", "b9", "", "limits"]
    var fixture = Fixture()
    fixture.environment.variables.append(
      CELEnvironment.Variable(
        name: "params", type: .map(.string, .dyn),
        constant: .map(
          CELMap(
            sorting: names.enumerated().map { (Array($1.utf8), .integer(Int64($0))) }))))
    for (place, name) in names.enumerated() where name.allSatisfy(\.isASCII) && !name.isEmpty {
      let program = try #require(fixture.compile("params.\(name) == \(place)").program)
      guard case .boolean(true)? = program.constantValue else {
        Issue.record("\(name) was not found")
        continue
      }
    }
    for name in ["A", "limi", "zz", "b1"] {
      #expect(fixture.compile("params.\(name) == 1").errors.count == 1)
    }
    fixture.environment.variables[2].constant = .map(CELMap(sorting: []))
    #expect(fixture.compile("params.a == 1").errors.count == 1)
  }

  @Test func listsWhatIsRead() throws {
    var fixture = Fixture()
    let program = try #require(
      fixture.compile("self.a['b'].c == root.d[0].e && has(self.f.g)").program)
    #expect(program.references.map(\.members) == [["a", "b", "c"], ["d"], ["f", "g"]])
    #expect(program.references.map(\.variable) == [0, 1, 0])
    #expect(program.references[0].range == TextRange(0, 13))
  }

  /// Nesting of every kind ends in an error, never in a crash.
  @Test(arguments: [
    ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("a[", "0", "]"), ("f(", "0", ")"),
    ("true ? 1 : ", "1", ""), ("1 + (", "1", ")"), ("!(", "true", ")"), ("-(", "1", ")"),
    ("cel.bind(x, 1, ", "x", ")"), ("[1].map(x, ", "x", ")"), ("Foo{a: ", "1", "}"),
  ])
  func refusesDeepNesting(open: String, core: String, close: String) {
    var fixture = Fixture()
    fixture.environment.checksTypes = false
    let text =
      String(repeating: open, count: 5000) + core + String(repeating: close, count: 5000)
    let errors = fixture.compile(text).errors
    expectMessages(errors.map(\.message), of: "deep nesting of \(open)")
    // What is just allowed compiles, and evaluates or fails, without harm.
    let allowed =
      String(repeating: open, count: 240) + core + String(repeating: close, count: 240)
    _ = fixture.evaluate(allowed)
  }

  @Test(arguments: ["self.a", "1 + 1", "self[0]", "1 - 1 - 1"])
  func refusesLongChains(part: String) {
    var fixture = Fixture()
    let suffix = part.dropFirst(part.hasPrefix("self") ? 4 : 1)
    let text =
      (part.hasPrefix("self") ? "self" : "1") + String(repeating: String(suffix), count: 100_000)
    expectMessages(fixture.compile(text).errors.map(\.message), of: "a long chain of \(part)")
  }

  @Test func longRowsOfAndAreFine() {
    var fixture = Fixture()
    let text = [String](repeating: "self == self", count: 5000).joined(separator: " && ")
    #expect(fixture.evaluate(text) == "true")
  }
}
