// Instants and durations, as text and back. Both are signed 64-bit milliseconds; an instant counts
// from 1970-01-01T00:00:00Z and knows no leap seconds. Nothing here depends on a locale, a clock or
// a zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::values {

using Instant = std::int64_t;   // UTC milliseconds since the epoch
using Duration = std::int64_t;  // milliseconds

inline constexpr Duration kSecondMs = 1000;
inline constexpr Duration kMinuteMs = 60 * kSecondMs;
inline constexpr Duration kHourMs = 60 * kMinuteMs;
inline constexpr Duration kDayMs = 24 * kHourMs;
inline constexpr Duration kWeekMs = 7 * kDayMs;

// The instants that can be written: the years 0001 to 9999.
inline constexpr Instant kFirstInstant = -62'135'596'800'000;
inline constexpr Instant kLastInstant = 253'402'300'799'999;

// RFC 3339 with `Z` or an offset; seconds and their fraction may be left out (`2026-12-24T09:00Z`),
// and a date alone is its midnight in UTC. Digits past the millisecond are cut off. Nothing where
// the text is anything else, names a day that does not exist, or has a second 60.
std::optional<Instant> ParseInstant(std::string_view text);

// `2026-11-23T04:15:00.000Z`; ParseInstant reads it back. An instant outside the years 0001 to 9999
// is written as the nearest that is inside.
std::string FormatInstant(Instant at);

// As the language writes it, with the largest units first: `1h30m`, `15s`, `250ms`, `2d`, `0s`.
// Weeks are used where nothing is left over (`2w`). values::ParseDuration reads it back.
std::string FormatDuration(Duration length);

// A day of the proleptic Gregorian calendar.
struct Date {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  constexpr auto operator<=>(const Date&) const = default;
};
// Days since 1970-01-01, negative before it.
std::int64_t DayNumber(Date date);
Date DateOfDay(std::int64_t day_number);

enum class Weekday : std::uint8_t {
  kMonday,
  kTuesday,
  kWednesday,
  kThursday,
  kFriday,
  kSaturday,
  kSunday
};
Weekday WeekdayOfDay(std::int64_t day_number);

// `value / divisor` rounded towards minus infinity, and what is left of it (never negative).
constexpr std::int64_t FloorDivide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}
constexpr std::int64_t FloorModulo(std::int64_t value, std::int64_t divisor) {
  const std::int64_t rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

}  // namespace tocsin::values
