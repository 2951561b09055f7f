#include "CBuiltInPacks.h"

// The meta-schemas of JSON Schema, as json-schema.org publishes them; meta-schemas/NOTICE has their
// licence. Each goes by the URI that its "$id" gives, without an empty fragment.

static const unsigned char draft_2020_12_schema[] = {
#embed "meta-schemas/2020-12/schema.json"
};

static const unsigned char draft_2020_12_core[] = {
#embed "meta-schemas/2020-12/core.json"
};

static const unsigned char draft_2020_12_applicator[] = {
#embed "meta-schemas/2020-12/applicator.json"
};

static const unsigned char draft_2020_12_unevaluated[] = {
#embed "meta-schemas/2020-12/unevaluated.json"
};

static const unsigned char draft_2020_12_validation[] = {
#embed "meta-schemas/2020-12/validation.json"
};

static const unsigned char draft_2020_12_meta_data[] = {
#embed "meta-schemas/2020-12/meta-data.json"
};

static const unsigned char draft_2020_12_format_annotation[] = {
#embed "meta-schemas/2020-12/format-annotation.json"
};

static const unsigned char draft_2020_12_format_assertion[] = {
#embed "meta-schemas/2020-12/format-assertion.json"
};

static const unsigned char draft_2020_12_content[] = {
#embed "meta-schemas/2020-12/content.json"
};

static const unsigned char draft_2019_09_schema[] = {
#embed "meta-schemas/2019-09/schema.json"
};

static const unsigned char draft_2019_09_core[] = {
#embed "meta-schemas/2019-09/core.json"
};

static const unsigned char draft_2019_09_applicator[] = {
#embed "meta-schemas/2019-09/applicator.json"
};

static const unsigned char draft_2019_09_validation[] = {
#embed "meta-schemas/2019-09/validation.json"
};

static const unsigned char draft_2019_09_meta_data[] = {
#embed "meta-schemas/2019-09/meta-data.json"
};

static const unsigned char draft_2019_09_format[] = {
#embed "meta-schemas/2019-09/format.json"
};

static const unsigned char draft_2019_09_content[] = {
#embed "meta-schemas/2019-09/content.json"
};

static const unsigned char draft_07_schema[] = {
#embed "meta-schemas/07/schema.json"
};

static const RequisiteBuiltInSchema schemas[] = {
    {"https://json-schema.org/draft/2020-12/schema",
     draft_2020_12_schema, sizeof(draft_2020_12_schema)},
    {"https://json-schema.org/draft/2020-12/meta/core",
     draft_2020_12_core, sizeof(draft_2020_12_core)},
    {"https://json-schema.org/draft/2020-12/meta/applicator",
     draft_2020_12_applicator, sizeof(draft_2020_12_applicator)},
    {"https://json-schema.org/draft/2020-12/meta/unevaluated",
     draft_2020_12_unevaluated, sizeof(draft_2020_12_unevaluated)},
    {"https://json-schema.org/draft/2020-12/meta/validation",
     draft_2020_12_validation, sizeof(draft_2020_12_validation)},
    {"https://json-schema.org/draft/2020-12/meta/meta-data",
     draft_2020_12_meta_data, sizeof(draft_2020_12_meta_data)},
    {"https://json-schema.org/draft/2020-12/meta/format-annotation",
     draft_2020_12_format_annotation, sizeof(draft_2020_12_format_annotation)},
    {"https://json-schema.org/draft/2020-12/meta/format-assertion",
     draft_2020_12_format_assertion, sizeof(draft_2020_12_format_assertion)},
    {"https://json-schema.org/draft/2020-12/meta/content",
     draft_2020_12_content, sizeof(draft_2020_12_content)},
    {"https://json-schema.org/draft/2019-09/schema",
     draft_2019_09_schema, sizeof(draft_2019_09_schema)},
    {"https://json-schema.org/draft/2019-09/meta/core",
     draft_2019_09_core, sizeof(draft_2019_09_core)},
    {"https://json-schema.org/draft/2019-09/meta/applicator",
     draft_2019_09_applicator, sizeof(draft_2019_09_applicator)},
    {"https://json-schema.org/draft/2019-09/meta/validation",
     draft_2019_09_validation, sizeof(draft_2019_09_validation)},
    {"https://json-schema.org/draft/2019-09/meta/meta-data",
     draft_2019_09_meta_data, sizeof(draft_2019_09_meta_data)},
    {"https://json-schema.org/draft/2019-09/meta/format",
     draft_2019_09_format, sizeof(draft_2019_09_format)},
    {"https://json-schema.org/draft/2019-09/meta/content",
     draft_2019_09_content, sizeof(draft_2019_09_content)},
    {"http://json-schema.org/draft-07/schema",
     draft_07_schema, sizeof(draft_07_schema)},
};

const RequisiteBuiltInSchema *requisite_built_in_schemas(size_t *count) {
  *count = sizeof(schemas) / sizeof(schemas[0]);
  return schemas;
}
