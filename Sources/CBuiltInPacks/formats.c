#include "CBuiltInPacks.h"

// The JSON Schemas of the program's own file formats.

static const unsigned char configuration[] = {
#embed "schemas/configuration.schema.json"
};

static const unsigned char ignore[] = {
#embed "schemas/ignore.schema.json"
};

static const unsigned char pack[] = {
#embed "schemas/pack.schema.json"
};

static const unsigned char report[] = {
#embed "schemas/report.schema.json"
};

static const RequisiteFormatSchema schemas[] = {
    {"pack", pack, sizeof(pack)},
    {"config", configuration, sizeof(configuration)},
    {"ignore", ignore, sizeof(ignore)},
    {"report", report, sizeof(report)},
};

const RequisiteFormatSchema *requisite_format_schemas(size_t *count) {
  *count = sizeof(schemas) / sizeof(schemas[0]);
  return schemas;
}
