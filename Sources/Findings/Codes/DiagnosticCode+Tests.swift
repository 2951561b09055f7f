extension DiagnosticCode {
  /// `requisite test`.
  static let tests: [DiagnosticCode] = [
    DiagnosticCode(
      "test/limit", "A test of a pack ended at its limit of steps.",
      why:
        "Examples or mutants were not tried. As an error, examples are missing from the result; as a warning, the mutation score is about a sample.",
      fix: "Raise the limit with --cost-limit, or test fewer rules at once with --rule.",
      example: "requisite test acme-chat.yaml --cost-limit 50000000"),
    DiagnosticCode(
      "test/missing-example", "A rule has no passing or no failing example.",
      why: "Nothing shows that the rule accepts valid requests and rejects invalid ones.",
      fix: "Add examples under 'pass' and 'fail'. Only --strict makes this a failure.",
      example: "examples: { pass: [{ a: 1 }], fail: [{ a: 100 }] }"),
    DiagnosticCode(
      "test/survivors", "Mutants of a rule survived its examples.",
      why: "The same change made by mistake would go unnoticed.",
      fix: "Add the examples that the report suggests. Only --min-score makes this a failure.",
      example: "requisite test acme-chat.yaml --min-score 100"),
  ]
}
