// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <stdint.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <sys/mman.h>
#include <unistd.h>

#if defined(__linux__) && defined(__ELF__)
// Where the linker says that code begins and ends.
extern const char __executable_start[] __attribute__((weak));
extern const char etext[] __attribute__((weak));

void requisite_release_code(void) {
#if !defined(DEBUG)
  // A debugger's breakpoints would be lost.
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = (uintptr_t)__executable_start, end = (uintptr_t)etext;
  if (start == 0 || start % page != 0 || end < start + page) return;
  madvise((void *)start, end / page * page - start, MADV_DONTNEED);
#endif
}
#else
void requisite_release_code(void) {}
#endif

#if defined(__GLIBC__)
void requisite_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 23);
}
#else
void requisite_keep_freed_memory(void) {}
#endif
