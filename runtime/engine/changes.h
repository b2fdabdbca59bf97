// What a tick changed in the inputs of row machines, against the tick before. At its first tick a
// row has changed, whatever its inputs are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

class Changes {
 public:
  Changes(const ir::Program& program, Columns& columns);
  // The rows of a machine that are new, or in which any input is not what it was, in canonical
  // order; up to the next call.
  std::span<const std::uint32_t> Of(const ir::Machine& machine);
  // Takes the inputs as they are for what comes next to be compared with.
  void Remember();

 private:
  struct Last {
    bool used = false;  // by any machine
    std::vector<std::uint8_t> is_true;
    std::vector<std::uint8_t> known;
  };

  void Differ(const ir::Machine& machine, std::size_t words);
  void AddNew(ir::SpaceId space);

  const ir::Program& program_;
  Columns& columns_;
  std::vector<Last> last_;             // by truth column
  std::vector<std::uint32_t> seen_;    // how many rows of each space were there
  std::vector<std::uint64_t> differ_;  // of the machine that is looked at, by word of rows
  std::vector<std::uint32_t> found_;   // the first ones
};

}  // namespace tocsin::engine
