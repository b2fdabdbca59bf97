// Runs the guards and actions of machines, one instruction at a time. Registers are numbered by the
// instruction's place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"

namespace tocsin::engine {

class MachineInterpreter {
 public:
  explicit MachineInterpreter(const ir::Program& program);
  // The first transition that applies, or -1.
  std::int64_t Select(ir::MachineId machine, const ir::MachineFrame& frame);
  void Act(ir::MachineId machine, const ir::MachineFrame& frame, std::int64_t transition);

 private:
  // The value of the last instruction; 1 for no code at all.
  std::int64_t Run(std::span<const ir::ScalarInst> code, const ir::MachineFrame& frame);

  const ir::Program& program_;
  std::vector<std::int64_t> registers_;
};

}  // namespace tocsin::engine
