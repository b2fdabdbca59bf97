#include "runtime/engine/arrivals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::engine {
namespace {

constexpr std::size_t kMaxExtra = 4u << 20;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void Arrivals::Grow(Round& round, std::size_t rows) {
  if (round.values.size() >= rows) return;
  round.values.resize(rows, kNone);
  round.seconds.resize(rows, 0);
  round.series.resize(rows, 0);
}

bool Arrivals::Take(std::uint32_t row, values::Instant stamp, double value, std::uint32_t series) {
  Round& first = rounds_[0];
  if (row >= first.values.size())
    Grow(first, std::max<std::size_t>(2 * first.values.size(), (row / 64 + 1) * 64));
  const double seconds = static_cast<double>(stamp) / 1000;
  if (std::isnan(first.values[row])) {
    first.values[row] = value;
    first.seconds[row] = seconds;
    first.series[row] = series;
    return true;
  }
  if (extra_.size() >= kMaxExtra) return false;
  extra_.push_back({row, seconds, value, series});
  return true;
}

void Arrivals::Put(std::size_t round, const Extra& sample) {
  if (round >= count_) {
    ++count_;
    if (round >= rounds_.size()) rounds_.emplace_back();
    Grow(rounds_[round], rounds_[0].values.size());
  }
  rounds_[round].values[sample.row] = sample.value;
  rounds_[round].seconds[sample.row] = sample.seconds;
  rounds_[round].series[sample.row] = sample.series;
}

// Rows with several samples get theirs in order, one in each round.
void Arrivals::Spread() {
  Round& first = rounds_[0];
  std::vector<Extra> all;
  all.reserve(2 * extra_.size());
  for (const Extra& sample : extra_) {
    double& value = first.values[sample.row];
    if (!std::isnan(value))
      all.push_back({sample.row, first.seconds[sample.row], value, first.series[sample.row]});
    value = kNone;
    all.push_back(sample);
  }
  std::ranges::stable_sort(all, [](const Extra& a, const Extra& b) {
    return a.row != b.row ? a.row < b.row : a.seconds < b.seconds;
  });
  std::size_t round = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool same_row = i > 0 && all[i].row == all[i - 1].row;
    if (same_row && all[i].seconds == all[i - 1].seconds) continue;
    round = same_row ? round + 1 : 0;
    Put(round, all[i]);
  }
  extra_.clear();
}

void Arrivals::Prepare(std::size_t rows) {
  Grow(rounds_[0], rows);
  if (!extra_.empty()) Spread();
  for (std::size_t i = 1; i < count_; ++i) Grow(rounds_[i], rounds_[0].values.size());
}

void Arrivals::Clear() {
  for (std::size_t i = 0; i < count_; ++i) std::ranges::fill(rounds_[i].values, kNone);
  count_ = 1;
  extra_.clear();
}

}  // namespace tocsin::engine
