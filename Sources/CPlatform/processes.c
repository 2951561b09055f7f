// The names of POSIX and Linux, which strict C does not declare.
#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// The texts of a list, each of which ends with a NUL, as the list does; after them, NULL.
static char **texts(const char *list, size_t room) {
  size_t count = room + 1;
  for (const char *text = list; *text; text += strlen(text) + 1) count++;
  char **result = calloc(count, sizeof *result);
  if (!result) return NULL;
  size_t index = 0;
  for (const char *text = list; *text; text += strlen(text) + 1) result[index++] = (char *)text;
  return result;
}

// Whether two texts of an environment are about the same variable.
static bool same_name(const char *variable, const char *change) {
  size_t length = strcspn(change, "=");
  return strncmp(variable, change, length) == 0 && variable[length] == '=';
}

// The environment with changes: `NAME=VALUE` sets a variable, and `NAME` removes one.
static char **changed_environment(const char *changes) {
  size_t room = 0;
  for (char **variable = environ; variable && *variable; variable++) room++;
  char **result = texts(changes, room);
  if (!result) return NULL;
  size_t count = 0;
  for (size_t index = 0; result[index]; index++)
    if (strchr(result[index], '=')) result[count++] = result[index];
  size_t change_count = count;
  for (char **variable = environ; variable && *variable; variable++) {
    bool is_changed = false;
    for (const char *change = changes; *change; change += strlen(change) + 1)
      is_changed = is_changed || same_name(*variable, change);
    if (!is_changed) result[change_count++] = *variable;
  }
  result[change_count] = NULL;
  return result;
}

// What a stream of the new process is; without a descriptor, it is empty.
static int set_stream(posix_spawn_file_actions_t *actions, int stream, int descriptor) {
  if (descriptor >= 0) return posix_spawn_file_actions_adddup2(actions, descriptor, stream);
  int mode = stream == STDIN_FILENO ? O_RDONLY : O_WRONLY;
  return posix_spawn_file_actions_addopen(actions, stream, "/dev/null", mode, 0);
}

int requisite_start_process(
    const char *program, const char *arguments, const char *changes, int input, int output,
    int error_output) {
  char **argument_list = texts(arguments, 0);
  char **variables = changed_environment(changes);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  // Signals that this process ignores or holds back are those of any other program again.
  sigset_t none, standard;
  sigemptyset(&none);
  sigemptyset(&standard);
  sigaddset(&standard, SIGPIPE);
  sigaddset(&standard, SIGXFSZ);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &standard);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int error = argument_list && variables ? 0 : ENOMEM;
  if (!error) error = set_stream(&actions, STDIN_FILENO, input);
  if (!error) error = set_stream(&actions, STDOUT_FILENO, output);
  if (!error) error = set_stream(&actions, STDERR_FILENO, error_output);
  pid_t process = -1;
  if (!error)
    error = posix_spawn(&process, program, &actions, &attributes, argument_list, variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  free(argument_list);
  free(variables);
  return error ? -error : (int)process;
}

int requisite_wait_for_process(int process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int requisite_make_pipe(int ends[2]) {
  if (pipe(ends) != 0) return -errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
}
