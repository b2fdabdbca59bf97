// The values at the ticks of a window, exactly: in the order of the ticks, and sorted.
#pragma once

#include <algorithm>
#include <vector>

#include "runtime/values/aggregates.h"
#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/rank.h"

namespace tocsin::stdlib {

class SortedWindow final : public values::TickWindow {
 public:
  static constexpr std::int64_t kMostTicks = 1024;
  static std::uint64_t BytesOfRow(std::int64_t ticks) {
    return static_cast<std::uint64_t>(ticks) * 16;
  }

  SortedWindow(double part, std::int64_t ticks)
      : part_(part), ticks_(static_cast<std::size_t>(ticks)) {}

  void Resize(std::int64_t rows) override {
    ring_.resize(static_cast<std::size_t>(rows) * ticks_, kAbsent);
    sorted_.resize(static_cast<std::size_t>(rows) * ticks_);
    counts_.resize(static_cast<std::size_t>(rows), 0);
  }
  void Advance() override { place_ = place_ + 1 < ticks_ ? place_ + 1 : 0; }
  void Slide(std::int64_t first, std::int64_t rows, const double* values,
             double* results) override {
    for (std::int64_t i = 0; i < rows; ++i) {
      const auto row = static_cast<std::size_t>(first + i);
      double& slot = ring_[row * ticks_ + place_];
      // Zero has one sign here, so that equal values are the same.
      const double taken = values[i] + 0.0;
      if (slot == slot) Remove(row, slot);
      if (taken == taken) Insert(row, taken);
      slot = taken;
      results[i] = Value(row);
    }
  }

 private:
  void Insert(std::size_t row, double value) {
    double* begin = sorted_.data() + row * ticks_;
    double* end = begin + counts_[row]++;
    double* at = std::lower_bound(begin, end, value);
    std::move_backward(at, end, end + 1);
    *at = value;
  }
  void Remove(std::size_t row, double value) {
    double* begin = sorted_.data() + row * ticks_;
    double* end = begin + counts_[row]--;
    double* at = std::lower_bound(begin, end, value);
    std::move(at + 1, end, at);
  }
  double Value(std::size_t row) const {
    const std::size_t count = counts_[row];
    if (count == 0) return kAbsent;
    const Rank rank(part_, static_cast<double>(count));
    const auto low = static_cast<std::size_t>(rank.below);
    const double* sorted = sorted_.data() + row * ticks_;
    return rank.Between(sorted[low], sorted[std::min(low + 1, count - 1)]);
  }

  double part_;
  std::size_t ticks_;
  std::size_t place_ = 0;
  std::vector<double> ring_;    // by row, then tick; NaN where absent
  std::vector<double> sorted_;  // by row; the first of its count
  std::vector<std::size_t> counts_;
};

}  // namespace tocsin::stdlib
