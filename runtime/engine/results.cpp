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

// Nearly always all results are numbers, which costs less to find out for many at once. What is
// finite less itself is 0, all else NaN.
[[gnu::always_inline]] inline bool EachFinite(const double* results, std::int64_t blocks) {
  Doubles low_less{}, high_less{};
  for (std::int64_t i = 0; i < blocks; ++i) {
    Doubles low, high;
    vectors::Load(results + i * ir::kLanes, low);
    vectors::Load(results + i * ir::kLanes + vectors::kWidth, high);
    low_less += low - low;
    high_less += high - high;
  }
  const Doubles all = low_less + high_less;
  return (all[0] + all[1]) + (all[2] + all[3]) == 0;
}
TOCSIN_WIDE bool AllFiniteWide(const double* results, std::int64_t blocks) {
  return EachFinite(results, blocks);
}
bool AllFinite(const double* results, std::int64_t blocks) {
  return values::HasWide() ? AllFiniteWide(results, blocks) : EachFinite(results, blocks);
}
bool StoreFinite(ir::NumberView to, std::int64_t first_block, const double* results,
                 std::int64_t blocks) {
  if (!AllFinite(results, blocks)) return false;
  double* values = to.values + first_block * ir::kLanes;
  if (results != values) std::copy_n(results, blocks * ir::kLanes, values);
  std::fill_n(to.known + first_block, blocks, std::uint8_t{0xff});
  return true;
}
bool StoreFinite(ir::TruthView, std::int64_t, const double*, std::int64_t) { return false; }

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
  if (!StoreFinite(to, first_block, results.data(), blocks))
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
