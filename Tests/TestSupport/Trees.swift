import Foundation
package import RequisiteFiles

/// A folder of its own in a file system, real or in memory.
package struct Tree {
  /// The file system.
  package let files: any FileSystem
  /// The folder: an absolute path without links.
  package let folder: String

  /// Writes a file, and the folders that it lies in.
  package func write(_ text: String, to path: String) throws {
    if let memory = files as? InMemoryFileSystem {
      memory.add(Array(text.utf8), at: path)
    } else {
      try TestSupport.write(text, to: path)
    }
  }

  /// Makes a symbolic link, and the folders that it lies in.
  package func link(_ path: String, to target: String) throws {
    if let memory = files as? InMemoryFileSystem {
      memory.addLink(at: path, to: target)
    } else {
      try TestSupport.link(path, to: target)
    }
  }

  /// Makes a pipe.
  package func makePipe(_ path: String) throws {
    if let memory = files as? InMemoryFileSystem {
      memory.addStream([], at: path)
    } else if unsafe mkfifo(path, 0o600) != 0 {
      throw POSIXError(.EIO)
    }
  }

  /// Sets the permissions of a file or folder.
  package func setMode(_ mode: Int, of path: String) throws {
    if let memory = files as? InMemoryFileSystem {
      memory.setMode(UInt32(mode), of: path)
    } else {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
  }
}

/// Gives a body an empty folder in each kind of file system, one after the other.
package func withTrees(_ body: (Tree) throws -> Void) throws {
  try withFolder { try body(Tree(files: RealFileSystem(), folder: $0)) }
  let memory = InMemoryFileSystem(workingFolder: "/elsewhere")
  memory.addFolder(at: "/trees/one")
  try body(Tree(files: memory, folder: "/trees/one"))
}
