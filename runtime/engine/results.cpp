#include "runtime/engine/results.h"

#include <algorithm>
#include <array>
#include <limits>

#include "runtime/engine/lanes.h"

namespace tocsin::engine {
namespace {

using Block = std::array<double, ir::kLanes>;
constexpr Block kZeros = {};

// Columns are padded to whole blocks, so that lanes behind the last row may be written: as absent.
void StoreBlock(ir::NumberView to, std::int64_t block, const double* results) {
  const std::uint8_t known = lanes::FiniteBits(results);
  double* values = lanes::Block(to.values, block);
  std::copy_n(results, ir::kLanes, values);
  lanes::ZeroUnknown(values, known);
  to.known[block] = known;
}
void StoreBlock(ir::TruthView to, std::int64_t block, const double* results) {
  const std::uint8_t known = lanes::FiniteBits(results);
  const std::uint8_t some =
      lanes::Bits(results, kZeros.data(), [](double a, double b) { return a != b; });
  to.known[block] = known;
  to.is_true[block] = static_cast<std::uint8_t>(known & some);
}

template <class View>
void Store(View to, std::int64_t first_block, std::span<const double> results) {
  const std::size_t whole = results.size() / ir::kLanes;
  for (std::size_t i = 0; i < whole; ++i)
    StoreBlock(to, first_block + static_cast<std::int64_t>(i), results.data() + i * ir::kLanes);
  if (whole * ir::kLanes == results.size()) return;
  Block rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::ranges::copy(results.subspan(whole * ir::kLanes), rest.begin());
  StoreBlock(to, first_block + static_cast<std::int64_t>(whole), rest.data());
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
