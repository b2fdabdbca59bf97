#include "runtime/values/hours.h"

#include <algorithm>

namespace tocsin::values {
namespace {

struct Span {
  Instant begin;
  Instant end;
};

Instant Begin(std::int64_t day, std::int64_t minute, const Zone& zone) {
  return FromLocal({day * kDayMs + minute * kMinuteMs}, zone, Choose::kFirst);
}
Instant End(std::int64_t day, std::int64_t minute, const Zone& zone) {
  return FromLocal({day * kDayMs + minute * kMinuteMs}, zone, Choose::kSecond);
}

bool BeginsOn(const HoursPart& part, std::int64_t day) {
  return (part.weekdays >> static_cast<unsigned>(WeekdayOfDay(day)) & 1u) != 0;
}
Span OfDay(const HoursPart& part, std::int64_t day, const Zone& zone) {
  const std::int64_t last = part.to_minute > part.from_minute ? day : day + 1;
  return {Begin(day, part.from_minute, zone), End(last, part.to_minute, zone)};
}
Span OfDates(const HoursPart& part, const Zone& zone) {
  return {Begin(part.first_day, 0, zone), End(std::int64_t{part.last_day} + 1, 0, zone)};
}

// Whether the clock is not changed within some days of an instant.
bool IsSteady(Instant at, const Zone& zone) {
  constexpr Duration kAround = 3 * kDayMs;
  const ZonePeriod& period = zone.PeriodAt(at);
  const std::vector<ZonePeriod>& all = zone.periods();
  const ZonePeriod* next = &period + 1;
  return (&period == all.data() || period.begin <= at - kAround) &&
         (next == all.data() + all.size() || next->begin > at + kAround);
}

// What Holds() says of a weekly part where the clock is not changed.
bool HoldsSteady(const HoursPart& part, LocalTime local) {
  const std::int64_t minute = local.minute_of_day();
  const bool over_night = part.to_minute <= part.from_minute;
  const bool begun = minute >= part.from_minute, ended = minute >= part.to_minute;
  if (BeginsOn(part, local.day_number()) && begun && (over_night || !ended)) return true;
  return over_night && !ended && BeginsOn(part, local.day_number() - 1);
}

}  // namespace

bool Holds(const HoursPart& part, Instant at, const Zone& zone) {
  if (part.sort == HoursPart::Sort::kWeekly && IsSteady(at, zone))
    return HoldsSteady(part, ToLocal(at, zone));
  if (part.sort == HoursPart::Sort::kDates) {
    const Span span = OfDates(part, zone);
    return span.begin <= at && at < span.end;
  }
  // A span that began the day before may go on; and a day that the clock cut short may have spans
  // that are its neighbours'.
  const std::int64_t today = ToLocal(at, zone).day_number();
  for (std::int64_t day = today - 1; day <= today + 1; ++day) {
    if (!BeginsOn(part, day)) continue;
    const Span span = OfDay(part, day, zone);
    if (span.begin <= at && at < span.end) return true;
  }
  return false;
}

void AddBounds(const HoursPart& part, Instant from, Instant to, const Zone& zone,
               std::vector<Instant>& bounds) {
  const auto add = [&](Span span) {
    for (const Instant at : {span.begin, span.end}) {
      if (from <= at && at < to) bounds.push_back(at);
    }
  };
  if (part.sort == HoursPart::Sort::kDates) return add(OfDates(part, zone));
  const std::int64_t last = ToLocal(to, zone).day_number() + 1;
  for (std::int64_t day = ToLocal(from, zone).day_number() - 2; day <= last; ++day) {
    if (BeginsOn(part, day)) add(OfDay(part, day, zone));
  }
}

}  // namespace tocsin::values
