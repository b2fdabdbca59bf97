#include "runtime/engine/earlier.h"

#include <algorithm>
#include <limits>

#include "runtime/engine/column_reader.h"
#include "runtime/engine/results.h"

namespace tocsin::engine {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Earlier::Earlier(const ir::Program& program, Columns& columns)
    : program_(program), columns_(columns) {
  for (const ir::Earlier& earlier : program.earlier)
    states_.push_back({values::EarlierGridOf(earlier.ago_ms, program.resolution_ms), 0, {}});
}

// New rows held nothing.
void Earlier::Grow(State& state, std::size_t capacity) {
  if (capacity == state.capacity) return;
  AlignedVector<double> grown(static_cast<std::size_t>(state.grid.count) * capacity, kNone);
  for (std::size_t slot = 0; slot < static_cast<std::size_t>(state.grid.count); ++slot) {
    std::copy_n(state.slots.data() + slot * state.capacity, state.capacity,
                grown.data() + slot * capacity);
  }
  state.slots = std::move(grown);
  state.capacity = capacity;
}

double* Earlier::Slot(State& state, std::int64_t number) {
  const auto slot = static_cast<std::size_t>(values::FloorModulo(number, state.grid.count));
  return state.slots.data() + slot * state.capacity;
}

// Most blocks of most columns are known as a whole.
void Earlier::Keep(ir::AnyColumn column, std::uint32_t rows, double* kept) {
  const ColumnReader values(columns_, column);
  std::uint32_t row = 0;
  if (column.number.valid()) {
    const ir::NumberView view = columns_.Number(column.number);
    for (; row + ir::kLanes <= rows; row += ir::kLanes) {
      if (view.known[row / ir::kLanes] == 0xff) {
        std::copy_n(view.values + row, ir::kLanes, kept + row);
      } else {
        for (std::uint32_t i = row; i < row + ir::kLanes; ++i) kept[i] = values[i];
      }
    }
  }
  for (; row < rows; ++row) kept[row] = values[row];
}

void Earlier::Run(std::uint32_t index, values::Instant tick) {
  State& state = states_[index];
  const ir::Earlier& earlier = program_.earlier[index];
  const std::uint32_t rows = columns_.rows(earlier.space).count();
  if (rows == 0) return;
  Grow(state, columns_.rows(earlier.space).capacity());
  if (values::FloorModulo(tick, state.grid.step_ms) == 0) {
    Keep(earlier.of, rows, Slot(state, values::FloorDivide(tick, state.grid.step_ms)));
  }
  const double* then = Slot(state, values::FloorDivide(tick - earlier.ago_ms, state.grid.step_ms));
  StoreResults(columns_, earlier.result, 0, {then, rows});
}

}  // namespace tocsin::engine
