#include "compiler/study/lines.h"

#include <algorithm>
#include <array>

#include "runtime/base/utf8.h"

namespace tocsin::study {
namespace {

// Where `width` characters end.
std::size_t EndOf(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < width && at < text.size(); ++i) at += base::Decode(text, at).length;
  return at;
}

}  // namespace

std::vector<std::string> Wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (std::size_t end; (end = EndOf(text, width)) < text.size();) {
    std::size_t cut = text.rfind(' ', end);
    if (cut == std::string_view::npos || cut == 0) cut = end;
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut + (text[cut] == ' ' ? 1 : 0));
  }
  lines.emplace_back(text);
  return lines;
}

std::size_t Width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size(); ++width) at += base::Decode(text, at).length;
  return width;
}

std::string ShortDuration(values::Duration length) {
  using values::kSecondMs;
  static constexpr std::array<values::Duration, 4> kParts = {values::kDayMs, values::kHourMs,
                                                             values::kMinuteMs, kSecondMs};
  for (std::size_t i = 0; i + 1 < kParts.size(); ++i) {
    if (length < kParts[i]) continue;
    // No weeks: a column of lengths is compared at a glance.
    const values::Duration days = length / kParts[0];
    if (i == 0 && length % kParts[0] < kParts[1]) return std::to_string(days) + "d";
    return values::FormatDuration(length / kParts[i + 1] * kParts[i + 1]);
  }
  return values::FormatDuration(length);
}

}  // namespace tocsin::study
