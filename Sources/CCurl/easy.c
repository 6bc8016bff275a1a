#include "library.h"

struct list {
    char *data;
    struct list *next;
};

struct certificates {
    int count;
    struct list **lines;
};

struct session {
    int backend;
    void *internals;
};

const char *ccurl_version(void) { return ccurl.version(); }
const char *ccurl_error(int code) { return ccurl.easy_strerror(code); }

void *ccurl_easy_open(void) { return ccurl.easy_init(); }
void ccurl_easy_close(void *easy) { ccurl.easy_cleanup(easy); }

int ccurl_set_number(void *easy, int option, long value) { return ccurl.easy_setopt(easy, option, value); }
int ccurl_set_size(void *easy, int option, int64_t value) { return ccurl.easy_setopt(easy, option, value); }
int ccurl_set_text(void *easy, int option, const char *value) { return ccurl.easy_setopt(easy, option, value); }
int ccurl_set_pointer(void *easy, int option, void *value) { return ccurl.easy_setopt(easy, option, value); }
int ccurl_set_receiver(void *easy, int option, ccurl_receiver receiver) {
    return ccurl.easy_setopt(easy, option, receiver);
}

int ccurl_get_number(void *easy, int info, long *value) { return ccurl.easy_getinfo(easy, info, value); }
int ccurl_get_size(void *easy, int info, int64_t *value) { return ccurl.easy_getinfo(easy, info, value); }
int ccurl_get_text(void *easy, int info, const char **value) { return ccurl.easy_getinfo(easy, info, value); }

void *ccurl_list_append(void *list, const char *line) { return ccurl.slist_append(list, line); }
void ccurl_list_free(void *list) { ccurl.slist_free_all(list); }

static struct certificates *certificates(void *easy) {
    struct certificates *found = NULL;
    return ccurl.easy_getinfo(easy, CCURL_INFO_CERTINFO, &found) == 0 ? found : NULL;
}

int ccurl_certificate_count(void *easy) {
    struct certificates *found = certificates(easy);
    return found ? found->count : 0;
}

const char *ccurl_certificate_line(void *easy, int certificate, int line) {
    struct certificates *found = certificates(easy);
    if (!found || certificate < 0 || certificate >= found->count) return NULL;
    struct list *entry = found->lines[certificate];
    while (entry && line-- > 0) entry = entry->next;
    return entry ? entry->data : NULL;
}

// 1 is CURLSSLBACKEND_OPENSSL: its `internals` is an `SSL *`.
static void *openssl_session(void *easy) {
    struct session *session = NULL;
    if (ccurl.easy_getinfo(easy, CCURL_INFO_TLS_SSL_PTR, &session) != 0 || !session) return NULL;
    return session->backend == 1 ? session->internals : NULL;
}

const char *ccurl_tls_version(void *easy) {
    void *session = openssl_session(easy);
    const char *(*version)(const void *) = session ? ccurl_symbol("SSL_get_version") : NULL;
    return version ? version(session) : NULL;
}

const char *ccurl_tls_cipher(void *easy) {
    void *session = openssl_session(easy);
    const void *(*current)(const void *) = session ? ccurl_symbol("SSL_get_current_cipher") : NULL;
    const char *(*name)(const void *) = session ? ccurl_symbol("SSL_CIPHER_get_name") : NULL;
    const void *cipher = current ? current(session) : NULL;
    return cipher && name ? name(cipher) : NULL;
}
