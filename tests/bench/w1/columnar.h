// Workload W1 as a C++ programmer writes it who knows the ten kinds of rule and the layout of the
// data: columns of all instances, one loop a tick for each feature and for each rule. It is what
// the engine is held against, so it keeps to the language where a sample is missing: a row without
// one is absent, a window leaves it out, the clock of `for` stands still. Gaps longer than a window
// are not foreseen.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tests/bench/w1/rules.h"
#include "tests/bench/w1/workload.h"

namespace tocsin::bench::w1 {

// Of one rule, over the second hour: ticks of rows at which it is pending or fires (where nothing
// is missing, at which its condition holds), at which it fires, and how often a row began or ceased
// to fire.
struct Counts {
  std::uint64_t active = 0;
  std::uint64_t firing = 0;
  std::uint64_t transitions = 0;
  bool operator==(const Counts&) const = default;
};

struct Outcome {
  std::vector<Counts> counts;  // by rule
  // Processor time of the second hour. Where the columnar program takes no samples, it is that of
  // ticks whose data lies there all along; where it does, of ticks right after they came.
  double evaluate_s = 0;
  double ingest_s = 0;
  std::uint64_t decisions = 0;  // of the engine, in the second hour
};

struct ColumnarOptions {
  // Rates as Prometheus computes them, extrapolated; needs data without gaps.
  bool extrapolates = false;
  // Takes the samples one by one, as events of 16 bytes, to columns of its own.
  bool ingests = false;
};
Outcome RunColumnar(const Workload& workload, std::span<const Rule> rules,
                    const ColumnarOptions& options = {});

}  // namespace tocsin::bench::w1
