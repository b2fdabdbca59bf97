// The values at the ticks of a long window, to 1 %: how many fall into each of 64 equal parts of
// each octave, as in DDSketch (Masson, Rim and Lee, PVLDB 12(12), 2019) with the parts linear so
// that no logarithm is taken. Counts are whole numbers, so what leaves the window leaves nothing
// behind.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "runtime/values/aggregates.h"
#include "stdlib/functions/aggregate.h"
#include "stdlib/functions/rank.h"

namespace tocsin::stdlib {

class SketchWindow final : public values::TickWindow {
 public:
  static constexpr std::int64_t kMostTicks = 250'000;
  // Most rows stay within some octaves.
  static std::uint64_t BytesOfRow(std::int64_t ticks) {
    return static_cast<std::uint64_t>(ticks) * 2 + 2048;
  }

  SketchWindow(double part, std::int64_t ticks)
      : part_(part), ticks_(static_cast<std::size_t>(ticks)) {}

  void Resize(std::int64_t rows) override {
    ring_.resize(static_cast<std::size_t>(rows) * ticks_, kNone);
    rows_.resize(static_cast<std::size_t>(rows));
  }
  void Advance() override { place_ = place_ + 1 < ticks_ ? place_ + 1 : 0; }
  void Slide(std::int64_t first, std::int64_t rows, const double* values,
             double* results) override {
    for (std::int64_t i = 0; i < rows; ++i) {
      const auto index = static_cast<std::size_t>(first + i);
      Row& row = rows_[index];
      std::uint16_t& slot = ring_[index * ticks_ + place_];
      if (slot != kNone) --row.Count(slot), --row.all;
      slot = values[i] == values[i] ? PartOf(values[i]) : kNone;
      if (slot != kNone) ++row.Count(slot), ++row.all;
      results[i] = Value(row);
    }
  }

  // Parts are numbered as the values in them rise: those of negative values, zero, the positive
  // ones. Zero has all that is smaller than 2^-40; what is larger than 2^80 is in the last part.
  static std::uint16_t PartOf(double value) {
    const double size = std::fabs(value);
    if (size < kSmallest) return kZero;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(std::min(size, kLargest));
    const auto part = static_cast<std::uint32_t>((bits >> kShift) - kFirstBits + 1);
    return static_cast<std::uint16_t>(value < 0 ? kZero - part : kZero + part);
  }
  // The middle of a part.
  static double Middle(std::uint16_t part) {
    if (part == kZero) return 0;
    const std::uint64_t place = part > kZero ? part - kZero : kZero - part;
    const std::uint64_t bits = place - 1 + kFirstBits;
    const double low = std::bit_cast<double>(bits << kShift);
    const double high = std::bit_cast<double>((bits + 1) << kShift);
    const double middle = (low + high) / 2;
    return part > kZero ? middle : -middle;
  }

 private:
  static constexpr double kSmallest = 0x1p-40;
  static constexpr double kLargest = 0x1.fffffffffffffp79;
  static constexpr int kShift = 52 - 6;
  static constexpr std::uint64_t kFirstBits = std::bit_cast<std::uint64_t>(kSmallest) >> kShift;
  static constexpr std::uint16_t kParts = 120 * 64;  // on either side of zero
  static constexpr std::uint16_t kZero = kParts + 1;
  static constexpr std::uint16_t kNone = 0;

  struct Row {
    std::vector<std::uint32_t> counts;  // from part `begin` on
    std::uint32_t begin = 0;
    std::uint32_t all = 0;
    std::uint32_t& Count(std::uint16_t part) {
      if (counts.empty()) begin = part;
      if (part < begin) {
        counts.insert(counts.begin(), begin - part, 0);
        begin = part;
      }
      if (part - begin >= counts.size()) counts.resize(part - begin + 1, 0);
      return counts[part - begin];
    }
  };

  double Value(const Row& row) const {
    if (row.all == 0) return kAbsent;
    const Rank rank(part_, row.all);
    const auto below = static_cast<std::uint32_t>(rank.below);
    const std::uint32_t above = std::min(below + 1, row.all - 1);
    std::uint32_t seen = 0;
    double low = kAbsent;
    for (std::size_t i = 0; i < row.counts.size(); ++i) {
      seen += row.counts[i];
      if (seen <= below) continue;
      const double middle = Middle(static_cast<std::uint16_t>(row.begin + i));
      if (low != low) low = middle;
      if (seen > above) return rank.Between(low, middle);
    }
    return kAbsent;
  }

  double part_;
  std::size_t ticks_;
  std::size_t place_ = 0;
  std::vector<std::uint16_t> ring_;  // by row, then tick: parts
  std::vector<Row> rows_;
};

}  // namespace tocsin::stdlib
