// What columns held some time ago: for each, its values at the ticks of a grid, as many as reach
// back so far, in a ring.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/values/aggregates.h"

namespace tocsin::engine {

class Earlier {
 public:
  Earlier(const ir::Program& program, Columns& columns);

  // Each runs once at every tick.
  void Run(std::uint32_t earlier, values::Instant tick);

 private:
  struct State {
    values::EarlierGrid grid;
    std::size_t capacity = 0;     // rows
    AlignedVector<double> slots;  // NaN where absent
  };
  static void Grow(State& state, std::size_t capacity);
  void Keep(ir::AnyColumn column, std::uint32_t rows, double* kept);
  double* Slot(State& state, std::int64_t number);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<State> states_;  // by place in Program::earlier
};

}  // namespace tocsin::engine
