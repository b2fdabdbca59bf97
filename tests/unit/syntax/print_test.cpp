#include <doctest/doctest.h>

#include "tests/unit/parse/parsed.h"

namespace tocsin::testing {

TEST_CASE("an expression prints as one would write it") {
  for (const char* text :
       {"not registry_up", "a.b(c, d: 1){e: \"f\"}", "x over 5m by (a, b)", "Mon..Fri 08:00..16:00",
        "-a * (b - c)", "[a, (b, c), []]", "a not in b", "if a then b else c", "a -> b where c",
        "99.9% per month of x", "2026-12-24T09:00Z >= y"}) {
    const Parsed parsed(fmt::format("x y = {}\n", text));
    CHECK(parsed.Findings() == "");
    CHECK(syntax::Print(parsed.tree, parsed.tree[parsed.tree.items[0].decl].value) == text);
  }
}

TEST_CASE("words and operators") {
  CHECK(syntax::Word(syntax::ExprKind::kQuantity) == "Quantity");
  CHECK(syntax::Word(syntax::ClauseKind::kTransition) == "Transition");
  CHECK(syntax::Text(syntax::Operator::kLessEqual) == "<=");
}

}  // namespace tocsin::testing
