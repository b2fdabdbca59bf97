// The samples of a signal between two ticks, in rounds of at most one for each row: a row's samples
// come in the order of their stamps, whatever the order in which they arrived, and of several with
// one stamp the first that arrived is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/engine/columns.h"

namespace tocsin::engine {

class Arrivals {
 public:
  struct Round {
    AlignedVector<double> values;         // NaN where the row has none
    AlignedVector<double> seconds;        // since the epoch
    AlignedVector<std::uint32_t> series;  // which it belongs to
  };

  // False where there are more than can be kept.
  bool Take(std::uint32_t row, values::Instant stamp, double value, std::uint32_t series);
  // Makes the rounds, each with room for `rows`; at least one.
  void Prepare(std::size_t rows);
  std::size_t rounds() const { return count_; }
  const Round& round(std::size_t index) const { return rounds_[index]; }
  // What it leaves there is overwritten.
  Round& first() { return rounds_[0]; }
  void Clear();

 private:
  struct Extra {
    std::uint32_t row = 0;
    double seconds = 0;
    double value = 0;
    std::uint32_t series = 0;
  };
  void Grow(Round& round, std::size_t rows);
  void Put(std::size_t round, const Extra& sample);
  void Spread();

  std::vector<Round> rounds_ = std::vector<Round>(1);
  std::size_t count_ = 1;
  std::vector<Extra> extra_;  // behind the first of their row
};

}  // namespace tocsin::engine
