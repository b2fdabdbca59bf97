#include "runtime/values/zones.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::values {

Zone::Zone() : Zone("UTC", {ZonePeriod{}}) {}

Zone::Zone(std::string name, std::vector<ZonePeriod> periods)
    : name_(std::move(name)), periods_(std::move(periods)) {
  TOCSIN_CHECK(ValidPeriods(periods_), "a zone needs periods in order");
}

bool Zone::ValidPeriods(const std::vector<ZonePeriod>& periods) {
  constexpr std::int32_t kMaxOffset = 26 * 3600;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    if (periods[i].offset_s < -kMaxOffset || periods[i].offset_s > kMaxOffset) return false;
    if (i > 0 && periods[i].begin <= periods[i - 1].begin) return false;
  }
  return !periods.empty();
}

const ZonePeriod& Zone::PeriodAt(Instant at) const {
  const auto after = std::upper_bound(
      periods_.begin(), periods_.end(), at,
      [](Instant value, const ZonePeriod& period) { return value < period.begin; });
  return after == periods_.begin() ? *after : *(after - 1);
}

LocalTime ToLocal(Instant at, const Zone& zone) {
  return {at + zone.PeriodAt(at).offset_s * kSecondMs};
}

Instant FromLocal(LocalTime local, const Zone& zone, Choose choose) {
  const std::vector<ZonePeriod>& periods = zone.periods();
  // No offset exceeds 26 hours, so only the periods near the same time in UTC can hold it.
  constexpr Duration kReach = 27 * kHourMs;
  const std::size_t first =
      static_cast<std::size_t>(&zone.PeriodAt(local.ms - kReach) - periods.data());
  Instant found = 0;
  bool any = false;
  for (std::size_t i = first;
       i < periods.size() && (i == first || periods[i].begin <= local.ms + kReach); ++i) {
    const Instant at = local.ms - periods[i].offset_s * kSecondMs;
    const bool begun = i == 0 || at >= periods[i].begin;
    const bool ended = i + 1 < periods.size() && at >= periods[i + 1].begin;
    if (begun && !ended) {
      found = at;
      any = true;
      if (choose == Choose::kFirst) return found;
    } else if (!begun && !any) {
      // The clocks went past it when this period began.
      return periods[i].begin;
    }
  }
  TOCSIN_CHECK(any, "a local time lies in no period of its zone");
  return found;
}

std::string FormatClock(Instant at, const Zone& zone) {
  const LocalTime local = ToLocal(at, zone);
  const Date date = DateOfDay(local.day_number());
  const std::int64_t ms = FloorModulo(local.ms, kDayMs);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", date.year, date.month, date.day,
                     ms / kHourMs, ms / kMinuteMs % 60, ms / kSecondMs % 60);
}

}  // namespace tocsin::values
