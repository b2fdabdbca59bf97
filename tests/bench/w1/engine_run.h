// Workload W1 run by the engine: the rules as a policy, compiled like any other, and what it
// decides counted as the columnar program counts.
#pragma once

#include <span>

#include "runtime/engine/executor.h"
#include "runtime/ir/program.h"
#include "tests/bench/w1/columnar.h"
#include "tests/bench/w1/rules.h"
#include "tests/bench/w1/workload.h"

namespace tocsin::bench::w1 {

// `program` is that of Policy(rules, workload.size()), and `executor` runs it. Samples are handed
// over before their tick; evaluate_s is the time of the ticks, ingest_s of handing over.
Outcome RunEngine(const Workload& workload, std::span<const Rule> rules, const ir::Program& program,
                  engine::Executor& executor);

// The same through a replay of a recording, as `tocsin simulate` does it.
std::vector<Counts> Replay(const Workload& workload, std::span<const Rule> rules,
                           const ir::Program& program, engine::Executor& executor);

}  // namespace tocsin::bench::w1
