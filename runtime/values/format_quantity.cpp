#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "runtime/values/units.h"

namespace tocsin::values {
namespace {

// `value` * 10^shift with at most `digits` significant digits, without trailing zeros. The point is
// moved in the text, because a multiplication would show its own rounding: 0.07 * 100
// is 7.000000000000001.
std::string Shifted(double value, int shift, int digits) {
  const std::string text = fmt::format("{:.{}e}", value < 0 ? -value : value, digits - 1);
  const std::size_t mark = text.find('e');
  int exponent = 0;
  for (const char c : text.substr(mark + 2)) exponent = exponent * 10 + (c - '0');
  if (text[mark + 1] == '-') exponent = -exponent;
  std::string significant;
  for (const char c : text.substr(0, mark)) {
    if (c != '.') significant += c;
  }
  while (significant.size() > 1 && significant.back() == '0') significant.pop_back();

  const int point = significant == "0" ? 1 : exponent + shift + 1;  // digits before the point
  std::string result = value < 0 ? "-" : "";
  if (point <= 0)
    return result + "0." + std::string(static_cast<std::size_t>(-point), '0') + significant;
  const auto before = static_cast<std::size_t>(point);
  if (before >= significant.size())
    return result + significant + std::string(before - significant.size(), '0');
  return result + significant.substr(0, before) + "." + significant.substr(before);
}

std::string FormatRatio(double value) {
  const bool near_all = value >= 0.9 && value <= 1.0;  // 99.99% and 99.995% are different promises
  return Shifted(value, 2, near_all ? 6 : 4) + "%";
}

std::string FormatBytes(double value) {
  static constexpr std::array<std::string_view, 5> kNames = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  const double magnitude = value < 0 ? -value : value;
  if (magnitude < 1024) return fmt::format("{}B", value);
  std::size_t name = 0;
  double scaled = value / 1024;
  // 1023.95 would be shown as 1024.0.
  while (name + 1 < kNames.size() && (scaled >= 1023.95 || scaled <= -1023.95)) {
    scaled /= 1024;
    ++name;
  }
  return fmt::format("{:.1f}{}", scaled, kNames[name]);
}

// In the smallest span in which it is at least once, so that people read `50/h` and not
// `0.01389/s`.
std::string FormatRate(double value) {
  struct Span {
    double seconds;
    std::string_view name;
  };
  static constexpr std::array kSpans = {Span{1, "s"}, Span{60, "m"}, Span{3600, "h"},
                                        Span{86'400, "d"}};
  const double magnitude = value < 0 ? -value : value;
  for (const Span& span : kSpans) {
    if (value == 0 || magnitude * span.seconds >= 0.99995) {
      return fmt::format("{}/{}", Shifted(value * span.seconds, 0, 4), span.name);
    }
  }
  return fmt::format("{}/d", Shifted(value * 86'400, 0, 4));
}

// A double as whole milliseconds; no such double reaches the ends of 64 bits in practice, and one
// that does stops there.
std::int64_t Whole(double value) {
  if (value >= 0x1p63) return INT64_MAX;
  if (value <= -0x1p63) return INT64_MIN;
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

}  // namespace

std::string FormatQuantity(double value, Unit unit) {
  if (!std::isfinite(value)) return "absent";
  switch (unit) {
    case Unit::kNumber:
      return fmt::format("{}", value);
    case Unit::kBool:
      return value != 0 ? "true" : "false";
    case Unit::kRatio:
      return FormatRatio(value);
    case Unit::kDuration:
      return FormatDuration(Whole(value));
    case Unit::kInstant:
      return FormatInstant(Whole(value));
    case Unit::kCount:
      return fmt::format("{}", value);
    case Unit::kBytes:
      return FormatBytes(value);
    case Unit::kRate:
      return FormatRate(value);
    case Unit::kByteRate:
      return FormatBytes(value) + "/s";
    case Unit::kSigma:
      return fmt::format("{}sigma", value);
  }
  return {};
}

}  // namespace tocsin::values
