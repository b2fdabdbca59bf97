#include "runtime/history/numbers.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace tocsin::history {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// All powers of ten that a double holds exactly: a quotient of two exact doubles is correctly
// rounded (Clinger 1990).
constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::size_t kSafeDigits = 15;  // less than 2^53 whatever they are

bool EqualsFolded(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

// digits [. digits] [e [sign] digits], at least one digit before the exponent.
bool IsReal(std::string_view text) {
  std::size_t at = 0;
  std::size_t digits = 0;
  for (; at < text.size() && IsDigit(text[at]); ++at) ++digits;
  if (at < text.size() && text[at] == '.') ++at;
  for (; at < text.size() && IsDigit(text[at]); ++at) ++digits;
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if ((text[at++] | 0x20) != 'e') return false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  if (at == text.size()) return false;
  for (; at < text.size(); ++at) {
    if (!IsDigit(text[at])) return false;
  }
  return true;
}

bool ParseUncommon(std::string_view magnitude, bool negative, double& value) {
  if (EqualsFolded(magnitude, "inf") || EqualsFolded(magnitude, "infinity")) {
    value = negative ? -std::numeric_limits<double>::infinity()
                     : std::numeric_limits<double>::infinity();
    return true;
  }
  if (EqualsFolded(magnitude, "nan")) {
    value = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (!IsReal(magnitude)) return false;
  const auto [end, error] =
      std::from_chars(magnitude.data(), magnitude.data() + magnitude.size(), value);
  if (error != std::errc{} || end != magnitude.data() + magnitude.size()) return false;
  if (negative) value = -value;
  return true;
}

bool InRange(values::Instant stamp) {
  return stamp >= values::kFirstInstant && stamp <= values::kLastInstant;
}

}  // namespace

bool ParseValue(std::string_view text, double& value) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::uint64_t digits = 0;
  std::size_t fraction = 0;
  bool point = false;
  std::size_t at = 0;
  for (; at < text.size() && at <= kSafeDigits; ++at) {
    const char c = text[at];
    if (IsDigit(c)) {
      digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
      if (point) ++fraction;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      break;
    }
  }
  const std::size_t read = at - (point ? 1 : 0);
  if (at != text.size() || read == 0 || read > kSafeDigits)
    return ParseUncommon(text, negative, value);
  value = static_cast<double>(digits) / kPowers[fraction];
  if (negative) value = -value;
  return true;
}

bool ParseSeconds(std::string_view text, values::Instant& stamp) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  std::int64_t ms = 0;
  std::size_t at = 0;
  for (; at < rest.size() && at < 13 && IsDigit(rest[at]); ++at) ms = ms * 10 + (rest[at] - '0');
  std::size_t digits = at;
  ms *= 1000;
  bool cut = false;
  if (at < rest.size() && rest[at] == '.') {
    std::int64_t scale = 100;
    for (++at; at < rest.size() && IsDigit(rest[at]); ++at, ++digits) {
      ms += scale * (rest[at] - '0');
      cut = cut || (scale == 0 && rest[at] != '0');
      scale /= 10;
    }
  }
  if (at != rest.size() || digits == 0) {
    double seconds = 0;
    if (!IsReal(rest) || !ParseValue(text, seconds) || !(seconds > -1e12) || !(seconds < 1e12))
      return false;
    const double exact_ms = seconds * 1000;
    stamp = static_cast<values::Instant>(exact_ms);
    if (static_cast<double>(stamp) > exact_ms) --stamp;
    return InRange(stamp);
  }
  stamp = negative ? -ms - (cut ? 1 : 0) : ms;
  return InRange(stamp);
}

bool ParseMilliseconds(std::string_view text, values::Instant& stamp) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stamp);
  return error == std::errc{} && !text.empty() && end == text.data() + text.size() &&
         InRange(stamp);
}

}  // namespace tocsin::history
