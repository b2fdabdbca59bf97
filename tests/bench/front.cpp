// From the text of a policy to a program, and from a program to native code.
#include <cstdlib>

#include <fmt/format.h>

#include "runtime/native/native.h"
#include "tests/bench/bench.h"
#include "tests/bench/policies.h"

namespace tocsin::bench {
namespace {

constexpr std::size_t kRules = 1000;

// Stages before the one that is measured run with the clock stopped.
void RegisterStages() {
  const std::string policy = DistinctRules(kRules);
  Register("front/parse", [policy](benchmark::State& state) {
    for (auto _ : state) {
      state.PauseTiming();
      Front front(policy);
      state.ResumeTiming();
      front.Parse();
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(policy.size()));
  });
  Register("front/check", [policy](benchmark::State& state) {
    for (auto _ : state) {
      state.PauseTiming();
      Front front(policy);
      front.Parse();
      state.ResumeTiming();
      front.Check();
    }
  });
  Register("front/lower", [policy](benchmark::State& state) {
    for (auto _ : state) {
      state.PauseTiming();
      Front front(policy);
      front.Parse();
      front.Check();
      state.ResumeTiming();
      front.Expand();
      benchmark::DoNotOptimize(front.Lower());
    }
  });
  Register("front/all", [policy](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(Compile(policy));
  });
}

void RegisterNative(const std::string& name, const std::string& policy) {
  Register(name, [policy](benchmark::State& state) {
    const auto program = std::make_shared<ir::Program>(Compile(policy));
    native::Counts counts;
    for (auto _ : state) {
      const auto compiled = native::Compile(*program, native::Best());
      if (!compiled) {
        fmt::print(stderr, "{}\n", compiled.error());
        std::exit(1);
      }
      counts = (*compiled)->counts();
    }
    state.counters["kernels"] = static_cast<double>(counts.kernels);
    state.counters["machines"] = static_cast<double>(counts.machines);
  });
}

}  // namespace

void RegisterFront() {
  RegisterStages();
  RegisterNative("jit/distinct/100", DistinctRules(100));
  RegisterNative("jit/distinct/1000", DistinctRules(kRules));
  RegisterNative("jit/one_shape/1000", RulesOfOneShape(kRules));
}

}  // namespace tocsin::bench
