#include "library.h"

#include <sys/timerfd.h>
#include <unistd.h>

void *ccurl_multi_open(void) { return ccurl.multi_init(); }
void ccurl_multi_close(void *multi) { ccurl.multi_cleanup(multi); }
int ccurl_multi_set_number(void *multi, int option, long value) { return ccurl.multi_setopt(multi, option, value); }
int ccurl_multi_add(void *multi, void *easy) { return ccurl.multi_add_handle(multi, easy); }
int ccurl_multi_remove(void *multi, void *easy) { return ccurl.multi_remove_handle(multi, easy); }

int ccurl_multi_perform(void *multi) {
    int running = 0;
    return ccurl.multi_perform(multi, &running);
}

void *ccurl_multi_next_ended(void *multi, int *code) {
    int left = 0;
    struct ccurl_message *message;
    // 1 is CURLMSG_DONE, the only one there is.
    while ((message = ccurl.multi_info_read(multi, &left))) {
        if (message->message != 1) continue;
        *code = message->data.code;
        return message->easy;
    }
    return NULL;
}

int ccurl_multi_wait(void *multi, int first, int second, int milliseconds) {
    struct ccurl_wait_descriptor others[2];
    unsigned count = 0;
    // 1 is CURL_WAIT_POLLIN.
    if (first >= 0) others[count++] = (struct ccurl_wait_descriptor){first, 1, 0};
    if (second >= 0) others[count++] = (struct ccurl_wait_descriptor){second, 1, 0};
    return ccurl.multi_poll(multi, others, count, milliseconds, NULL);
}

int ccurl_timer_open(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }

int ccurl_timer_set(int timer, int64_t nanoseconds) {
    struct itimerspec at = {
        .it_value = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000}};
    return timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
}

void ccurl_timer_drain(int timer) {
    uint64_t count;
    ssize_t got = read(timer, &count, sizeof count);
    (void)got;
}
