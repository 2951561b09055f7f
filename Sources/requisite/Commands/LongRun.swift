import CPlatform

/// What is worth doing once a run turns out to be a long one.
///
/// Only the program may do that: it acts on the memory of the whole process.
enum LongRun {
  private static let prepared: Void = {
    // The code that only starting up needed.
    requisite_release_code()
    requisite_keep_freed_memory()
  }()

  /// Prepares for it, once in the process.
  static func prepare() { _ = prepared }
}
