// Series kernels over many rows: interpreted, compiled, and the same condition written by hand.
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <random>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/ir/builder.h"
#include "runtime/ir/verify.h"
#include "tests/bench/bench.h"
#include "tests/bench/by_hand.h"
#include "tests/bench/policies.h"
#include "tests/unit/native/series_case.h"

namespace tocsin::bench {
namespace {

using native::testing::Numbers;
using native::testing::SeriesCase;
using native::testing::Truths;

constexpr std::int64_t kStepMs = 15'000;
constexpr std::int64_t kHoldMs = 120'000;
constexpr std::int64_t kNotHeld = std::numeric_limits<std::int64_t>::min();

// The condition alone, in place of the alert's own kernel: what one loop by hand computes.
ir::Program Condition() {
  ir::Program program = Compile(OneRule());
  const ir::Kernel alert = program.kernels.at(0);
  program.kernels.clear();
  program.shapes.clear();
  program.tick.clear();
  program.machines.clear();
  ir::KernelBuilder builder(program, alert.space, "condition");
  const ir::Reg a = builder.Load(program.signals[0].number);
  const ir::Reg b = builder.Load(program.signals[1].number);
  const ir::Reg quotient = builder.Apply(ir::SeriesOp::kDivide, a, b);
  const ir::Reg limit = builder.Constant(0.05);
  const ir::Reg greater = builder.Apply(ir::SeriesOp::kGreater, quotient, limit);
  builder.Store(builder.Hold(greater, alert.holds.at(0).state, kHoldMs), alert.truths_out.at(0));
  program.tick.push_back({ir::TickKind::kKernel, builder.Finish({}).index});
  return program;
}

// Columns for a kernel: nine rows of ten known, about half of them above the limit.
SeriesCase Columns(const ir::Kernel& kernel, std::size_t rows) {
  SeriesCase columns;
  columns.rows = (rows + 7) / 8 * 8;
  columns.tick_ms = 1'800'000'000'000;
  columns.step_ms = kStepMs;
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> high(50, 150), low(1, 10), part(0, 1);
  for (std::size_t i = 0; i < kernel.numbers_in.size(); ++i) {
    columns.numbers_in.emplace_back(columns.rows);
    for (std::size_t row = 0; row < columns.rows; ++row) {
      const double value = i % 2 == 0 ? low(random) : high(random);
      columns.numbers_in.back().Set(row, part(random) < 0.9 ? std::optional(value) : std::nullopt);
    }
  }
  TOCSIN_CHECK(kernel.truths_in.empty() && kernel.label_tests.empty(),
               "the kernels that are measured read numbers alone");
  columns.constants = kernel.constants;
  for (const ir::HoldSlot& hold : kernel.holds) {
    native::testing::Column<std::int64_t> since(columns.rows, kNotHeld);
    for (std::size_t row = 0; row < columns.rows; row += 2) {
      since[row] = columns.tick_ms - static_cast<std::int64_t>(row % 16) * kStepMs;
    }
    columns.holds.emplace_back(std::move(since), hold.duration_ms);
  }
  columns.numbers_out.assign(kernel.numbers_out.size(), Numbers(columns.rows));
  columns.truths_out.assign(kernel.truths_out.size(), Truths(columns.rows));
  return columns;
}

// An executor whose kernel is a loop by hand.
class Hand final : public engine::Executor {
 public:
  explicit Hand(void (*loop)(const ir::KernelFrame&)) : loop_(loop) {}
  std::string_view name() const override { return "by hand"; }
  bool native() const override { return true; }
  void RunKernel(ir::ShapeId, const ir::KernelFrame& frame) override { loop_(frame); }
  std::int64_t Select(ir::MachineId, const ir::MachineFrame&) override { return -1; }
  void Act(ir::MachineId, const ir::MachineFrame&, std::int64_t) override {}

 private:
  void (*loop_)(const ir::KernelFrame&);
};

void RunRows(benchmark::State& state, engine::Executor& executor, ir::ShapeId shape,
             const SeriesCase& columns) {
  SeriesCase worked = columns;
  for (auto _ : state) {
    RunExecutor(executor, shape, worked);
    benchmark::ClobberMemory();
    worked.tick_ms += kStepMs;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(columns.rows));
}

struct Measured {
  ir::Program program;
  std::vector<NamedExecutor> executors;
  std::map<std::size_t, SeriesCase> columns;  // by rows
};

// Whatever is compared must compute the same, or the comparison is of nothing.
void CheckAgreement(const Measured& measured, const std::string& name) {
  const ir::ShapeId shape = measured.program.kernels[0].shape;
  for (const auto& [rows, columns] : measured.columns) {
    SeriesCase expected = columns;
    RunExecutor(*measured.executors[0].executor, shape, expected);
    for (const NamedExecutor& other : measured.executors) {
      SeriesCase seen = columns;
      RunExecutor(*other.executor, shape, seen);
      if (seen.SameResults(expected)) continue;
      fmt::print(stderr, "{} over {} rows: {} computes something else\n", name, rows, other.name);
      std::exit(1);
    }
  }
}

void RegisterKernel(const std::string& name, ir::Program program, bool by_hand) {
  auto measured = std::make_shared<Measured>();
  measured->program = std::move(program);
  for (const std::string& problem : ir::Verify(measured->program)) {
    fmt::print(stderr, "{}: {}\n", name, problem);
    std::exit(1);
  }
  measured->executors = Executors(measured->program);
  if (by_hand) {
    measured->executors.push_back({"hand", std::make_unique<Hand>(ByHand)});
    if (HasAvx2())
      measured->executors.push_back({"hand_avx2", std::make_unique<Hand>(ByHandVectors)});
  }
  for (const std::size_t rows : {10'000u, 100'000u}) {
    measured->columns.emplace(rows, Columns(measured->program.kernels[0], rows));
  }
  CheckAgreement(*measured, name);
  for (const auto& [rows, columns] : measured->columns) {
    for (const NamedExecutor& executor : measured->executors) {
      Register(fmt::format("{}/{}/{}", name, rows, executor.name),
               [measured, &executor, &columns](benchmark::State& state) {
                 RunRows(state, *executor.executor, measured->program.kernels[0].shape, columns);
               });
    }
  }
}

}  // namespace

void RegisterKernels() {
  RegisterKernel("condition", Condition(), true);
  RegisterKernel("alert", Compile(OneRule()), false);
}

}  // namespace tocsin::bench
