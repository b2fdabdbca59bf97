// Runs the steps of a tick in the program's order: kernels through the executor, column functions
// in chunks, windows, and what goes from rows to rows. Frames are made once, and again only when
// the columns of their space have moved.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/engine/across_rows.h"
#include "runtime/engine/columns.h"
#include "runtime/engine/earlier.h"
#include "runtime/engine/engine.h"
#include "runtime/engine/executor.h"
#include "runtime/engine/windows.h"
#include "runtime/values/functions.h"

namespace tocsin::engine {

class TickRunner {
 public:
  TickRunner(const ir::Program& program, Executor& executor, Columns& columns, Windows& windows,
             std::span<const values::FunctionRow* const> functions, Stats& stats);
  // Makes room for rows that came since the last tick.
  void Begin() { across_rows_.Begin(); }
  void Run(values::Instant tick);

 private:
  struct Prepared {  // a kernel's binding
    std::uint32_t generation = 0;
    std::vector<ir::NumberView> numbers_in;
    std::vector<ir::TruthView> truths_in;
    std::vector<ir::LabelView> label_tests;
    std::vector<ir::HoldView> holds;
    std::vector<ir::NumberView> numbers_out;
    std::vector<ir::TruthView> truths_out;
  };
  void RunKernel(ir::KernelId id, values::Instant tick);
  void Refresh(const ir::Kernel& kernel, Prepared& prepared);
  void RunCall(std::uint32_t place);
  static bool KnownArguments(std::span<const ir::NumberView> arguments, std::int64_t first,
                             std::int64_t count, std::uint8_t* known);

  const ir::Program& program_;
  Executor& executor_;
  Columns& columns_;
  Windows& windows_;
  AcrossRows across_rows_;
  Earlier earlier_;
  Stats& stats_;
  std::vector<Prepared> kernels_;
  std::vector<values::ColumnFunction> calls_;  // by place in Program::calls
};

}  // namespace tocsin::engine
