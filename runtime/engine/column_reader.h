// A column of either sort as numbers, with NaN where it is absent; of a truth, 1 is true.
#pragma once

#include <limits>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

inline bool BitOf(const std::uint8_t* bits, std::uint32_t row) {
  return (bits[row / ir::kLanes] >> (row % ir::kLanes) & 1u) != 0;
}

// Of no use once the columns of its space have moved.
class ColumnReader {
 public:
  ColumnReader(Columns& columns, ir::AnyColumn column) {
    if (column.number.valid()) {
      const ir::NumberView view = columns.Number(column.number);
      values_ = view.values;
      known_ = view.known;
    } else {
      const ir::TruthView view = columns.Truth(column.truth);
      is_true_ = view.is_true;
      known_ = view.known;
    }
  }
  double operator[](std::uint32_t row) const {
    if (!BitOf(known_, row)) return std::numeric_limits<double>::quiet_NaN();
    return values_ != nullptr ? values_[row] : static_cast<double>(BitOf(is_true_, row));
  }

 private:
  const double* values_ = nullptr;
  const std::uint8_t* is_true_ = nullptr;
  const std::uint8_t* known_ = nullptr;
};

}  // namespace tocsin::engine
