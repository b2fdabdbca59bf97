// Samples between their arrival and the tick they belong to. At a tick, the newest sample of each
// row stamped at or before it decides, for as long as it is fresh; of two with one stamp the first
// that came.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/engine/routes.h"
#include "runtime/engine/windows.h"

namespace tocsin::engine {

// How far ahead of its arrival a sample may be stamped.
inline constexpr values::Duration kAheadLimitMs = 10 * 60 * 1000;
inline constexpr std::size_t kMaxPendingSamples = 4u << 20;
inline constexpr values::Instant kNoInstant = std::numeric_limits<values::Instant>::min();

class Samples {
 public:
  enum class Verdict : std::uint8_t {
    kTaken,
    kLate,   // stamped at or before the last tick
    kAhead,  // too far ahead, or more than are kept for later ticks
  };

  Samples(const ir::Program& program, Columns& columns, const Routes& routes, Windows& windows);
  Verdict Take(values::Instant at, const Sample& sample);
  // Writes the columns of all signals as of `tick`, which becomes the last tick.
  void Apply(values::Instant tick);
  // After the steps of that tick: what waited for the next one is taken.
  void Finish();
  values::Instant last_tick() const { return last_tick_; }

 private:
  struct Latest {
    std::vector<double> values;           // by row
    std::vector<values::Instant> stamps;  // kNoInstant: none yet
    // The latest stamp, how many rows have it, and whether those have finite values.
    values::Instant newest = kNoInstant;
    std::size_t at_newest = 0;
    bool finite = true;
    void Take(std::uint32_t row, values::Instant stamp, double value, double scale);
  };
  bool Keep(const Sample& sample);
  void KeepUpTo(values::Instant tick);
  bool WriteWhole(const ir::Signal& signal, const Latest& latest, values::Instant tick);
  void Write(const ir::Signal& signal, const Latest& latest, values::Instant tick);

  const ir::Program& program_;
  Columns& columns_;
  const Routes& routes_;
  Windows& windows_;
  std::vector<Latest> latest_;   // by signal
  std::vector<Sample> pending_;  // stamped after the next tick, in the order of arrival
  values::Instant last_tick_ = kNoInstant;
  values::Instant next_tick_ = kNoInstant;
  values::Instant windows_from_ = kNoInstant;  // samples up to then are too old for any window
};

}  // namespace tocsin::engine
