// Where a quantile lies among sorted values.
#pragma once

namespace tocsin::stdlib {

// Between the two values next to a rank, which counts from the smallest.
struct Rank {
  Rank(double part, double count) : exact(part * (count - 1)), below(static_cast<int>(exact)) {}
  double Between(double low, double high) const {
    const double weight = exact - below;
    return low * (1 - weight) + high * weight;
  }
  double exact;
  int below;
};

}  // namespace tocsin::stdlib
