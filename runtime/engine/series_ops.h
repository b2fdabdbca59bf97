// What each series instruction does to one chunk of rows: one function for each, found by its place
// in instructions.def.
#pragma once

#include <cstdint>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"

namespace tocsin::engine {

// Where a register's rows are during one chunk: in a buffer, or in the column they were loaded
// from.
union Register {
  ir::NumberView number;
  ir::TruthView truth;
};

// One instruction over `blocks` blocks that begin at `first_block` of the columns.
struct ChunkStep {
  const ir::KernelFrame& frame;
  Register* registers;
  std::uint32_t
      result;  // the register that it makes, whose buffer is set, unless it reads a column in place
  std::uint32_t a;
  std::uint32_t b;
  bool in_place;
  std::int64_t first_block;
  std::int64_t blocks;

  ir::NumberView NumberA() const { return registers[a].number; }
  ir::NumberView NumberB() const { return registers[b].number; }
  ir::TruthView TruthA() const { return registers[a].truth; }
  ir::TruthView TruthB() const { return registers[b].truth; }
  ir::NumberView NumberOut() const { return registers[result].number; }
  ir::TruthView TruthOut() const { return registers[result].truth; }
};
using StepFunction = void (*)(const ChunkStep&);

StepFunction FunctionOf(ir::SeriesOp op);

}  // namespace tocsin::engine
