#define _GNU_SOURCE
#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static const int watched[] = {SIGHUP, SIGINT, SIGTERM};
static const int deadly[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
static atomic_int count, first, latest;
static int wake = -1;

// Only what signal-safety(7) allows. The count is raised before the byte is written: who is woken finds it.
static void note_signal(int signal) {
    int saved = errno;
    int none = 0;
    atomic_compare_exchange_strong(&first, &none, signal);
    atomic_store(&latest, signal);
    atomic_fetch_add(&count, 1);
    // A full pipe wakes its reader as well as one more byte would.
    ssize_t ignored = write(wake, "", 1);
    (void)ignored;
    errno = saved;
}

int chost_watch_signals(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    wake = ends[1];

    struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (size_t index = 0; index < sizeof watched / sizeof *watched; index++) {
        struct sigaction present;
        sigaction(watched[index], NULL, &present);
        if (watched[index] == SIGHUP && present.sa_handler == SIG_IGN) continue;
        sigaction(watched[index], &action, NULL);
        sigaddset(&unblocked, watched[index]);
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);

    // Swift's runtime prints a backtrace with the memory that the registers point to, secrets included, and then goes on
    // if somebody sent the signal. A crash is to end us, and the next start tells the rest from the journal.
    for (size_t index = 0; index < sizeof deadly / sizeof *deadly; index++) signal(deadly[index], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    // A file that may not grow (ulimit -f) is an error of the write, and told as one.
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    return ends[0];
}

int chost_signal_count(void) { return atomic_load(&count); }
int chost_signal_first(void) { return atomic_load(&first); }
int chost_signal_latest(void) { return atomic_load(&latest); }
