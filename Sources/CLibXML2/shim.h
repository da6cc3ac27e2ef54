#ifndef EVENTTRIAGE_CLIBXML2_SHIM_H
#define EVENTTRIAGE_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
// Debian's libxml2 shows ICU types in its headers, which clash with those inside Foundation; nothing here needs them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#endif
