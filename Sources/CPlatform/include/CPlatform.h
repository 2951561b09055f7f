#ifndef REQUISITE_PLATFORM_H
#define REQUISITE_PLATFORM_H

// What Swift cannot reach the same way on every platform: signals, with the temporary files that they
// must not leave behind, file attributes, threads, other programs. The signal handler is in C, because
// what runs there may neither allocate nor take a lock.

/// Handles SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGXCPU: registered files are removed, a line that is drawn
/// in place is cleared, and the process exits with 128 plus the signal's number.
///
/// A signal that the process was started to ignore stays ignored. SIGXFSZ is always ignored, so that
/// writing beyond a limit fails with EFBIG.
void requisite_handle_signals(void);

/// Holds these signals back in the calling thread.
void requisite_hold_signals(void);

/// Delivers signals that were held back, and stops holding them.
void requisite_release_signals(void);

/// Registers a file to be removed by a signal; call it while signals are held.
///
/// Returns the number to forget it by, or -1 if there is no room.
int requisite_register_file(const char *_Nonnull path);

/// Forgets a registered file; call it while signals are held.
void requisite_forget_file(int number);

/// Begins to draw a line in place at the terminal of standard error; 0 if a signal has ended the process, and
/// nothing may be drawn.
///
/// Call it while signals are held: a signal waits until the line is drawn.
int requisite_begin_line(void);

/// Says whether a line is drawn in place at the terminal of standard error.
///
/// A signal clears it if the process is in the foreground of that terminal.
void requisite_set_line_drawn(int is_drawn);

/// Opens a new file in a folder for reading and writing; it has no name, and ends with the descriptor.
///
/// Returns -1, with `errno`, if there can be none: EOPNOTSUPP, if files of this kind are not supported there.
int requisite_open_unnamed_file(const char *_Nonnull folder);

/// Copies extended attributes and access control lists, as far as the process may set them.
void requisite_copy_attributes(int from, int to);

/// Gives back the memory of code that was run so far; what is run again is mapped again.
///
/// The system maps 16 pages of a program around each one that is run, so that starting up leaves much of the
/// program in memory.
void requisite_release_code(void);

/// Keeps freed memory for later allocations: up to 8 MiB for each arena of malloc, in pieces of less than
/// 1 MiB. Does nothing without glibc.
///
/// Where blocks of a log come and go, the system would take back the memory of each and clear it for the next.
void requisite_keep_freed_memory(void);


// Threads, and what they run on.

#include <stddef.h>

/// A thread that was started.
typedef struct requisite_thread requisite_thread;

/// What a thread runs, given its context; it returns NULL.
typedef void *_Nullable requisite_thread_body(void *_Nullable context);

/// Starts a thread with a stack of so many bytes, which must be joined; no signal is handled on it.
///
/// Returns NULL if the system refuses.
requisite_thread *_Nullable requisite_start_thread(
    size_t stack, requisite_thread_body *_Nonnull body, void *_Nullable context);

/// Starts a thread that nobody joins: it ends by itself, or with the process. No signal is handled on it.
///
/// Returns 0, or -1 if the system refuses.
int requisite_start_detached_thread(
    size_t stack, requisite_thread_body *_Nonnull body, void *_Nullable context);

/// Waits until a thread is done, and frees what is left of it.
void requisite_join_thread(requisite_thread *_Nonnull thread);

/// How many processors the process may use.
int requisite_processor_count(void);


// Other programs.

/// Starts a program with arguments, the first of which is its name.
///
/// A list of texts ends each text, and itself, with a NUL; so no text is empty. `changes` sets variables of
/// the environment by `NAME=VALUE`, and removes them by `NAME`. A stream without a descriptor, -1, is empty.
///
/// Returns the number of the process, or a negative error number.
int requisite_start_process(
    const char *_Nonnull program, const char *_Nonnull arguments, const char *_Nonnull changes,
    int input, int output, int error_output);

/// Waits for a process that was started; returns its exit code, or 128 plus the signal that ended it.
int requisite_wait_for_process(int process);

/// Makes a pipe, the end for reading first, that no other program inherits.
///
/// Returns 0, or a negative error number.
int requisite_make_pipe(int ends[_Nonnull 2]);


// Changes of files.

/// Tells of changes in folders, by inotify of Linux.
typedef struct requisite_watcher requisite_watcher;

/// What kind of change happened, as bits.
enum {
  /// What has the name is a folder.
  requisite_change_is_folder = 1,
  /// A name was added to the folder, or taken from it.
  requisite_change_of_listing = 2,
  /// There were more changes than the system keeps: anything may have changed.
  requisite_change_unknown = 4,
  /// Nothing changed; the folder is not watched any more.
  requisite_change_none = 8,
};

/// A change of a file in a folder.
typedef struct {
  /// The number of the folder; -1 if it is not known.
  int folder;
  /// Its kind, as bits.
  int kind;
  /// The name of the file, which ends with a NUL; empty for the folder itself. It is valid until the next
  /// change is taken.
  const char *_Nullable name;
} requisite_change;

/// Creates a watcher of no folders; NULL, with `errno`, if there can be none (ENOSYS: not on this system).
requisite_watcher *_Nullable requisite_open_watcher(void);

/// Ends a watcher.
void requisite_close_watcher(requisite_watcher *_Nonnull watcher);

/// Watches a folder: the names in it, and the contents of what has them. Any thread may call it.
///
/// Returns the number of the folder, which is the same for all paths that lead to it, or a negative error number.
int requisite_watch_folder(requisite_watcher *_Nonnull watcher, const char *_Nonnull path);

/// Watches a folder no longer.
void requisite_unwatch_folder(requisite_watcher *_Nonnull watcher, int folder);

/// Waits for a change, at most so many milliseconds; -1 waits without end.
///
/// Returns 1 for a change, 0 for none, 2 if nobody reads a descriptor any more, or a negative error number.
int requisite_wait_for_change(requisite_watcher *_Nonnull watcher, int output, int milliseconds);

/// Takes the next change; returns 0 if there is none yet.
int requisite_take_change(requisite_watcher *_Nonnull watcher, requisite_change *_Nonnull change);


// The clock.

/// How many seconds of the day have passed by the local clock; -1 if it cannot be told.
int requisite_second_of_day(void);

#endif
