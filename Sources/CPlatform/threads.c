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
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  struct requisite_thread *thread = argument;
  thread->body(thread->context);
  return NULL;
}

requisite_thread *requisite_start_thread(size_t stack, void (*body)(void *), void *context) {
  struct requisite_thread *thread = malloc(sizeof *thread);
  if (!thread) return NULL;
  thread->body = body;
  thread->context = context;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  // A thread inherits what is held: so no handler runs on it, not even right at its start.
  sigset_t all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  int error = pthread_create(&thread->thread, &attributes, run, thread);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  pthread_attr_destroy(&attributes);
  if (error == 0) return thread;
  free(thread);
  return NULL;
}

void requisite_join_thread(requisite_thread *thread) {
  pthread_join(thread->thread, NULL);
  free(thread);
}

void requisite_leave_thread(requisite_thread *thread) {
  pthread_detach(thread->thread);
  // What the thread needs of it, it may still have to read: it is kept.
}

int requisite_processor_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}
