#include "CBuiltInPacks.h"

// The built-in packs as the rule compiler makes them. A test compares them with what it makes now, and writes
// them anew with RECORD_GOLDENS=1.

static const unsigned char packs[] = {
#embed "compiled/packs.bin"
};

// The schema of configurations, likewise.
static const unsigned char configuration_schema[] = {
#embed "compiled/configuration-schema.bin"
};

const unsigned char *requisite_compiled_configuration_schema(size_t *count) {
  *count = sizeof(configuration_schema);
  return configuration_schema;
}

const unsigned char *requisite_compiled_packs(size_t *count) {
  *count = sizeof(packs);
  return packs;
}
