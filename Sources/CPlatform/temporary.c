// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>

int requisite_open_unnamed_file(const char *folder) {
#if defined(O_TMPFILE)
  int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  // Old kernels take the path for a folder to open.
  if (file < 0 && (errno == EISDIR || errno == EINVAL)) errno = EOPNOTSUPP;
  return file;
#else
  (void)folder;
  errno = EOPNOTSUPP;
  return -1;
#endif
}
