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

// Columns are padded to whole blocks, so that lanes behind the last row may be written: as absent.
// Those that are not known hold 0.
[[gnu::always_inline]] inline void StoreBlock(ir::NumberView to, std::int64_t block,
                                              const double* results) {
  Doubles low, high;
  Masks low_known, high_known;
  vectors::Load(results, low);
  vectors::Load(results + vectors::kWidth, high);
  vectors::Finite(low, low_known);
  vectors::Finite(high, high_known);
  to.known[block] = vectors::Bits(low_known, high_known);
  double* values = to.values + block * ir::kLanes;
  vectors::Store(low_known ? low : Doubles{}, values);
  vectors::Store(high_known ? high : Doubles{}, values + vectors::kWidth);
}
[[gnu::always_inline]] inline void StoreBlock(ir::TruthView to, std::int64_t block,
                                              const double* results) {
  Doubles low, high;
  Masks low_known, high_known;
  vectors::Load(results, low);
  vectors::Load(results + vectors::kWidth, high);
  vectors::Finite(low, low_known);
  vectors::Finite(high, high_known);
  const std::uint8_t known = vectors::Bits(low_known, high_known);
  to.known[block] = known;
  to.is_true[block] = known & vectors::Bits(low != 0.0, high != 0.0);
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
