// How much a counter grew: the sum of its steps from one sample to the next. One that fell began
// again at 0.
#pragma once

#include "stdlib/functions/aggregate.h"

namespace tocsin::stdlib {

struct Growth {
  static constexpr std::array<double, 2> kEmpty = {0, 0};  // how much, from how many steps
  using Partial = std::array<double, 2>;
  static Partial Of(const AggregateSample& sample) {
    const double base = sample.value < sample.previous ? 0 : sample.previous;
    const bool counts = sample.previous == sample.previous;
    return {counts ? sample.value - base : 0, counts ? 1.0 : 0.0};
  }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0], a[1] + b[1]}; }
  static double Total(const Partial& all) { return all[1] > 0 ? all[0] : kAbsent; }
};

}  // namespace tocsin::stdlib
