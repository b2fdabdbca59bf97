// Four rows at a time, as the vectors of g++ and clang, and the masks that columns keep of eight.
// Loops over them are compiled twice (runtime/values/wide.h), so everything here is inlined.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>

#include "runtime/values/wide.h"

namespace tocsin::engine::vectors {

inline constexpr std::int64_t kWidth = 4;
using Doubles = double __attribute__((vector_size(32)));
using Masks = std::int64_t __attribute__((vector_size(32)));
using Numbers = std::int32_t __attribute__((vector_size(16)));

template <class Vector, class Element>
[[gnu::always_inline]] inline void Load(const Element* from, Vector& vector) {
  std::memcpy(&vector, from, sizeof vector);
}
template <class Vector, class Element>
[[gnu::always_inline]] inline void Store(const Vector& vector, Element* to) {
  std::memcpy(to, &vector, sizeof vector);
}

// Which lanes hold a number that is neither NaN nor infinite.
[[gnu::always_inline]] inline void Finite(const Doubles& values, Masks& finite) {
  constexpr double kGreatest = std::numeric_limits<double>::max();
  finite = (values <= kGreatest) & (values >= -kGreatest);
}

// Whether all bits of a bitmap are set.
inline bool AllSet(const std::uint8_t* bitmap, std::size_t bytes) {
  std::uint64_t all = ~std::uint64_t{0};
  std::size_t at = 0;
  for (; at + sizeof all <= bytes; at += sizeof all) {
    std::uint64_t word = 0;
    std::memcpy(&word, bitmap + at, sizeof word);
    all &= word;
  }
  for (; at < bytes; ++at) all &= ~std::uint64_t{0xff} | bitmap[at];
  return ~all == 0;
}

// The masks of rows 0 to 3 and 4 to 7 as one byte, and back.
[[gnu::always_inline]] inline std::uint8_t Bits(const Masks& low, const Masks& high) {
  const Masks both = (low & Masks{1, 2, 4, 8}) | (high & Masks{16, 32, 64, 128});
  return static_cast<std::uint8_t>((both[0] | both[1]) | (both[2] | both[3]));
}
[[gnu::always_inline]] inline void Spread(std::uint8_t bits, Masks& low, Masks& high) {
  const Masks all = Masks{} + std::int64_t{bits};
  low = (all & Masks{1, 2, 4, 8}) != 0;
  high = (all & Masks{16, 32, 64, 128}) != 0;
}

}  // namespace tocsin::engine::vectors
