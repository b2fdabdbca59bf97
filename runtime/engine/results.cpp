#include "runtime/engine/results.h"

#include <algorithm>
#include <cmath>

namespace tocsin::engine {

void StoreResults(Columns& columns, ir::AnyColumn column, std::int64_t first,
                  std::span<const double> results) {
  const bool number = column.number.valid();
  const ir::NumberView numbers = number ? columns.Number(column.number) : ir::NumberView{};
  const ir::TruthView truths = number ? ir::TruthView{} : columns.Truth(column.truth);
  const auto count = static_cast<std::int64_t>(results.size());
  for (std::int64_t row = 0; row < count; row += ir::kLanes) {
    unsigned known = 0;
    unsigned is_true = 0;
    const std::int64_t lanes = std::min(ir::kLanes, count - row);
    for (std::int64_t lane = 0; lane < lanes; ++lane) {
      const double value = results[static_cast<std::size_t>(row + lane)];
      const bool finite = std::isfinite(value);
      known |= static_cast<unsigned>(finite) << lane;
      is_true |= static_cast<unsigned>(finite && value != 0) << lane;
      if (number) numbers.values[first + row + lane] = finite ? value : 0.0;
    }
    const std::int64_t block = (first + row) / ir::kLanes;
    (number ? numbers.known : truths.known)[block] = static_cast<std::uint8_t>(known);
    if (!number) truths.is_true[block] = static_cast<std::uint8_t>(is_true);
  }
}

}  // namespace tocsin::engine
