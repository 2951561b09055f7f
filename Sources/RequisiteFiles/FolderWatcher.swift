import CPlatform
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Tells of changes in folders, by inotify of Linux.
///
/// Folders may be added from any thread; one thread waits for changes and takes them.
@safe final class FolderWatcher: Sendable {
  /// A change of what has a name in a folder.
  struct Change {
    /// The number of the folder; -1 if it is not known.
    var folder: Int32
    /// The name; empty where the folder itself changed.
    var name: String
    /// What has the name is a folder.
    var isFolder: Bool
    /// The name was added or taken away, and not what has it changed.
    var isOfListing: Bool
    /// Anything may have changed.
    var isUnknown: Bool
  }

  /// What ended a wait.
  enum Event: Int32 {
    case nothing, change
    /// Nobody reads a descriptor any more.
    case closed
  }

  private nonisolated(unsafe) let watcher: OpaquePointer

  /// Creates a watcher of no folders.
  ///
  /// - Throws: the system's error; `noFunction` on a system without inotify.
  init() throws(Errno) {
    guard let watcher = unsafe requisite_open_watcher() else { throw Errno(rawValue: errno) }
    unsafe self.watcher = watcher
  }

  deinit { unsafe requisite_close_watcher(watcher) }

  /// Watches a folder; the result is its number, which is the same for all paths that lead to it.
  ///
  /// - Throws: the system's error.
  func watch(_ path: String) throws(Errno) -> Int32 {
    let number = unsafe requisite_watch_folder(watcher, path)
    guard number >= 0 else { throw Errno(rawValue: -number) }
    return number
  }

  /// Watches a folder no longer.
  func unwatch(_ folder: Int32) { unsafe requisite_unwatch_folder(watcher, folder) }

  /// Waits for a change, at most so many milliseconds; -1 waits without end.
  ///
  /// It ends as well once nobody reads what is written to a descriptor.
  ///
  /// - Throws: the system's error.
  func wait(milliseconds: Int32, unlessClosed output: FileDescriptor) throws(Errno) -> Event {
    let event = unsafe requisite_wait_for_change(watcher, output.rawValue, milliseconds)
    guard event >= 0 else { throw Errno(rawValue: -event) }
    return Event(rawValue: event) ?? .nothing
  }

  /// Takes the next change; nil if there is none yet.
  func takeChange() -> Change? {
    var change = unsafe requisite_change()
    while unsafe requisite_take_change(watcher, &change) != 0 {
      let kind = unsafe Int(change.kind)
      if kind & requisite_change_none != 0 { continue }
      return unsafe Change(
        folder: change.folder, name: change.name.map { unsafe String(cString: $0) } ?? "",
        isFolder: kind & requisite_change_is_folder != 0,
        isOfListing: kind & requisite_change_of_listing != 0,
        isUnknown: kind & requisite_change_unknown != 0)
    }
    return nil
  }
}
