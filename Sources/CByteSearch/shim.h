#ifndef EVENTTRIAGE_CBYTESEARCH_SHIM_H
#define EVENTTRIAGE_CBYTESEARCH_SHIM_H

#include <stddef.h>

// A GNU and BSD extension of the C library, vectorised there, that Swift's Glibc module does not show.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

static inline const void *evtriage_find(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
  return memmem(haystack, haystack_length, needle, needle_length);
}

#endif
