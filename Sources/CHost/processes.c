#define _GNU_SOURCE
#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Sets of signals as the kernel has them: bit n is signal n + 1. The library's leave out the two signals of its threads.
typedef uint64_t signal_set;
enum { signal_count = 64 };

static void set_signal_mask(const signal_set *mask, signal_set *former) {
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, mask, former, sizeof *mask);
}

// What the kernel takes and gives for one signal; only the handler counts here.
struct disposition {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    signal_set mask;
};

// Those that are caught or ignored, or may come to be, in this process.
static signal_set find_changed_signals(void) {
    static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXFSZ, SIGCHLD, SIGALRM, SIGUSR1, SIGUSR2};
    signal_set changed = 0;
    for (size_t index = 0; index < sizeof usual / sizeof *usual; index++) changed |= (signal_set)1 << (usual[index] - 1);
    for (int signal = 1; signal <= signal_count; signal++) {
        struct disposition present = {0};
        syscall(SYS_rt_sigaction, signal, NULL, &present, sizeof present.mask);
        if (present.handler != SIG_DFL) changed |= (signal_set)1 << (signal - 1);
    }
    return changed;
}

// What a child needs between its birth and its program.
struct start {
    const char *path;
    char *const *arguments;
    char *const *environment;
    int directory, input, output, error;
    signal_set changed;
    // 0, or why it did not come to the program.
    int code;
};

static int close_all_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return 0;
    if (errno != ENOSYS) return -1;
    // Before Linux 5.9.
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    for (rlim_t file = first; file < limit.rlim_cur; file++) close((int)file);
    return 0;
}

// In the child, which shares our memory until it has become its program: system calls and nothing else of the library.
static int become(void *context) {
    struct start *start = context;
    // What is caught would run our handler here, and what is ignored stays ignored in the program.
    struct disposition usual = {.handler = SIG_DFL};
    for (int signal = 1; signal <= signal_count; signal++)
        if (start->changed >> (signal - 1) & 1) syscall(SYS_rt_sigaction, signal, &usual, NULL, sizeof usual.mask);
    // A session of its own, which is a group of its own too: without a terminal, who asks for a password is refused. In
    // our session it would be a background group, which the terminal stops (SIGTTIN) until the time-out. The folder is
    // entered while its descriptor is still open.
    if (setsid() >= 0 && dup2(start->input, 0) == 0 && dup2(start->output, 1) == 1 && dup2(start->error, 2) == 2 &&
        fchdir(start->directory) == 0 && close_all_from(3) == 0) {
        const signal_set none = 0;
        set_signal_mask(&none, NULL);
        execve(start->path, start->arguments, start->environment);
    }
    start->code = errno;
    _exit(127);
}

// As posix_spawn does it, without its system calls for each of 64 signals and for a new stack at each start.
int chost_spawn(
    const char *path, char *const arguments[], char *const environment[], int directory, int input, int output,
    int error, pid_t *pid) {
    static _Atomic signal_set changed;
    signal_set set = atomic_load(&changed);
    if (set == 0) atomic_store(&changed, set = find_changed_signals());
    struct start start = {
        .path = path, .arguments = arguments, .environment = environment, .directory = directory, .input = input,
        .output = output, .error = error, .changed = set};
    // We sleep until the child has left our memory, so that a part of our stack can be its stack.
    _Alignas(16) char stack[16 << 10];
    const signal_set all = ~(signal_set)0;
    signal_set former;
    set_signal_mask(&all, &former);
    pid_t child = clone(become, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
    int code = child < 0 ? errno : start.code;
    set_signal_mask(&former, NULL);
    // It ended without having become anything.
    if (child > 0 && code != 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
    if (code == 0) *pid = child;
    return code;
}

int chost_open_folder(const char *path) { return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC); }

int chost_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
        int code = errno;
        close(ends[0]);
        close(ends[1]);
        errno = code;
        return -1;
    }
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

int chost_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0) return -1;
    const char *next = bytes;
    while (count > 0) {
        ssize_t written = write(file, next, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) break;
        next += written;
        count -= (size_t)written;
    }
    if (count == 0 && lseek(file, 0, SEEK_SET) == 0) return file;
    int code = errno;
    close(file);
    errno = code;
    return -1;
}

int chost_wait(pid_t pid, bool reap, chost_ending *ending) {
    siginfo_t info = {0};
    while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | (reap ? 0 : WNOWAIT)) != 0)
        if (errno != EINTR) return -1;
    if (info.si_pid == 0) return 0;
    ending->code = info.si_code;
    ending->status = info.si_status;
    return 1;
}

bool chost_has_children(void) {
    siginfo_t info;
    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        if (errno != EINTR) return false;
    return true;
}

int chost_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int chost_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int chost_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
