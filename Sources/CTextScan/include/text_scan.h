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

/// How many bytes of a text are line feeds, and how many carriage returns.
struct requisite_line_ends {
  uint64_t feeds;
  uint64_t returns;
};

static inline struct requisite_line_ends requisite_line_ends(
    const uint8_t *_Nonnull text, uint64_t count) {
  struct requisite_line_ends ends = {0, 0};
  uint64_t index = 0;
#if defined(__SSE2__)
  const __m128i feed = _mm_set1_epi8(0x0A), carriage = _mm_set1_epi8(0x0D);
  const __m128i zero = _mm_setzero_si128();
  while (count - index >= 16) {
    // Each byte of the sums counts to 255 at most.
    uint64_t blocks = (count - index) / 16;
    if (blocks > 255) blocks = 255;
    __m128i feeds = zero, returns = zero;
    for (; blocks > 0; blocks--, index += 16) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)(text + index));
      feeds = _mm_sub_epi8(feeds, _mm_cmpeq_epi8(bytes, feed));
      returns = _mm_sub_epi8(returns, _mm_cmpeq_epi8(bytes, carriage));
    }
    feeds = _mm_sad_epu8(feeds, zero);
    returns = _mm_sad_epu8(returns, zero);
    ends.feeds += (uint64_t)_mm_cvtsi128_si64(feeds) +
                  (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(feeds, feeds));
    ends.returns += (uint64_t)_mm_cvtsi128_si64(returns) +
                    (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(returns, returns));
  }
#endif
  for (; index < count; index++) {
    ends.feeds += text[index] == 0x0A;
    ends.returns += text[index] == 0x0D;
  }
  return ends;
}

#endif
