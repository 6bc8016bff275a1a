#define _GNU_SOURCE
#include "CHost.h"

#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned long next_ticket, served;
static _Thread_local bool turn;

// By tickets, because a plain mutex would go to the same busy thread again and again.
void chost_take_turn(void) {
    pthread_mutex_lock(&mutex);
    unsigned long ticket = next_ticket++;
    while (ticket != served) pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
    turn = true;
}

void chost_give_turn(void) {
    turn = false;
    pthread_mutex_lock(&mutex);
    served++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

bool chost_has_turn(void) { return turn; }
