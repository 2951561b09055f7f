#ifndef REQUISITE_BUILT_IN_PACKS_H
#define REQUISITE_BUILT_IN_PACKS_H

#include <stddef.h>

/// One file of the Rules folder, compiled into the binary.
typedef struct {
  /// The name of the pack that the file is, or NULL where it belongs to another file's pack.
  const char *pack;
  /// The path below Rules, with forward slashes.
  const char *path;
  /// The bytes of the file; not terminated.
  const unsigned char *bytes;
  /// How many bytes there are.
  size_t count;
} RequisiteBuiltInFile;

/// All compiled-in files; `count` receives how many there are.
const RequisiteBuiltInFile *requisite_built_in_files(size_t *count);

/// The plans of the built-in packs, compiled beforehand; `count` receives how many bytes they take.
const unsigned char *requisite_compiled_packs(size_t *count);

/// The schema of configurations, compiled beforehand; `count` receives how many bytes it takes.
const unsigned char *requisite_compiled_configuration_schema(size_t *count);

/// A meta-schema, compiled into the binary.
typedef struct {
  /// The URI that it goes by, without fragment.
  const char *uri;
  /// Its bytes, JSON; not terminated.
  const unsigned char *bytes;
  /// How many bytes there are.
  size_t count;
} RequisiteBuiltInSchema;

/// All compiled-in meta-schemas; `count` receives how many there are.
const RequisiteBuiltInSchema *requisite_built_in_schemas(size_t *count);

/// The schema of one of the program's own file formats, compiled into the binary.
typedef struct {
  /// The name that it is asked for by.
  const char *name;
  /// Its bytes, JSON; not terminated.
  const unsigned char *bytes;
  /// How many bytes there are.
  size_t count;
  /// The bytes of the same schema for draft-07.
  const unsigned char *draft07_bytes;
  /// How many bytes that has.
  size_t draft07_count;
} RequisiteFormatSchema;

/// The schemas of all own file formats; `count` receives how many there are.
const RequisiteFormatSchema *requisite_format_schemas(size_t *count);

#endif
