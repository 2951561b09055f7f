#include "CBuiltInPacks.h"

const RequisiteBuiltInFile *requisite_built_in_files(size_t *count) {
  *count = 0;
  return NULL;
}
