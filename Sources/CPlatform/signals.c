// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { file_limit = 256 };

static _Atomic(char *) files[file_limit];

static const int handled[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};
enum { handled_count = sizeof handled / sizeof *handled };

// What is at the terminal of standard error: nothing of ours, a line, one that is being drawn, or nothing
// any more.
enum { line_absent, line_drawn, line_changing, line_over };
static atomic_int line;

int requisite_begin_line(void) {
  int known = atomic_load(&line);
  while (known != line_over)
    if (atomic_compare_exchange_weak(&line, &known, line_changing)) return 1;
  return 0;
}

void requisite_set_line_drawn(int is_drawn) {
  int known = atomic_load(&line);
  while (known != line_over)
    if (atomic_compare_exchange_weak(&line, &known, is_drawn ? line_drawn : line_absent)) return;
}

// Ends drawing for good; whether a line is left. A terminal that takes no output is waited for a tenth of a second.
static int end_line(void) {
  const struct timespec moment = {.tv_nsec = 1000000};
  for (int left = 100; left > 0 && atomic_load(&line) == line_changing; left--)
    nanosleep(&moment, NULL);
  int last = atomic_exchange(&line, line_over);
  return last == line_drawn || last == line_changing;
}

// Whether the process may write to the terminal of standard error: it was not sent to the background.
static int is_in_foreground(void) {
  pid_t group = tcgetpgrp(STDERR_FILENO);
  return group < 0 || group == getpgrp();
}

static void end_process(int number) {
  for (int index = 0; index < file_limit; index++) {
    const char *path = atomic_load(&files[index]);
    if (path) unlink(path);
  }
  static const char clear[] = "\r\033[K";
  // SIGTTOU is blocked as all signals are in a handler, so the write cannot stop the process (stty tostop).
  if (end_line() && is_in_foreground() &&
      write(STDERR_FILENO, clear, sizeof clear - 1) < 0) {
    // The terminal is gone, and its line with it.
  }
  // A shell's loop ends only where the signal is what ends its command; the others would leave a core, which
  // may hold what is not to be shown.
  if (number == SIGHUP || number == SIGINT || number == SIGTERM) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    signal(number, SIG_DFL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  }
  _exit(128 + number);
}

void requisite_handle_signals(void) {
  struct sigaction action = {.sa_handler = end_process};
  sigfillset(&action.sa_mask);
  for (int index = 0; index < handled_count; index++) {
    struct sigaction old;
    if (sigaction(handled[index], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(handled[index], &action, NULL);
  }
  signal(SIGXFSZ, SIG_IGN);
}

static void mask(int how) {
  sigset_t set;
  sigemptyset(&set);
  for (int index = 0; index < handled_count; index++) sigaddset(&set, handled[index]);
  pthread_sigmask(how, &set, NULL);
}

void requisite_hold_signals(void) { mask(SIG_BLOCK); }

void requisite_release_signals(void) { mask(SIG_UNBLOCK); }

int requisite_register_file(const char *path) {
  char *copy = strdup(path);
  if (!copy) return -1;
  for (int index = 0; index < file_limit; index++) {
    char *expected = NULL;
    if (atomic_compare_exchange_strong(&files[index], &expected, copy)) return index;
  }
  free(copy);
  return -1;
}

void requisite_forget_file(int number) {
  if (number < 0 || number >= file_limit) return;
  // Not freed: another thread's handler may be reading it. A run has few of them.
  atomic_store(&files[number], NULL);
}
