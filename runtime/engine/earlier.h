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
  // Slots hold what a column does, lanes behind its last row as absent.
  struct State {
    values::EarlierGrid grid;
    std::size_t capacity = 0;            // rows
    AlignedVector<double> values;        // of numbers
    AlignedVector<std::uint8_t> states;  // of truths: whether they are true
    AlignedVector<std::uint8_t> known;
  };
  struct Slot {  // null what it is not of
    double* values;
    std::uint8_t* is_true;
    std::uint8_t* known;
  };
  static void Grow(State& state, bool number, std::size_t capacity);
  static Slot SlotAt(State& state, std::int64_t number);
  static void Truncate(const Slot& slot, std::uint32_t rows);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<State> states_;  // by place in Program::earlier
};

}  // namespace tocsin::engine
