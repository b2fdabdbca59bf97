#include "runtime/values/instants.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

namespace tocsin::values {
namespace {

// Reads a fixed-width text from its front; once something did not fit, `ok` stays false.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  int Digits(std::size_t count) {
    if (rest_.size() < count) return Fail();
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return Fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool Take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(std::string_view any_of) {
    if (!Take(any_of)) Fail();
  }
  int Milliseconds() {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
      if (digits < 3) value = value * 10 + (rest_[digits] - '0');
    }
    if (digits == 0) return Fail();
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    rest_.remove_prefix(digits);
    return value;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  int Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

// The offset from UTC in minutes; the text must end with it.
int ParseOffset(Cursor& cursor, bool& ok) {
  if (cursor.Take("Zz")) return 0;
  const bool east = cursor.Take("+");
  if (!east) cursor.Expect("-");
  const int hours = cursor.Digits(2);
  cursor.Expect(":");
  const int minutes = cursor.Digits(2);
  ok = ok && hours < 24 && minutes < 60;
  return (east ? 1 : -1) * (hours * 60 + minutes);
}

}  // namespace

std::int64_t DayNumber(Date date) {
  const std::chrono::year_month_day day{std::chrono::year{date.year},
                                        std::chrono::month{date.month}, std::chrono::day{date.day}};
  return std::chrono::sys_days{day}.time_since_epoch().count();
}

Date DateOfDay(std::int64_t day_number) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{day_number}}};
  return {int{day.year()}, unsigned{day.month()}, unsigned{day.day()}};
}

Weekday WeekdayOfDay(std::int64_t day_number) {
  return static_cast<Weekday>(FloorModulo(day_number + 3, 7));  // 1970-01-01 was a Thursday
}

std::optional<Instant> ParseInstant(std::string_view text) {
  Cursor cursor(text);
  const int year = cursor.Digits(4);
  cursor.Expect("-");
  const int month = cursor.Digits(2);
  cursor.Expect("-");
  const int day = cursor.Digits(2);
  if (!cursor.ok()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || year < 1) return std::nullopt;
  const Instant midnight = std::chrono::sys_days{date}.time_since_epoch().count() * kDayMs;
  if (cursor.at_end()) return midnight;

  cursor.Expect("Tt ");
  const int hour = cursor.Digits(2);
  cursor.Expect(":");
  const int minute = cursor.Digits(2);
  int second = 0;
  int milliseconds = 0;
  if (cursor.Take(":")) {
    second = cursor.Digits(2);
    if (cursor.Take(".")) milliseconds = cursor.Milliseconds();
  }
  bool ok = hour < 24 && minute < 60 && second < 60;
  const int offset = ParseOffset(cursor, ok);
  if (!ok || !cursor.ok() || !cursor.at_end()) return std::nullopt;
  const Instant at =
      midnight + hour * kHourMs + (minute - offset) * kMinuteMs + second * kSecondMs + milliseconds;
  if (at < kFirstInstant || at > kLastInstant) return std::nullopt;
  return at;
}

std::string FormatInstant(Instant at) {
  at = std::clamp(at, kFirstInstant, kLastInstant);
  const Date date = DateOfDay(FloorDivide(at, kDayMs));
  const std::int64_t ms = FloorModulo(at, kDayMs);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", date.year, date.month, date.day,
                     ms / kHourMs, ms / kMinuteMs % 60, ms / kSecondMs % 60, ms % 1000);
}

std::string FormatDuration(Duration length) {
  if (length == 0) return "0s";
  // The magnitude of the most negative number fits only without a sign.
  std::uint64_t rest =
      length < 0 ? 0 - static_cast<std::uint64_t>(length) : static_cast<std::uint64_t>(length);
  std::string text = length < 0 ? "-" : "";
  if (rest % kWeekMs == 0) return text + fmt::format("{}w", rest / kWeekMs);
  struct Part {
    std::uint64_t ms;
    std::string_view name;
  };
  static constexpr std::array kParts = {Part{kDayMs, "d"}, Part{kHourMs, "h"}, Part{kMinuteMs, "m"},
                                        Part{kSecondMs, "s"}, Part{1, "ms"}};
  for (const Part& part : kParts) {
    if (rest >= part.ms) text += fmt::format("{}{}", rest / part.ms, part.name);
    rest %= part.ms;
  }
  return text;
}

}  // namespace tocsin::values
