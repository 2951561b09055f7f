// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int requisite_open_temporary_file(const char *folder) {
#if defined(O_TMPFILE)
  int unnamed = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  // Some file systems have no files without names, and old kernels take the path for a folder to open.
  if (unnamed >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return unnamed;
#endif
  static const char name[] = "/.requisite-XXXXXX";
  size_t length = strlen(folder);
  char *path = malloc(length + sizeof name);
  if (!path) return -1;
  memcpy(path, folder, length);
  memcpy(path + length, name, sizeof name);
  requisite_hold_signals();
  int file = mkstemp(path);
  int error = errno;
  if (file >= 0) {
    unlink(path);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
  requisite_release_signals();
  free(path);
  errno = error;
  return file;
}
