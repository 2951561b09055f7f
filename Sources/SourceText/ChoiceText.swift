/// How messages word a value that is none of a list of choices.
package enum ChoiceText {
  /// The choices for a person: `a, b or c`.
  package static func list(_ choices: [String]) -> String {
    guard let last = choices.last, choices.count > 1 else { return choices.first ?? "" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The message on a value that is none of some names.
  ///
  /// `'severity' must be error, warning, info or off; found 'eror'; did you mean 'error'?`
  package static func message(
    _ name: String, _ expected: String, found value: String, nearest: String?
  ) -> String {
    "\(name) must be \(expected); found '\(value)'"
      + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}

extension String {
  /// The text as the beginning of a message: without an article of a noun that comes first.
  package var withoutArticle: String {
    for article in ["the ", "a ", "an "] where hasPrefix(article) {
      return String(dropFirst(article.count))
    }
    return self
  }
}
