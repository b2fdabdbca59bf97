#include "runtime/engine/engine.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "runtime/base/check.h"
#include "runtime/engine/changes.h"
#include "runtime/engine/columns.h"
#include "runtime/engine/effects.h"
#include "runtime/engine/instances.h"
#include "runtime/engine/machines.h"
#include "runtime/engine/routes.h"
#include "runtime/engine/samples.h"
#include "runtime/engine/texts.h"
#include "runtime/engine/tick.h"
#include "runtime/engine/timers.h"
#include "runtime/engine/windows.h"

namespace tocsin::engine {

class Engine::State {
 public:
  State(const ir::Program& program, Executor& executor,
        std::span<const values::FunctionRow* const> functions, DecisionSink& sink)
      : program_(program),
        columns_(program),
        routes_(program, columns_),
        windows_(program, columns_, functions),
        samples_(program, columns_, routes_, windows_),
        ticks_(program, executor, columns_, windows_, functions, stats_),
        changes_(program, columns_),
        texts_(program, columns_, functions),
        instances_(program, columns_),
        timers_(instances_),
        decisions_(sink, stats_),
        effects_(program, columns_, instances_, texts_, decisions_),
        machines_(program, executor, columns_, instances_, timers_, effects_, decisions_, stats_) {
    Count();
  }

  SeriesNumber Resolve(std::string_view metric, const values::LabelSet& labels,
                       values::Instant now);
  void TakeSamples(values::Instant at, std::span<const Sample> samples);
  void Tick(values::Instant tick);
  EventProblem TakeEvent(values::Instant at, const Event& event);
  void Clock(values::Instant now) {
    now_ = std::max(now_, now);
    RunTimers([&](values::Instant due) { return due <= now_; });
    Count();
  }
  std::vector<ir::SignalId> UnseenSignals() const { return routes_.UnseenSignals(); }
  values::Instant NextTimer() const {
    const Timer* first = timers_.First();
    const values::Instant due =
        first == nullptr ? std::numeric_limits<values::Instant>::max() : first->due;
    return std::min(due, effects_.DigestDue().value_or(due));
  }
  const Stats& stats() const { return stats_; }
  std::optional<double> ValueOf(ir::MachineId alert, const values::LabelSet& row) const {
    const ir::Machine& machine = program_.machines[alert.index];
    const auto place = columns_.rows(machine.space).Find(row);
    return place && machine.value.valid() ? columns_.NumberAt(machine.value, *place) : std::nullopt;
  }
  const Columns& columns() const { return columns_; }

 private:
  // An input's own instant, which time does not go back for, after the timers due before it.
  values::Instant Begin(values::Instant at) {
    now_ = std::max(now_, at);
    RunTimers([&](values::Instant due) { return due < now_; });
    return now_;
  }
  template <class IsDue>
  void RunTimers(IsDue is_due);
  void Refuse(values::Instant at, std::string series, std::string because);
  void RefuseSample(values::Instant at, const Sample& sample, Samples::Verdict verdict);
  void WriteStates();
  ir::MachineId AnswersFor(const ir::Machine& alert) const;
  std::optional<std::uint32_t> RowOf(const ir::Machine& alert, const ir::Machine& machine,
                                     const values::LabelSet& labels) const;
  void DecideIgnored(values::Instant at, const Event& event, InstanceRef instance);
  void Count() {
    stats_.rows = columns_.TotalRows();
    stats_.instances = instances_.Count();
  }

  const ir::Program& program_;
  Stats stats_;
  Columns columns_;
  Routes routes_;
  Windows windows_;
  Samples samples_;
  TickRunner ticks_;
  Changes changes_;
  Texts texts_;
  Instances instances_;
  Timers timers_;
  Decisions decisions_;
  Effects effects_;
  Machines machines_;
  std::vector<std::uint8_t> told_;  // by series: the verdicts that were decided on already, as bits
  values::Instant now_ = kNoInstant;
};

// A timer decides as of its due instant, however late the process woke.
template <class IsDue>
void Engine::State::RunTimers(IsDue is_due) {
  while (is_due(NextTimer())) {
    const Timer* first = timers_.First();
    const auto digest = effects_.DigestDue();
    if (digest && (first == nullptr || *digest < first->due)) {
      effects_.SendDigest();
      continue;
    }
    const Timer timer = timers_.TakeFirst();
    machines_.Step(timer.due,
                   {timer.instance, ir::TriggerKind::kTimer, timer.timer, timer.cause, {}});
  }
}

void Engine::State::Refuse(values::Instant at, std::string series, std::string because) {
  Decision& decision = decisions_.Next();
  decision.at = at;
  decision.kind = DecisionKind::kRefused;
  decision.key = Clean(series);
  decision.because = Clean(because);
  decisions_.Take(decision);
}

SeriesNumber Engine::State::Resolve(std::string_view metric, const values::LabelSet& labels,
                                    values::Instant now) {
  Routes::Answer answer = routes_.Resolve(metric, labels);
  if (answer.refused) {
    ++stats_.series_refused;
    if (!answer.because.empty()) {
      Refuse(Begin(now), std::move(answer.series), std::move(answer.because));
    }
  }
  Count();
  return answer.number;
}

void Engine::State::TakeSamples(values::Instant at, std::span<const Sample> samples) {
  const values::Instant now = Begin(at);
  for (const Sample& sample : samples) {
    if (sample.series == kNoSeries) continue;  // refused when it was resolved
    TOCSIN_CHECK(sample.series < routes_.size(), "a sample of a series that was never resolved");
    const Samples::Verdict verdict = samples_.Take(now, sample);
    if (verdict == Samples::Verdict::kTaken) {
      ++stats_.samples;
    } else {
      RefuseSample(now, sample, verdict);
    }
  }
  Count();
}

// Once for each series and reason: a source whose clock is wrong would otherwise drown everything
// else.
void Engine::State::RefuseSample(values::Instant at, const Sample& sample,
                                 Samples::Verdict verdict) {
  const bool late = verdict == Samples::Verdict::kLate;
  ++(late ? stats_.samples_late : stats_.samples_ahead);
  if (told_.size() < routes_.size()) told_.resize(routes_.size(), 0);
  const std::uint8_t bit = late ? 1 : 2;
  if ((told_[sample.series] & bit) != 0) return;
  told_[sample.series] |= bit;
  Refuse(at, routes_.Name(sample.series),
         late ? fmt::format("a sample stamped {} came when the tick {} was decided already",
                            values::FormatInstant(sample.stamp),
                            values::FormatInstant(samples_.last_tick()))
              : fmt::format("a sample stamped {} came at {}, and is further ahead than {}",
                            values::FormatInstant(sample.stamp), values::FormatInstant(at),
                            values::FormatDuration(kAheadLimitMs)));
}

// What machines were when the last tick ended, for conditions that ask.
void Engine::State::WriteStates() {
  for (const ir::StateInput& input : program_.states) {
    const ir::TruthView column = columns_.Truth(input.result);
    const std::uint32_t rows = columns_.rows(program_.machines[input.machine.index].space).count();
    for (std::uint32_t first = 0; first < rows; first += ir::kLanes) {
      unsigned known = 0;
      unsigned is_true = 0;
      for (std::uint32_t lane = 0; lane < ir::kLanes && first + lane < rows; ++lane) {
        const bool in = instances_.StateOfRow(input.machine, first + lane) == input.state;
        known |= 1u << lane;
        is_true |= static_cast<unsigned>(in) << lane;
      }
      column.known[first / ir::kLanes] = static_cast<std::uint8_t>(known);
      column.is_true[first / ir::kLanes] = static_cast<std::uint8_t>(is_true);
    }
  }
}

void Engine::State::Tick(values::Instant tick) {
  TOCSIN_CHECK(values::FloorModulo(tick, program_.resolution_ms) == 0,
               "a tick that is no multiple of the resolution");
  TOCSIN_CHECK(
      samples_.last_tick() == kNoInstant || tick == samples_.last_tick() + program_.resolution_ms,
      "a tick that does not follow the last one");
  const values::Instant now = Begin(tick + program_.grace_ms);
  samples_.Apply(tick);
  ticks_.Begin();
  WriteStates();
  ticks_.Run(tick);
  samples_.Finish();
  for (std::size_t i = 0; i < program_.machines.size(); ++i) {
    const ir::Machine& machine = program_.machines[i];
    if (machine.key == ir::KeyKind::kRow) {
      machines_.StepRows(now, ir::MachineId(i), changes_.Of(machine));
    } else if (!machine.inputs.empty() && !changes_.Of(machine).empty()) {
      machines_.StepChildren(now, ir::MachineId(i));
    }
  }
  changes_.Remember();
  ++stats_.ticks;
  Count();
}

// The machine that people answer: where rows are told of together, that of their group.
ir::MachineId Engine::State::AnswersFor(const ir::Machine& alert) const {
  if (alert.group.valid()) return alert.group;
  return ir::MachineId(static_cast<std::size_t>(&alert - program_.machines.data()));
}

// The row of a machine that labels of an alert mean: all of its own, or those of its group alone.
std::optional<std::uint32_t> Engine::State::RowOf(const ir::Machine& alert,
                                                  const ir::Machine& machine,
                                                  const values::LabelSet& labels) const {
  std::vector<values::Label> kept;
  for (const values::Label& label : labels.all()) {
    const auto has = [&](const ir::Machine& of) {
      return std::ranges::any_of(program_.spaces[of.space.index].labels, [&](ir::LabelId id) {
        return program_.labels[id.index].name == label.name;
      });
    };
    if (has(machine)) kept.push_back(label);
    if (!has(machine) && !has(alert)) return std::nullopt;
  }
  const auto set = values::LabelSet::Make(std::move(kept));
  return set ? columns_.rows(machine.space).Find(*set) : std::nullopt;
}

EventProblem Engine::State::TakeEvent(values::Instant at, const Event& event) {
  const auto name = std::ranges::find(program_.events, event.name);
  if (name == program_.events.end()) return EventProblem::kUnknownEvent;
  const auto alert = std::ranges::find_if(program_.machines, [&](const ir::Machine& machine) {
    return machine.key == ir::KeyKind::kRow && machine.name == event.alert;
  });
  if (alert == program_.machines.end()) return EventProblem::kUnknownAlert;
  const ir::MachineId machine = AnswersFor(*alert);
  const auto row = RowOf(*alert, program_.machines[machine.index], event.labels);
  if (!row) return EventProblem::kUnknownRow;
  if (event.by.empty()) return EventProblem::kNoPerson;
  const auto person = std::ranges::find(program_.people, event.by, &ir::Person::name);
  if (person == program_.people.end()) return EventProblem::kUnknownPerson;
  const ir::PersonId by(static_cast<std::size_t>(person - program_.people.begin()));
  const values::Instant now = Begin(at);
  const InstanceRef instance = instances_.OfRow(machine, *row);
  if (!machines_.StepEvent(now, instance, name - program_.events.begin(), by)) {
    DecideIgnored(now, event, instance);
  }
  Count();
  return EventProblem::kNone;
}

void Engine::State::DecideIgnored(values::Instant at, const Event& event, InstanceRef instance) {
  Decision& decision =
      decisions_.Next(program_, columns_, instance, instances_.PlaceOf(instance), at);
  decision.kind = DecisionKind::kIgnored;
  decision.by = event.by;
  const bool open = !instances_.ChildrenOf(instance).empty();
  decision.because =
      open ? fmt::format("nothing waits for `{}`: no part of the incident of `{}` for {} does now",
                         event.name, event.alert, Clean(decision.key))
           : fmt::format("nothing waits for `{}`: no incident of `{}` is open for {}", event.name,
                         event.alert, Clean(decision.key));
  decisions_.Take(decision);
}

Engine::Engine(const ir::Program& program, Executor& executor,
               std::span<const values::FunctionRow* const> functions, DecisionSink& sink)
    : state_(std::make_unique<State>(program, executor, functions, sink)) {}
Engine::~Engine() = default;

SeriesNumber Engine::Resolve(std::string_view metric, const values::LabelSet& labels,
                             values::Instant now) {
  return state_->Resolve(metric, labels, now);
}
void Engine::TakeSamples(values::Instant at, std::span<const Sample> samples) {
  state_->TakeSamples(at, samples);
}
void Engine::Tick(values::Instant tick) { state_->Tick(tick); }
EventProblem Engine::TakeEvent(values::Instant at, const Event& event) {
  return state_->TakeEvent(at, event);
}
void Engine::Clock(values::Instant now) { state_->Clock(now); }
values::Instant Engine::NextTimer() const { return state_->NextTimer(); }
const Stats& Engine::stats() const { return state_->stats(); }
std::optional<double> Engine::ValueOf(ir::MachineId alert, const values::LabelSet& row) const {
  return state_->ValueOf(alert, row);
}
std::vector<ir::SignalId> Engine::UnseenSignals() const { return state_->UnseenSignals(); }
const Columns& Engine::columns() const { return state_->columns(); }

}  // namespace tocsin::engine
