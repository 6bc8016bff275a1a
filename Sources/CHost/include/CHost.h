// What Swift's Glibc module hides (pipe2, spawn's newer actions), cannot import (variadic prctl and ioctl) or must not
// do (a signal handler). No policy here: every function is one system call, or a few that only make sense together.
//
// Unless said otherwise: 0 or a descriptor on success, -1 with errno set on failure.

#ifndef CHOST_H
#define CHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Processes

/// Starts a program as leader of its own session and process group, no signal blocked or ignored, only descriptors 0 to 2 open.
///
/// `path` is relative to `directory` (a descriptor), which becomes the working directory. Returns 0 or the error's
/// code; errno is not used.
int chost_spawn(
    const char *path, char *const arguments[], char *const environment[], int directory, int input, int output,
    int error, pid_t *pid);

/// Opens a folder only to start something inside it, which needs no permission to list it.
int chost_open_folder(const char *path);

/// A pipe, both ends closed on exec. Only the reading end never blocks: a child could not cope with the other.
int chost_pipe(int *reading, int *writing);

/// A file in memory with this content, to be read from its beginning; closed on exec.
///
/// A pipe would have to be written to while the child's output is read; a file waits for nobody.
int chost_memory_file(const void *bytes, size_t count);

/// How a child ended: `CLD_EXITED`, `CLD_KILLED` or `CLD_DUMPED`, with the exit status or the signal's number.
typedef struct {
    int code;
    int status;
} chost_ending;

/// 1 when the child has ended, 0 while it lives. Without `reap` it stays a zombie, so that its number stays its own.
int chost_wait(pid_t pid, bool reap, chost_ending *ending);

/// Whether this process has any child, zombies included.
bool chost_has_children(void);

int chost_pidfd_open(pid_t pid);
int chost_pidfd_send_signal(int pidfd, int signal);

/// Makes orphaned descendants the children of this process instead of init's.
int chost_become_subreaper(void);

// Signals

/// Begins to count SIGHUP, SIGINT and SIGTERM. SIGHUP stays ignored when it is (nohup). SIGPIPE is ignored from here
/// on; SIGCHLD has its default again, without which the system would reap our children itself.
///
/// Returns a descriptor that becomes readable when one of them comes. Once per process.
int chost_watch_signals(void);

/// How many came; the first and the latest of them, 0 while none did.
int chost_signal_count(void);
int chost_signal_first(void);
int chost_signal_latest(void);

// Memory

/// Asks for large pages for what will be allocated soon, about `bytes`: a tree of many small values is built in a fifth
/// less time. Does nothing where address space is limited, or where the system has none to give.
void chost_expect_memory(size_t bytes);

/// The same on a thread of its own, whose allocations come from elsewhere; nothing unless `chost_expect_memory` asked.
void chost_expect_memory_here(void);

// The rest

/// Puts `/dev/null` in place of closed standard streams, so that no file opened later takes their numbers.
///
/// It is opened for reading only: writing to a standard output that was closed still fails.
int chost_guard_standard_streams(void);

/// Columns and lines of a terminal.
int chost_terminal_size(int descriptor, int *columns, int *lines);

/// The process's environment, ended by NULL.
char **chost_environment(void);

/// The name inside a `struct dirent *`.
const char *chost_entry_name(const void *entry);

/// Writes everything of the file system that an open file is on to its disk.
int chost_sync_file_system(int descriptor);

int chost_random(void *bytes, size_t count);

/// SHA-256 into 32 bytes.
void chost_sha256(const void *bytes, size_t count, uint8_t *digest);

// Threads that take turns: one of them runs at a time, in the order in which they asked.
void chost_take_turn(void);
void chost_give_turn(void);
// Whether the calling thread has it.
bool chost_has_turn(void);

#endif
