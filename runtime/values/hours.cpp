#include "runtime/values/hours.h"

#include <algorithm>

namespace tocsin::values {
namespace {

Instant Begin(std::int64_t day, std::int64_t minute, const Zone& zone) {
  return FromLocal({day * kDayMs + minute * kMinuteMs}, zone, Choose::kFirst);
}
// Behind the last instant at which the clock shows less.
Instant End(std::int64_t day, std::int64_t minute, const Zone& zone) {
  const LocalTime last{day * kDayMs + minute * kMinuteMs - 1};
  const Instant at = FromLocal(last, zone, Choose::kSecond);
  return ToLocal(at, zone).ms == last.ms ? at + 1 : at;
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

// What Holds() says of a weekly part where the clock is not changed.
bool HoldsSteady(const HoursPart& part, LocalTime local) {
  const std::int64_t minute = local.minute_of_day();
  const bool over_night = part.to_minute <= part.from_minute;
  const bool begun = minute >= part.from_minute, ended = minute >= part.to_minute;
  if (BeginsOn(part, local.day_number()) && begun && (over_night || !ended)) return true;
  return over_night && !ended && BeginsOn(part, local.day_number() - 1);
}

}  // namespace

Moment::Moment(Instant at, const Zone& zone) : at_(at), zone_(&zone) {
  constexpr Duration kAround = 3 * kDayMs;
  const ZonePeriod& period = zone.PeriodAt(at);
  const std::vector<ZonePeriod>& all = zone.periods();
  const ZonePeriod* next = &period + 1;
  local_ = {at + std::int64_t{period.offset_s} * kSecondMs};
  steady_ = (&period == all.data() || period.begin <= at - kAround) &&
            (next == all.data() + all.size() || next->begin > at + kAround);
}

bool Holds(const HoursPart& part, const Moment& moment) {
  const Instant at = moment.at();
  if (part.sort == HoursPart::Sort::kDates) {
    const Span span = OfDates(part, moment.zone());
    return span.begin <= at && at < span.end;
  }
  if (moment.steady()) return HoldsSteady(part, moment.local());
  // A span that began the day before may go on; and a day that the clock cut short may have spans
  // that are its neighbours'.
  const std::int64_t today = moment.local().day_number();
  for (std::int64_t day = today - 1; day <= today + 1; ++day) {
    if (!BeginsOn(part, day)) continue;
    const Span span = OfDay(part, day, moment.zone());
    if (span.begin <= at && at < span.end) return true;
  }
  return false;
}

std::vector<Span> SpansBetween(const HoursPart& part, Instant from, Instant to, const Zone& zone) {
  std::vector<Span> spans;
  const auto add = [&](Span span) {
    if (span.begin < to && span.end > from) spans.push_back(span);
  };
  if (part.sort == HoursPart::Sort::kDates) {
    add(OfDates(part, zone));
    return spans;
  }
  const std::int64_t last = ToLocal(to, zone).day_number() + 1;
  for (std::int64_t day = ToLocal(from, zone).day_number() - 2; day <= last; ++day) {
    if (BeginsOn(part, day)) add(OfDay(part, day, zone));
  }
  return spans;
}

void AddBounds(const HoursPart& part, Instant from, Instant to, const Zone& zone,
               std::vector<Instant>& bounds) {
  for (const Span& span : SpansBetween(part, from, to, zone)) {
    if (from <= span.begin) bounds.push_back(span.begin);
    if (span.end < to) bounds.push_back(span.end);
  }
}

}  // namespace tocsin::values
