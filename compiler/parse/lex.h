// Text to lexemes: the tokens of the grammar with their places in bytes. Only files of this room
// include it; it knows ANTLR's token numbers but none of its types.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/diagnostics/source.h"

namespace tocsin::parse {

struct Lexeme {
  std::size_t type = 0;     // a token type of TocsinLexer
  std::uint32_t begin = 0;  // bytes
  std::uint32_t end = 0;
  std::uint32_t line = 1;
  std::uint32_t depth = 0;  // brackets around it; a bracket lies outside itself. Set by Repair
  bool first = false;       // nothing but spaces before it on its line
  bool column0 = false;     // nothing at all before it on its line
};

struct Lexed {
  std::vector<Lexeme> tokens;  // what the parser sees; the last is EOF
  std::vector<Lexeme> margin;  // comments and the lines under table headers, in order
  // `tokens` stops before the one that is too many or too deep: its place is the EOF's.
  bool too_many = false;  // more than base::kMaxTokens
  bool too_deep = false;  // texts in one another more than base::kMaxNesting deep
};

// `text` is valid UTF-8.
Lexed Lex(std::string_view text);

}  // namespace tocsin::parse
