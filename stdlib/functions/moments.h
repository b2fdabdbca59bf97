// Means, spreads and trends, merged as Chan, Golub and LeVeque (1983) do: from the means and the
// squares around them, so that large values and late instants lose no digits.
#pragma once

#include "stdlib/functions/aggregate.h"

namespace tocsin::stdlib {

// How many, their mean, and the sum of the squares around it.
struct Spread {
  static constexpr std::array<double, 3> kEmpty = {0, 0, 0};
  using Partial = std::array<double, 3>;
  static Partial Of(const AggregateSample& sample) { return {1, sample.value, 0}; }
  static Partial Merge(const Partial& a, const Partial& b) {
    const double count = a[0] + b[0];
    const double part = count > 0 ? b[0] / count : 0;
    const double apart = b[1] - a[1];
    return {count, a[1] + apart * part, a[2] + b[2] + apart * apart * a[0] * part};
  }
  static double Deviation(const Partial& all) { return std::sqrt(all[2] / all[0]); }
};

// How many, the means of time (in seconds) and value, the squares of time around its mean, and the
// products of both.
struct Trend {
  static constexpr std::array<double, 5> kEmpty = {0, 0, 0, 0, 0};
  using Partial = std::array<double, 5>;
  static Partial Of(const AggregateSample& sample) {
    return {1, sample.seconds, sample.value, 0, 0};
  }
  static Partial Merge(const Partial& a, const Partial& b) {
    const double count = a[0] + b[0];
    const double part = count > 0 ? b[0] / count : 0;
    const double later = b[1] - a[1];
    const double higher = b[2] - a[2];
    const double weight = a[0] * part;
    return {count, a[1] + later * part, a[2] + higher * part, a[3] + b[3] + later * later * weight,
            a[4] + b[4] + later * higher * weight};
  }
  // By least squares, per second; absent from fewer than two instants.
  static double Slope(const Partial& all) { return all[4] / all[3]; }
};

}  // namespace tocsin::stdlib
