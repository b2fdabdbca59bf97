// Runs series kernels. A shape becomes a plan once: which buffer each register lives in, so that
// buffers whose register is not read any more are used again. A run then takes the rows in chunks
// that stay in the first-level cache, and each instruction is one loop over the chunk.
//
// What always holds: a lane that is not known has the number 0.0 and the truth false.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/engine/series_ops.h"
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
    StepFunction run = nullptr;
    ir::SeriesInst inst;
    bool makes_number = false;
    bool makes_truth = false;
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
  static Plan MakePlan(const ir::Shape& shape);
  std::vector<Plan> plans_;  // by shape
  std::vector<NumberBuffer> numbers_;
  std::vector<TruthBuffer> truths_;
  std::vector<Register> registers_;
};

}  // namespace tocsin::engine
