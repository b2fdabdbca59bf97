// What is worth drawing of a policy's alerts: both sides of each comparison in `when`, and the
// conditions it reads as they are. The sides become series of their own, which nothing reads: a
// program with them decides what the one without does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/typed.h"
#include "compiler/core/core.h"

namespace tocsin::kinds {

inline constexpr std::size_t kProbesOfAlert = 4;

struct Probe {
  struct Side {
    std::string text;    // as written: `avg(latency over 5m)`
    std::string column;  // the series; empty for a constant
    double constant = 0;
  };
  std::string alert;
  std::string text;  // `avg(latency over 5m) > 100ms`
  values::Unit unit = values::Unit::kNumber;
  Side left;
  std::optional<Side> right;  // absent where `left` is a condition
};

// Adds the series of the probes to `core`, which `policy` was expanded into.
std::vector<Probe> AddProbes(const check::Policy& policy, const diagnostics::SourceSet& sources,
                             core::Policy& core);

}  // namespace tocsin::kinds
