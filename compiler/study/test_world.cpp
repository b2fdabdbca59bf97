#include "compiler/study/test_world.h"

#include <algorithm>
#include <set>

#include "runtime/base/limits.h"
#include "runtime/diagnostics/codes.h"
#include "runtime/values/aggregates.h"
#include "runtime/values/zones.h"

namespace tocsin::study {
namespace {

namespace codes = diagnostics::codes;

// 0s is a tick at noon of a Monday, in the policy's own zone: a day without anything special.
constexpr values::Date kDay{2026, 3, 2};

values::Instant TickFrom(values::Instant at, values::Duration resolution_ms) {
  return values::FloorDivide(at + resolution_ms - 1, resolution_ms) * resolution_ms;
}

values::Instant ZeroOf(const check::Policy& policy, const check::Decl& test,
                       values::Duration resolution_ms) {
  if (test.world->starts) return TickFrom(*test.world->starts, resolution_ms);
  values::Zone zone;
  if (const auto* name = check::Get<check::ZoneName>(policy[policy.policy]["timezone"])) {
    if (auto loaded = values::LoadZone(name->name)) zone = *std::move(loaded);
  }
  const values::LocalTime noon{values::DayNumber(kDay) * values::kDayMs + 12 * values::kHourMs};
  return TickFrom(values::FromLocal(noon, zone, values::Choose::kFirst), resolution_ms);
}

bool Timed(const check::Clause& clause) {
  return clause.keyword != "expect" && clause.keyword != "after";
}

values::Duration EndOf(const check::Decl& test) {
  values::Duration last = 0;
  bool open = false;
  for (const check::Clause& clause : test.clauses) {
    last = std::max(last, clause.hold_ms);
    open = open || !Timed(clause);
  }
  for (const check::TestSeries& series : test.world->series)
    last = std::max(last, series.steps.back().at_ms);
  return open ? last + kAfterwardsMs : last;
}

values::LabelSet LabelsOf(const std::vector<std::string>& names,
                          const std::vector<std::string>& values) {
  std::vector<values::Label> labels;
  for (std::size_t i = 0; i < names.size(); ++i) labels.push_back({names[i], values[i]});
  // What is too long for a label is refused by the engine, too.
  return values::LabelSet::Make(std::move(labels)).value_or(values::LabelSet());
}

// How far back each column looks, as the steps of a tick make one from another.
class Lead {
 public:
  Lead(const ir::Program& program, const std::set<std::string>* given)
      : program_(program),
        numbers_(program.numbers.size()),
        truths_(program.truths.size()),
        known_numbers_(program.numbers.size()),
        known_truths_(program.truths.size()) {
    for (const ir::Signal& signal : program.signals) {
      const bool is_given = given == nullptr || given->contains(signal.name);
      if (signal.number.valid()) known_numbers_[signal.number.index] = is_given;
      if (signal.truth.valid()) known_truths_[signal.truth.index] = is_given;
    }
    for (const ir::StateInput& state : program.states) known_truths_[state.result.index] = true;
  }

  values::Duration Of() {
    // The state of an alert is known a tick later, and may be asked by the condition of another.
    for (std::size_t i = 0; i <= program_.states.size(); ++i) {
      for (const ir::TickStep& step : program_.tick) Step(step);
      for (const ir::StateInput& state : program_.states) {
        values::Duration& lead = truths_[state.result.index];
        for (const ir::TruthColumnId input : program_.machines[state.machine.index].inputs)
          lead = std::max(lead, truths_[input.index] + program_.resolution_ms);
        lead = std::min(lead, base::kMaxDurationMs);
      }
    }
    values::Duration longest = 0;
    for (const values::Duration lead : numbers_) longest = std::max(longest, lead);
    for (const values::Duration lead : truths_) longest = std::max(longest, lead);
    return longest;
  }

 private:
  values::Duration& At(const ir::AnyColumn& column) {
    return column.number.valid() ? numbers_[column.number.index] : truths_[column.truth.index];
  }
  static void Raise(values::Duration& lead, values::Duration to) {
    lead = std::min(std::max(lead, to), base::kMaxDurationMs);
  }

  // Whether a column may be anything but absent; where it may not, what looks back at it sees
  // nothing. Only these two functions say something of a row that is silent.
  bool Known(const ir::AnyColumn& column) const {
    return column.number.valid() ? known_numbers_[column.number.index]
                                 : known_truths_[column.truth.index];
  }
  static bool OfSilence(std::string_view function) {
    return function == "count" || function == "absent";
  }
  void Know(const ir::AnyColumn& column, bool known) {
    if (column.number.valid()) {
      known_numbers_[column.number.index] = known;
    } else {
      known_truths_[column.truth.index] = known;
    }
  }

  void Step(const ir::TickStep& step) {
    switch (step.kind) {
      case ir::TickKind::kKernel:
        return Kernel(program_.kernels[step.what]);
      case ir::TickKind::kCall: {
        const ir::ColumnCall& call = program_.calls[step.what];
        bool known = true;
        for (const ir::NumberColumnId argument : call.arguments) {
          Raise(numbers_[call.result.index], numbers_[argument.index]);
          known = known && known_numbers_[argument.index];
        }
        known_numbers_[call.result.index] = known;
        return;
      }
      case ir::TickKind::kWindow: {
        const ir::Window& window = program_.windows[step.what];
        const ir::AnyColumn of = window.signal.valid() ? ColumnOf(window.signal) : window.of;
        const bool known = Known(of) || OfSilence(window.function);
        Know(window.result, known);
        const values::Duration inner = window.signal.valid() ? 0 : At(window.of);
        Raise(At(window.result), inner + (known ? window.length_ms : 0));
        return;
      }
      case ir::TickKind::kFold: {
        const ir::Fold& fold = program_.folds[step.what];
        Know(fold.result, Known(fold.of) || OfSilence(fold.function));
        Raise(At(fold.result), At(fold.of));
        if (fold.within.valid()) Raise(At(fold.result), truths_[fold.within.index]);
        return;
      }
      case ir::TickKind::kLookup:
        Know(program_.lookups[step.what].result, Known(program_.lookups[step.what].of));
        Raise(At(program_.lookups[step.what].result), At(program_.lookups[step.what].of));
        return;
      case ir::TickKind::kEarlier: {
        const ir::Earlier& earlier = program_.earlier[step.what];
        const auto grid = values::EarlierGridOf(earlier.ago_ms, program_.resolution_ms);
        const bool known = Known(earlier.of);
        Know(earlier.result, known);
        Raise(At(earlier.result), At(earlier.of) + (known ? earlier.ago_ms + grid.step_ms : 0));
        return;
      }
    }
  }

  ir::AnyColumn ColumnOf(ir::SignalId id) const {
    const ir::Signal& signal = program_.signals[id.index];
    return {signal.number, signal.truth};
  }

  // Whether each register may be anything but absent, by what its instruction means.
  void KnowKernel(const ir::Kernel& kernel) {
    using enum ir::SeriesOp;
    const std::vector<ir::SeriesInst>& code = program_.shapes[kernel.shape.index].code;
    std::vector<bool> known(code.size());
    for (std::size_t i = 0; i < code.size(); ++i) {
      const auto [op, a, b] = code[i];
      if (op == kLoadNumber) {
        known[i] = known_numbers_[kernel.numbers_in[a].index];
      } else if (op == kLoadTruth) {
        known[i] = known_truths_[kernel.truths_in[a].index];
      } else if (op == kStoreNumber) {
        known_numbers_[kernel.numbers_out[b].index] = known[a];
      } else if (op == kStoreTruth) {
        known_truths_[kernel.truths_out[b].index] = known[a];
      } else if (op == kConstant || op == kLabelIs || op == kIsAbsent) {
        known[i] = true;
      } else if (op == kNegate || op == kAbsolute || op == kNot || op == kHold) {
        known[i] = known[a];
      } else if (op == kAnd || op == kOr || op == kTruthElse || op == kNumberElse) {
        known[i] = known[a] || known[b];
      } else {
        known[i] = known[a] && known[b];
      }
    }
  }

  // A hold counts whatever it is of: that nothing is known is held, too.
  void Kernel(const ir::Kernel& kernel) {
    KnowKernel(kernel);
    values::Duration lead = 0;
    for (const ir::NumberColumnId in : kernel.numbers_in) Raise(lead, numbers_[in.index]);
    for (const ir::TruthColumnId in : kernel.truths_in) Raise(lead, truths_[in.index]);
    values::Duration held = 0;
    for (const ir::HoldSlot& hold : kernel.holds) held = std::max(held, hold.duration_ms);
    for (const ir::NumberColumnId out : kernel.numbers_out) Raise(numbers_[out.index], lead + held);
    for (const ir::TruthColumnId out : kernel.truths_out) Raise(truths_[out.index], lead + held);
  }

  const ir::Program& program_;
  std::vector<values::Duration> numbers_;
  std::vector<values::Duration> truths_;
  std::vector<bool> known_numbers_;
  std::vector<bool> known_truths_;
};

bool Fits(const check::Decl& test, const World& world, values::Duration resolution_ms,
          diagnostics::Sink& sink) {
  const std::int64_t ticks = (world.lead + world.end) / resolution_ms + 1;
  const auto series = static_cast<std::int64_t>(world.series.size());
  if (ticks <= kMostTestTicks && ticks * series <= kMostTestSamples) return true;
  auto& finding = sink.Emit(codes::kTestTooLong, test.span,
                            ticks > kMostTestTicks ? fmt::format("{} ticks", ticks)
                                                   : fmt::format("{} samples", ticks * series),
                            ticks > kMostTestTicks ? kMostTestTicks : kMostTestSamples);
  finding.Note(
      fmt::format("it runs from {} before 0s, as far as windows and holds look back, to "
                  "{} after, with a tick every {} and {} series",
                  values::FormatDuration(world.lead), values::FormatDuration(world.end),
                  values::FormatDuration(resolution_ms), series));
  return false;
}

void Collect(const check::Policy& policy, check::SeriesId id, std::set<check::DeclId>& signals,
             std::set<check::DeclId>& seen) {
  if (!id.valid()) return;
  const check::SeriesNode& node = policy[id];
  for (const check::SeriesId operand : node.operands) Collect(policy, operand, signals, seen);
  if (node.kind == check::SeriesKind::kSignal && seen.insert(node.decl).second) {
    const check::Decl& signal = policy[node.decl];
    if (!signal.value.valid()) signals.insert(node.decl);
    Collect(policy, signal.value, signals, seen);
  }
  if (node.kind == check::SeriesKind::kState && seen.insert(node.decl).second) {
    if (const check::Clause* when = policy[node.decl].FindClause("when"))
      Collect(policy, when->condition, signals, seen);
  }
}

}  // namespace

ir::Program FedBySignals(const ir::Program& program) {
  ir::Program fed = program;
  for (ir::Signal& signal : fed.signals) {
    signal.metric = signal.name;
    signal.where.clear();
    signal.scale = 1;
    for (ir::SourceLabel& label : signal.labels) label.from = fed.labels[label.label.index].name;
  }
  return fed;
}

values::Duration LeadOf(const ir::Program& program, const std::set<std::string>* given) {
  const values::Duration resolution = program.resolution_ms;
  return (Lead(program, given).Of() + resolution - 1) / resolution * resolution + resolution;
}

std::optional<World> WorldOf(const check::Policy& policy, const check::Decl& test,
                             const ir::Program& program, diagnostics::Sink& sink) {
  World world;
  world.zero = ZeroOf(policy, test, program.resolution_ms);
  world.end = EndOf(test);
  std::set<std::string> names;
  for (const check::TestSeries& given : test.world->series) {
    names.insert(policy[given.signal].name);
    const auto& measure = *check::Get<check::Measure>(policy[given.signal].type);
    for (const std::vector<std::string>& row : given.rows)
      world.series.push_back({given.signal, LabelsOf(measure.labels, row), &given.steps});
  }
  world.lead = LeadOf(program, &names);
  if (!Fits(test, world, program.resolution_ms, sink)) return std::nullopt;
  return world;
}

std::vector<check::DeclId> SignalsOf(const check::Policy& policy, check::SeriesId condition) {
  std::set<check::DeclId> signals, seen;
  Collect(policy, condition, signals, seen);
  return {signals.begin(), signals.end()};
}

bool IsAbout(const check::Policy& policy, const World& world, const check::Decl& alert,
             const values::LabelSet& row) {
  const check::Clause* when = alert.FindClause("when");
  const std::vector<check::DeclId> signals = SignalsOf(policy, when->condition);
  return std::ranges::any_of(world.series, [&](const GivenSeries& given) {
    return std::ranges::find(signals, given.signal) != signals.end() &&
           std::ranges::all_of(given.labels.all(), [&](const values::Label& label) {
             const std::string* value = row.Find(label.name);
             return value == nullptr || *value == label.value;
           });
  });
}

}  // namespace tocsin::study
