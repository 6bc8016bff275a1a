#define _GNU_SOURCE
#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

struct ccurl_functions ccurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char failure[512] = "libcurl was not loaded";
static bool is_loaded;

// The first one is Debian's `libcurl4`. The other comes with git (`libcurl3-gnutls`) and does the same over GnuTLS.
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static bool find(const char *name, void **function) {
    *function = dlsym(ccurl.library, name);
    if (*function) return true;
    snprintf(failure, sizeof failure, "libcurl has no function %s", name);
    return false;
}

static void load(void) {
    for (size_t index = 0; index < sizeof names / sizeof *names && !ccurl.library; index++) {
        ccurl.library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
        if (!ccurl.library && index == 0) {
            const char *said = dlerror();
            snprintf(failure, sizeof failure, "%s", said ? said : "libcurl.so.4 cannot be loaded");
        }
    }
    if (!ccurl.library) return;
#define FIND(name) find("curl_" #name, (void **)&ccurl.name)
    bool found = FIND(global_init) && FIND(version) && FIND(easy_init) && FIND(easy_cleanup)
        && FIND(easy_setopt) && FIND(easy_getinfo) && FIND(easy_strerror) && FIND(slist_append)
        && FIND(slist_free_all) && FIND(multi_init) && FIND(multi_cleanup) && FIND(multi_setopt)
        && FIND(multi_add_handle) && FIND(multi_remove_handle) && FIND(multi_perform) && FIND(multi_info_read)
        && FIND(multi_poll);
#undef FIND
    if (!found) return;
    // CURL_GLOBAL_ALL
    if (ccurl.global_init(3) != 0) {
        snprintf(failure, sizeof failure, "libcurl cannot be initialised");
        return;
    }
    is_loaded = true;
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return is_loaded ? NULL : failure;
}

void *ccurl_symbol(const char *name) { return dlsym(ccurl.library, name); }
