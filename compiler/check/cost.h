// A bound on what a policy costs at each tick and holds in memory, whatever it is fed: rows are the
// products of the bounds of labels, and what is done for each row is what was written.
#pragma once

#include "compiler/check/typed.h"

namespace tocsin::check {

// The most steps a policy may take at a tick: about a second of one core.
inline constexpr std::uint64_t kMaxSteps = 1'000'000'000;

struct Cost {
  DeclId decl;              // a signal or an alert
  std::uint64_t rows = 0;   // at most
  std::uint64_t steps = 0;  // at each tick, at most: one for each operation and row
  std::uint64_t bytes = 0;  // of values and of what windows and holds remember
};

// One for each signal and alert, in the order of the policy.
std::vector<Cost> CostsOf(const Policy& policy);
Cost Total(const std::vector<Cost>& costs);

}  // namespace tocsin::check
