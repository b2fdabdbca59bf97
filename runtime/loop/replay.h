// Runs an engine over recorded data in virtual time: each record at its own instant, each tick T at
// T + grace, each timer when it is due. At one instant: events, then samples, then the tick; timers
// due then come after all of them.
//
// Samples between two ticks are handed in together, in their order: the engine decides nothing on
// them before the tick, and they still come before any event or tick at or after the last of them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/engine/engine.h"
#include "runtime/history/history.h"
#include "runtime/history/merged.h"
#include "runtime/history/series.h"
#include "runtime/loop/clock.h"

namespace tocsin::loop {

// Records in the order of their instants.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  virtual bool Next(history::Record& record) = 0;
};

class MergedSource final : public RecordSource {
 public:
  explicit MergedSource(history::MergedHistory& history) : history_(history) {}
  bool Next(history::Record& record) override { return history_.Next(record); }

 private:
  history::MergedHistory& history_;
};

struct ReplayOptions {
  // Ticks and records before `from` are left out; without it the first record begins.
  std::optional<values::Instant> from;
  // Ticks and records up to here; without it, up to the last record. A tick is decided `grace`
  // later, and timers run until the last tick is.
  std::optional<values::Instant> to;
  // For `fraction`: when the last record is, where it is known.
  std::optional<values::Instant> last_record;
  // Called after each tick, where it is there.
  std::function<void(values::Instant)> on_tick;
};

struct ReplayProgress {
  values::Instant now = 0;
  double fraction = 0;  // of the way to the end, from 0 to 1; 0 where the end is not known
  std::uint64_t ticks = 0;
};

// An event of the recording that the policy has no place for.
struct ReplayProblem {
  engine::EventProblem problem = engine::EventProblem::kNone;
  history::Event event;
};

struct ReplayResult {
  std::optional<values::Instant> first_tick;
  values::Instant end = 0;  // the last instant that was run
  std::uint64_t ticks = 0;
  std::uint64_t samples = 0;         // read, whether or not any signal reads them
  std::uint64_t samples_unread = 0;  // of series that no signal reads, or all refuse
  std::uint64_t events = 0;
  std::vector<ReplayProblem> problems;  // at most kMaxProblems
  std::uint64_t problem_count = 0;
};

class Replay {
 public:
  static constexpr std::size_t kMaxProblems = 100;
  using OnProgress = std::function<void(const ReplayProgress&)>;

  // All of them must outlive the replay.
  Replay(const ir::Program& program, engine::Engine& engine, const history::SeriesTable& series,
         RecordSource& records, ManualClock& clock);
  // Once. `on_progress` is called at most once for each `kProgressTicks` ticks, and at the end.
  ReplayResult Run(const ReplayOptions& options, const OnProgress& on_progress = {});

 private:
  bool Read();  // the next record of interest into record_
  values::Instant RecordInstant() const;
  values::Instant TickInstant() const { return *next_tick_ + program_.grace_ms; }
  void TakeRecord();
  void TakeSample(const history::Sample& sample);
  void TakeEvent(const history::Event& event);
  void FlushSamples();
  void RunTick();
  values::Instant Last() const;  // of ticks and records, as far as is known
  void Report();

  const ir::Program& program_;
  engine::Engine& engine_;
  const history::SeriesTable& series_;
  RecordSource& records_;
  ManualClock& clock_;

  ReplayOptions options_;
  OnProgress on_progress_;
  ReplayResult result_;
  bool has_record_ = false;
  history::Record record_;
  std::vector<engine::SeriesNumber> numbers_;  // of the engine, by the recording's series
  std::vector<bool> resolved_;
  std::vector<engine::Sample> batch_;
  values::Instant batch_at_ = 0;  // of the last sample in it
  std::optional<values::Instant> next_tick_;
  std::optional<values::Instant> first_;        // instant that was run
  std::optional<values::Instant> last_record_;  // so far
};

}  // namespace tocsin::loop
