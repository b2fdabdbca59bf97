// Where lines begin. Walks the tree once and notes for each token whether it begins a line of its
// own, and how deep; blocks that the author wrote on one line stay there where they fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/tokens.h"
#include "compiler/syntax/syntax.h"

namespace tocsin::format {

inline constexpr std::uint32_t kIndent = 2;

struct Place {
  bool begins_line = false;
  bool closes_block = false;   // the `}` of a block of several lines
  bool opens_block = false;    // its `{`
  bool begins_clause = false;  // in a block that stays on one line: two spaces before it
  bool spaced_colon = false;   // the `:` before the type of a declaration
  bool unary = false;          // a minus that touches its operand
  std::uint32_t level = 0;     // of the line that it begins
};

struct Plan {
  std::vector<Place> places;        // one for each token
  std::vector<std::string> before;  // the space before each token where it begins no line
};

Plan MakePlan(const syntax::Tree& tree, const std::vector<parse::Token>& tokens,
              std::string_view text);

// Columns of a terminal that `text` takes; the length of its last line where it has several.
std::size_t Columns(std::string_view text);

// The line breaks between two places of the text.
std::size_t LineBreaks(std::string_view text, std::uint32_t begin, std::uint32_t end);

}  // namespace tocsin::format
