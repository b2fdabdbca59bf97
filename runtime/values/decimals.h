// Exact decimal numbers, as a literal or a recorded value writes them, and their one rounding to a
// double or none to an integer. A Decimal holds what was written, so that `5%` is the double
// nearest to 5/100 and not a product of doubles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::values {

inline constexpr int kMaxDecimalDigits = 18;

// The number (negative ? -1 : 1) * digits * 10^-scale; digits < 10^18, 0 <= scale <= 18. Trailing
// zeros after the point are not kept, and zero is never negative, so equal numbers have equal
// fields.
struct Decimal {
  bool negative = false;
  std::uint64_t digits = 0;
  int scale = 0;
  bool operator==(const Decimal&) const = default;
};

// `[-]digits[.digits]`, the whole text. Nothing where it is anything else or has more than 18
// significant digits or more than 18 after the point.
std::optional<Decimal> ParseDecimal(std::string_view text);

// The double nearest to value * multiplier / divisor, ties to even: one rounding for the whole
// expression. 0 < divisor <= 604'800'000; multiplier <= 2^60.
double NearestDouble(const Decimal& value, std::uint64_t multiplier = 1, std::uint64_t divisor = 1);

// value * multiplier where that is a whole number of 64 bits, and nothing otherwise. multiplier <=
// 2^60.
std::optional<std::int64_t> ExactInteger(const Decimal& value, std::uint64_t multiplier = 1);

// Reads back to the same Decimal: `-12.5`.
std::string FormatDecimal(const Decimal& value);

}  // namespace tocsin::values
