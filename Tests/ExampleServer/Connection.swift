import Foundation

#if canImport(Glibc)
@unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
@unsafe @preconcurrency import Musl
#elseif canImport(Darwin)
@unsafe @preconcurrency import Darwin
#endif

/// A TCP connection; no operation waits longer than ten seconds.
struct Connection: Sendable {
  fileprivate let descriptor: Int32

  fileprivate init(_ descriptor: Int32) {
    self.descriptor = descriptor
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      var limit = timeval(tv_sec: 10, tv_usec: 0)
      _ = unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Connects to a port of the loopback interface.
  init?(to port: UInt16) {
    self.init(Self.socket())
    let isConnected = unsafe Self.withAddress(port) { unsafe connect(descriptor, $0, $1) == 0 }
    guard descriptor >= 0, isConnected else { return nil }
  }

  fileprivate static func socket() -> Int32 {
    #if canImport(Glibc)
    Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #elseif canImport(Musl)
    Musl.socket(AF_INET, SOCK_STREAM, 0)
    #elseif canImport(Darwin)
    Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
  }

  /// Calls a function with an address of the loopback interface.
  fileprivate static func withAddress(
    _ port: UInt16, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// Adds what was sent next; false at the end, or where nothing was sent for too long.
  func read(into bytes: inout [UInt8]) -> Bool {
    var part = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = unsafe recv(descriptor, &part, part.count, 0)
      if count > 0 {
        bytes += part[..<count]
        return true
      }
      guard count < 0, errno == EINTR else { return false }
    }
  }

  /// Sends bytes, unless the other side has gone.
  func write(_ bytes: [UInt8]) {
    #if canImport(Darwin)
    let flags: Int32 = 0
    #else
    let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress, $0.count, flags)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }

  /// Ends the connection, once the other side has read the answer or a few more seconds are over.
  func close() {
    // What was sent and not read would make the system discard the answer.
    shutdown(descriptor, Int32(SHUT_WR))
    var ignored: [UInt8] = []
    let end = Date.now.addingTimeInterval(5)
    while Date.now < end, read(into: &ignored) { ignored.removeAll(keepingCapacity: true) }
    #if canImport(Glibc)
    _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
    _ = Musl.close(descriptor)
    #elseif canImport(Darwin)
    _ = Darwin.close(descriptor)
    #endif
  }
}

/// A socket of this machine that connections are accepted on.
struct Listener: Sendable {
  private let descriptor: Int32
  /// The port.
  let port: Int

  /// Listens on a port of the loopback interface; on 0, on any that is free.
  init?(port: UInt16) {
    let socket = Connection.socket()
    guard socket >= 0 else { return nil }
    var isReused: Int32 = 1
    _ = unsafe setsockopt(
      socket, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var number: UInt16 = 0
    let isBound = unsafe Connection.withAddress(port) { address, size in
      var size = size
      guard
        unsafe bind(socket, address, size) == 0 && listen(socket, 64) == 0
          && getsockname(socket, address, &size) == 0
      else { return false }
      return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        unsafe number = UInt16(bigEndian: $0.pointee.sin_port)
        return true
      }
    }
    guard isBound else { return nil }
    descriptor = socket
    self.port = Int(number)
  }

  /// Waits for a connection; nil where there can be none.
  func accept() -> Connection? {
    while true {
      #if canImport(Glibc)
      let accepted = Glibc.accept(descriptor, nil, nil)
      #elseif canImport(Musl)
      let accepted = Musl.accept(descriptor, nil, nil)
      #elseif canImport(Darwin)
      let accepted = Darwin.accept(descriptor, nil, nil)
      #endif
      if accepted >= 0 { return Connection(accepted) }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }
}
