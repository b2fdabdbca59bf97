// How much a counter grew: the sum of its steps from one sample to the next. One that fell began
// again at 0.
#pragma once

#include "stdlib/functions/total.h"

namespace tocsin::stdlib {

struct Growth {
  static constexpr std::array<double, 1> kEmpty = {kNoTotal};
  using Partial = std::array<double, 1>;
  // Of the first sample of a series, which has none before it, it says nothing.
  static Partial Of(const AggregateSample& sample) {
    const double step =
        Summand(sample.value - (sample.value < sample.previous ? 0 : sample.previous));
    return {step == step ? step : kNoTotal};
  }
  static Partial Merge(const Partial& a, const Partial& b) { return {a[0] + b[0]}; }
  static double Total(const Partial& all) { return TotalOrAbsent(all[0]); }
};

}  // namespace tocsin::stdlib
