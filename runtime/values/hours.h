// The hours of a calendar: weekly spans and days in local time, which are taken in and left out
// from left to right. Spans hold their first instant and not their last. A local time that does not
// exist is the next instant. A span begins when the clock first shows its beginning and ends when
// it has shown the last of what is before its end, twice if need be, so that the clock's change
// never leaves a hole between two spans that meet.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/values/instants.h"
#include "runtime/values/zones.h"

namespace tocsin::values {

struct HoursPart {
  // Calendar: the hours of another calendar, which whoever has the calendars looks up.
  enum class Sort : std::uint8_t { kWeekly, kDates, kCalendar };
  Sort sort = Sort::kWeekly;
  bool out = false;               // left out, not taken in
  std::uint32_t weekdays = 0x7f;  // of kWeekly: on which a span begins, a bit for each from Monday
  std::int32_t from_minute = 0;   // of the local day, 0 to 1439
  std::int32_t to_minute = 1440;  // 0 to 1440; before `from_minute`: of the day after
  std::int32_t first_day = 0;     // of kDates: since 1970-01-01
  std::int32_t last_day = 0;
  std::uint32_t calendar = 0;  // of kCalendar: its place
  bool operator==(const HoursPart&) const = default;
};

// An instant as the clock of a zone shows it, for the parts that are asked about it.
class Moment {
 public:
  Moment(Instant at, const Zone& zone);
  Instant at() const { return at_; }
  const Zone& zone() const { return *zone_; }
  LocalTime local() const { return local_; }
  // Whether the clock is not changed within some days of it.
  bool steady() const { return steady_; }

 private:
  Instant at_;
  const Zone* zone_;
  LocalTime local_;
  bool steady_ = false;
};

// Whether a weekly part or one of dates holds an instant.
bool Holds(const HoursPart& part, const Moment& moment);
struct Span {
  Instant begin = 0;
  Instant end = 0;
};
// The spans of such a part that have something in [from, to), in the order in which they begin.
std::vector<Span> SpansBetween(const HoursPart& part, Instant from, Instant to, const Zone& zone);
// Adds the instants in [from, to) at which such a part begins or ends.
void AddBounds(const HoursPart& part, Instant from, Instant to, const Zone& zone,
               std::vector<Instant>& bounds);

}  // namespace tocsin::values
