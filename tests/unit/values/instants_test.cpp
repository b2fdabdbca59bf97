#include "runtime/values/instants.h"

#include <doctest/doctest.h>

using namespace tocsin::values;

TEST_SUITE_BEGIN("values: instants");
TEST_CASE("an instant is read and written") {
  CHECK(ParseInstant("1970-01-01T00:00:00Z") == 0);
  CHECK(ParseInstant("2026-11-23T04:15:00.000Z") == 1795407300000);
  CHECK(ParseInstant("2026-11-23T04:15:00Z") == 1795407300000);
  CHECK(ParseInstant("2026-11-23T05:15:00+01:00") == 1795407300000);
  CHECK(ParseInstant("2026-11-22 20:15:00.000-08:00") == 1795407300000);
  CHECK(ParseInstant("2026-11-23T04:15Z") == 1795407300000);
  CHECK(ParseInstant("2026-11-23") == 1795392000000);
  CHECK(ParseInstant("2026-11-23T04:15:00.5Z") == 1795407300500);
  CHECK(ParseInstant("2026-11-23T04:15:00.1239Z") == 1795407300123);
  CHECK(ParseInstant("1969-12-31T23:59:59.999Z") == -1);
  CHECK(ParseInstant("2024-02-29") == 1709164800000);
  CHECK(FormatInstant(1795407300000) == "2026-11-23T04:15:00.000Z");
  CHECK(FormatInstant(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(FormatInstant(INT64_MAX) == "9999-12-31T23:59:59.999Z");
  CHECK(FormatInstant(INT64_MIN) == "0001-01-01T00:00:00.000Z");
  for (Instant at = kFirstInstant; at < kLastInstant; at += 7'777'777'777'777) {
    CHECK(ParseInstant(FormatInstant(at)) == at);
  }
}

TEST_CASE("what is no instant is refused") {
  for (const char* text : {"",
                           "2026",
                           "2026-11",
                           "2026-13-01",
                           "2026-00-10",
                           "2025-02-29",
                           "2026-11-23T",
                           "2026-11-23T04",
                           "2026-11-23T04:15",
                           "2026-11-23T04:15:00",
                           "2026-11-23T24:00Z",
                           "2026-11-23T04:60Z",
                           "2026-11-23T04:15:60Z",
                           "2026-11-23T04:15:00.Z",
                           "2026-11-23T04:15:00Zx",
                           "2026-11-23T04:15:00+0100",
                           "2026-11-23T04:15:00+24:00",
                           "2026-11-23T04:15:00+01:60",
                           "-2026-11-23",
                           "26-11-23",
                           "0000-01-01",
                           "2026-11-23Z",
                           "+026-11-23",
                           "0001-01-01T00:00+01:00",
                           "2026/11/23",
                           "yesterday"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseInstant(text));
  }
}

TEST_CASE("durations are written as the language writes them") {
  CHECK(FormatDuration(0) == "0s");
  CHECK(FormatDuration(250) == "250ms");
  CHECK(FormatDuration(15'000) == "15s");
  CHECK(FormatDuration(90'000) == "1m30s");
  CHECK(FormatDuration(5'400'000) == "1h30m");
  CHECK(FormatDuration(2 * kDayMs) == "2d");
  CHECK(FormatDuration(2 * kWeekMs) == "2w");
  CHECK(FormatDuration(10 * kDayMs) == "10d");
  CHECK(FormatDuration(kDayMs + 1) == "1d1ms");
  CHECK(FormatDuration(-5'400'000) == "-1h30m");
  CHECK(FormatDuration(INT64_MIN) == "-106751991167d7h12m55s808ms");
}

TEST_CASE("days and weekdays") {
  CHECK(DayNumber({1970, 1, 5}) == 4);
  CHECK(WeekdayOfDay(4) == Weekday::kMonday);
  CHECK(WeekdayOfDay(-1) == Weekday::kWednesday);
  CHECK(WeekdayOfDay(DayNumber({2026, 3, 29})) == Weekday::kSunday);
  CHECK(DateOfDay(DayNumber({2026, 3, 29})) == Date{2026, 3, 29});
  CHECK(FloorDivide(-1, 10) == -1);
  CHECK(FloorModulo(-1, 10) == 9);
  CHECK(FloorDivide(-10, 10) == -1);
}
TEST_SUITE_END();
