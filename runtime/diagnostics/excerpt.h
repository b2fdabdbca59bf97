// One line of source with marks under it, as rows of a terminal. Whatever the line holds (tabs,
// wide characters, control characters, thousands of columns), the marks stand under what they mean
// and a row of source fits the given width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::diagnostics {

// What part of a row is, so that it can be coloured.
enum class Ink : unsigned char { kPlain, kPrimary, kSecondary };

struct Mark {
  std::size_t begin = 0;  // byte offsets into the line
  std::size_t end = 0;    // equal to `begin` for a place between characters
  std::string text;       // may be empty
  bool primary = true;
};

struct InkedRow {
  std::string text;
  std::vector<Ink> inks;  // one for each byte of `text`
};

// The source row, then the rows of the marks. `columns` is the room for source text; the texts of
// marks are wrapped where there is room to, and never cut.
std::vector<InkedRow> Excerpt(std::string_view line, std::vector<Mark> marks, std::size_t columns);

// `text` in lines of at most `columns` columns, broken at spaces; a longer word stays whole.
std::vector<std::string> Wrap(std::string_view text, std::size_t columns);

}  // namespace tocsin::diagnostics
