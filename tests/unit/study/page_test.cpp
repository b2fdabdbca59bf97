#include "compiler/study/page/page.h"

#include <doctest/doctest.h>

#include "compiler/study/page/parts.h"
#include "tests/unit/study/decisions.h"

using namespace tocsin;
using namespace tocsin::study;
using namespace tocsin::study::fixture;
using values::kDayMs;
using values::kHourMs;
using values::kMinuteMs;

TEST_SUITE_BEGIN("study: page");
TEST_CASE("labels are read back from how a row is written") {
  using Labels = std::vector<std::pair<std::string, std::string>>;
  CHECK(page::LabelsOf("{}").empty());
  CHECK(page::LabelsOf("{a=\"1\",b=\"\"}") == Labels{{"a", "1"}, {"b", ""}});
  CHECK(page::LabelsOf("{a=\"x\\\"},\\\\\\n=\\\"\",b=\"2\"}") ==
        Labels{{"a", "x\"},\\\n=\""}, {"b", "2"}});
  CHECK(page::LabelsOf("").empty());
  CHECK(page::LabelsOf("{a=").empty());
}

TEST_CASE("text is escaped where it stands and where it is quoted") {
  CHECK(page::Escaped("<a b='c' d=\"e\">&\n") ==
        "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;&#10;");
  CHECK(page::Escaped("<<<<", 2) == "&lt;&lt;...");
  CHECK(page::Escaped("\xc3\xa4\xc3\xb6", 1) == "\xc3\xa4...");
}

TEST_CASE("spans of a lane, who was paged, and who acknowledged") {
  const ir::Program program = TwoAlerts();
  page::Story story(program);
  story.Take(Step(0, 1000, "inactive", "pending"));
  story.Take(Step(0, 2000, "pending", "firing"));
  story.Take(Message(0, 2000, "page", "ann"));
  story.Take(Acknowledged(3000, 0, "ann"));
  story.Take(Acknowledged(4000, 1, ""));
  story.Take(Step(0, 5000, "firing", "clearing"));
  story.Take(Step(0, 6000, "clearing", "inactive"));
  story.Take(Step(1, 7000, "inactive", "firing"));
  story.Finish(9000);
  REQUIRE(story.lanes().size() == 2);
  const page::Lane& lane = story.lanes()[0];
  CHECK(lane.pages == 1);
  CHECK(lane.first_fired == 2000);
  CHECK(lane.first_ack == 3000);
  CHECK(lane.first_ack_by == "ann");
  CHECK(lane.total_ms == 4000);
  CHECK_FALSE(lane.firing);
  std::vector<std::string> spans;
  for (const page::Span& span : lane.spans)
    spans.push_back(fmt::format("{} {}-{}", static_cast<int>(span.kind), span.begin, span.end));
  CHECK(spans ==
        std::vector<std::string>{"0 1000-2000", "1 2000-6000", "3 3000-4000", "2 5000-6000"});
  CHECK(story.lanes()[1].firing);
  CHECK(story.lanes()[1].spans[0].open);
  CHECK(story.lanes()[1].spans[0].end == 9000);
}

TEST_CASE("what is drawn is what fired, with room around it") {
  const ir::Program program = TwoAlerts();
  page::Story story(program);
  story.Take(Step(0, kDayMs, "inactive", "firing"));
  story.Take(Step(0, kDayMs + kHourMs, "firing", "inactive"));
  story.Finish(9 * kDayMs);
  const page::Window window = page::WindowOf(story.lanes(), {0, 9 * kDayMs}, 15'000);
  CHECK(window.begin == kDayMs - kHourMs * 15 / 100);
  CHECK(window.end == kDayMs + kHourMs * 115 / 100);
  const page::Window whole = page::WindowOf({}, {5, 9}, 15'000);
  CHECK(whole.begin == 5);
  CHECK(whole.end == 9);
}

TEST_CASE("a page stays below 2 MB, whatever happened") {
  const ir::Program program = TwoAlerts();
  page::Story story(program);
  Tally tally(program, 100);
  const auto both = [&](const engine::Decision& decision) {
    story.Take(decision);
    tally.Take(decision);
  };
  const std::string wide(1000, '"');
  for (int row = 0; row < 3000; ++row) {
    const std::string key = fmt::format("{{row=\"{}{}\"}}", row, wide);
    for (int time = 0; time < 20; ++time) {
      const values::Instant at = row * 1000 + time * kHourMs;
      both(Step(0, at, "inactive", "firing", key));
      engine::Decision message = Message(0, at, "page", "ann", key);
      message.text = wide;
      both(message);
      both(Step(0, at + kMinuteMs, "firing", "inactive", key));
    }
  }
  story.Finish(kDayMs);
  tally.Finish(kDayMs);
  const Simulation simulation;
  const Only only;
  const std::string text =
      page::Page({program, simulation, tally, story, nullptr, only, {0, kDayMs}, {0, kDayMs}});
  CHECK(text.size() > 200'000);
  CHECK(text.size() < 2'000'000);
  CHECK(text.find("more rows are not shown") != std::string::npos);
  CHECK(text.find("are not listed") != std::string::npos);
  CHECK(text.find("more spans and messages are not shown") != std::string::npos);
}
TEST_SUITE_END();
