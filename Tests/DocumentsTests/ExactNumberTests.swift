import Documents
import Testing

private func number(_ text: String) -> ExactNumber { ExactNumber(Array(text.utf8)[...]) }

struct ExactNumberTests {
  @Test(arguments: [
    ("60", "60.0"), ("60", "6e1"), ("0", "-0.0"), ("1e2", "100"), ("0.10", "1e-1"),
    ("-9223372036854775808", "-9223372036854775808.0"), ("1e999", "10e998"),
    ("12345678901234567890123456789012345678901", "1.2345678901234567890123456789012345678901e40"),
  ])
  func equal(_ left: String, _ right: String) {
    #expect(number(left) == number(right))
    #expect(!(number(left) < number(right)) && !(number(right) < number(left)))
  }

  @Test(arguments: [
    ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "0.0001"),
    ("9223372036854775807", "9223372036854775808"),
    ("1e999", "1e1000"), ("-1e1000", "-1e999"), ("0.1", "0.10000000000000000000001"),
    ("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567891"),
    ("-1e999", "5"), ("5", "1e999"), ("10080", "10080.5"),
  ])
  func ordered(_ less: String, _ more: String) {
    #expect(number(less) < number(more))
    #expect(!(number(more) < number(less)))
    #expect(number(less) != number(more))
  }

  @Test(arguments: [
    ("60", true), ("60.0", true), ("6e1", true), ("60.5", false), ("1e999", true), ("1e-1", false),
    ("0.0", true), ("1234567890123456789012345678901234567890.0", true),
  ])
  func wholeness(_ text: String, _ expected: Bool) {
    #expect(number(text).isInteger == expected)
  }

  @Test(arguments: [
    ("10", "2", true), ("7", "2", false), ("0", "2", true), ("4.5", "1.5", true),
    ("35", "1.5", false),
    ("0.0075", "0.0001", true), ("0.00751", "0.0001", false), ("1e308", "0.123456789", false),
    ("1e308", "0.5", true), ("12391239123", "1e-8", true), ("-10", "5", true), ("1", "0", false),
    ("100000000000000000000000000000000000000007", "7", false), ("1e999999", "64", true),
    ("700000000000000000000000000000000000000007", "7", true), ("25", "50", false),
    ("250", "50", true),
  ])
  func multiples(_ value: String, _ divisor: String, _ expected: Bool) {
    #expect(number(value).isMultiple(of: number(divisor)) == expected)
  }

  @Test(arguments: [("1.5", 1.5), ("1e400", .infinity), ("-1e400", -.infinity), ("123", 123)])
  func doubles(_ text: String, _ expected: Double) {
    #expect(number(text).double == expected)
  }
}
