#define _GNU_SOURCE
#include "CHost.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

// glibc reserves as much for the arena of a thread, at a multiple of it: HEAP_MAX_SIZE in malloc/arena.c.
static const uintptr_t thread_heap = (uintptr_t)64 << 20;
static const uintptr_t large_page = (uintptr_t)2 << 20;
static const size_t usual_padding = (size_t)1 << 20;
static atomic_bool much_expected;

void chost_expect_memory(size_t bytes) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY) return;
    if (atomic_exchange(&much_expected, true)) return;
    // The next growth of the heap takes it all in one piece, which is address space and no memory yet.
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
    mallopt(M_TOP_PAD, (int)bytes);
    char *first = malloc(usual_padding);
    mallopt(M_TOP_PAD, (int)usual_padding);
    if (!first) return;
    uintptr_t start = ((uintptr_t)first + large_page - 1) & ~(large_page - 1);
    uintptr_t end = ((uintptr_t)first + bytes) & ~(large_page - 1);
    if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
    free(first);
}

void chost_expect_memory_here(void) {
    if (!atomic_load(&much_expected)) return;
    // Grows the arena once and not page by page.
    char *first = malloc((size_t)8 << 20);
    if (!first) return;
    madvise((void *)((uintptr_t)first & ~(thread_heap - 1)), thread_heap, MADV_HUGEPAGE);
    free(first);
}
