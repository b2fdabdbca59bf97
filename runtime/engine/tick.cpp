#include "runtime/engine/tick.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "runtime/base/check.h"

namespace tocsin::engine {
namespace {

constexpr std::int64_t kCallRows = 1024;

values::ColumnFunction FindColumnFunction(std::span<const values::FunctionRow* const> functions,
                                          const std::string& name) {
  for (const values::FunctionRow* row : functions) {
    if (row->name == name && row->column != nullptr) return row->column;
  }
  TOCSIN_CHECK(false, "the program calls a column function that the table does not have: " + name);
}

}  // namespace

TickRunner::TickRunner(const ir::Program& program, Executor& executor, Columns& columns,
                       Windows& windows, std::span<const values::FunctionRow* const> functions,
                       Stats& stats)
    : program_(program),
      executor_(executor),
      columns_(columns),
      windows_(windows),
      across_rows_(program, columns, functions),
      earlier_(program, columns),
      stats_(stats),
      kernels_(program.kernels.size()) {
  for (const ir::ColumnCall& call : program.calls) {
    calls_.push_back(FindColumnFunction(functions, call.function));
  }
  // Values that the policy names have their numbers before any sample has.
  for (const ir::Kernel& kernel : program.kernels) {
    for (const ir::LabelTest& test : kernel.label_tests) {
      columns.domain(program.spaces[kernel.space.index].labels[test.label]).Mention(test.value);
    }
  }
}

void TickRunner::Run(values::Instant tick) {
  for (const ir::TickStep& step : program_.tick) {
    switch (step.kind) {
      case ir::TickKind::kKernel:
        RunKernel(ir::KernelId(step.what), tick);
        break;
      case ir::TickKind::kCall:
        RunCall(step.what);
        break;
      case ir::TickKind::kWindow:
        windows_.Run(step.what, tick);
        break;
      case ir::TickKind::kFold:
        across_rows_.Fold(step.what);
        break;
      case ir::TickKind::kEarlier:
        earlier_.Run(step.what, tick);
        break;
      case ir::TickKind::kLookup:
        across_rows_.Lookup(step.what);
        break;
    }
  }
}

void TickRunner::RunKernel(ir::KernelId id, values::Instant tick) {
  const ir::Kernel& kernel = program_.kernels[id.index];
  Prepared& prepared = kernels_[id.index];
  if (prepared.generation != columns_.generation(kernel.space)) Refresh(kernel, prepared);
  ir::KernelFrame frame{};
  frame.blocks = columns_.blocks(kernel.space);
  if (frame.blocks == 0) return;
  frame.tick_ms = tick;
  frame.step_ms = program_.resolution_ms;
  frame.numbers_in = prepared.numbers_in.data();
  frame.truths_in = prepared.truths_in.data();
  frame.constants = kernel.constants.data();
  frame.label_tests = prepared.label_tests.data();
  frame.holds = prepared.holds.data();
  frame.numbers_out = prepared.numbers_out.data();
  frame.truths_out = prepared.truths_out.data();
  executor_.RunKernel(kernel.shape, frame);
  ++(executor_.native() ? stats_.kernels_native : stats_.kernels_interpreted);
}

void TickRunner::Refresh(const ir::Kernel& kernel, Prepared& prepared) {
  prepared = {};
  prepared.generation = columns_.generation(kernel.space);
  for (ir::NumberColumnId id : kernel.numbers_in) {
    prepared.numbers_in.push_back(columns_.Number(id));
  }
  for (ir::TruthColumnId id : kernel.truths_in) prepared.truths_in.push_back(columns_.Truth(id));
  const ir::Space& space = program_.spaces[kernel.space.index];
  for (const ir::LabelTest& test : kernel.label_tests) {
    prepared.label_tests.push_back({columns_.rows(kernel.space).LabelColumn(test.label),
                                    columns_.domain(space.labels[test.label]).Find(test.value)});
  }
  for (const ir::HoldSlot& slot : kernel.holds) {
    prepared.holds.push_back({columns_.Hold(slot.state), slot.duration_ms});
  }
  for (ir::NumberColumnId id : kernel.numbers_out) {
    prepared.numbers_out.push_back(columns_.Number(id));
  }
  for (ir::TruthColumnId id : kernel.truths_out) prepared.truths_out.push_back(columns_.Truth(id));
}

// Where every argument is known, for the blocks of one chunk of `count` rows. No lane behind the
// last row is known, not even for a function without arguments. Whether any row is.
bool TickRunner::KnownArguments(std::span<const ir::NumberView> arguments, std::int64_t first,
                                std::int64_t count, std::uint8_t* known) {
  unsigned any = 0;
  for (std::int64_t row = 0; row < count; row += ir::kLanes) {
    const std::int64_t block = row / ir::kLanes;
    unsigned all = count - row < ir::kLanes ? (1u << (count - row)) - 1 : 0xffu;
    for (const ir::NumberView& argument : arguments) {
      all &= argument.known[first / ir::kLanes + block];
    }
    known[block] = static_cast<std::uint8_t>(all);
    any |= all;
  }
  return any != 0;
}

void TickRunner::RunCall(std::uint32_t place) {
  const ir::ColumnCall& call = program_.calls[place];
  std::vector<ir::NumberView> arguments;
  for (ir::NumberColumnId id : call.arguments) arguments.push_back(columns_.Number(id));
  std::vector<const double*> values(arguments.size());
  const ir::NumberView result = columns_.Number(call.result);
  const std::int64_t rows = columns_.rows(call.space).count();
  std::array<double, kCallRows> computed;
  std::array<std::uint8_t, kCallRows / ir::kLanes> known;
  for (std::int64_t first = 0; first < rows; first += kCallRows) {
    const std::int64_t count = std::min(kCallRows, rows - first);
    computed.fill(0.0);
    if (KnownArguments(arguments, first, count, known.data())) {
      for (std::size_t i = 0; i < arguments.size(); ++i) values[i] = arguments[i].values + first;
      calls_[place](values, call.parameters, count, computed.data());
    }
    for (std::int64_t row = 0; row < count; ++row) {
      std::uint8_t& block = known[static_cast<std::size_t>(row / ir::kLanes)];
      const auto bit = static_cast<std::uint8_t>(1u << (row % ir::kLanes));
      const double value = computed[static_cast<std::size_t>(row)];
      if (!std::isfinite(value)) block &= static_cast<std::uint8_t>(~bit);
      result.values[first + row] = (block & bit) != 0 ? value : 0.0;
    }
    std::copy_n(known.begin(), (count + ir::kLanes - 1) / ir::kLanes,
                result.known + first / ir::kLanes);
  }
}

}  // namespace tocsin::engine
