#include "tests/bench/w1/engine_run.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/engine/engine.h"
#include "runtime/loop/replay.h"
#include "stdlib/functions/functions.h"
#include "tests/bench/w1/cpu_clock.h"

namespace tocsin::bench::w1 {
namespace {

enum class State : std::uint8_t { kQuiet, kPending, kFiring };
State StateOf(std::string_view state) {
  if (state == "firing") return State::kFiring;
  return state == "pending" ? State::kPending : State::kQuiet;
}

struct Change {
  values::Instant tick = 0;
  std::size_t machine = 0;
  std::uint32_t transition = 0;
  std::size_t key_bytes = 0;
};

// Counts ticks from the transitions: between two of them a row is in one state.
class Counter {
 public:
  Counter(std::span<const Rule> rules, const ir::Program& program)
      : grace_ms_(program.grace_ms), rows_(rules.size()), counts_(rules.size()) {
    for (const ir::Machine& machine : program.machines) {
      std::size_t rule = 0;
      while (rule < rules.size() && rules[rule].name != machine.name) ++rule;
      TOCSIN_CHECK(rule < rules.size(), "only rules decide");
      rule_of_.push_back(rule);
      std::vector<State>& states = state_after_.emplace_back();
      for (const ir::Transition& transition : machine.transitions)
        states.push_back(StateOf(machine.states[transition.to]));
    }
  }
  values::Duration grace_ms() const { return grace_ms_; }

  void Take(const Change& change, std::string_view key) {
    const std::size_t rule = rule_of_[change.machine];
    Row& row = rows_[rule].try_emplace(std::string(key)).first->second;
    Close(rule, row, change.tick);
    const State state = state_after_[change.machine][change.transition];
    const bool fires = state == State::kFiring;
    const bool counted = change.tick >= TickMs(kFirstCounted);
    if (fires != (row.state == State::kFiring) && counted) ++counts_[rule].transitions;
    row.state = state;
  }

  std::vector<Counts> Finish() {
    for (std::size_t rule = 0; rule < rows_.size(); ++rule) {
      for (auto& [key, row] : rows_[rule]) Close(rule, row, TickMs(kSteps));
    }
    return counts_;
  }

 private:
  struct Row {
    values::Instant since = 0;
    State state = State::kQuiet;
  };
  // Counts the ticks up to `tick`, at which something else begins.
  void Close(std::size_t rule, Row& row, values::Instant tick) {
    const values::Instant from = std::max(row.since, TickMs(kFirstCounted));
    const auto ticks = static_cast<std::uint64_t>(tick > from ? (tick - from) / kStepMs : 0);
    if (row.state != State::kQuiet) counts_[rule].active += ticks;
    if (row.state == State::kFiring) counts_[rule].firing += ticks;
    row.since = tick;
  }

  values::Duration grace_ms_;
  std::vector<std::size_t> rule_of_;              // by machine
  std::vector<std::vector<State>> state_after_;   // by machine, then transition
  std::vector<std::map<std::string, Row>> rows_;  // by rule, then key
  std::vector<Counts> counts_;
};

// Counting is no part of what is measured: what it needs of decisions is kept until the tick is
// over.
class Kept final : public engine::DecisionSink {
 public:
  explicit Kept(Counter& counter) : counter_(counter) {}
  void Take(const engine::Decision& decision) override {
    TOCSIN_CHECK(decision.kind == engine::DecisionKind::kTransition, decision.because);
    kept_.push_back({decision.at - counter_.grace_ms(), decision.machine.index, decision.transition,
                     decision.key.size()});
    keys_ += decision.key;
  }
  std::size_t HandOver() {
    std::string_view keys = keys_;
    for (const Change& change : kept_) {
      counter_.Take(change, keys.substr(0, change.key_bytes));
      keys.remove_prefix(change.key_bytes);
    }
    const std::size_t count = kept_.size();
    kept_.clear();
    keys_.clear();
    return count;
  }

 private:
  Counter& counter_;
  std::vector<Change> kept_;
  std::string keys_;  // of their rows, one behind the other
};

// What reading the clock twice takes, which is much against a tick of a few rows.
double ClockCost() {
  constexpr int kTimes = 1000;
  const double begin = CpuSeconds();
  for (int i = 0; i < kTimes; ++i) CpuSeconds();
  return (CpuSeconds() - begin) / kTimes;
}

std::vector<engine::SeriesNumber> ResolveAll(const Workload& workload, engine::Engine& engine) {
  std::vector<engine::SeriesNumber> numbers;
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    for (std::size_t row = 0; row < workload.rows(); ++row) {
      numbers.push_back(engine.Resolve(Name(static_cast<Metric>(metric)), workload.Labels(row),
                                       TickMs(0) - kScrapeBeforeMs));
    }
  }
  return numbers;
}

std::vector<engine::Sample> SamplesOf(const Workload& workload, std::size_t step,
                                      std::span<const engine::SeriesNumber> numbers) {
  std::vector<engine::Sample> samples;
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    const double* values = workload.At(static_cast<Metric>(metric), step);
    for (std::size_t row = 0; row < workload.rows(); ++row) {
      const engine::SeriesNumber number = numbers[metric * workload.rows() + row];
      if (number == engine::kNoSeries || std::isnan(values[row])) continue;
      samples.push_back({number, values[row], TickMs(step) - kScrapeBeforeMs});
    }
  }
  return samples;
}

}  // namespace

Outcome RunEngine(const Workload& workload, std::span<const Rule> rules, const ir::Program& program,
                  engine::Executor& executor) {
  Counter counter(rules, program);
  Kept kept(counter);
  engine::Engine engine(program, executor, stdlib::Functions(), kept);
  const std::vector<engine::SeriesNumber> numbers = ResolveAll(workload, engine);
  const double clock_s = ClockCost();
  Outcome outcome;
  for (std::size_t step = 0; step < kSteps; ++step) {
    const std::vector<engine::Sample> samples = SamplesOf(workload, step, numbers);
    const double begin = CpuSeconds();
    engine.TakeSamples(TickMs(step) - kScrapeBeforeMs, samples);
    const double taken = CpuSeconds();
    engine.Tick(TickMs(step));
    const double end = CpuSeconds();
    const std::size_t decisions = kept.HandOver();
    if (step < kFirstCounted) continue;
    outcome.decisions += decisions;
    outcome.ingest_s += taken - begin - clock_s;
    outcome.evaluate_s += end - taken - clock_s;
  }
  outcome.counts = counter.Finish();
  return outcome;
}

std::vector<Counts> Replay(const Workload& workload, std::span<const Rule> rules,
                           const ir::Program& program, engine::Executor& executor) {
  Counter counter(rules, program);
  Kept kept(counter);
  engine::Engine engine(program, executor, stdlib::Functions(), kept);
  history::SeriesTable series;
  WorkloadSource records(workload, series);
  loop::ManualClock clock;
  loop::Replay replay(program, engine, series, records, clock);
  // Up to the tick of the last samples, which are older than it.
  replay.Run({.from = {}, .to = TickMs(kSteps - 1), .last_record = {}});
  kept.HandOver();
  return counter.Finish();
}

}  // namespace tocsin::bench::w1
