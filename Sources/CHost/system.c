#define _GNU_SOURCE
#include "CHost.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sha2.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

int chost_guard_standard_streams(void) {
    struct pollfd streams[3] = {{.fd = 0}, {.fd = 1}, {.fd = 2}};
    while (poll(streams, 3, 0) < 0)
        if (errno != EINTR) return -1;
    for (int index = 0; index < 3; index++)
        // The lowest free number is the one that is missing, because those below it are taken by now.
        if ((streams[index].revents & POLLNVAL) && open("/dev/null", O_RDONLY) < 0) return -1;
    return 0;
}

int chost_terminal_size(int descriptor, int *columns, int *lines) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
    *columns = size.ws_col;
    *lines = size.ws_row;
    return 0;
}

char **chost_environment(void) { return environ; }

const char *chost_entry_name(const void *entry) { return ((const struct dirent *)entry)->d_name; }

int chost_random(void *bytes, size_t count) {
    uint8_t *next = bytes;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

void chost_sha256(const void *bytes, size_t count, uint8_t *digest) {
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, bytes, count);
    SHA256Final(digest, &context);
}

int chost_sync_file_system(int descriptor) { return syncfs(descriptor); }
