#include "runtime/values/hours.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace tocsin::values {
namespace {

// The hours of one calendar day in Dublin that a weekly part from `from` to `to` holds, as minutes
// since the first instant it holds; where its clock is changed at 01:00 UTC.
struct Held {
  Instant first = 0;
  Instant after_last = 0;
  int holes = 0;
};
Held HeldAround(const HoursPart& part, Instant begin, Instant end) {
  const Zone zone = *LoadZone("Europe/Dublin");
  Held held;
  bool before = false;
  for (Instant at = begin; at < end; at += kMinuteMs) {
    const bool holds = Holds(part, Moment(at, zone));
    if (holds && held.first == 0) held.first = at;
    if (holds && !before && held.after_last != 0) ++held.holes;
    if (holds) held.after_last = at + kMinuteMs;
    before = holds;
  }
  std::vector<Instant> bounds;
  AddBounds(part, begin, end, zone, bounds);
  CHECK(std::ranges::find(bounds, held.first) != bounds.end());
  CHECK(std::ranges::find(bounds, held.after_last) != bounds.end());
  return held;
}
Instant At(const char* text) { return *ParseInstant(text); }

}  // namespace

TEST_CASE("hours around a changed clock") {
  const HoursPart half_past_one{.weekdays = 0x40, .from_minute = 30, .to_minute = 90};
  // 2026-10-25: 02:00 becomes 01:00 at 01:00 UTC, so 01:30 comes at 00:30 and 01:30 UTC.
  Held held = HeldAround(half_past_one, At("2026-10-24T12:00Z"), At("2026-10-25T12:00Z"));
  CHECK_EQ(held.first, At("2026-10-24T23:30Z"));
  CHECK_EQ(held.after_last, At("2026-10-25T01:30Z"));
  CHECK_EQ(held.holes, 0);
  const HoursPart from_half_past_one{.weekdays = 0x40, .from_minute = 90, .to_minute = 180};
  held = HeldAround(from_half_past_one, At("2026-10-24T12:00Z"), At("2026-10-25T12:00Z"));
  CHECK_EQ(held.first, At("2026-10-25T00:30Z"));
  CHECK_EQ(held.after_last, At("2026-10-25T03:00Z"));
  CHECK_EQ(held.holes, 0);
  // 2026-03-29: 01:00 becomes 02:00 at 01:00 UTC; there is no 01:30.
  held = HeldAround(half_past_one, At("2026-03-28T12:00Z"), At("2026-03-29T12:00Z"));
  CHECK_EQ(held.first, At("2026-03-29T00:30Z"));
  CHECK_EQ(held.after_last, At("2026-03-29T01:00Z"));
}

TEST_CASE("hours that go on into the next day, and days") {
  const HoursPart night{.weekdays = 0x10, .from_minute = 22 * 60, .to_minute = 6 * 60};  // Friday
  Held held = HeldAround(night, At("2026-07-02T00:00Z"), At("2026-07-06T00:00Z"));
  CHECK_EQ(held.first, At("2026-07-03T21:00Z"));
  CHECK_EQ(held.after_last, At("2026-07-04T05:00Z"));
  CHECK_EQ(held.holes, 0);
  const auto day = static_cast<std::int32_t>(At("2026-07-03") / kDayMs);
  const HoursPart days{
      .sort = HoursPart::Sort::kDates, .out = false, .first_day = day, .last_day = day + 1};
  held = HeldAround(days, At("2026-07-01T00:00Z"), At("2026-07-08T00:00Z"));
  CHECK_EQ(held.first, At("2026-07-02T23:00Z"));
  CHECK_EQ(held.after_last, At("2026-07-04T23:00Z"));
}

}  // namespace tocsin::values
