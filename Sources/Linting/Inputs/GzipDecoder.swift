import CZLib

extension ContainerFormat {
  /// Members of gzip (RFC 1952), whose contents are one text.
  static let gzip = ContainerFormat(
    name: "gzip", ending: ".gz", signature: [0x1F, 0x8B], damageCode: "input/corrupt-gzip",
    makeDecoder: { GzipDecoder(chunkSize: $0) })
}

/// Decompresses the members of a gzip file (RFC 1952) by means of zlib.
@safe final class GzipDecoder: ContainerDecoder {
  /// Where the bytes so far end.
  private enum State {
    case beginning
    case member
    case betweenMembers
  }

  // At an address of its own: the library keeps it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var state = State.beginning
  private var chunk: [UInt8]
  private(set) var hasOutput = false

  /// A window of 32 KiB, and the header and trailer of gzip alone.
  private static let windowBits: Int32 = 15 + 16

  /// Begins a file; text comes in chunks of a size.
  init(chunkSize: Int) {
    chunk = [UInt8](repeating: 0, count: max(chunkSize, 1))
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  var isComplete: Bool { state == .betweenMembers }

  func decode(
    _ bytes: [UInt8], from position: inout Int, into text: inout [UInt8]
  ) throws(ContainerError) {
    var filled = 0
    var failure: ContainerError?
    while filled < chunk.count, failure == nil, position < bytes.count || hasOutput {
      if state != .member {
        // A single byte would not be enough for the library to refuse it.
        let isFollowed = state == .betweenMembers && bytes[position] != 0x1F
        failure = isFollowed ? .trailingBytes : beginMember()
        if failure != nil { break }
      }
      let (status, read, written) = inflate(bytes, from: position, to: filled)
      position += read
      filled += written
      hasOutput = status == Z_OK && filled == chunk.count
      switch status {
      case Z_STREAM_END: state = .betweenMembers
      case Z_OK: break
      case Z_BUF_ERROR where position == bytes.count: break
      default: failure = error(status)
      }
    }
    if filled == chunk.count { text += chunk } else { text += chunk[..<filled] }
    if let failure { throw failure }
  }

  private var memberCount = 0

  private func beginMember() -> ContainerError? {
    memberCount += 1
    let status =
      memberCount == 1
      ? unsafe inflateInit2_(
        stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      : unsafe inflateReset(stream)
    state = .member
    return status == Z_OK ? nil : error(status)
  }

  /// Calls the library for the bytes from a position on, and for the rest of the chunk.
  private func inflate(
    _ bytes: [UInt8], from position: Int, to filled: Int
  ) -> (status: Int32, read: Int, written: Int) {
    let inputCount = UInt32(clamping: bytes.count - position)
    let outputCount = UInt32(clamping: chunk.count - filled)
    let stream = unsafe stream
    return unsafe bytes.withUnsafeBufferPointer { input in
      unsafe chunk.withUnsafeMutableBufferPointer { output in
        // The library only reads the input, though its type allows more.
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: position))
        unsafe stream.pointee.avail_in = inputCount
        unsafe stream.pointee.next_out = unsafe output.baseAddress?.advanced(by: filled)
        unsafe stream.pointee.avail_out = outputCount
        let status = unsafe CZLib.inflate(stream, Z_NO_FLUSH)
        return unsafe (
          status, Int(inputCount - stream.pointee.avail_in),
          Int(outputCount - stream.pointee.avail_out)
        )
      }
    }
  }

  private func error(_ status: Int32) -> ContainerError {
    let words = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
    return switch words {
    case "incorrect header check" where memberCount > 1: .trailingBytes
    case "incorrect data check": .wrongChecksum
    case "incorrect length check": .wrongLength
    case let words?: .malformed(words)
    case nil: .malformed(status == Z_MEM_ERROR ? "out of memory" : "zlib error \(status)")
    }
  }
}
