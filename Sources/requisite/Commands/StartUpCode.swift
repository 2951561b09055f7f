import CPlatform

/// The code that only starting up needed.
enum StartUpCode {
  private static let released: Void = requisite_release_code()

  /// Gives its memory back, once in the process.
  ///
  /// Only the program may do that: it acts on the code of the whole process.
  static func release() { _ = released }
}
