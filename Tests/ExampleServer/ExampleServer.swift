import Foundation

/// A server that accepts chats at `POST /chats`, and refuses what breaks a rule.
///
///     swift run ExampleServer 8080
///     curl --json @request.json http://127.0.0.1:8080/chats
///
/// It shows how a service uses the library; it is no server for the Internet.
@main
enum ExampleServer {
  /// How many connections are answered at a time.
  private static let connectionLimit = 32

  static func main() {
    guard let port = UInt16(CommandLine.arguments.dropFirst().first ?? "8080"),
      let listener = Listener(port: port)
    else { return fail("cannot listen on this port") }
    do {
      let gate = try RequestGate()
      FileHandle.standardOutput.write(Data("http://127.0.0.1:\(listener.port)/chats\n".utf8))
      serve(listener, gate)
    } catch {
      fail("\(error)")
    }
  }

  /// Answers connections until there can be no more.
  static func serve(_ listener: Listener, _ gate: RequestGate) {
    let places = DispatchSemaphore(value: connectionLimit)
    while let connection = listener.accept() {
      places.wait()
      Thread.detachNewThread {
        Exchange(gate: gate, connection: connection).run()
        places.signal()
      }
    }
  }

  private static func fail(_ message: String) {
    FileHandle.standardError.write(Data("ExampleServer: error: \(message)\n".utf8))
    exit(2)
  }
}
