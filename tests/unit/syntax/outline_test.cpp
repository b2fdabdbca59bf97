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

TEST_CASE("outline: the words of the clause, the row or the head that a place is in") {
  const Parsed parsed(R"(alert a "A" : x {  # why
  when errors > 5%
    for 5m
  level: low }
table tier
| name | respond |
|------|---------|
| L1   | 15m     |
)");
  CHECK(parsed.Findings() == "");
  diagnostics::Declarations declarations;
  syntax::Outline(parsed.tree, parsed.sources, declarations);
  const std::string_view text = parsed.sources.text(parsed.tree.source);
  const auto at = [&](std::string_view part) {
    const auto begin = static_cast<std::uint32_t>(text.find(part));
    return diagnostics::Span{parsed.tree.source, begin,
                             static_cast<std::uint32_t>(begin + part.size())};
  };
  declarations.AddMargin(at("# why"));
  declarations.AddMargin(at("|------|---------|"));
  const auto words = [&](std::string_view part) {
    return declarations.WordsAt(at(part), parsed.sources);
  };
  CHECK(words("\"A\"") == "alerta\"A\":x{");
  CHECK(words("5m") == "whenerrors>5%for5m");
  CHECK(words("low") == "level:low");
  CHECK(words("respond") == "tabletier|name|respond|");
  CHECK(words("15m") == "|L1|15m|");
}

TEST_CASE("outline: what was read of a text with mistakes") {
  const Parsed parsed("tier L1 { respond: 15m }\ntier L2 { respond: ) }\n");
  CHECK_FALSE(parsed.Findings().empty());
  CHECK(PathAt(parsed, "15m") == "tier L1");
}

}  // namespace
}  // namespace tocsin::testing
