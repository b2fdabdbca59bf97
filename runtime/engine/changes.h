// What a tick changed in the inputs of row machines, against the tick before. Before the first
// tick, and before its first tick in a row, an input was absent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

class Changes {
 public:
  Changes(const ir::Program& program, Columns& columns);
  // The rows of a machine in which any input is not what it was, in canonical order; up to the next
  // call.
  std::span<const std::uint32_t> Of(const ir::Machine& machine);
  // Takes the inputs as they are for what comes next to be compared with.
  void Remember();

 private:
  struct Last {
    bool used = false;  // by any machine
    std::vector<std::uint8_t> is_true;
    std::vector<std::uint8_t> known;
  };

  struct Pair {
    const std::uint8_t* now;
    const std::uint8_t* before;
  };
  const std::vector<Pair>& Inputs(const ir::Machine& machine, std::size_t blocks);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<Last> last_;   // by truth column
  std::vector<Pair> pairs_;  // of the machine that is looked at
  std::vector<std::uint32_t> found_;
};

}  // namespace tocsin::engine
