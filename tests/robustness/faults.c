/* Makes one write, sync or truncation of a database's files fail, for tests/robustness/faults.py:
   gcc -shared -fPIC -o faults.so faults.c, then LD_PRELOAD=faults.so.

   FAULT_AT     which of these calls it is, from 1; without it none fails
   FAULT_ERRNO  the number of the error
   FAULT_HOW    once: this call alone; always: every call from this one on; torn: half of this write is done all the
                same; short: half of this write is done, and that is said, as a system may do at any time
   FAULT_READ_ONLY  file: the database may not be written; folder: what stands beside it may not be made; both, as on a
                    file system that may only be read
   FAULT_LOG    a file to which every one of these calls is written, a line each */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long calls = 0;

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), wanted = strlen(end);
  return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static const char *kind_of_path(const char *path) {
  static const char *const ends[] = {".db", "-wal", "-shm", "-journal"};
  for (size_t each = 0; each < sizeof ends / sizeof *ends; each++)
    if (ends_with(path, ends[each])) return ends[each];
  return NULL;
}

static const char *kind_of(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  return kind_of_path(path);
}

static void take_down(const char *call, const char *kind) {
  const char *log = getenv("FAULT_LOG");
  char line[128];
  if (!log) return;
  int file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int length = snprintf(line, sizeof line, "%s %s\n", call, kind);
  if (file >= 0) {
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
  }
}

/* How this call is to fail; NULL for one that goes through. */
static const char *fault(const char *call, int file) {
  int before = errno;
  const char *kind = kind_of(file);
  errno = before;
  if (!kind) return NULL;
  calls++;
  take_down(call, kind);
  errno = before;
  const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
  if (!at) return NULL;
  if (!how) how = "once";
  long wanted = atol(at);
  return calls == wanted || (calls > wanted && strcmp(how, "always") == 0) ? how : NULL;
}

static int failed(void) {
  const char *number = getenv("FAULT_ERRNO");
  errno = number ? atoi(number) : EIO;
  return -1;
}

static ssize_t put(const char *call, int file, const void *data, size_t size, off64_t place, int is_placed) {
  const char *how = fault(call, file);
  int is_halved = how && (strcmp(how, "torn") == 0 || strcmp(how, "short") == 0);
  if (how && !is_halved) return failed();
  size_t part = is_halved && size > 1 ? size / 2 : size;
  ssize_t done = is_placed ? syscall(SYS_pwrite64, file, data, part, place) : syscall(SYS_write, file, data, part);
  return how && strcmp(how, "torn") == 0 ? failed() : done;
}

ssize_t write(int file, const void *data, size_t size) { return put("write", file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t place) { return put("pwrite", file, data, size, place, 1); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t place) {
  return put("pwrite", file, data, size, place, 1);
}

/* What has no half fails as a whole, but for what is only to be short. */
static int fails(const char *call, int file) {
  const char *how = fault(call, file);
  return how && strcmp(how, "short") != 0;
}

int fsync(int file) { return fails("fsync", file) ? failed() : (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { return fails("fdatasync", file) ? failed() : (int)syscall(SYS_fdatasync, file); }
int ftruncate(int file, off_t size) { return fails("ftruncate", file) ? failed() : (int)syscall(SYS_ftruncate, file, size); }
int ftruncate64(int file, off64_t size) {
  return fails("ftruncate", file) ? failed() : (int)syscall(SYS_ftruncate, file, size);
}

/* With which error a file may not be opened so; 0 where it may. */
static int refused(const char *path, int flags) {
  const char *what = getenv("FAULT_READ_ONLY"), *kind = kind_of_path(path);
  if (!what || !kind || !(flags & (O_WRONLY | O_RDWR | O_CREAT))) return 0;
  if (strcmp(what, "both") == 0) return EROFS;
  return (strcmp(kind, ".db") == 0) == (strcmp(what, "file") == 0) ? EACCES : 0;
}

static int open_any(const char *path, int flags, mode_t mode) {
  int error = refused(path, flags);
  if (!error) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  errno = error;
  return -1;
}

#define OPEN(name)                                                       \
  int name(const char *path, int flags, ...) {                           \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                        \
    return open_any(path, flags, mode);                                  \
  }
OPEN(open)
OPEN(open64)
