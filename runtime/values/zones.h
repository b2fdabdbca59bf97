// A time zone as a table of its transitions, and local times as instants and back. Tables are made
// from the system's tzdata when a policy is compiled and are stored in its module; nothing else
// reads zone files.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/values/instants.h"

namespace tocsin::values {

// A time on a wall clock: milliseconds since 1970-01-01 00:00 on that clock.
struct LocalTime {
  std::int64_t ms = 0;
  constexpr auto operator<=>(const LocalTime&) const = default;

  std::int64_t day_number() const { return FloorDivide(ms, kDayMs); }
  std::int64_t minute_of_day() const { return FloorModulo(ms, kDayMs) / kMinuteMs; }
  Weekday weekday() const { return WeekdayOfDay(day_number()); }
};

struct ZonePeriod {
  Instant begin = 0;          // UTC; the first period of a zone also holds for all time before it
  std::int32_t offset_s = 0;  // local time minus UTC
  bool operator==(const ZonePeriod&) const = default;
};

// Holds 2000-01-01 to 2061-01-01; before and after, the first and the last offset are used.
class Zone {
 public:
  // UTC.
  Zone();
  // Nothing is checked but the invariant: at least one period, begins ascending, offsets within 26
  // hours. A module's reader calls ValidPeriods first.
  Zone(std::string name, std::vector<ZonePeriod> periods);
  static bool ValidPeriods(const std::vector<ZonePeriod>& periods);

  const std::string& name() const { return name_; }
  const std::vector<ZonePeriod>& periods() const { return periods_; }
  const ZonePeriod& PeriodAt(Instant at) const;
  bool operator==(const Zone&) const = default;

 private:
  std::string name_;
  std::vector<ZonePeriod> periods_;
};

struct ZoneError {
  enum class Kind : std::uint8_t { kUnknownName, kNoData };
  Kind kind = Kind::kUnknownName;
  std::string detail;  // what the library or the system said
};

// Reads the system's tzdata. The compiler calls this; the runtime has no reason to.
std::expected<Zone, ZoneError> LoadZone(std::string_view iana_name);
// "2026a", or "unknown" where the system does not say.
std::string TzdataVersion();
// All names LoadZone knows, sorted; for "did you mean". Empty without tzdata.
std::vector<std::string> ZoneNames();

// Which of two instants a doubled local time means: starts take the first, ends the second, so
// cover never has a hole.
enum class Choose : std::uint8_t { kFirst, kSecond };

LocalTime ToLocal(Instant at, const Zone& zone);
// A local time that does not exist is the next valid instant.
Instant FromLocal(LocalTime local, const Zone& zone, Choose choose);

// `2026-11-23 04:15:00` on the zone's clock, the second cut off.
std::string FormatClock(Instant at, const Zone& zone);

}  // namespace tocsin::values
