#include "compiler/syntax/outline.h"

#include <doctest/doctest.h>

#include "tests/unit/parse/parsed.h"

namespace tocsin::testing {
namespace {

// The path of the declaration that holds the first `part` of the text.
std::string PathAt(const Parsed& parsed, std::string_view part) {
  diagnostics::Declarations declarations;
  syntax::Outline(parsed.tree, parsed.sources, declarations);
  const std::size_t at = parsed.sources.text(parsed.tree.source).find(part);
  REQUIRE(at != std::string_view::npos);
  const auto begin = static_cast<std::uint32_t>(at);
  const auto* found = declarations.At({parsed.tree.source, begin, begin + 1});
  return found == nullptr ? "" : found->path;
}

TEST_CASE("outline: declarations, what is nested in them, rows of tables and their heads") {
  const Parsed parsed(R"(# a comment
escalation climb {
  rung { page: alice }
  table rung
  | page | answer_within |
  |------|---------------|
  | bob  | 5m            |
  rounds: 3
}
table tier
| name | respond |
| L1   | 15m     |
test "nobody is woken" { x = 1 }
)");
  CHECK(parsed.Findings() == "");
  CHECK(PathAt(parsed, "comment").empty());
  CHECK(PathAt(parsed, "rounds") == "escalation climb");
  CHECK(PathAt(parsed, "alice") == "escalation climb/rung");
  CHECK(PathAt(parsed, "answer_within") == "escalation climb/table rung");
  CHECK(PathAt(parsed, "bob") == "escalation climb/rung");
  CHECK(PathAt(parsed, "respond") == "table tier");
  CHECK(PathAt(parsed, "15m") == "tier L1");
  CHECK(PathAt(parsed, "x = 1") == "test \"nobody is woken\"");
}

TEST_CASE("outline: what was read of a text with mistakes") {
  const Parsed parsed("tier L1 { respond: 15m }\ntier L2 { respond: ) }\n");
  CHECK_FALSE(parsed.Findings().empty());
  CHECK(PathAt(parsed, "15m") == "tier L1");
}

}  // namespace
}  // namespace tocsin::testing
