// What is measured. Each function registers its benchmarks; their names are paths, by which the
// table at the end finds the medians that it compares: `condition/100000/avx2`.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "tests/bench/executors.h"

namespace tocsin::bench {

void RegisterKernels();
void RegisterMachines();
void RegisterFront();
void RegisterHistory();
void RegisterScale();

// Counters of a whole process: its time on all processors, and what it held in memory at most.
inline constexpr const char* kCpuMs = "cpu_ms";
inline constexpr const char* kMebibytes = "MiB";

// Several repetitions, of which the medians count: other work on the machine disturbs single ones.
void Register(const std::string& name, std::function<void(benchmark::State&)> run);

}  // namespace tocsin::bench
