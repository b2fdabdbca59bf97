#include "compiler/driver/moment.h"

#include <array>
#include <string>

namespace tocsin::driver {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::optional<std::int64_t> MinuteOf(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

// The next such local time; of one weekday where it is given.
std::optional<values::Instant> Next(std::int64_t minute, std::optional<std::size_t> weekday,
                                    const values::Zone& zone, values::Instant now) {
  const std::int64_t today = values::ToLocal(now, zone).day_number();
  for (std::int64_t day = today; day <= today + 8; ++day) {
    if (weekday && static_cast<std::size_t>(values::WeekdayOfDay(day)) != *weekday) continue;
    const values::LocalTime local{day * values::kDayMs + minute * values::kMinuteMs};
    const values::Instant at = values::FromLocal(local, zone, values::Choose::kFirst);
    if (at >= now) return at;
  }
  return std::nullopt;
}

}  // namespace

std::optional<values::Instant> ParseMoment(std::string_view text, const values::Zone& zone,
                                           values::Instant now) {
  if (const auto minute = MinuteOf(text)) return Next(*minute, std::nullopt, zone, now);
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    if (!text.starts_with(kDays[day]) || text.size() < 5 || text[3] != ' ') continue;
    const auto minute = MinuteOf(text.substr(4));
    return minute ? Next(*minute, day, zone, now) : std::nullopt;
  }
  const std::string_view date = text.substr(0, 10);
  const auto day = date.size() == 10 ? values::ParseInstant(date) : std::nullopt;
  if (!day) return std::nullopt;
  if (text.size() == 10) return values::FromLocal({*day}, zone, values::Choose::kFirst);
  if (text.size() == 16 && (text[10] == ' ' || text[10] == 'T')) {
    const auto minute = MinuteOf(text.substr(11));
    if (!minute) return std::nullopt;
    return values::FromLocal({*day + *minute * values::kMinuteMs}, zone, values::Choose::kFirst);
  }
  return values::ParseInstant(text);
}

}  // namespace tocsin::driver
