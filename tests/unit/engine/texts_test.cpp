#include "runtime/engine/texts.h"

#include <doctest/doctest.h>

#include "runtime/engine/fitted.h"
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
  const auto cut = [](const char* text, std::uint32_t limit) {
    return engine::Fitted(text, ir::Markup::kNone, limit);
  };
  CHECK(cut("éééé", 4) == "éééé");
  CHECK(cut("ééééé", 4) == "é...");
  CHECK(cut("abcdef", 0) == "abcdef");
  CHECK(cut("abcdef", 2) == "ab");
}

TEST_CASE("the signs of a channel's markup are escaped, and an escape is never cut in two") {
  const std::string text = "<b>\"5 > 3\" & *it's* `so`";
  CHECK(engine::Fitted(text, ir::Markup::kNone, 0) == text);
  CHECK(engine::Fitted(text, ir::Markup::kHtml, 0) ==
        "&lt;b&gt;&quot;5 &gt; 3&quot; &amp; *it&#39;s* `so`");
  CHECK(engine::Fitted(text, ir::Markup::kSlack, 0) == "&lt;b&gt;\"5 &gt; 3\" &amp; *it's* `so`");
  CHECK(engine::Fitted(text, ir::Markup::kMarkdown, 0) == R"(\<b\>"5 \> 3" \& \*it's\* \`so\`)");
  for (std::uint32_t limit = 1; limit < 60; ++limit) {
    const std::string fitted = engine::Fitted("a<é>&", ir::Markup::kHtml, limit);
    CAPTURE(limit);
    CAPTURE(fitted);
    const std::string whole = "a&lt;é&gt;&amp;";
    if (limit >= 15) {
      CHECK(fitted == whole);
    } else {
      const std::string kept =
          fitted.ends_with("...") ? fitted.substr(0, fitted.size() - 3) : fitted;
      CHECK(whole.starts_with(kept));
      const bool ended = kept.empty() || kept == "a" || kept.ends_with(";") || kept.ends_with("é");
      CHECK(ended);
    }
  }
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
