// The yardstick: simdjson parses each line of a log, or with --whole one document, and does nothing else.
//
//   c++ -O3 -DNDEBUG parse-only.cpp -lsimdjson -o parse-only
//
// Prints how many were well formed. Needs Debian's libsimdjson-dev.
#include <simdjson.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

int main(int count, char **arguments) {
  const bool is_whole = count == 3 && std::string(arguments[1]) == "--whole";
  if (count != 2 && !is_whole) return 2;
  simdjson::padded_string text;
  if (simdjson::padded_string::load(arguments[count - 1]).get(text)) return 2;

  simdjson::dom::parser parser;
  size_t well_formed = 0;
  size_t start = 0;
  while (start < text.size()) {
    const char *line = text.data() + start;
    const size_t rest = text.size() - start;
    const void *newline = is_whole ? nullptr : memchr(line, '\n', rest);
    const size_t length = newline ? static_cast<const char *>(newline) - line : rest;
    // What follows a line is readable: the next one, or the padding.
    const auto result = parser.parse(reinterpret_cast<const uint8_t *>(line), length, false);
    if (result.error() == simdjson::SUCCESS) well_formed += 1;
    start += length + 1;
  }
  printf("%zu\n", well_formed);
  return 0;
}
