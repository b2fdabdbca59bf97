// The engine: inputs in order to decisions in order. It does no I/O, reads no clock and owns no
// thread. One input is one step, run to its end.
//
// Order within the engine, for inputs at one instant as the caller hands them in: timers due before
// an input's instant run first, by (due, machine, key); then the input; timers due at that very
// instant only with a later input or Clock(). So an acknowledgement in a deadline's own millisecond
// is in time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/decision.h"
#include "runtime/engine/executor.h"
#include "runtime/ir/program.h"
#include "runtime/values/functions.h"
#include "runtime/values/labels.h"

namespace tocsin::engine {

class Columns;

// A series of measured samples as the engine knows it, see Resolve().
using SeriesNumber = std::uint32_t;
inline constexpr SeriesNumber kNoSeries = 0xffffffffu;

struct Sample {
  SeriesNumber series = kNoSeries;
  double value = 0;
  values::Instant stamp = 0;
};

struct Event {
  std::string_view name;    // one of Program::events
  std::string_view alert;   // the machine it is about
  values::LabelSet labels;  // its row
  std::string_view by;      // the person who sent it
};

enum class EventProblem : std::uint8_t {
  kNone,
  kUnknownEvent,
  kUnknownAlert,
  kUnknownRow,
  kNoPerson,
  kUnknownPerson
};

struct Stats {
  std::uint64_t ticks = 0;
  std::uint64_t samples = 0;         // taken
  std::uint64_t samples_late = 0;    // at or before the last decided tick
  std::uint64_t samples_ahead = 0;   // further ahead than allowed
  std::uint64_t series_refused = 0;  // outside a label's domain, or past a space's bound
  std::uint64_t kernels_native = 0;  // kernel runs
  std::uint64_t kernels_interpreted = 0;
  std::uint64_t selects_native = 0;  // transitions looked for
  std::uint64_t selects_interpreted = 0;
  std::uint64_t transitions = 0;
  std::uint64_t sends = 0;
  std::uint64_t held = 0;       // messages held back by a channel's limit
  std::uint64_t rows = 0;       // of all spaces
  std::uint64_t instances = 0;  // of machines, alive
};

class Engine {
 public:
  // The program must have passed ir::Verify; program, executor, functions and sink must outlive the
  // engine. `functions` is the table of the standard library; a column function that the program
  // calls and the table lacks is a broken invariant.
  Engine(const ir::Program& program, Executor& executor,
         std::span<const values::FunctionRow* const> functions, DecisionSink& sink);
  ~Engine();

  // The series for a metric and its labels: the same number for the same pair. kNoSeries where no
  // signal reads it, or where every signal that does refuses it (counted, and once decided as
  // Refused). May add a row to a space.
  SeriesNumber Resolve(std::string_view metric, const values::LabelSet& labels,
                       values::Instant now);

  void TakeSamples(values::Instant at, std::span<const Sample> samples);
  // `tick` is a multiple of the resolution, one resolution after the last one; decided at tick +
  // grace.
  void Tick(values::Instant tick);
  EventProblem TakeEvent(values::Instant at, const Event& event);
  // Runs the timers due at or before `now`.
  void Clock(values::Instant now);

  // When the next timer is due; the largest Instant where none is.
  values::Instant NextTimer() const;
  const Stats& stats() const;
  // What `value` of an alert's row is since the last tick; nothing where it is absent.
  std::optional<double> ValueOf(ir::MachineId alert, const values::LabelSet& row) const;
  // The measured signals of which no series has been resolved: nothing that was recorded feeds
  // them.
  std::vector<ir::SignalId> UnseenSignals() const;
  // What the columns hold since the last tick, for whoever draws them.
  const Columns& columns() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace tocsin::engine
