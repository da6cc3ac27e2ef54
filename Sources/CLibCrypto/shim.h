#ifndef EVENTTRIAGE_CLIBCRYPTO_SHIM_H
#define EVENTTRIAGE_CLIBCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
