// The lexer of grammar/TocsinLexer.g4 as a table, made when the program is built by running ANTLR's
// own simulation to its end: which token a mode finds at some place of a text, and what that does
// to the modes. It is constant, so any number of threads may use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tocsin::parse {

// What a state accepts, if it does, and then does.
struct LexerAccept {
  static constexpr std::int8_t kStay = -1;

  std::uint16_t type = 0;  // a token type of TocsinLexer, of which 0 is none
  std::uint8_t channel = 0;
  bool skip = false;
  bool pop = false;          // back to the mode before this one
  std::int8_t push = kStay;  // into this mode
};

struct LexerTable {
  static constexpr std::size_t kAscii = 128;

  // The class of each ASCII character, and then the one of all others, which the lexer cannot tell
  // apart.
  std::span<const std::uint8_t> class_of;
  std::size_t classes = 0;
  std::span<const std::uint16_t> next;   // of each state for each class; 0 is the dead state
  std::span<const LexerAccept> accept;   // of each state
  std::span<const std::uint16_t> start;  // of each mode; every character leads on from it
};

// From the generated table.
const LexerTable& TheLexerTable();

}  // namespace tocsin::parse
