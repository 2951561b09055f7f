/// What a path leads to.
package enum FileKind: Sendable {
  /// A file with bytes of its own.
  case file
  /// A pipe, device or socket: it gives what somebody writes to it, when they do.
  case stream
  /// A folder.
  case folder
  /// Nothing.
  case missing
}

/// What is at a path.
package struct FileStatus: Sendable, Equatable {
  /// What it is.
  package enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link.
    case link
    /// A pipe or socket.
    case pipe
    /// A device, which holds no bytes.
    case device
  }

  /// What it is.
  package var kind: Kind
  /// The device that it is on.
  package var device: UInt64
  /// Its number on the device.
  package var number: UInt64
  /// The size in bytes.
  package var size: Int64
  /// When it was last changed, in seconds since 1970.
  package var seconds: Int64
  /// The nanoseconds after that second.
  package var nanoseconds: Int64
  /// The number of the user that owns it.
  package var owner: UInt32
  /// The number of the group that owns it.
  package var group: UInt32
  /// Its permissions.
  package var mode: UInt32

  /// The kind, where links are followed.
  package var followedKind: FileKind {
    switch kind {
    case .file: .file
    case .folder: .folder
    case .link, .pipe, .device: .stream
    }
  }

  /// The identity; nil for a device.
  package var identity: FileIdentity? {
    kind == .device ? nil : .node(device: device, number: number)
  }

  /// What changes with the file.
  package var stamp: FileStamp { FileStamp(self) }
}

/// Tells whether a file is still the one that was read: which file it is, its size and its time.
package struct FileStamp: Sendable, Equatable {
  private var status: FileStatus

  fileprivate init(_ status: FileStatus) {
    self.status = status
    self.status.owner = 0
    self.status.group = 0
    self.status.mode = 0
  }
}
