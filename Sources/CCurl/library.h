// The functions of libcurl that are used, as `ccurl_load` found them.

#ifndef CCURL_LIBRARY_H
#define CCURL_LIBRARY_H

#include "CCurl.h"

struct ccurl_message {
    int message;
    void *easy;
    union {
        void *whatever;
        int code;
    } data;
};

struct ccurl_wait_descriptor {
    int descriptor;
    short events;
    short answers;
};

struct ccurl_functions {
    void *library;
    int (*global_init)(long flags);
    char *(*version)(void);
    void *(*easy_init)(void);
    void (*easy_cleanup)(void *easy);
    int (*easy_setopt)(void *easy, int option, ...);
    int (*easy_getinfo)(void *easy, int info, ...);
    const char *(*easy_strerror)(int code);
    void *(*slist_append)(void *list, const char *line);
    void (*slist_free_all)(void *list);
    void *(*multi_init)(void);
    int (*multi_cleanup)(void *multi);
    int (*multi_setopt)(void *multi, int option, ...);
    int (*multi_add_handle)(void *multi, void *easy);
    int (*multi_remove_handle)(void *multi, void *easy);
    int (*multi_perform)(void *multi, int *running);
    struct ccurl_message *(*multi_info_read)(void *multi, int *left);
    int (*multi_poll)(void *multi, struct ccurl_wait_descriptor *extra, unsigned count, int milliseconds, int *answers);
};

extern struct ccurl_functions ccurl;

/// A function of libcurl or of a library that it needs.
void *ccurl_symbol(const char *name);

#endif
