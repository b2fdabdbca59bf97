#include "runtime/values/rotations.h"

#include <doctest/doctest.h>

using namespace tocsin::values;

namespace {

// The model goes minute by minute and knows only what a person with a clock on the wall would: the
// turn passes when the clock first reaches the time of day on a day on which nobody has taken over
// yet, or has already jumped past it.
class Wall {
 public:
  Wall(const Turn& turn, const Zone& zone, Instant at)
      : turn_(turn), zone_(zone), at_(at), last_day_(Day(at)) {}

  // Goes on by one minute; true where the turn passes.
  bool Tick() {
    at_ += kMinuteMs;
    const std::int64_t due = Day(at_);
    const bool passes = due > last_day_;
    const std::int64_t days = passes ? due - last_day_ : 0;
    last_day_ = passes ? due : last_day_;
    passed_ = turn_.every == Turn::Every::kWeekly ? days / 7 : days;
    return passes;
  }
  Instant at() const { return at_; }
  std::int64_t passed() const { return passed_; }

 private:
  // The last handover day whose time the clock has reached.
  std::int64_t Day(Instant at) const {
    const LocalTime local = ToLocal(at, zone_);
    std::int64_t day = local.day_number();
    if (local.minute_of_day() < turn_.minute_of_day) --day;
    while (turn_.every == Turn::Every::kWeekly && WeekdayOfDay(day) != turn_.weekday) --day;
    return day;
  }
  const Turn& turn_;
  const Zone& zone_;
  Instant at_;
  std::int64_t last_day_;
  std::int64_t passed_ = 0;
};

}  // namespace

TEST_SUITE_BEGIN("values: rotations");
TEST_CASE("the anchor") {
  const Zone utc;
  const Turn weekly{Turn::Every::kWeekly, Weekday::kMonday, 9 * 60};
  CHECK(TurnBegin(0, weekly, utc) == *ParseInstant("1970-01-05T09:00Z"));
  CHECK(TurnIndex(*ParseInstant("1970-01-05T09:00Z"), weekly, utc, 3) == 0);
  CHECK(TurnIndex(*ParseInstant("1970-01-05T08:59Z"), weekly, utc, 3) == 2);
  CHECK(TurnIndex(*ParseInstant("1970-01-12T09:00Z"), weekly, utc, 3) == 1);
  CHECK(TurnBegin(0, {Turn::Every::kWeekly, Weekday::kSunday, 0}, utc) ==
        *ParseInstant("1970-01-11"));
  CHECK(TurnBegin(0, {Turn::Every::kDaily, Weekday::kSunday, 480}, utc) ==
        *ParseInstant("1970-01-05T08:00Z"));
  CHECK(TurnIndex(0, weekly, utc, 1) == 0);
}

TEST_CASE("a handover is at the local time on both sides of a change of clocks") {
  const Zone dublin = *LoadZone("Europe/Dublin");
  const Turn weekly{Turn::Every::kWeekly, Weekday::kMonday, 9 * 60};
  CHECK(NextHandover(*ParseInstant("2026-03-20"), weekly, dublin) ==
        *ParseInstant("2026-03-23T09:00Z"));
  CHECK(NextHandover(*ParseInstant("2026-03-23T09:00Z"), weekly, dublin) ==
        *ParseInstant("2026-03-30T08:00Z"));
  // 01:30 does not exist on 2026-03-29 and is there twice on 2026-10-25.
  const Turn daily{Turn::Every::kDaily, Weekday::kMonday, 90};
  CHECK(NextHandover(*ParseInstant("2026-03-28T12:00Z"), daily, dublin) ==
        *ParseInstant("2026-03-29T01:00Z"));
  CHECK(NextHandover(*ParseInstant("2026-10-24T12:00Z"), daily, dublin) ==
        *ParseInstant("2026-10-25T00:30Z"));
  CHECK(NextHandover(*ParseInstant("2026-10-25T00:30Z"), daily, dublin) ==
        *ParseInstant("2026-10-26T01:30Z"));
}

TEST_CASE("every minute of two years in four zones, against a clock on the wall") {
  // Sao Paulo had daylight saving until 2019, so its years are earlier; its clocks change at
  // midnight.
  struct Years {
    const char* zone;
    const char* begin;
  };
  constexpr std::size_t kPeople = 5;
  for (const Years& years :
       {Years{"Europe/Dublin", "2026-01-01"}, Years{"America/Sao_Paulo", "2017-01-01"},
        Years{"Asia/Singapore", "2026-01-01"}, Years{"America/Los_Angeles", "2026-01-01"}}) {
    const Zone zone = *LoadZone(years.zone);
    for (const Turn& turn : {Turn{Turn::Every::kWeekly, Weekday::kMonday, 9 * 60},
                             Turn{Turn::Every::kWeekly, Weekday::kSunday, 90},
                             Turn{Turn::Every::kDaily, Weekday::kMonday, 0},
                             Turn{Turn::Every::kDaily, Weekday::kMonday, 150}}) {
      CAPTURE(years.zone);
      CAPTURE(turn.minute_of_day);
      const Instant begin = *ParseInstant(years.begin);
      const Instant end = begin + 2 * 365 * kDayMs;
      Wall wall(turn, zone, begin);
      std::int64_t number = TurnNumber(begin, turn, zone);
      Instant next = NextHandover(begin, turn, zone);
      while (wall.at() < end) {
        const bool passes = wall.Tick();
        if (!passes && wall.at() != next) continue;
        REQUIRE(passes);
        REQUIRE(wall.at() == next);
        number += wall.passed();
        REQUIRE(TurnNumber(wall.at() - 1, turn, zone) == number - 1);
        REQUIRE(TurnNumber(wall.at(), turn, zone) == number);
        REQUIRE(TurnIndex(wall.at(), turn, zone, kPeople) ==
                static_cast<std::size_t>(number) % kPeople);
        next = NextHandover(wall.at(), turn, zone);
      }
    }
  }
}

TEST_CASE("a day that a zone left out passes two turns at once") {
  const Zone apia = *LoadZone("Pacific/Apia");  // 2011-12-30 did not happen
  const Turn daily{Turn::Every::kDaily, Weekday::kMonday, 0};
  const Instant jump = *ParseInstant("2011-12-30T10:00Z");
  CHECK(TurnNumber(jump, daily, apia) == TurnNumber(jump - 1, daily, apia) + 2);
  CHECK(NextHandover(jump - 1, daily, apia) == jump);
  CHECK(NextHandover(jump, daily, apia) == jump + kDayMs);
}
TEST_SUITE_END();
