#ifndef EVENTTRIAGE_CZLIB_SHIM_H
#define EVENTTRIAGE_CZLIB_SHIM_H

#include <zlib.h>

// inflateInit2 is a macro, which Swift cannot call.
static inline int evtriage_inflate_init(z_stream *stream) {
  return inflateInit2(stream, 15 + 32);
}

#endif
