#ifndef REQUISITE_TEXT_SCAN_H
#define REQUISITE_TEXT_SCAN_H

// Sixteen bytes of text at a time, for the loop that reads requests. Everything is inlined; without
// SSE2, two words of eight bytes give the same answers.

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// One bit for each of 16 bytes that may end a plain run of a JSON string: a quote, a backslash, a control
/// character, or a byte outside of ASCII.
///
/// The lowest bit that is set is exact. Without SSE2, a bit above it may be set without reason.
static inline uint32_t requisite_string_stops(const uint8_t *_Nonnull text) {
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)text);
  __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x22));
  __m128i backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x5C));
  // As signed numbers, bytes outside of ASCII are less than a space too.
  __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, backslashes), others));
#else
  uint32_t stops = 0;
  for (int half = 0; half < 2; half++) {
    uint64_t word = 0;
    for (int index = 0; index < 8; index++)
      word |= (uint64_t)text[8 * half + index] << (8 * index);
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    uint64_t quotes = word ^ (ones * 0x22), backslashes = word ^ (ones * 0x5C);
    uint64_t found = (((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes) |
                      ((word - ones * 0x20) & ~word) | word) & highs;
    // One bit for each byte: the high bits come together at the top of the product.
    stops |= (uint32_t)(((found >> 7) * 0x0102040810204080u) >> 56) << (8 * half);
  }
  return stops;
#endif
}

/// Whether the first `count` of 16 bytes are the same; `count` is 16 at most.
static inline int requisite_same_start(
    const uint8_t *_Nonnull text, const uint8_t *_Nonnull other, uint32_t count) {
#if defined(__SSE2__)
  __m128i left = _mm_loadu_si128((const __m128i *)text);
  __m128i right = _mm_loadu_si128((const __m128i *)other);
  uint32_t wanted = (UINT32_C(1) << count) - 1;
  return ((uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(left, right)) & wanted) == wanted;
#else
  return memcmp(text, other, count) == 0;
#endif
}

#endif
