// Text as code points: decoding that never fails or reads past the end, and how many columns of a
// terminal a code point takes. Bytes that are not UTF-8 decode one at a time, marked as invalid.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin::base {

struct CodePoint {
  char32_t value = 0;      // the byte itself where `valid` is false
  std::size_t length = 1;  // bytes taken, at least 1
  bool valid = true;
};

// The code point that begins at `at`, which must be within `text`. Overlong forms, surrogates and
// values past U+10FFFF are invalid (RFC 3629).
CodePoint Decode(std::string_view text, std::size_t at);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t FirstInvalidByte(std::string_view text);

// Whether the code point draws nothing by itself or changes how its neighbours are drawn: controls,
// zero-width and bidirectional marks. Text from outside is never shown with these in it.
bool IsInvisible(char32_t value);

// Columns of a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji, else 1.
// Ranges after Unicode 15, EastAsianWidth.txt W and F, and DerivedGeneralCategory.txt Mn, rounded
// to whole blocks.
std::size_t ColumnsOf(char32_t value);

}  // namespace tocsin::base
