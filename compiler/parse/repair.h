// Lexemes to lexemes that the parser can take without surprises. Reports everything that is wrong
// with single lexemes and with brackets, at the place where it began, and mends it: afterwards
// every bracket is closed, every text ends, nothing is nested too deep, and no lexeme is
// meaningless. Lines that were mended are remembered, so that the parser adds no second finding
// there.
#pragma once

#include <set>
#include <vector>

#include "compiler/parse/lex.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::parse {

struct Repaired {
  std::vector<Lexeme> tokens;  // with `depth` set; the last is EOF
  // Lines with a finding. Recovery adds the lines where clauses and declarations began that it gave
  // up.
  std::set<std::uint32_t> bad_lines;
};

Repaired Repair(const std::vector<Lexeme>& tokens, diagnostics::SourceId source,
                const diagnostics::SourceSet& sources, diagnostics::Sink& sink);

}  // namespace tocsin::parse
