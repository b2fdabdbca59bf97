#include "runtime/engine/results.h"

#include <algorithm>
#include <array>
#include <limits>

#include "runtime/engine/vectors.h"

namespace tocsin::engine {
namespace {

using vectors::Doubles;
using vectors::Masks;
using Block = std::array<double, ir::kLanes>;

// The results of a block, and which of them are known.
struct Halves {
  Doubles low, high;
  Masks low_known, high_known;
};
[[gnu::always_inline]] inline void Load(const double* results, Halves& halves) {
  vectors::Load(results, halves.low);
  vectors::Load(results + vectors::kWidth, halves.high);
  vectors::Finite(halves.low, halves.low_known);
  vectors::Finite(halves.high, halves.high_known);
}

// Columns are padded to whole blocks, so that lanes behind the last row may be written: as absent.
// Those that are not known hold 0.
[[gnu::always_inline]] inline void StoreBlock(ir::NumberView to, std::int64_t block,
                                              const double* results) {
  Halves of;
  Load(results, of);
  to.known[block] = vectors::Bits(of.low_known, of.high_known);
  double* values = to.values + block * ir::kLanes;
  vectors::Store(of.low_known ? of.low : Doubles{}, values);
  vectors::Store(of.high_known ? of.high : Doubles{}, values + vectors::kWidth);
}
[[gnu::always_inline]] inline void StoreBlock(ir::TruthView to, std::int64_t block,
                                              const double* results) {
  Halves of;
  Load(results, of);
  const std::uint8_t known = vectors::Bits(of.low_known, of.high_known);
  to.known[block] = known;
  to.is_true[block] = known & vectors::Bits(of.low != 0.0, of.high != 0.0);
}

template <class View>
[[gnu::always_inline]] inline void Each(View to, std::int64_t first_block, const double* results,
                                        std::int64_t blocks) {
  for (std::int64_t i = 0; i < blocks; ++i)
    StoreBlock(to, first_block + i, results + i * ir::kLanes);
}
template <class View>
TOCSIN_WIDE void EachWide(View to, std::int64_t first_block, const double* results,
                          std::int64_t blocks) {
  Each(to, first_block, results, blocks);
}
template <class View>
void EachPlain(View to, std::int64_t first_block, const double* results, std::int64_t blocks) {
  Each(to, first_block, results, blocks);
}

template <class View>
void Store(View to, std::int64_t first_block, std::span<const double> results) {
  const auto blocks = static_cast<std::int64_t>(results.size() / ir::kLanes);
  (values::HasWide() ? EachWide<View> : EachPlain<View>)(to, first_block, results.data(), blocks);
  const auto stored = static_cast<std::size_t>(blocks) * ir::kLanes;
  if (stored == results.size()) return;
  Block rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(results.subspan(stored), rest.begin());
  EachPlain(to, first_block + blocks, rest.data(), 1);
}

}  // namespace

void StoreResults(Columns& columns, ir::AnyColumn column, std::int64_t first,
                  std::span<const double> results) {
  if (column.number.valid()) {
    Store(columns.Number(column.number), first / ir::kLanes, results);
  } else {
    Store(columns.Truth(column.truth), first / ir::kLanes, results);
  }
}

}  // namespace tocsin::engine
