#include "CBuiltInPacks.h"

// The JSON Schemas of the program's own file formats, each for 2020-12 and for draft-07.

static const unsigned char baseline[] = {
#embed "schemas/baseline.schema.json"
};

static const unsigned char baseline_draft07[] = {
#embed "schemas/draft-07/baseline.schema.json"
};

static const unsigned char configuration[] = {
#embed "schemas/configuration.schema.json"
};

static const unsigned char configuration_draft07[] = {
#embed "schemas/draft-07/configuration.schema.json"
};

static const unsigned char ignore[] = {
#embed "schemas/ignore.schema.json"
};

static const unsigned char ignore_draft07[] = {
#embed "schemas/draft-07/ignore.schema.json"
};

static const unsigned char pack[] = {
#embed "schemas/pack.schema.json"
};

static const unsigned char pack_draft07[] = {
#embed "schemas/draft-07/pack.schema.json"
};

static const unsigned char report[] = {
#embed "schemas/report.schema.json"
};

static const unsigned char report_draft07[] = {
#embed "schemas/draft-07/report.schema.json"
};

static const RequisiteFormatSchema schemas[] = {
    {"pack", pack, sizeof(pack), pack_draft07, sizeof(pack_draft07)},
    {"config", configuration, sizeof(configuration), configuration_draft07, sizeof(configuration_draft07)},
    {"ignore", ignore, sizeof(ignore), ignore_draft07, sizeof(ignore_draft07)},
    {"baseline", baseline, sizeof(baseline), baseline_draft07, sizeof(baseline_draft07)},
    {"report", report, sizeof(report), report_draft07, sizeof(report_draft07)},
};

const RequisiteFormatSchema *requisite_format_schemas(size_t *count) {
  *count = sizeof(schemas) / sizeof(schemas[0]);
  return schemas;
}
