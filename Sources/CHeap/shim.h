#ifndef EVENTTRIAGE_CHEAP_SHIM_H
#define EVENTTRIAGE_CHEAP_SHIM_H

#ifdef __linux__
#include <malloc.h>
#endif

// glibc lets the heap of each thread but the first grow by one page at a time. Reading thousands of rules and a large
// log then asks the kernel some 15,000 times, and all threads wait for each answer. A heap that has its whole size from
// the start asks for nothing, and uses no more memory: a page is taken when it is first written.
//
// To name one of these limits ends glibc's own tuning of the others, so all three are named; see mallopt(3).
static inline void evtriage_take_whole_heaps(void) {
#ifdef __GLIBC__
  const int mebibyte = 1 << 20;
  mallopt(M_TOP_PAD, 64 * mebibyte);
  mallopt(M_TRIM_THRESHOLD, 128 * mebibyte);
  mallopt(M_MMAP_THRESHOLD, 4 * mebibyte);
#endif
}

#endif
