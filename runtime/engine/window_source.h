// What windows are over: the samples of a signal, or the values of a column at ticks. Several
// windows share one source, which is made ready once a tick.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "runtime/engine/arrivals.h"
#include "runtime/engine/columns.h"

namespace tocsin::engine {

class WindowSource {
 public:
  // One sample at most for each row; NaN where there is none.
  struct Round {
    const double* values = nullptr;
    const double* seconds = nullptr;
    const double* previous = nullptr;  // of the same series, however long ago
    double longest_gap_s = 0;          // between the two, of those that have a previous
  };

  WindowSource(const ir::Program& program, Columns& columns, ir::SignalId signal);
  WindowSource(const ir::Program& program, Columns& columns, ir::AnyColumn column);

  bool Is(ir::SignalId signal) const { return signal_.valid() && signal_ == signal; }
  bool Is(ir::AnyColumn column) const {
    return !signal_.valid() && column_.number == column.number && column_.truth == column.truth;
  }
  // Some window asks for what came before each sample; for the instants of samples.
  void NeedPrevious() {
    needs_previous_ = true;
    arrivals_.CompareWith(last_);
  }
  void NeedSeconds() { needs_seconds_ = true; }
  Arrivals& arrivals() { return arrivals_; }
  // The signal's samples stay fresh for as long; the distance of ticks for a column.
  values::Duration stale_ms() const { return stale_ms_; }

  // For the rows that there are at `tick`.
  void Prepare(values::Instant tick);
  std::size_t rounds() const { return rounds_.size(); }
  const Round& round(std::size_t index) const { return rounds_[index]; }
  // Of a round, seconds between samples and their previous, where they have one.
  const double* Gaps(std::size_t round);
  // Once the tick is over.
  void Finish();

 private:
  struct Before {  // of one round
    AlignedVector<double> previous;
    AlignedVector<double> gaps;
  };
  const double* TakeColumn(values::Instant tick, std::size_t rows);
  void Remember(std::size_t round, std::size_t rows);
  void LookBack(std::size_t rows);
  void FillSeconds();
  Arrivals::Round& First() { return signal_.valid() ? arrivals_.first() : at_tick_; }

  Columns& columns_;
  ir::SignalId signal_;
  ir::AnyColumn column_;
  ir::SpaceId space_;
  values::Duration stale_ms_ = 0;
  bool needs_previous_ = false;
  bool needs_seconds_ = false;
  Arrivals arrivals_;
  Arrivals::Round at_tick_;  // of a column
  std::vector<Round> rounds_;
  std::vector<Before> before_;
  Arrivals::Round last_;  // the newest sample of each row; NaN: none yet
  // Where there is one round, last_ stays as it is until the tick is over, and then that round
  // takes its place.
  bool keeps_last_ = false;
  bool has_gaps_ = false;              // before_ has those of this tick
  std::vector<std::uint32_t> silent_;  // the first rows of fours of which one has no sample
  values::Instant prepared_ = std::numeric_limits<values::Instant>::min();
};

}  // namespace tocsin::engine
