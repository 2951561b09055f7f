/// Names of other languages, and how CEL says the same.
package enum ForeignWords {
  /// What to write instead of a function that CEL does not have.
  static func hint(forFunction name: String) -> String? {
    switch name {
    case "len", "length", "count", "strlen", "Count", "Len": "use size(x)"
    case "toLowerCase", "toLower", "lower", "lowercase", "downcase": "use x.lowerAscii()"
    case "toUpperCase", "toUpper", "upper", "uppercase", "upcase": "use x.upperAscii()"
    case "includes", "include": "use x.contains(y) for a string, y in x for a list"
    case "every", "forEach", "allOf": "use x.all(e, …)"
    case "some", "any", "anyOf": "use x.exists(e, …)"
    case "match", "test", "search": "use x.matches('…')"
    case "substr": "use x.substring(from, to)"
    case "typeof", "typeOf": "use type(x)"
    case "parseInt", "toInt", "integer": "use int(x)"
    case "parseFloat", "toFloat", "float", "number": "use double(x)"
    case "str", "toString": "use string(x)"
    case "strip": "use x.trim()"
    case "abs", "ceil", "floor", "round", "sqrt", "trunc", "sign": "use math.\(name)(x)"
    case "defined", "exists": "use has(x.name)"
    case "isEmpty", "empty": "use size(x) == 0"
    case "isNull", "isnull": "use x == null"
    case "not": "use '!' instead of 'not'"
    default: nil
    }
  }

  /// What to write instead of a name that CEL does not have.
  static func hint(forName name: String) -> String? {
    switch name {
    case "nil", "None", "NULL", "Null", "undefined", "NONE", "Nil": "use null"
    case "True", "TRUE": "use true"
    case "False", "FALSE": "use false"
    case "this", "value", "it": name == "value" ? nil : "use self"
    case "Math": "use math"
    case "not": "use '!' instead of 'not'"
    default: nil
    }
  }

  /// What to write instead of a member that values of CEL do not have.
  package static func hint(forMember name: String) -> String? {
    switch name {
    case "length", "len", "size", "count": "use size(x)"
    default: nil
    }
  }
}
