// Selecting the transition of an alert's machine, for rows in all its states and with all that its
// inputs may be.
#include <algorithm>
#include <array>
#include <random>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "tests/bench/bench.h"
#include "tests/bench/policies.h"

namespace tocsin::bench {
namespace {

constexpr std::size_t kFrames = 1024;

struct Measured {
  ir::Program program;
  ir::MachineId machine;
  std::vector<NamedExecutor> executors;
  std::vector<std::array<std::int64_t, 8>> fields;
  std::vector<ir::MachineFrame> frames;
};

void FillFrames(Measured& measured) {
  const ir::Machine& machine = measured.program.machines[measured.machine.index];
  measured.fields.resize(kFrames);
  TOCSIN_CHECK(machine.fields.size() <= measured.fields[0].size(), "more fields than expected");
  std::mt19937_64 random(7);
  const std::uint64_t inputs = (std::uint64_t{1} << machine.inputs.size()) - 1;
  for (std::array<std::int64_t, 8>& fields : measured.fields) {
    ir::MachineFrame frame{};
    frame.state = static_cast<std::int64_t>(random() % machine.states.size());
    frame.trigger = static_cast<std::int64_t>(ir::TriggerKind::kSeries);
    frame.inputs_known = random() & inputs;
    frame.inputs_true = random() & frame.inputs_known;
    frame.fields = fields.data();
    measured.frames.push_back(frame);
  }
}

void Select(benchmark::State& state, engine::Executor& executor, const Measured& measured) {
  for (auto _ : state) {
    for (const ir::MachineFrame& frame : measured.frames) {
      benchmark::DoNotOptimize(executor.Select(measured.machine, frame));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kFrames));
}

}  // namespace

void RegisterMachines() {
  auto measured = std::make_shared<Measured>();
  measured->program = Compile(OneRule());
  const auto alert = std::ranges::find(measured->program.machines, "alert", &ir::Machine::kind);
  TOCSIN_CHECK(alert != measured->program.machines.end(), "the policy has an alert");
  measured->machine =
      ir::MachineId(static_cast<std::size_t>(alert - measured->program.machines.begin()));
  measured->executors = Executors(measured->program);
  FillFrames(*measured);
  for (const NamedExecutor& executor : measured->executors) {
    Register(fmt::format("select/{}", executor.name),
             [measured, &executor](benchmark::State& state) {
               Select(state, *executor.executor, *measured);
             });
  }
}

}  // namespace tocsin::bench
