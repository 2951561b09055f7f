import CPlatform

/// A thread that was started, on which no signal is handled.
@safe struct RunningThread {
  private let handle: OpaquePointer

  /// Starts a thread with a stack of so many bytes; nil where the system grants none.
  init?(withStackOf size: Int, _ body: @escaping @Sendable () -> Void) {
    let context = unsafe Unmanaged.passRetained(Body(body))
    let thread = unsafe requisite_start_thread(
      size,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        }
        return nil
      }, context.toOpaque())
    guard let thread = unsafe thread else {
      unsafe context.release()
      return nil
    }
    unsafe handle = thread
  }

  /// Waits until it is done, as must be done once.
  func join() { unsafe requisite_join_thread(handle) }
}

/// What a thread does.
private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
