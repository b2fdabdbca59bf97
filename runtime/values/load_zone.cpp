// The only file that includes date/tz.h: the system's tzdata to tables of transitions.
#include <chrono>
#include <exception>
#include <fstream>
#include <optional>

#include <date/tz.h>

#include "runtime/values/zones.h"

namespace tocsin::values {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2060;
// The zone files list the transitions of an endless rule to this year; the years after it follow
// the rule.
constexpr int kLastListedYear = 2037;

Instant StartOfYear(int year) { return DayNumber({year, 1, 1}) * kDayMs; }

int YearOf(Instant at) { return DateOfDay(FloorDivide(at, kDayMs)).year; }

std::vector<ZonePeriod> ListedPeriods(const date::time_zone& zone) {
  std::vector<ZonePeriod> periods;
  date::sys_seconds at{std::chrono::seconds{StartOfYear(kFirstYear) / kSecondMs}};
  const date::sys_seconds end{std::chrono::seconds{StartOfYear(kLastYear + 1) / kSecondMs}};
  while (at < end) {
    const date::sys_info info = zone.get_info(at);
    const auto offset_s = static_cast<std::int32_t>(info.offset.count());
    // A period may differ from the last only in its name.
    if (periods.empty() || periods.back().offset_s != offset_s) {
      periods.push_back({at.time_since_epoch().count() * kSecondMs, offset_s});
    }
    if (info.end <= at) break;
    at = info.end;
  }
  return periods;
}

// The latest listed year whose days from March on fall on the same weekdays: it has its transitions
// on the same dates.
int YearAlike(int year) {
  int alike = kLastListedYear;
  while (WeekdayOfDay(DayNumber({alike, 3, 1})) != WeekdayOfDay(DayNumber({year, 3, 1}))) --alike;
  return alike;
}

// Continues a rule that the files list to 2037. A zone without daylight saving in each of the last
// seven listed years (all that YearAlike can name), or with transitions listed beyond, follows no
// such rule and stays as it is.
void ContinueRule(std::vector<ZonePeriod>& periods) {
  const std::size_t listed = periods.size();
  if (listed == 0 || YearOf(periods.back().begin) != kLastListedYear) return;
  for (int year = kLastListedYear + 1; year <= kLastYear; ++year) {
    const int alike = YearAlike(year);
    const std::int64_t shift_days = DayNumber({year, 3, 1}) - DayNumber({alike, 3, 1});
    for (std::size_t i = 0; i < listed; ++i) {
      if (YearOf(periods[i].begin) != alike) continue;
      if (periods[i].begin < DayNumber({alike, 3, 1}) * kDayMs) return;
      periods.push_back({periods[i].begin + shift_days * kDayMs, periods[i].offset_s});
    }
  }
}

}  // namespace

std::expected<Zone, ZoneError> LoadZone(std::string_view iana_name) {
  try {
    const date::time_zone* zone = date::locate_zone(iana_name);
    std::vector<ZonePeriod> periods = ListedPeriods(*zone);
    ContinueRule(periods);
    return Zone(std::string(iana_name), std::move(periods));
  } catch (const std::exception& error) {
    const auto kind =
        ZoneNames().empty() ? ZoneError::Kind::kNoData : ZoneError::Kind::kUnknownName;
    return std::unexpected(ZoneError{kind, error.what()});
  }
}

std::string TzdataVersion() {
  try {
    if (const std::string& version = date::get_tzdb().version; version != "unknown") return version;
  } catch (const std::exception&) {
    return "unknown";
  }
  // Debian's compiled zones carry no version of their own; the text they were compiled from begins
  // with it.
  std::ifstream rules("/usr/share/zoneinfo/tzdata.zi");
  constexpr std::string_view kMark = "# version ";
  std::string line;
  if (!std::getline(rules, line) || !line.starts_with(kMark)) return "unknown";
  return line.substr(kMark.size());
}

std::vector<std::string> ZoneNames() {
  std::vector<std::string> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  } catch (const std::exception&) {
    names.clear();
  }
  return names;
}

}  // namespace tocsin::values
