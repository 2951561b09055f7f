package import SourceText

/// A place where a text breaks the rules of its format, and how.
package struct SyntaxError: Error, Sendable, Hashable {
  /// Which family of trouble this is; each has a rule of its own.
  package enum Category: String, Sendable, Hashable {
    /// The text is not well formed.
    case syntax
    /// The bytes are no UTF-8, or a string holds half of a surrogate pair.
    case encoding
    /// The nesting goes deeper than the limit.
    case depth
    /// A name occurs twice in one object.
    case duplicateName = "duplicate-name"
  }

  /// The family of trouble.
  package var category: Category
  /// The bytes that are wrong; empty where something is missing.
  package var range: TextRange
  /// What was expected and what to do, in one sentence without the place.
  package var sentence: SyntaxMessage
  /// An option that may help, which is told also where nothing of the text may be shown.
  package var hint: String?
  /// The whole sentence, for a text that holds nothing to hide.
  package var message: String { withHint(sentence.text) }
  /// Whether no part of the text may be shown, since it is no text in UTF-8 at all.
  package var hidesText = false
  /// A place that the message speaks of as well, such as the bracket that was never closed.
  package var related: Related?

  /// A second place of a syntax error.
  package struct Related: Sendable, Hashable {
    /// The bytes of the place.
    package var range: TextRange
    /// What is there.
    package var message: String

    /// Creates a second place.
    package init(range: TextRange, message: String) {
      self.range = range
      self.message = message
    }
  }

  /// A text about the error, with the hint behind it.
  package func withHint(_ text: String) -> String { hint.map { "\(text); \($0)" } ?? text }

  /// Creates an error at a range.
  package init(
    _ category: Category, _ range: TextRange, _ sentence: SyntaxMessage, related: Related? = nil
  ) {
    self.category = category
    self.range = range
    self.sentence = sentence
    self.related = related
  }
}

/// What reading one text gave: a tree, as far as it could be read, and what is wrong with the text.
package struct Reading: Sendable {
  /// The tree; where there are errors, as much of it as could be made out.
  package var document: Document
  /// What is wrong, in document order; empty for a well-formed text.
  package var errors: [SyntaxError]
  /// Whether the tree says what the writer meant, in spite of any errors.
  ///
  /// True after faults with one obvious meaning, such as a trailing comma or a comment; false where
  /// a part is missing, so that rules about absent members would speak of what is not known.
  package var isFaithful: Bool

  /// Creates a reading.
  package init(document: Document, errors: [SyntaxError], isFaithful: Bool) {
    self.document = document
    self.errors = errors
    self.isFaithful = isFaithful
  }
}
