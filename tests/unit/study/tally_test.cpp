#include "compiler/study/tally.h"

#include <doctest/doctest.h>

#include "compiler/study/lines.h"
#include "compiler/study/only.h"
#include "tests/unit/study/decisions.h"

using namespace tocsin;
using namespace tocsin::study;
using namespace tocsin::study::fixture;
using values::kHourMs;
using values::kMinuteMs;

namespace {

const AlertTally& Of(const std::vector<AlertTally>& alerts, std::size_t machine) {
  for (const AlertTally& alert : alerts) {
    if (alert.alert.index == machine) return alert;
  }
  FAIL("no such alert");
  return alerts.front();
}

}  // namespace

TEST_SUITE_BEGIN("study: tally");
TEST_CASE("times, rows, the longest, and what fires still") {
  const ir::Program program = TwoAlerts();
  Tally tally(program, 2);
  tally.Take(Step(0, 0, "inactive", "firing", "{}"));
  tally.Take(Step(0, 100, "firing", "clearing", "{}"));
  tally.Take(Step(0, 150, "clearing", "firing", "{}"));
  tally.Take(Step(0, 1000, "firing", "inactive", "{}"));
  tally.Take(Step(0, kHourMs, "pending", "firing", "{}"));
  tally.Take(Step(0, kHourMs, "inactive", "pending", "{a=\"1\"}"));
  tally.Take(Step(0, kHourMs + 1, "pending", "inactive", "{a=\"1\"}"));
  tally.Take(Step(0, kHourMs + 2, "pending", "firing", "{a=\"1\"}"));
  tally.Take(Step(0, kHourMs + 3, "firing", "firing", "{a=\"1\"}"));
  tally.Finish(2 * kHourMs);
  const AlertTally down = Of(tally.Alerts(), 0);
  CHECK(down.rows == 2);
  CHECK(down.fired == 3);
  CHECK(down.open == 2);
  CHECK(down.brief == 1);
  CHECK(down.flaps == 0);
  CHECK(down.longest_ms == kHourMs);
  CHECK(down.total_ms == 1000 + kHourMs + kHourMs - 2);
  CHECK_FALSE(Of(tally.Alerts(), 1).pended);
  CHECK(tally.firing_count() == 3);
  REQUIRE(tally.firings().size() == 2);
  CHECK(tally.firings()[0].end == 1000);
  CHECK_FALSE(tally.firings()[0].open);
  CHECK(tally.firings()[1].open);
  CHECK(tally.firings()[1].end == 2 * kHourMs);
}

TEST_CASE("a row flaps that fires again within ten minutes, and not a moment later") {
  for (const values::Duration after : {10 * kMinuteMs, 10 * kMinuteMs + 1}) {
    const ir::Program program = TwoAlerts();
    Tally tally(program, 10);
    tally.Take(Step(0, 0, "inactive", "firing"));
    tally.Take(Step(0, 1000, "firing", "inactive"));
    tally.Take(Step(0, 1000 + 1, "inactive", "firing", "{region=\"us\"}"));
    tally.Take(Step(0, 1000 + after, "inactive", "firing"));
    tally.Finish(1000 + after);
    CHECK(Of(tally.Alerts(), 0).flaps == (after == 10 * kMinuteMs ? 1 : 0));
  }
}

TEST_CASE("what pages comes before what fires for longer") {
  const ir::Program program = TwoAlerts();
  Tally tally(program, 10);
  tally.Take(Step(0, 0, "inactive", "firing"));
  tally.Take(Step(1, 10, "inactive", "firing"));
  tally.Take(Message(1, 10, "page", "ann"));
  tally.Finish(1000);
  REQUIRE(tally.Alerts().size() == 2);
  CHECK(tally.Alerts()[0].alert.index == 1);
  CHECK(tally.Alerts()[0].pages == 1);
}

TEST_CASE("nights are those of a person's schedule, from 22:00 up to 07:00") {
  const ir::Program program = TwoAlerts();
  const auto nights = [&](std::string_view at, const std::string& person, const char* action) {
    Tally tally(program, 10);
    tally.Take(Message(0, At(at), action, person));
    REQUIRE(tally.People().size() == 1);
    return tally.People()[0].pages_at_night;
  };
  // Dublin in summer is an hour ahead of UTC.
  CHECK(nights("2026-07-01T20:59:59Z", "ann", "page") == 0);
  CHECK(nights("2026-07-01T21:00:00Z", "ann", "page") == 1);
  CHECK(nights("2026-07-02T05:59:59Z", "ann", "page") == 1);
  CHECK(nights("2026-07-02T06:00:00Z", "ann", "page") == 0);
  CHECK(nights("2026-07-02T03:00:00Z", "ann", "notify") == 0);
  // Tokyo is nine ahead; who stands in no schedule has the nights of the first.
  CHECK(nights("2026-07-01T13:00:00Z", "ben", "page") == 1);
  CHECK(nights("2026-07-01T22:00:00Z", "ben", "page") == 0);
  CHECK(nights("2026-07-01T21:00:00Z", "cleo", "page") == 1);
}

TEST_CASE("people are told first and last") {
  const ir::Program program = TwoAlerts();
  Tally tally(program, 10);
  tally.Take(Message(0, 5, "notify", "ben"));
  tally.Take(Message(0, 7, "page", "ann"));
  tally.Take(Message(0, 9, "over", "ben"));
  const std::vector<PersonTally> people = tally.People();
  REQUIRE(people.size() == 2);
  CHECK(people[0].pages == 1);
  CHECK(people[1].first == 5);
  CHECK(people[1].last == 9);
  CHECK(people[1].notices == 1);
  CHECK(people[1].overs == 1);
  CHECK(people[1].channel == "phone");
}

TEST_CASE("alerts are chosen by patterns, and only alerts are") {
  const ir::Program program = TwoAlerts();
  const auto only = Only::Of(program, {"d*", "b?sy"});
  REQUIRE(only.has_value());
  CHECK(only->Shows(ir::MachineId(std::size_t{0})));
  CHECK(only->Shows(ir::MachineId(std::size_t{1})));
  CHECK_FALSE(Only::Of(program, {"busy"})->Shows(ir::MachineId(std::size_t{0})));
  CHECK(Only::Of(program, {})->Shows(ir::MachineId(std::size_t{0})));
  CHECK(Only::Of(program, {"dwon"}).error() == "no alert is called `dwon`; did you mean `down`?");
  CHECK(Only::Of(program, {"ladder"}).error() == "no alert is called `ladder`");
}

TEST_CASE("durations in a table have at most two parts") {
  CHECK(ShortDuration(0) == "0s");
  CHECK(ShortDuration(250) == "250ms");
  CHECK(ShortDuration(59'999) == "59s999ms");
  CHECK(ShortDuration(61'500) == "1m1s");
  CHECK(ShortDuration(kHourMs) == "1h");
  CHECK(ShortDuration(kHourMs + kMinuteMs + 1000) == "1h1m");
  CHECK(ShortDuration(14 * values::kDayMs + kMinuteMs) == "14d");
  CHECK(ShortDuration(14 * values::kDayMs + kHourMs) == "14d1h");
}
TEST_SUITE_END();
