import Documents
import SourceText
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
      ("self.«Nmae» == 'x'", "the model has no member 'Nmae' here; did you mean 'Name'?"),
      (
        "self[«'Duraton'»] == 1", "the model has no member 'Duraton' here; did you mean 'Duration'?"
      ),
      ("has(self.«Typs»)", "the model has no member 'Typs' here; did you mean 'Types'?"),
      (
        "self.Tree.Children.exists(c, c.«Idd» == 'x')",
        "the model has no member 'Idd' here; did you mean 'Id'?"
      ),
      ("«self.Name == 5»", "'==' can never hold between string and int"),
      ("«5 in self.Types»", "'in' can never hold between int and list(string)"),
      ("«self.Name < self.Duration»", "'<' can never hold between string and int"),
      ("self.«Name».Size == 1", "XX"),
      ("«1 + 1.0» == 2.0", "'+' cannot take (int, double)"),
      ("self.Duration + «2 * -1.5» > 1.0", "'*' cannot take (int, double)"),
      ("«1 + 1u» == 2u", "'+' cannot take (int, uint)"),
      (
        "(«true ? 1 : 1.5») > 1.0",
        "both values of '? :' need one type, but they are int and double"
      ),
      // What other languages write.
      (
        "self.Open.«trace-id» == 1",
        "'-' in 'trace-id' is a minus sign; use self.Open['trace-id'] to read the member"
      ),
      (
        "self.«x-ms-date» == 1 && true",
        "'-' in 'x-ms-date' is a minus sign; use self['x-ms-date'] to read the member"
      ),
      (
        "has(«self['trace-id']»)",
        "'has' needs a member, as in has(self.name); use 'trace-id' in self"
      ),
      (
        "self.Open.«content-type» == 'x'",
        "'-' in 'content-type' is a minus sign; use self.Open['content-type'] to read the member"
      ),
      (
        "self.Open.«is-true»",
        "'-' in 'is-true' is a minus sign; use self.Open['is-true'] to read the member"
      ),
      (
        "self.Open.«check-in» == 1",
        "'-' in 'check-in' is a minus sign; use self.Open['check-in'] to read the member"
      ),
      (
        "has(self.Open.«trace-id») && true",
        "'-' in 'trace-id' is a minus sign; use self.Open['trace-id'] to read the member"
      ),
      ("«math.flor»(1.5) > 1.0", "unknown function 'math.flor'; did you mean 'math.floor'?"),
      ("«cel.bnd»(x, 1, x > 0)", "unknown function 'cel.bnd'; did you mean 'cel.bind'?"),
      ("«len»(self.Name) > 1", "unknown function 'len'; use size(x)"),
      ("self.Name.«length» > 1", "a value of type string has no member 'length'; use size(x)"),
      (
        "self.Types.«length» > 1",
        "a value of type list(string) has no member 'length'; use size(x)"
      ),
      ("self.Name.«toLowerCase»() == ''", "unknown function 'toLowerCase'; use x.lowerAscii()"),
      (
        "not «self».Flag",
        "expected an operator or the end of the expression, found 'self'; 'not' is written '!'"
      ),
      ("self.Name == «nil»", "unknown name 'nil'; use null"),
      ("self.Name == «None»", "unknown name 'None'; use null"),
      ("self.Name <«>» ''", "expected a value, found '>'; '<>' is written '!='"),
      (
        "self.Flag «or» self.Flag",
        "expected an operator or the end of the expression, found 'or'; 'or' is written '||'"
      ),
      (
        "self.Types.«transformMapEntr»(k, v, {k: v}) == {}",
        "unknown function 'transformMapEntr'; did you mean 'transformMapEntry'?"
      ),
      (
        "self.Types.«existsOn»(i, v, v > 1)",
        "unknown function 'existsOn'; did you mean 'existsOne'?"
      ),
      (
        "self.Types.«exists_on»(v, v > 1)",
        "unknown function 'exists_on'; did you mean 'exists_one'?"
      ),
      ("self.Name.«size2»()", "unknown function 'size2'; did you mean 'size'?"),
      ("«slf».Name == ''", "unknown name 'slf'; did you mean 'self'?"),
      (
        "«self.Duration.startsWith('a')»",
        "'startsWith' cannot take (int, string); it is string.startsWith(string)"
      ),
      ("«self.Name» && true", "'&&' needs a bool, found string"),
      ("!«self.Duration»", "'!' needs a bool, found int"),
      ("«true ? 1 : 'x'»", "both values of '? :' need one type, but they are int and string"),
      ("«self.Name + 1»", "'+' cannot take (string, int)"),
      ("«self.Duration».all(x, true)", "'for each' cannot take (int); it is a list, a map"),
      ("self.Name.matches(«'('»)", "this group is never closed; add ')'"),
      (
        "«Foo{a: 1}»",
        "objects of a type such as 'Foo' cannot be made; write a map: {'name': value}"
      ),
      ("{«1.5»: 2}", "a map's key is a bool, int, uint or string"),
      // Syntax.
      ("self.Name «=» 'x'", "'=' has no meaning here; two values are compared with '=='"),
      (
        "self.Flag «and» self.Flag",
        "expected an operator or the end of the expression, found 'and'; 'and' is written '&&'"
      ),
      ("(1 + 2«»", "expected ')', found the end of the expression"),
      ("[1, 2«»", "expected ',' or ']', found the end of the expression"),
      ("1 +«»", "expected a value, found the end of the expression"),
      (
        "«'abc»",
        "the string is not closed; a string that goes over several lines stands in three quotes"
      ),
      (
        "'a«\\d»'",
        "'\\d' is no escape of a string; write '\\\\' for a backslash, or begin with r'…'"
      ),
      ("«99999999999999999999»", "'99999999999999999999' is no number that fits 64 bits"),
      ("«12abc»", "'12abc' is no number that fits 64 bits"),
      ("«for» == 1", "'for' is a reserved word; a member of that name is read with ['for']"),
      ("has(«self»)", "'has' needs a member, as in has(self.name)"),
      ("[1].all(«x.y», true)", "'all' needs a plain name as variable, as in all(x, …)"),
      ("é".isEmpty ? "" : "«é» == 1", "'é' has no meaning here"),
      (
        "true ? 1«»",
        "expected ':' and the value for the other case, found the end of the expression"
      ),
      ("", "expected a value, found the end of the expression"),
    ].filter { $0.1 != "XX" })
  func reportsFaults(marked: String, expected: String) throws {
    let (shapes, type) = shapes()
    var fixture = Fixture(type: type, shapes: shapes)
    let text = marked.replacing("«", with: "").replacing("»", with: "")
    let compiled = fixture.compile(text)
    #expect(compiled.errors.map(\.message) == [expected])
    let error = try #require(compiled.errors.first)
    let start = marked.utf8.prefix(upTo: marked.firstIndex(of: "«") ?? marked.startIndex).count
    let end = marked.utf8.prefix(upTo: marked.firstIndex(of: "»") ?? marked.startIndex).count
    #expect(error.range == TextRange(start, max(start, end - 2)))
  }

  @Test func reportsEveryFault() {
    let (shapes, type) = shapes()
    var fixture = Fixture(type: type, shapes: shapes)
    let compiled = fixture.compile("self.Nmae == 1 || self.Typs.exists(t, t == 5) || foo() > bar")
    #expect(
      compiled.errors.map(\.message) == [
        "the model has no member 'Nmae' here; did you mean 'Name'?",
        "the model has no member 'Typs' here; did you mean 'Types'?",
        "unknown function 'foo'", "unknown name 'bar'",
      ])
  }

  /// Only what a macro stands for is called by another name.
  @Test(arguments: CELFunction.allCases)
  func everyFunctionIsDeclared(function: CELFunction) {
    let name: String =
      switch function {
      case .sortByKeys: "@sortBy"
      case .networkAddress: "ip"
      default: function.rawValue
      }
    let declarations = CELFunctionDeclaration.declarations(named: name)
    #expect(declarations.contains { $0.function == function })
    #expect(declarations.allSatisfy { $0.name == name })
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
    #expect(
      fixture.compile("self.a > params.limt").errors.map(\.message) == [
        "the model has no member 'limt' here; did you mean 'limit'?"
      ])
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
    #expect(
      fixture.compile(text).errors.map(\.message) == [
        "the expression nests deeper than 250 levels"
      ])
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
    let messages = fixture.compile(text).errors.map(\.message)
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix("the expression "))
  }

  @Test func longRowsOfAndAreFine() {
    var fixture = Fixture()
    let text = [String](repeating: "self == self", count: 5000).joined(separator: " && ")
    #expect(fixture.evaluate(text) == "true")
  }
}
