// libcurl, loaded only when a check needs it.
//
// Its own header is not needed to build: the few constants used are declared here, with its values, which are fixed for
// ever (https://curl.se/libcurl/abi.html); a test compares them with the header where one is installed. Its variadic
// functions get one wrapper for each type of argument. No policy here.
//
// `ccurl_load` comes before everything else. A function that takes a code returns 0 for success.

#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads libcurl, once. NULL on success, else what the loader said.
const char *ccurl_load(void);

/// Such as `libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13 nghttp2/1.52.0`.
const char *ccurl_version(void);

/// What a code of an easy handle means, in English.
const char *ccurl_error(int code);

// One transfer

void *ccurl_easy_open(void);
void ccurl_easy_close(void *easy);

int ccurl_set_number(void *easy, int option, long value);
int ccurl_set_size(void *easy, int option, int64_t value);
int ccurl_set_text(void *easy, int option, const char *value);
int ccurl_set_pointer(void *easy, int option, void *value);

/// Takes the bytes of a piece; fewer than were given end the transfer.
typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);
int ccurl_set_receiver(void *easy, int option, ccurl_receiver receiver);

int ccurl_get_number(void *easy, int info, long *value);
int ccurl_get_size(void *easy, int info, int64_t *value);
int ccurl_get_text(void *easy, int info, const char **value);

/// A list of lines. `ccurl_list_append` returns NULL, and leaves the list as it was, when memory is short.
void *ccurl_list_append(void *list, const char *line);
void ccurl_list_free(void *list);

/// The certificates that the server showed, its own first; lines such as `Subject:CN = example.org`.
int ccurl_certificate_count(void *easy);
/// NULL after the last one.
const char *ccurl_certificate_line(void *easy, int certificate, int line);

/// Such as `TLSv1.3` and `TLS_AES_256_GCM_SHA384`, while the transfer runs and libcurl is over OpenSSL; else NULL.
const char *ccurl_tls_version(void *easy);
const char *ccurl_tls_cipher(void *easy);

// Many transfers

void *ccurl_multi_open(void);
void ccurl_multi_close(void *multi);
int ccurl_multi_set_number(void *multi, int option, long value);
int ccurl_multi_add(void *multi, void *easy);
int ccurl_multi_remove(void *multi, void *easy);
/// Does what can be done without waiting.
int ccurl_multi_perform(void *multi);
/// The handle of a transfer that has ended and was not told yet, with its code; NULL when there is none.
void *ccurl_multi_next_ended(void *multi, int *code);
/// Waits until a transfer can go on, one of two other descriptors is readable, or the milliseconds are over.
int ccurl_multi_wait(void *multi, int first, int second, int milliseconds);

/// A descriptor that becomes readable at an instant of the monotonic clock; 0 or -1 with errno set.
int ccurl_timer_open(void);
int ccurl_timer_set(int timer, int64_t nanoseconds);
/// Makes it unreadable again.
void ccurl_timer_drain(int timer);

// The constants of curl.h and multi.h

enum {
    CCURL_OPT_WRITEDATA = 10001,
    CCURL_OPT_URL = 10002,
    CCURL_OPT_PROXY = 10004,
    CCURL_OPT_ERRORBUFFER = 10010,
    CCURL_OPT_WRITEFUNCTION = 20011,
    CCURL_OPT_COPYPOSTFIELDS = 10165,
    CCURL_OPT_HTTPHEADER = 10023,
    CCURL_OPT_HEADERDATA = 10029,
    CCURL_OPT_SSLVERSION = 32,
    CCURL_OPT_CUSTOMREQUEST = 10036,
    CCURL_OPT_NOBODY = 44,
    CCURL_OPT_NETRC = 51,
    CCURL_OPT_FOLLOWLOCATION = 52,
    CCURL_OPT_SSL_VERIFYPEER = 64,
    CCURL_OPT_CAINFO = 10065,
    CCURL_OPT_FORBID_REUSE = 75,
    CCURL_OPT_HEADERFUNCTION = 20079,
    CCURL_OPT_HTTPGET = 80,
    CCURL_OPT_SSL_VERIFYHOST = 81,
    CCURL_OPT_SSL_CIPHER_LIST = 10083,
    CCURL_OPT_HTTP_VERSION = 84,
    CCURL_OPT_NOSIGNAL = 99,
    CCURL_OPT_PRIVATE = 10103,
    CCURL_OPT_POSTFIELDSIZE_LARGE = 30120,
    CCURL_OPT_TCP_NODELAY = 121,
    CCURL_OPT_TIMEOUT_MS = 155,
    CCURL_OPT_CONNECTTIMEOUT_MS = 156,
    CCURL_OPT_CERTINFO = 172,
    CCURL_OPT_NOPROXY = 10177,
    CCURL_OPT_PROTOCOLS = 181,
    CCURL_OPT_SUPPRESS_CONNECT_HEADERS = 265,
    CCURL_OPT_CONNECT_TO = 10243,
    CCURL_OPT_DISALLOW_USERNAME_IN_URL = 278,
    CCURL_OPT_QUICK_EXIT = 322,

    CCURL_PROTOCOLS_HTTP_AND_HTTPS = 3,
    CCURL_HTTP_VERSION_1_1 = 2,
    CCURL_HTTP_VERSION_2TLS = 4,
    CCURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE = 5,
    CCURL_SSLVERSION_TLSv1_0 = 4,
    CCURL_SSLVERSION_TLSv1_1 = 5,
    CCURL_SSLVERSION_TLSv1_2 = 6,
    CCURL_SSLVERSION_TLSv1_3 = 7,

    CCURL_INFO_HTTP_VERSION = 0x200000 + 46,
    CCURL_INFO_RESPONSE_CODE = 0x200000 + 2,
    CCURL_INFO_PRIVATE = 0x100000 + 21,
    CCURL_INFO_NUM_CONNECTS = 0x200000 + 26,
    CCURL_INFO_PRIMARY_IP = 0x100000 + 32,
    CCURL_INFO_PRIMARY_PORT = 0x200000 + 40,
    CCURL_INFO_OS_ERRNO = 0x200000 + 25,
    CCURL_INFO_TOTAL_TIME_T = 0x600000 + 50,
    CCURL_INFO_NAMELOOKUP_TIME_T = 0x600000 + 51,
    CCURL_INFO_CONNECT_TIME_T = 0x600000 + 52,
    CCURL_INFO_STARTTRANSFER_TIME_T = 0x600000 + 54,
    CCURL_INFO_APPCONNECT_TIME_T = 0x600000 + 56,
    CCURL_INFO_CERTINFO = 0x400000 + 34,
    CCURL_INFO_TLS_SSL_PTR = 0x400000 + 45,

    CCURL_MOPT_MAXCONNECTS = 6,

    CCURL_E_OK = 0,
    CCURL_E_UNSUPPORTED_PROTOCOL = 1,
    CCURL_E_URL_MALFORMAT = 3,
    CCURL_E_COULDNT_RESOLVE_PROXY = 5,
    CCURL_E_COULDNT_RESOLVE_HOST = 6,
    CCURL_E_COULDNT_CONNECT = 7,
    CCURL_E_WEIRD_SERVER_REPLY = 8,
    CCURL_E_HTTP2 = 16,
    CCURL_E_PARTIAL_FILE = 18,
    CCURL_E_WRITE_ERROR = 23,
    CCURL_E_OUT_OF_MEMORY = 27,
    CCURL_E_OPERATION_TIMEDOUT = 28,
    CCURL_E_SSL_CONNECT_ERROR = 35,
    CCURL_E_GOT_NOTHING = 52,
    CCURL_E_SEND_ERROR = 55,
    CCURL_E_RECV_ERROR = 56,
    CCURL_E_PEER_FAILED_VERIFICATION = 60,
    CCURL_E_SSL_CACERT_BADFILE = 77,
    CCURL_E_HTTP2_STREAM = 92,
    CCURL_E_PROXY = 97,
};

#endif
