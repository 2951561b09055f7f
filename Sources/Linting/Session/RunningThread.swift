import CPlatform

/// A thread that was started, on which no signal is handled.
@safe package struct RunningThread {
  private let handle: OpaquePointer

  /// Starts a thread with a stack of so many bytes; nil where the system grants none.
  package init?(withStackOf size: Int, _ body: @escaping @Sendable () -> Void) {
    let context = unsafe Unmanaged.passRetained(Body(body))
    let thread = unsafe requisite_start_thread(
      size,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        }
      }, context.toOpaque())
    guard let thread = unsafe thread else {
      unsafe context.release()
      return nil
    }
    unsafe handle = thread
  }

  /// Waits until it is done; a thread that is not left alone must be waited for.
  func join() { unsafe requisite_join_thread(handle) }

  /// Leaves it alone: it ends with the process, unless it is done before.
  package func leave() { unsafe requisite_leave_thread(handle) }
}

/// What a thread does.
private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
