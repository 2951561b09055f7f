#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <poll.h>
#include <sys/inotify.h>

struct requisite_watcher {
  int descriptor;
  // What was read and not yet taken.
  size_t start, end;
  _Alignas(struct inotify_event) char buffer[1 << 14];
};

requisite_watcher *requisite_open_watcher(void) {
  requisite_watcher *watcher = malloc(sizeof *watcher);
  if (!watcher) return NULL;
  watcher->descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (watcher->descriptor < 0) {
    int reason = errno;
    free(watcher);
    errno = reason;
    return NULL;
  }
  watcher->start = watcher->end = 0;
  return watcher;
}

void requisite_close_watcher(requisite_watcher *watcher) {
  close(watcher->descriptor);
  free(watcher);
}

int requisite_watch_folder(requisite_watcher *watcher, const char *path) {
  int number = inotify_add_watch(
      watcher->descriptor, path,
      IN_ONLYDIR | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MODIFY | IN_MOVE |
          IN_MOVE_SELF);
  return number < 0 ? -errno : number;
}

void requisite_unwatch_folder(requisite_watcher *watcher, int folder) {
  inotify_rm_watch(watcher->descriptor, folder);
}

int requisite_wait_for_change(requisite_watcher *watcher, int output, int milliseconds) {
  if (watcher->start < watcher->end) return 1;
  // Without events, a descriptor still tells that the other end is closed.
  struct pollfd entries[] = {{watcher->descriptor, POLLIN, 0}, {output, 0, 0}};
  for (;;) {
    int count = poll(entries, 2, milliseconds);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    if (count == 0) return 0;
    if (entries[1].revents) return 2;
    return 1;
  }
}

int requisite_take_change(requisite_watcher *watcher, requisite_change *change) {
  if (watcher->start >= watcher->end) {
    ssize_t count;
    do count = read(watcher->descriptor, watcher->buffer, sizeof watcher->buffer);
    while (count < 0 && errno == EINTR);
    if (count <= 0) return 0;
    watcher->start = 0;
    watcher->end = (size_t)count;
  }
  const struct inotify_event *event = (const void *)(watcher->buffer + watcher->start);
  watcher->start += sizeof *event + event->len;
  change->folder = event->wd;
  change->name = event->len ? event->name : "";
  change->kind = 0;
  if (event->mask & IN_ISDIR) change->kind |= requisite_change_is_folder;
  if (event->mask & (IN_CREATE | IN_DELETE | IN_MOVE)) change->kind |= requisite_change_of_listing;
  if (event->mask & IN_Q_OVERFLOW) change->kind |= requisite_change_unknown;
  if (event->mask & IN_IGNORED) change->kind |= requisite_change_none;
  return 1;
}

#else

struct requisite_watcher {
  int unused;
};

requisite_watcher *requisite_open_watcher(void) {
  errno = ENOSYS;
  return NULL;
}

void requisite_close_watcher(requisite_watcher *watcher) {}

int requisite_watch_folder(requisite_watcher *watcher, const char *path) { return -ENOSYS; }

void requisite_unwatch_folder(requisite_watcher *watcher, int folder) {}

int requisite_wait_for_change(requisite_watcher *watcher, int output, int milliseconds) { return -ENOSYS; }

int requisite_take_change(requisite_watcher *watcher, requisite_change *change) { return 0; }

#endif
