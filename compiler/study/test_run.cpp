#include "compiler/study/test_run.h"

#include <algorithm>
#include <utility>

#include "stdlib/functions/functions.h"

namespace tocsin::study {
namespace {

constexpr values::Instant kNever = TestPeople::kNever;

class Keeper final : public engine::DecisionSink {
 public:
  Keeper(const check::Policy& policy, const ir::Program& program, const World& world, TestRun& run,
         TestPeople& people)
      : policy_(policy), program_(program), world_(world), run_(run), people_(people) {}
  void Take(const engine::Decision& decision) override {
    if (!IsAboutIt(decision)) return;
    people_.Take(decision);
    if (run_.decisions.size() < kMostTestDecisions) {
      run_.decisions.push_back(decision);
    } else {
      run_.cut_off = true;
    }
  }

 private:
  bool IsAboutIt(const engine::Decision& decision) {
    if (!decision.alert.valid()) return true;  // a series that is refused
    const auto [known, fresh] = rows_.try_emplace({decision.alert.index, decision.key}, true);
    if (!fresh) return known->second;
    const check::DeclId alert = policy_.Find(AlertOf(decision.alert));
    known->second = !alert.valid() || policy_[alert].schema->name != "alert" ||
                    IsAbout(policy_, world_, policy_[alert], LabelsOfKey(decision.key));
    return known->second;
  }

  // The alert itself, or that of which it is a group of rows.
  const std::string& AlertOf(ir::MachineId machine) const {
    const auto of = std::ranges::find(program_.machines, machine, &ir::Machine::group);
    return of == program_.machines.end() ? program_.machines[machine.index].name : of->name;
  }

  const check::Policy& policy_;
  const ir::Program& program_;
  const World& world_;
  TestRun& run_;
  TestPeople& people_;
  std::map<std::pair<std::size_t, std::string>, bool> rows_;
};

// What the given series have from one instant to the next.
class Samples {
 public:
  Samples(const check::Policy& policy, const World& world, values::Duration resolution_ms,
          engine::Engine& engine)
      : world_(world), resolution_ms_(resolution_ms), next_tick_(world.zero - world.lead) {
    for (const GivenSeries& given : world.series) {
      cursors_.push_back({engine.Resolve(policy[given.signal].name, given.labels, next_tick_),
                          given.steps, 0, 0, next_tick_});
    }
    Plan();
  }

  values::Instant Next() const { return cursors_.empty() ? kNever : next_; }

  // All series have a sample at each tick, and those that change there at each change.
  const std::vector<engine::Sample>& Take() {
    batch_.clear();
    const bool tick = next_ == next_tick_;
    for (Cursor& cursor : cursors_) {
      const bool changes = Change(cursor) == next_;
      if (changes) Step(cursor);
      const auto value = Value(cursor, next_);
      if ((tick || changes) && value) batch_.push_back({cursor.series, *value, next_});
    }
    if (tick) next_tick_ += resolution_ms_;
    Plan();
    return batch_;
  }

 private:
  struct Cursor {
    engine::SeriesNumber series;
    const std::vector<check::TestSeries::Step>* steps;
    std::size_t step;
    double from;            // what the value of a step that rises begins with
    values::Instant since;  // when the step began
  };

  static std::optional<double> Value(const Cursor& cursor, values::Instant at) {
    const check::TestSeries::Step& step = (*cursor.steps)[cursor.step];
    if (!step.value || !step.rises) return step.value;
    return cursor.from + *step.value * (static_cast<double>(at - cursor.since) / 1000);
  }
  void Step(Cursor& cursor) const {
    cursor.from = Value(cursor, next_).value_or(cursor.from);
    cursor.since = next_;
    ++cursor.step;
  }

  values::Instant Change(const Cursor& cursor) const {
    const std::size_t next = cursor.step + 1;
    return next < cursor.steps->size() ? world_.zero + (*cursor.steps)[next].at_ms : kNever;
  }
  void Plan() {
    next_ = next_tick_;
    for (const Cursor& cursor : cursors_) next_ = std::min(next_, Change(cursor));
  }

  const World& world_;
  values::Duration resolution_ms_;
  values::Instant next_tick_;
  values::Instant next_ = kNever;
  std::vector<Cursor> cursors_;
  std::vector<engine::Sample> batch_;
};

}  // namespace

std::optional<double> TestValues::Of(const Question& question) {
  return answers_.try_emplace(question).first->second;
}

void TestValues::AnswerBefore(values::Instant now, const engine::Engine& engine) {
  auto next = last_ ? answers_.upper_bound(*last_) : answers_.begin();
  for (; next != answers_.end() && next->first.at < now; ++next) {
    next->second = engine.ValueOf(ir::MachineId(next->first.machine), next->first.row);
    last_ = next->first;
  }
}

TestRun RunTest(const check::Policy& policy, const ir::Program& program, engine::Executor& executor,
                const World& world, TestPeople people, TestValues* values) {
  TestRun run;
  Keeper keeper(policy, program, world, run, people);
  engine::Engine engine(program, executor, stdlib::Functions(), keeper);
  Samples samples(policy, world, program.resolution_ms, engine);
  values::Instant tick = world.zero - world.lead;
  const values::Instant end = world.zero + world.end;
  while (!run.cut_off) {
    const values::Instant decided = tick + program.grace_ms;
    const values::Instant now =
        std::min({people.Next(), samples.Next(), decided, engine.NextTimer()});
    if (values != nullptr) values->AnswerBefore(std::min(now, end + 1), engine);
    if (now > end) break;
    if (now == people.Next()) {
      const TestPeople::Answer answer = people.TakeFirst();
      engine.TakeEvent(now, {"acknowledge", answer.alert, LabelsOfKey(answer.key), answer.person});
    } else if (now == samples.Next()) {
      engine.TakeSamples(now, samples.Take());
    } else if (now == decided) {
      engine.Tick(tick);
      tick += program.resolution_ms;
      ++run.ticks;
    } else {
      engine.Clock(now);
    }
  }
  return run;
}

values::LabelSet LabelsOfKey(std::string_view key) {
  std::vector<values::Label> labels;
  for (std::size_t at = 1; at < key.size() && key[at] != '}';) {
    if (key[at] == ',') ++at;
    const std::size_t equals = key.find('=', at);
    values::Label label{std::string(key.substr(at, equals - at)), {}};
    for (at = equals + 2; key[at] != '"'; ++at) {
      const bool escaped = key[at] == '\\';
      if (escaped) ++at;
      label.value += escaped && key[at] == 'n' ? '\n' : key[at];
    }
    ++at;
    labels.push_back(std::move(label));
  }
  return values::LabelSet::Make(std::move(labels)).value_or(values::LabelSet());
}

}  // namespace tocsin::study
