#include "runtime/engine/lent_text.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using tocsin::engine::LentText;

TEST_SUITE_BEGIN("engine: lent texts");
TEST_CASE("what is lent is not copied, and a copy of it outlives it") {
  std::vector<LentText> kept;
  {
    std::string lender = "as long as what it was lent from, which is on the heap";
    LentText text;
    text.Lend(lender);
    CHECK(text.data() == lender.data());
    kept.push_back(text);
    kept.push_back(std::move(text));
    LentText assigned;
    assigned = kept[0];
    kept.push_back(assigned);
    lender.assign(lender.size(), '?');
  }
  for (const LentText& text : kept)
    CHECK(text == "as long as what it was lent from, which is on the heap");
}

TEST_CASE("a text of its own goes along with it") {
  LentText text = "short";
  LentText moved = std::move(text);
  std::vector<LentText> all;
  for (int i = 0; i < 10; ++i) all.push_back(moved);
  for (const LentText& each : all) CHECK(each == "short");
  moved = "a text too long for the string itself to hold in place";
  text = std::move(moved);
  CHECK(text == "a text too long for the string itself to hold in place");
  text = text.substr(2, 4);
  CHECK(text == "text");
  text.Clear();
  CHECK(text.empty());
  CHECK(LentText(text).empty());
}
TEST_SUITE_END();
