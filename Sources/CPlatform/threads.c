// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__linux__)
#include <sched.h>
#endif

struct requisite_thread {
  pthread_t thread;
};

static int start(
    pthread_t *thread, int state, size_t stack, requisite_thread_body *body, void *context) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  pthread_attr_setdetachstate(&attributes, state);
  // A thread inherits what is held: so no handler runs on it, not even right at its start.
  sigset_t all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  int error = pthread_create(thread, &attributes, body, context);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  pthread_attr_destroy(&attributes);
  return error;
}

requisite_thread *requisite_start_thread(
    size_t stack, requisite_thread_body *body, void *context) {
  struct requisite_thread *thread = malloc(sizeof *thread);
  if (!thread) return NULL;
  if (start(&thread->thread, PTHREAD_CREATE_JOINABLE, stack, body, context) == 0) return thread;
  free(thread);
  return NULL;
}

int requisite_start_detached_thread(size_t stack, requisite_thread_body *body, void *context) {
  pthread_t thread;
  return start(&thread, PTHREAD_CREATE_DETACHED, stack, body, context) == 0 ? 0 : -1;
}

void requisite_join_thread(requisite_thread *thread) {
  pthread_join(thread->thread, NULL);
  free(thread);
}

int requisite_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}
