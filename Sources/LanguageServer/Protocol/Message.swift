import Documents

/// A message of the editor (JSON-RPC 2.0).
package enum Message: Sendable {
  /// A request, which is answered once.
  case request(id: [UInt8], method: String, parameters: IncomingValue?)
  /// A notification, which is not answered.
  case notification(method: String, parameters: IncomingValue?)
  /// The answer to a request of ours.
  case response(id: [UInt8])
  /// What is no message, and how it is answered.
  case malformed(ResponseError, id: [UInt8]?)

  /// Reads a message.
  package init(_ bytes: [UInt8]) {
    let reading = JSONReader.read(bytes)
    // Half of a surrogate pair, as a document may have it, is read as U+FFFD.
    let isReadable = reading.errors.allSatisfy { $0.category == .encoding }
    guard isReadable, let value = IncomingValue(reading.document) else {
      self = .malformed(.init(.parseError, "message is not JSON"), id: nil)
      return
    }
    self = Self.message(value)
  }

  private static func message(_ value: IncomingValue) -> Message {
    let id = value["id"]?.idText
    guard value.isObject, value["jsonrpc"]?.string == "2.0" else {
      return .malformed(.init(.invalidRequest, "message is no object of JSON-RPC 2.0"), id: id)
    }
    guard let method = value["method"]?.string else {
      if let id, value["result"] != nil || value["error"] != nil { return .response(id: id) }
      // An error without an id is the answer to something that could not be read.
      if value["error"] != nil { return .response(id: []) }
      return .malformed(.init(.invalidRequest, "message has no method"), id: id)
    }
    if let id { return .request(id: id, method: method, parameters: value["params"]) }
    guard value["id"] == nil else {
      return .malformed(.init(.invalidRequest, "id is neither a string nor a number"), id: nil)
    }
    return .notification(method: method, parameters: value["params"])
  }
}

/// Why a request has no result.
package struct ResponseError: Error, Sendable {
  /// The codes of JSON-RPC and of the Language Server Protocol.
  package enum Code: Int, Sendable {
    case parseError = -32_700
    case invalidRequest = -32_600
    case methodNotFound = -32_601
    case invalidParameters = -32_602
    case serverNotInitialized = -32_002
    case requestCancelled = -32_800
    case contentModified = -32_801
    case requestFailed = -32_803
  }

  /// The code.
  package var code: Code
  /// What is wrong, without a full stop.
  package var message: String

  /// Creates an error.
  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// Messages to the editor.
enum Outgoing {
  static func result(_ value: OutgoingValue, of id: [UInt8]) -> OutgoingValue {
    ["jsonrpc": "2.0", "id": .verbatim(id), "result": value]
  }

  static func error(_ error: ResponseError, of id: [UInt8]?) -> OutgoingValue {
    [
      "jsonrpc": "2.0", "id": id.map { .verbatim($0) } ?? .null,
      "error": ["code": .integer(error.code.rawValue), "message": .string(error.message)],
    ]
  }

  static func notification(_ method: String, _ parameters: OutgoingValue) -> OutgoingValue {
    ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
  }

  static func request(_ method: String, _ parameters: OutgoingValue, id: String) -> OutgoingValue {
    ["jsonrpc": "2.0", "id": .string(id), "method": .string(method), "params": parameters]
  }
}
