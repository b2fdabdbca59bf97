// Amounts of money, exact: millionths of one currency's unit. Never in a column, and never a
// double.
#pragma once

#include <compare>
#include <expected>
#include <string>
#include <string_view>

#include "runtime/values/units.h"

namespace tocsin::values {

struct Money {
  __int128 millionths = 0;
  std::string currency;  // ISO 4217: `EUR`
  bool operator==(const Money&) const = default;
};

// Whether a text ends like an amount: digits, then three capital letters.
bool LooksLikeMoney(std::string_view text);
// `49.90EUR`: at most 6 digits after the point, and a currency of ISO 4217.
std::expected<Money, QuantityError> ParseMoney(std::string_view text);
// `49.90EUR`; ParseMoney reads it back. At least two digits after the point where there are any.
std::string FormatMoney(const Money& money);
bool IsCurrency(std::string_view code);

}  // namespace tocsin::values
