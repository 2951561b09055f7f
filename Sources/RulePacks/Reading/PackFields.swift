/// The fields of a pack itself.
enum PackField: String, CaseIterable {
  case requisite, requires, name, title, version, homepage, extends, request, parameters, rules
}

/// The fields of `request`.
enum RequestField: String, CaseIterable {
  case operation, schema, detect, sensitive, identity
}

/// The fields of an entry of `extends` that is a mapping.
enum ExtensionField: String, CaseIterable {
  case pack, integrity
}

/// The fields of one of `parameters`; those behind the description bound its values.
enum ParameterField: String, CaseIterable {
  case type, defaultValue = "default", description
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
  case minLength, maxLength, pattern, minItems, maxItems, uniqueItems, items
  case enumeration = "enum"
}

/// The fields of one of `rules`.
enum RuleField: String, CaseIterable {
  case description, severity, requests, given, when, then, message, help, url, tags, fix, examples
}

/// The fields of a rule's `examples`.
enum ExampleField: String, CaseIterable {
  case pass, fail
}

/// The fields of a rule's `fix` where it is a mapping.
enum FixField: String, CaseIterable {
  case description, safe, operations
}

/// The fields of one of a fix's operations.
enum OperationField: String, CaseIterable {
  case op, path, from, value
}

/// The fields of an example that says more than its request.
enum DemandField: String, CaseIterable {
  case request = "$request"
  case name, pointer, message, detail, severity, count
}
