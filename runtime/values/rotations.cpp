#include "runtime/values/rotations.h"

#include "runtime/base/check.h"

namespace tocsin::values {
namespace {

constexpr std::int64_t kAnchorDay = 4;  // 1970-01-05, a Monday

std::int64_t DaysApart(const Turn& turn) { return turn.every == Turn::Every::kWeekly ? 7 : 1; }

std::int64_t FirstDay(const Turn& turn) {
  return turn.every == Turn::Every::kWeekly ? kAnchorDay + static_cast<std::int64_t>(turn.weekday)
                                            : kAnchorDay;
}

}  // namespace

Instant TurnBegin(std::int64_t number, const Turn& turn, const Zone& zone) {
  const std::int64_t day = FirstDay(turn) + number * DaysApart(turn);
  return FromLocal({day * kDayMs + turn.minute_of_day * kMinuteMs}, zone, Choose::kFirst);
}

std::int64_t TurnNumber(Instant at, const Turn& turn, const Zone& zone) {
  TOCSIN_CHECK(turn.minute_of_day >= 0 && turn.minute_of_day < 24 * 60,
               "a turn passes at a time of day");
  const std::int64_t day = ToLocal(at, zone).day_number();
  std::int64_t number = FloorDivide(day - FirstDay(turn), DaysApart(turn));
  // The day decides all but the hours before the handover, and a day that a zone left out moves it
  // by one more.
  while (TurnBegin(number, turn, zone) > at) --number;
  while (TurnBegin(number + 1, turn, zone) <= at) ++number;
  return number;
}

std::size_t TurnIndex(Instant at, const Turn& turn, const Zone& zone, std::size_t people) {
  TOCSIN_CHECK(people > 0, "a rotation needs somebody");
  const std::int64_t number = TurnNumber(at, turn, zone);
  return static_cast<std::size_t>(FloorModulo(number, static_cast<std::int64_t>(people)));
}

Instant NextHandover(Instant at, const Turn& turn, const Zone& zone) {
  return TurnBegin(TurnNumber(at, turn, zone) + 1, turn, zone);
}

}  // namespace tocsin::values
