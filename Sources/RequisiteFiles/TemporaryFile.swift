import CPlatform
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A new file under a name that cannot be foreseen, which the signals that end the process remove.
struct TemporaryFile {
  /// The path.
  let path: String
  /// The number that the path is registered by.
  private let number: Int32
  /// The open file.
  let descriptor: FileDescriptor

  /// Creates a file in a folder.
  ///
  /// - Throws: `Errno`.
  static func create(
    in folder: String, _ mode: FileDescriptor.AccessMode, permissions: FilePermissions
  ) throws -> TemporaryFile {
    let token = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }
    let path = Paths.joined(folder, ".requisite-\(token.joined()).tmp")
    requisite_hold_signals()
    defer { requisite_release_signals() }
    // Registered before it is there: another thread may handle a signal right after.
    let number = unsafe requisite_register_file(path)
    guard number >= 0 else { throw Errno.tooManyOpenFiles }
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(path), mode,
        options: [.create, .exclusiveCreate, .noFollow, .closeOnExec], permissions: permissions)
      return TemporaryFile(path: path, number: number, descriptor: descriptor)
    } catch {
      requisite_forget_file(number)
      throw error
    }
  }

  private init(path: String, number: Int32, descriptor: FileDescriptor) {
    self.path = path
    self.number = number
    self.descriptor = descriptor
  }

  /// Renames the file; without success, it is removed.
  ///
  /// - Throws: `Errno`.
  func move(to destination: String) throws {
    requisite_hold_signals()
    let failure = unsafe rename(path, destination) == 0 ? nil : Errno(rawValue: errno)
    if failure != nil { unsafe unlink(path) }
    requisite_forget_file(number)
    requisite_release_signals()
    if let failure { throw failure }
  }

  /// Removes the name of the file, which lasts until it is closed.
  func remove() {
    requisite_hold_signals()
    unsafe unlink(path)
    requisite_forget_file(number)
    requisite_release_signals()
  }
}
