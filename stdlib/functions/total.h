// A sum in one double. -0 stands for the sum of nothing: it changes no other summand, not even
// another -0 (IEEE 754, 6.3), and no summand is -0.
#pragma once

#include <bit>
#include <cstdint>

#include "stdlib/functions/aggregate.h"

namespace tocsin::stdlib {

inline constexpr double kNoTotal = -0.0;

inline double Summand(double value) { return value + 0.0; }
inline double TotalOrAbsent(double total) {
  constexpr auto kBits = std::bit_cast<std::int64_t>(kNoTotal);
  return std::bit_cast<std::int64_t>(total) == kBits ? kAbsent : total;
}

}  // namespace tocsin::stdlib
