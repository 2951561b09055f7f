/// Names of other languages, and how CEL says the same.
package enum ForeignWords {
  /// What to write instead of a function that CEL does not have.
  static func hint(forFunction name: String) -> String? {
    for function in CELFunction.all where function.foreignNames.names.contains(name) {
      return "use \(function.foreignNames.replacement)"
    }
    return switch name {
    case "every", "forEach", "allOf": "use x.all(e, …)"
    case "some", "any", "anyOf": "use x.exists(e, …)"
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
