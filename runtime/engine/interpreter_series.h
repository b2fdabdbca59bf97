// Runs series kernels. A shape becomes a plan once: which buffer each register lives in, so that
// buffers whose register is not read any more are used again. A run then takes the rows in chunks
// that stay in the first-level cache, and each instruction is one loop over the chunk.
//
// What always holds: a lane that is not known has the number 0.0 and the truth false.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/ir/frames.h"
#include "runtime/ir/program.h"

namespace tocsin::engine {

inline constexpr std::int64_t kChunkBlocks = 128;
inline constexpr std::int64_t kChunkRows = kChunkBlocks * ir::kLanes;

class SeriesInterpreter {
 public:
  explicit SeriesInterpreter(const ir::Program& program);
  void Run(ir::ShapeId shape, const ir::KernelFrame& frame);

 private:
  static constexpr std::uint32_t kNoBuffer = 0xffffffffu;

  struct Step {
    ir::SeriesInst inst;
    std::uint32_t buffer =
        kNoBuffer;  // of the result; none where a column is read in place, or nothing results
  };
  struct Plan {
    std::vector<Step> steps;
    std::uint32_t number_buffers = 0;
    std::uint32_t truth_buffers = 0;
  };
  struct alignas(64) NumberBuffer {
    double values[kChunkRows];
    std::uint8_t known[kChunkBlocks];
  };
  struct alignas(64) TruthBuffer {
    std::uint8_t is_true[kChunkBlocks];
    std::uint8_t known[kChunkBlocks];
  };
  // Where a register's rows are during one chunk: in a buffer, or in the column they were loaded
  // from.
  union Register {
    ir::NumberView number;
    ir::TruthView truth;
  };

  static Plan MakePlan(const ir::Shape& shape);
  void RunStep(std::size_t index, const Step& step, const ir::KernelFrame& frame,
               std::int64_t first_block, std::int64_t blocks);
  ir::NumberView Number(std::uint32_t reg) const { return registers_[reg].number; }
  ir::TruthView Truth(std::uint32_t reg) const { return registers_[reg].truth; }

  std::vector<Plan> plans_;  // by shape
  std::vector<NumberBuffer> numbers_;
  std::vector<TruthBuffer> truths_;
  std::vector<Register> registers_;
};

}  // namespace tocsin::engine
