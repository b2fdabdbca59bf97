#include "runtime/engine/arrivals.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace tocsin::engine {
namespace {

constexpr std::size_t kMaxExtra = 4u << 20;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kRowsInWord = 64;

std::size_t WordsOf(const Arrivals::Round& round) {
  return (round.values.size() + kRowsInWord - 1) / kRowsInWord;
}

}  // namespace

void Arrivals::Round::Grow(std::size_t rows) {
  if (values.size() >= rows) return;
  values.resize(rows, kNone);
  seconds.resize(rows, 0);
  series.resize(rows, 0);
}

void Arrivals::Round::FillSeconds() {
  if (common && !filled) std::ranges::fill(seconds, at);
  filled = true;
}

void Arrivals::Grow(std::size_t rows) {
  rounds_[0].Grow(rows);
  present_.resize(WordsOf(rounds_[0]), 0);
}

void Arrivals::Stamp(std::uint32_t row, double seconds) {
  Round& first = rounds_[0];
  if (taken_++ == 0) {
    first.common = true;
    first.at = seconds;
    first.filled = false;
  }
  if (first.common && first.at == seconds) return;
  first.FillSeconds();
  first.common = false;
  first.seconds[row] = seconds;
}

bool Arrivals::Take(std::uint32_t row, values::Instant stamp, double value, std::uint32_t series) {
  Round& first = rounds_[0];
  if (row >= first.values.size())
    Grow(std::max<std::size_t>(2 * first.values.size(), (row / 64 + 1) * 64));
  const double seconds = static_cast<double>(stamp) / 1000;
  std::uint64_t& present = present_[row / kRowsInWord];
  const std::uint64_t bit = std::uint64_t{1} << (row % kRowsInWord);
  if ((present & bit) == 0) {
    present |= bit;
    first.values[row] = value;
    first.series[row] = series;
    Stamp(row, seconds);
    other_series_ |=
        last_ != nullptr && (row >= last_->series.size() || last_->series[row] != series);
    return true;
  }
  if (extra_.size() >= kMaxExtra) return false;
  extra_.push_back({row, seconds, value, series});
  return true;
}

bool Arrivals::Continue(std::size_t rows) const {
  return count_ == 1 && taken_ >= rows && !other_series_;
}

void Arrivals::Put(std::size_t round, const Extra& sample) {
  if (round >= count_) {
    ++count_;
    if (round >= rounds_.size()) rounds_.emplace_back();
    rounds_[round].Grow(rounds_[0].values.size());
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
  Grow(rows);
  Round& first = rounds_[0];
  for (std::size_t word = 0; word < present_.size(); ++word) {
    for (std::uint64_t left = ~present_[word]; left != 0; left &= left - 1) {
      const std::size_t row = word * kRowsInWord + static_cast<std::size_t>(std::countr_zero(left));
      if (row < first.values.size()) first.values[row] = kNone;
    }
  }
  if (!extra_.empty()) {
    first.FillSeconds();
    first.common = false;
    Spread();
  }
  for (std::size_t i = 1; i < count_; ++i) rounds_[i].Grow(rounds_[0].values.size());
}

void Arrivals::Clear() {
  for (std::size_t i = 1; i < count_; ++i) std::ranges::fill(rounds_[i].values, kNone);
  present_.assign(WordsOf(rounds_[0]), 0);
  count_ = 1;
  taken_ = 0;
  other_series_ = false;
  extra_.clear();
}

}  // namespace tocsin::engine
