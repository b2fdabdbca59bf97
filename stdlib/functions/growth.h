// How much a counter grew: the sum of its steps from one sample to the next. One that fell began
// again at 0.
#pragma once

#include "stdlib/functions/aggregate.h"

namespace tocsin::stdlib {

struct Growth {
  static constexpr std::array<double, 1> kEmpty = {kAbsent};  // how much; absent of no steps
  using Partial = std::array<double, 1>;
  static Partial Of(const AggregateSample& sample) {
    return {sample.value - (sample.value < sample.previous ? 0 : sample.previous)};
  }
  static Partial Merge(const Partial& a, const Partial& b) {
    const double older = a[0] == a[0] ? a[0] : 0, newer = b[0] == b[0] ? b[0] : 0;
    const double sum = older + newer;
    const double of_both = a[0] == a[0] ? sum : kAbsent;
    return {b[0] == b[0] ? sum : of_both};
  }
  static double Total(const Partial& all) { return all[0]; }
};

}  // namespace tocsin::stdlib
