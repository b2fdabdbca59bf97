#include "runtime/values/zones.h"

#include <doctest/doctest.h>

using namespace tocsin::values;

namespace {

LocalTime Local(int year, unsigned month, unsigned day, int hour, int minute) {
  return {DayNumber({year, month, day}) * kDayMs + hour * kHourMs + minute * kMinuteMs};
}

Zone Load(const char* name) {
  auto zone = LoadZone(name);
  REQUIRE(zone);
  return *zone;
}

}  // namespace

TEST_SUITE_BEGIN("values: zones");
TEST_CASE("UTC and unknown zones") {
  CHECK(ToLocal(0, Zone()).ms == 0);
  CHECK(Load("UTC").periods().size() == 1);
  CHECK(LoadZone("Europe/Dubln").error().kind == ZoneError::Kind::kUnknownName);
  CHECK(LoadZone("").error().kind == ZoneError::Kind::kUnknownName);
  CHECK(LoadZone("../../etc/passwd").error().kind == ZoneError::Kind::kUnknownName);
  CHECK(TzdataVersion().size() >= 5);
  CHECK(ZoneNames().size() > 300);
}

TEST_CASE("a local time that does not exist, and a doubled one") {
  const Zone dublin = Load("Europe/Dublin");
  // 2026-03-29 01:00 became 02:00.
  const Instant spring = *ParseInstant("2026-03-29T01:00Z");
  CHECK(FromLocal(Local(2026, 3, 29, 1, 30), dublin, Choose::kFirst) == spring);
  CHECK(FromLocal(Local(2026, 3, 29, 1, 30), dublin, Choose::kSecond) == spring);
  CHECK(FromLocal(Local(2026, 3, 29, 1, 0), dublin, Choose::kFirst) == spring);
  CHECK(FromLocal(Local(2026, 3, 29, 2, 0), dublin, Choose::kFirst) == spring);
  CHECK(FromLocal(Local(2026, 3, 29, 0, 59), dublin, Choose::kFirst) == spring - kMinuteMs);
  // 2026-10-25 02:00 became 01:00.
  CHECK(FromLocal(Local(2026, 10, 25, 1, 30), dublin, Choose::kFirst) ==
        *ParseInstant("2026-10-25T00:30Z"));
  CHECK(FromLocal(Local(2026, 10, 25, 1, 30), dublin, Choose::kSecond) ==
        *ParseInstant("2026-10-25T01:30Z"));
  CHECK(FromLocal(Local(2026, 10, 25, 2, 0), dublin, Choose::kFirst) ==
        *ParseInstant("2026-10-25T02:00Z"));
  CHECK(FromLocal(Local(2026, 10, 25, 1, 0), dublin, Choose::kFirst) ==
        *ParseInstant("2026-10-25T00:00Z"));
}

TEST_CASE("every instant comes back from its local time, around every transition") {
  for (const char* name :
       {"Europe/Dublin", "America/Sao_Paulo", "Asia/Singapore", "America/Los_Angeles",
        "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"}) {
    CAPTURE(name);
    const Zone zone = Load(name);
    for (const ZonePeriod& period : zone.periods()) {
      for (Instant at = period.begin - 30 * kHourMs; at < period.begin + 30 * kHourMs;
           at += 10 * kMinuteMs) {
        const LocalTime local = ToLocal(at, zone);
        const Instant first = FromLocal(local, zone, Choose::kFirst);
        const Instant second = FromLocal(local, zone, Choose::kSecond);
        REQUIRE(first <= second);
        REQUIRE((at == first || at == second));
        REQUIRE(ToLocal(first, zone) == local);
        REQUIRE(ToLocal(second, zone) == local);
      }
    }
  }
}

TEST_CASE("a day that was left out") {
  const Zone apia = Load("Pacific/Apia");  // 2011-12-30 did not happen
  const Instant midnight = *ParseInstant("2011-12-30T10:00Z");
  CHECK(FromLocal(Local(2011, 12, 30, 9, 0), apia, Choose::kFirst) == midnight);
  CHECK(FormatClock(midnight, apia) == "2011-12-31 00:00:00");
  CHECK(FormatClock(midnight - 1, apia) == "2011-12-29 23:59:59");
}

TEST_CASE("rules go on after 2037") {
  const Zone dublin = Load("Europe/Dublin");
  const Zone los_angeles = Load("America/Los_Angeles");
  CHECK(ToLocal(*ParseInstant("2038-03-28T00:59:59Z"), dublin).minute_of_day() == 59);
  CHECK(ToLocal(*ParseInstant("2038-03-28T01:00Z"), dublin).minute_of_day() == 120);
  CHECK(ToLocal(*ParseInstant("2040-10-28T00:59Z"), dublin).minute_of_day() == 119);
  CHECK(ToLocal(*ParseInstant("2040-10-28T01:00Z"), dublin).minute_of_day() == 60);
  CHECK(ToLocal(*ParseInstant("2060-07-01T12:00Z"), los_angeles).minute_of_day() == 5 * 60);
  CHECK(ToLocal(*ParseInstant("2060-12-01T12:00Z"), los_angeles).minute_of_day() == 4 * 60);
  // In every year from 2010 on, the clocks change on the last Sundays of March and October.
  for (int year = 2010; year <= 2060; ++year) {
    for (const unsigned month : {3u, 10u}) {
      std::int64_t day = DayNumber({year, month, 31});
      while (WeekdayOfDay(day) != Weekday::kSunday) --day;
      const Instant change = day * kDayMs + kHourMs;
      CAPTURE(year);
      CHECK(dublin.PeriodAt(change - 1).offset_s != dublin.PeriodAt(change).offset_s);
    }
  }
  CHECK(dublin.periods().size() == 1 + 2 * 61);
}

TEST_CASE("clocks are written for people") {
  CHECK(FormatClock(*ParseInstant("2026-11-23T04:15:00.999Z"), Zone()) == "2026-11-23 04:15:00");
  CHECK(FormatClock(*ParseInstant("2026-07-01T12:00Z"), Load("America/Los_Angeles")) ==
        "2026-07-01 05:00:00");
}

TEST_CASE("periods are checked before use") {
  CHECK_FALSE(Zone::ValidPeriods({}));
  CHECK_FALSE(Zone::ValidPeriods({{0, 0}, {0, 3600}}));
  CHECK_FALSE(Zone::ValidPeriods({{0, 27 * 3600}}));
  CHECK(Zone::ValidPeriods({{0, 0}, {1, 3600}}));
}
TEST_SUITE_END();
