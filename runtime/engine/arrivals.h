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
    // All samples have one stamp, as where a source measures everything at once. The stamps of rows
    // are filled in where somebody asks for them.
    bool common = false;
    double at = 0;
    bool filled = false;

    void Grow(std::size_t rows);
    void FillSeconds();
  };

  // The newest samples before this tick: whether those of this tick continue them is noted as they
  // arrive. It must stay where it is.
  void CompareWith(const Round& last) { last_ = &last; }
  // False where there are more than can be kept.
  bool Take(std::uint32_t row, values::Instant stamp, double value, std::uint32_t series);
  // Makes the rounds, each with room for `rows`; at least one.
  void Prepare(std::size_t rows);
  std::size_t rounds() const { return count_; }
  const Round& round(std::size_t index) const { return rounds_[index]; }
  // What it leaves there is overwritten, and whoever changes it clears all.
  Round& first() { return rounds_[0]; }
  // Whether each of the first `rows` has a sample in the first round, of the series that it had one
  // of before.
  bool Continue(std::size_t rows) const;
  void Clear();

 private:
  struct Extra {
    std::uint32_t row = 0;
    double seconds = 0;
    double value = 0;
    std::uint32_t series = 0;
  };
  // Makes room in the first round.
  void Grow(std::size_t rows);
  void Stamp(std::uint32_t row, double seconds);
  void Put(std::size_t round, const Extra& sample);
  void Spread();

  std::vector<Round> rounds_ = std::vector<Round>(1);
  std::size_t count_ = 1;
  // Which rows of the first round have a sample. Until the rounds are made, its values are those of
  // earlier ticks in the other ones.
  std::vector<std::uint64_t> present_;
  std::size_t taken_ = 0;  // in the first round
  bool other_series_ = false;
  const Round* last_ = nullptr;
  std::vector<Extra> extra_;  // behind the first of their row
};

}  // namespace tocsin::engine
