#include "runtime/engine/texts.h"

#include <doctest/doctest.h>

#include "tests/unit/engine/outage_run.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_SUITE_BEGIN("engine: texts");
TEST_CASE("text from outside cannot move the cursor") {
  CHECK(engine::Clean("a\r\n\x1b[2Jb\x7f") == "a   [2Jb ");
  CHECK(engine::Clean("\xc2\x85x\xe2\x80\xae y") == " x  y");
  CHECK(engine::Clean("Zürich 東京") == "Zürich 東京");
  CHECK(engine::Clean("\xff\xc3 x") == "?? x");
}

TEST_CASE("a limit counts characters") {
  CHECK(engine::Truncate("éééé", 4) == "éééé");
  CHECK(engine::Truncate("ééééé", 4) == "é...");
  CHECK(engine::Truncate("abcdef", 0) == "abcdef");
  CHECK(engine::Truncate("abcdef", 2) == "ab");
}

TEST_CASE("a channel's limit cuts what is sent by it") {
  ir::Program program = OutagePolicy();
  program.texts[0].parts[0].text = "A very long tale about the registry in the region ";
  program.labels[0].values[1] = "e/u%";
  OutageRun run(program);
  run.Up("e/u%", false);
  run.RunTo(45'000);
  run.Up("e/u%", true);
  run.RunTo(90'000);
  const auto sends = run.Of(engine::DecisionKind::kSend);
  REQUIRE(sends.size() == 2);
  CHECK(sends[0].text == "A very long tale about the registry in the region e/u% is down");
  CHECK(sends[1].text == "over: A very long tale about the regi...");
  CHECK(sends[0].identity ==
        R"(support/p1_climb/registry_down{region="e%2Fu%25"}/1/rung 1, ask 1/page/alice)");
}
TEST_SUITE_END();
