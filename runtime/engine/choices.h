// Which transition follows from what a tick found, remembered by state and inputs: most rows of a
// machine are in few of them, and their guards ask for nothing else. Where one does, for a field or
// for the time, the executor is asked each time. What is remembered is what it said.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/engine/executor.h"

namespace tocsin::engine {

class Choices {
 public:
  Choices(const ir::Program& program, Executor& executor);
  // What the executor selects for a frame of the trigger kSeries.
  std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame) {
    Table& table = tables_[machine.index];
    if (table.made.empty()) return executor_.Select(machine, frame);
    const std::uint64_t known = frame.inputs_known, is_true = frame.inputs_true;
    const auto state = static_cast<std::uint64_t>(frame.state);
    std::int32_t& made = table.made[((state << table.inputs | known) << table.inputs) | is_true];
    if (made >= kNone) return made;
    if (made == kNotYet) made = Make(machine, frame);
    return made >= kNone ? made : executor_.Select(machine, frame);
  }

 private:
  static constexpr std::int32_t kNone = -1, kAsk = -2, kNotYet = -3;
  struct Table {
    std::size_t inputs = 0;
    std::vector<std::int32_t> made;  // by state, what is known and what is true; empty: too many
  };
  std::int32_t Make(ir::MachineId machine, const ir::MachineFrame& frame);

  const ir::Program& program_;
  Executor& executor_;
  std::vector<Table> tables_;
};

}  // namespace tocsin::engine
