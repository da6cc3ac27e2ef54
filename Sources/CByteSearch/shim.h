#ifndef EVENTTRIAGE_CBYTESEARCH_SHIM_H
#define EVENTTRIAGE_CBYTESEARCH_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A GNU and BSD extension of the C library, vectorised there, that Swift's Glibc module does not show.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

static inline const void *evtriage_find(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
  return memmem(haystack, haystack_length, needle, needle_length);
}

// Sixteen bytes at a time, by the compiler's own vectors: SSE2 on x86-64, NEON on ARM, and no headers of either.
// Whoever calls makes sure that sixteen bytes more than asked for can be read.

typedef uint8_t evtriage_bytes __attribute__((vector_size(16)));
typedef int8_t evtriage_mask __attribute__((vector_size(16)));
typedef uint64_t evtriage_words __attribute__((vector_size(16)));
typedef uint16_t evtriage_units __attribute__((vector_size(16)));

static inline evtriage_bytes evtriage_load(const uint8_t *place) {
  evtriage_bytes bytes;
  __builtin_memcpy(&bytes, place, 16);
  return bytes;
}

// The index of the first lane that is set, 16 for none.
static inline unsigned evtriage_first(evtriage_mask mask) {
#if defined(__SSE2__)
  return (unsigned)__builtin_ctz((unsigned)__builtin_ia32_pmovmskb128((__attribute__((vector_size(16))) char)mask) | 0x10000u);
#else
  evtriage_words words = (evtriage_words)mask;
  if (words[0]) return (unsigned)__builtin_ctzll(words[0]) / 8;
  return words[1] ? 8 + (unsigned)__builtin_ctzll(words[1]) / 8 : 16;
#endif
}

// Lanes below 0x20 and from 0x80 on, which are negative as signed numbers.
static inline evtriage_mask evtriage_special(evtriage_bytes bytes) { return (evtriage_mask)bytes < (int8_t)0x20; }

// The first byte at or after a place that ends plain text or needs a closer look: `<`, `>`, `&`, a control character or
// a byte beyond ASCII. There must be one.
static inline const uint8_t *evtriage_text_end(const uint8_t *place) {
  for (;; place += 16) {
    evtriage_bytes bytes = evtriage_load(place);
    unsigned first = evtriage_first(
        (bytes == (uint8_t)'<') | (bytes == (uint8_t)'>') | (bytes == (uint8_t)'&') | evtriage_special(bytes));
    if (first < 16) return place + first;
  }
}

// The same within an attribute's value, which a quotation mark ends and where `>` is nothing special.
static inline const uint8_t *evtriage_value_end(const uint8_t *place, uint8_t quote) {
  for (;; place += 16) {
    evtriage_bytes bytes = evtriage_load(place);
    unsigned first = evtriage_first(
        (bytes == quote) | (bytes == (uint8_t)'<') | (bytes == (uint8_t)'&') | evtriage_special(bytes));
    if (first < 16) return place + first;
  }
}

// Whether two texts are equal.
static inline bool evtriage_equal(const uint8_t *left, const uint8_t *right, size_t count) {
  for (; count > 16; count -= 16, left += 16, right += 16) {
    if (evtriage_first(evtriage_load(left) != evtriage_load(right)) < 16) return false;
  }
  return evtriage_first(evtriage_load(left) != evtriage_load(right)) >= count;
}

// Copies UTF-16 in the machine's byte order as long as it is ASCII, sixteen units at a time, and tells how many were
// copied. The target has room for all.
static inline size_t evtriage_narrow(const uint8_t *source, size_t units, uint8_t *target) {
  size_t done = 0;
  for (; done + 16 <= units; done += 16) {
    evtriage_units low, high;
    __builtin_memcpy(&low, source + 2 * done, 16);
    __builtin_memcpy(&high, source + 2 * done + 16, 16);
    evtriage_words beyond = (evtriage_words)((low | high) & (uint16_t)0xFF80);
    if (beyond[0] | beyond[1]) break;
    evtriage_bytes bytes = __builtin_shufflevector(
        (evtriage_bytes)low, (evtriage_bytes)high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    __builtin_memcpy(target + done, &bytes, 16);
  }
  return done;
}

#endif
