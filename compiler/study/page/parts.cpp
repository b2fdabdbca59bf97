#include "compiler/study/page/parts.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/base/utf8.h"

namespace tocsin::study::page {
namespace {

using values::kDayMs;
using values::kHourMs;
using values::kMinuteMs;
using values::kSecondMs;

constexpr std::size_t kDayCharacters = 10;  // `2026-11-23`
constexpr std::int64_t kTicks = 6;          // about so many on a scale

values::Duration StepOf(Window window) {
  static constexpr std::array<values::Duration, 19> kSteps = {
      5 * kSecondMs, 15 * kSecondMs, 30 * kSecondMs, kMinuteMs,      2 * kMinuteMs,
      5 * kMinuteMs, 10 * kMinuteMs, 15 * kMinuteMs, 30 * kMinuteMs, kHourMs,
      2 * kHourMs,   3 * kHourMs,    6 * kHourMs,    12 * kHourMs,   kDayMs,
      2 * kDayMs,    7 * kDayMs,     30 * kDayMs,    365 * kDayMs};
  const values::Duration wanted = (window.end - window.begin) / kTicks;
  for (const values::Duration step : kSteps) {
    if (step >= wanted) return step;
  }
  return (wanted / (365 * kDayMs) + 1) * 365 * kDayMs;
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Escaped(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < characters && at < text.size(); ++i)
    at += base::Decode(text, at).length;
  return at >= text.size() ? Escaped(text) : Escaped(text.substr(0, at)) + "...";
}

std::string FullClock(values::Instant at) {
  static const values::Zone utc;
  return values::FormatClock(at, utc);
}

std::string Clock(values::Instant at, Window window) {
  const std::string clock = FullClock(at);
  const bool day = FullClock(window.begin).substr(0, kDayCharacters) ==
                   FullClock(window.end).substr(0, kDayCharacters);
  return day ? clock.substr(kDayCharacters + 1) : clock.substr(5);
}

double Along(values::Instant at, Window window) {
  if (window.end <= window.begin) return 0;
  const double part =
      static_cast<double>(at - window.begin) / static_cast<double>(window.end - window.begin);
  return std::clamp(part * 100, 0.0, 100.0);
}

std::string Scale(Window window) {
  const values::Duration step = StepOf(window);
  std::string html = "<div class=\"scale\">";
  values::Instant at = values::FloorDivide(window.begin + step - 1, step) * step;
  for (int number = 0; at <= window.end && number < 40; at += step, ++number) {
    const double along = Along(at, window);
    if (along < 2 || along > 98) continue;
    const std::string clock = FullClock(at);
    const std::string text = step >= kDayMs                   ? clock.substr(5, 5)
                             : step < kMinuteMs               ? clock.substr(kDayCharacters + 1)
                             : clock.substr(11, 5) == "00:00" ? clock.substr(5, 5)
                                                              : clock.substr(kDayCharacters + 1, 5);
    html += fmt::format("<span{} style=\"left:{:.2f}%\">{}</span>",
                        number % 2 == 1 ? " class=\"minor\"" : "", along, text);
  }
  return html + "</div>\n";
}

}  // namespace tocsin::study::page
