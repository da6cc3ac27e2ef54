// Parses a file with libxml2 and handlers that do nothing: what no reader that uses libxml2 for everything can beat.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

static void start_element(
    void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {}
static void end_element(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {}
static void characters(void *data, const xmlChar *text, int length) {}

int main(int count, char **arguments) {
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start_element;
  handler.endElementNs = end_element;
  handler.characters = characters;
  handler.ignorableWhitespace = characters;
  xmlParserCtxtPtr context = count == 2 ? xmlCreateFileParserCtxt(arguments[1]) : NULL;
  if (context == NULL) return 2;
  *context->sax = handler;
  xmlCtxtUseOptions(context, XML_PARSE_HUGE | XML_PARSE_NONET);
  return xmlParseDocument(context) == 0 ? 0 : 1;
}
