#include "runtime/values/decimals.h"

#include <array>
#include <bit>
#include <limits>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::values {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::array<std::uint64_t, 19> kPowersOfTen = [] {
  std::array<std::uint64_t, 19> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// 2^exponent, for the exponents of normal doubles.
double PowerOfTwo(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// The quotient's first 64 significant bits by long division, the last of them set where anything is
// left over: the conversion of that integer to double then rounds exactly as the endless quotient
// would.
double NearestQuotient(Wide numerator, Wide divisor) {
  if (numerator == 0) return 0.0;
  Wide quotient = numerator / divisor;
  Wide rest = numerator % divisor;
  int exponent = 0;
  bool lost = false;
  while (quotient >> 64 != 0) {
    lost = lost || (quotient & 1) != 0;
    quotient >>= 1;
    ++exponent;
  }
  while (quotient >> 63 == 0) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
    --exponent;
  }
  auto bits = static_cast<std::uint64_t>(quotient);
  if (lost || rest != 0) bits |= 1;
  return static_cast<double>(bits) * PowerOfTwo(exponent);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal value;
  if (text.starts_with('-')) {
    value.negative = true;
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  for (const char c : fraction) {
    if (!IsDigit(c)) return std::nullopt;
  }
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (fraction.size() > kMaxDecimalDigits) return std::nullopt;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (!IsDigit(c) || value.digits >= kPowersOfTen[kMaxDecimalDigits - 1]) return std::nullopt;
      value.digits = value.digits * 10 + static_cast<std::uint64_t>(c - '0');
    }
  }
  value.scale = static_cast<int>(fraction.size());
  if (value.digits == 0) value.negative = false;
  return value;
}

double NearestDouble(const Decimal& value, std::uint64_t multiplier, std::uint64_t divisor) {
  TOCSIN_CHECK(divisor > 0 && divisor <= 604'800'000 && multiplier <= (1ULL << 60),
               "a factor out of its range");
  const Wide numerator = Wide{value.digits} * multiplier;
  const Wide whole_divisor = Wide{kPowersOfTen[static_cast<std::size_t>(value.scale)]} * divisor;
  const double magnitude = NearestQuotient(numerator, whole_divisor);
  return value.negative ? -magnitude : magnitude;
}

std::optional<std::int64_t> ExactInteger(const Decimal& value, std::uint64_t multiplier) {
  TOCSIN_CHECK(multiplier <= (1ULL << 60), "a factor out of its range");
  const Wide numerator = Wide{value.digits} * multiplier;
  const Wide divisor = kPowersOfTen[static_cast<std::size_t>(value.scale)];
  if (numerator % divisor != 0) return std::nullopt;
  const Wide magnitude = numerator / divisor;
  if (magnitude > static_cast<Wide>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(magnitude);
  return value.negative ? -whole : whole;
}

std::string FormatDecimal(const Decimal& value) {
  const std::string digits = fmt::format("{:0{}}", value.digits, value.scale + 1);
  const std::string_view all = digits;
  const std::size_t whole = all.size() - static_cast<std::size_t>(value.scale);
  return fmt::format("{}{}{}{}", value.negative ? "-" : "", all.substr(0, whole),
                     value.scale > 0 ? "." : "", all.substr(whole));
}

}  // namespace tocsin::values
