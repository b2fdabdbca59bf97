// What people write out of habit from other languages, or forget: what to do about a lexeme that
// the parser did not expect.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/parse/lex.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

// Where the parser stopped.
struct Stop {
  const std::vector<Lexeme>& lexemes;
  diagnostics::SourceId source;
  std::string_view text;
  std::size_t at = 0;       // the lexeme that does not fit
  std::size_t started = 0;  // where its clause or declaration began
  bool at_top = false;      // it is a declaration
};

// Adds help, and a fix where one is likely; false where nothing is known.
bool HelpWithHabit(diagnostics::Diagnostic& finding, const Stop& stop);

// The `{` of a block that touches what stands before it, or npos.
inline constexpr std::size_t kNoBrace = static_cast<std::size_t>(-1);
std::size_t TouchingBrace(const Stop& stop);

}  // namespace tocsin::parse
