// `playbook`: a machine with a state for each thing that it waits for: somebody's word, a
// condition, the outcome of something that is done outside. What it waits for succeeds, and the
// next action follows; or fails, and what stands after `else` does; when that is done the next
// action follows as well. Where there is no `else` the playbook stops. Outcomes are the events
// `NAME.STATE.done` and `NAME.STATE.failed`. Nothing starts one by itself.

#include "compiler/kinds/playbook.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "compiler/kinds/messages.h"

namespace tocsin::kinds {
namespace {

constexpr std::size_t kMostSteps = 100;
constexpr std::size_t kMostActions = 500;
constexpr std::array<std::string_view, 8> kShown = {
    kIncidentShown, "id", "severity", "definition", "impact", "affected", "recipient", "now"};

bool IsMessage(const check::Action& action) {
  return !action.does.valid() && (action.name == "page" || action.name == "notify");
}

class Checks {
 public:
  Checks(CheckContext& context, const check::Decl& decl) : context_(context), decl_(decl) {}

  void Run() {
    const check::Decl* start = nullptr;
    std::size_t steps = 0;
    for (const check::Decl& row : decl_.rows) {
      if (row.schema->name != "start") {
        ++steps;
        if (row.name.empty()) context_.sink.Emit(codes::kPartMissing, row.span, "a step", "a name");
      } else if (start == nullptr) {
        start = &row;
      } else {
        context_.sink.Emit(codes::kGivenTwice, row.span, "start", "playbook")
            .Also(start->span, "the first is here");
      }
      for (const check::Action& action : ActionsOf(row)) {
        Look(row, action, false);
        if (row.schema->name == "start") AtOnce(action);
      }
    }
    if (steps > kMostSteps || actions_ > kMostActions) {
      context_.sink.Emit(codes::kOutOfRange, decl_.span, decl_.name,
                         "a playbook has at most 100 steps and 500 actions");
    }
  }

 private:
  void Look(const check::Decl& step, const check::Action& action, bool failed) {
    ++actions_;
    CheckSaid(context_, action, kShown);
    if (action.name == "again" && !action.does.valid()) Back(step, action, failed);
    for (const check::Action& other : action.otherwise) Look(step, other, true);
  }

  void AtOnce(const check::Action& action) {
    const bool waits = !action.does.valid() && !IsMessage(action);
    if (!waits && action.otherwise.empty() && action.retries == 0) return;
    context_.sink
        .Emit(codes::kNotTaken, action.span, "`start`",
              waits                      ? fmt::format("`{}`", action.name)
              : action.otherwise.empty() ? std::string("`retry`")
                                         : std::string("`else`"))
        .Note("all of it is done at once, and nothing waits for what comes of it")
        .Help("make it a step");
  }

  void Back(const check::Decl& step, const check::Action& action, bool failed) {
    if (!failed) {
      context_.sink.Emit(codes::kNotTaken, action.span, "a step", "`again` by itself")
          .Help("say after `else` of what it is done again where that fails");
    }
    std::vector<std::string> before;
    for (const check::Decl& row : decl_.rows) {
      if (row.schema->name == "step") before.push_back(row.name);
      if (&row == &step) break;
    }
    if (std::ranges::find(before, action.about) != before.end()) return;
    auto& finding =
        context_.sink.Emit(codes::kUnknownName, action.span, "step to go back to", action.about);
    const std::string nearest = diagnostics::Nearest(action.about, before);
    if (!nearest.empty()) {
      finding.Help(fmt::format("did you mean `{}`?", nearest));
    } else {
      finding.Note(before.empty() ? std::string("there are no steps before it")
                                  : "up to here its steps are " + check::ListOf(before));
    }
  }

  CheckContext& context_;
  const check::Decl& decl_;
  std::size_t actions_ = 0;
};

// What follows of something: the first whose guard holds.
struct Way {
  core::Guard guard;
  std::vector<core::Step> steps;
  std::string to;
};
using Ways = std::vector<Way>;

core::Guard And(core::Guard a, core::Guard b) {
  if (a.kind == core::GuardKind::kAlways) return b;
  if (b.kind == core::GuardKind::kAlways) return a;
  return core::Both(std::move(a), std::move(b));
}

// A place in a playbook: before an action of a list, with the place that follows when the list is
// through.
struct Point {
  std::size_t row = 0;  // of the playbook
  const std::vector<check::Action>* list = nullptr;
  std::size_t next = 0;
  const Point* above = nullptr;
};

class Run {
 public:
  Run(ExpandContext& context, const check::Decl& decl)
      : context_(context), decl_(decl), severity_(context[decl.target]) {
    for (const char* field : {"definition", "impact"}) {
      const auto* text = check::Get<std::string>(severity_[field]);
      shown_.words[field] = text == nullptr ? std::string() : *text;
    }
    shown_.words["severity"] = severity_.title;
    shown_.severity = severity_.name;
    // What is done at once comes first, wherever it is written.
    for (const check::Decl& row : decl.rows) {
      if (row.schema->name == "start") rows_.push_back(&row);
    }
    for (const check::Decl& row : decl.rows) {
      if (row.schema->name == "step") rows_.push_back(&row);
    }
  }

  core::Machine Build() {
    machine_.name = decl_.name;
    machine_.kind = "playbook";
    machine_.place = context_.Place(decl_.span);
    machine_.states = {"begun"};
    machine_.fields = {"message"};
    Add("begun", ir::TriggerKind::kStarted, "", {}, {}, EnterRow(0), "it begins", machine_.place);
    for (const char* state : {"done", "stopped", "over"}) {
      machine_.states.emplace_back(state);
      machine_.final_states.emplace_back(state);
    }
    machine_.transitions.push_back({.from = "",
                                    .to = "over",
                                    .trigger = ir::TriggerKind::kParentEnded,
                                    .because = "the incident is over",
                                    .place = machine_.place});
    return std::move(machine_);
  }

 private:
  using Trigger = ir::TriggerKind;

  const std::string& StepTitle(const Point& at) const {
    const check::Decl& row = *rows_[at.row];
    return row.title.empty() ? row.name : row.title;
  }

  void Add(const std::string& from, Trigger trigger, const std::string& what, core::Guard guard,
           const std::vector<core::Step>& first, Ways ways, const std::string& because,
           const ir::Place& place) {
    for (Way& way : ways) {
      std::vector<core::Step> steps = first;
      steps.insert(steps.end(), way.steps.begin(), way.steps.end());
      machine_.transitions.push_back({.from = from,
                                      .to = std::move(way.to),
                                      .trigger = trigger,
                                      .what = what,
                                      .guard = And(guard, std::move(way.guard)),
                                      .steps = std::move(steps),
                                      .because = because,
                                      .place = place});
    }
  }

  Ways EnterRow(std::size_t row) {
    if (row >= rows_.size()) return {{{}, {}, "done"}};
    return Enter({.row = row, .list = &ActionsOf(*rows_[row])});
  }

  // What is done from a place on until something is waited for.
  Ways Enter(const Point& at) {
    std::vector<core::Step> steps;
    for (std::size_t i = at.next; i < at.list->size(); ++i) {
      const check::Action& action = (*at.list)[i];
      Point after = at;
      after.next = i + 1;
      const bool at_once = rows_[at.row]->schema->name == "start";
      if (IsMessage(action) || at_once) {
        Tell(action, EffectFor(action, AboutHeadline(decl_.title + ": ", "")), steps);
      } else if (action.name == "again" && !action.does.valid()) {
        return After(steps, GoBack(action, after));
      } else {
        const std::string& state = StateOf(action, after);
        for (core::Step& step : Waiting(action, state, after)) steps.push_back(std::move(step));
        return {{{}, std::move(steps), state}};
      }
    }
    return After(steps, at.above != nullptr ? Enter(*at.above) : EnterRow(at.row + 1));
  }

  static Ways After(const std::vector<core::Step>& first, Ways ways) {
    for (Way& way : ways) way.steps.insert(way.steps.begin(), first.begin(), first.end());
    return ways;
  }

  Ways GoBack(const check::Action& action, const Point& after) {
    const auto [found, fresh] = counters_.try_emplace(&action);
    if (fresh) {
      found->second = fmt::format("back to {} ({})", action.about, counters_.size());
      machine_.fields.push_back(found->second);
    }
    const std::string counter = found->second;
    const auto target =
        std::ranges::find(rows_, action.about,
                          [](const check::Decl* row) -> const std::string& { return row->name; });
    Ways ways = After({core::AddTo(counter, 1)},
                      EnterRow(static_cast<std::size_t>(target - rows_.begin())));
    for (Way& way : ways)
      way.guard = And(core::FieldBelow(counter, action.most), std::move(way.guard));
    for (Way& way : Failed(action, after)) ways.push_back(std::move(way));
    return ways;
  }

  // What is done where an action fails; what comes after it follows when that is through.
  Ways Failed(const check::Action& action, const Point& after) {
    if (action.otherwise.empty()) return {{{}, {}, "stopped"}};
    points_.push_back(std::make_unique<Point>(after));
    return Enter({.row = after.row, .list = &action.otherwise, .above = points_.back().get()});
  }

  // The state in which an action is waited for, made with all that leaves it when first asked for.
  const std::string& StateOf(const check::Action& action, const Point& after) {
    const auto [found, fresh] = states_.try_emplace(&action);
    if (!fresh) return found->second;
    const check::Decl& row = *rows_[after.row];
    const std::string base = row.name.empty() ? std::string("start") : row.name;
    const std::size_t number = ++waits_[base];
    found->second = number == 1 ? base : fmt::format("{}.{}", base, number);
    machine_.states.push_back(found->second);
    Leave(action, found->second, after);
    return found->second;
  }

  std::string Input(const std::string& state) const {
    return fmt::format("{}.{}", decl_.name, state);
  }

  // What is done on entering the state.
  std::vector<core::Step> Waiting(const check::Action& action, const std::string& state,
                                  const Point& after) {
    std::vector<core::Step> steps;
    const std::string within = values::FormatDuration(action.within_ms);
    const std::string title = StepTitle(after);
    if (action.does.valid()) {
      Tell(action, EffectFor(action, {}), steps);
      if (action.retries > 0) steps.push_back(core::Set(state + " tries", 1));
    } else if (action.name == "confirm") {
      Ask(action, fmt::format("{}: say when it is done, within {}: ", title, within), steps);
    } else if (action.name == "fill") {
      Ask(action, fmt::format("{}: fill in {} within {}: ", title, action.about, within), steps);
    } else if (action.name == "escalate") {
      Ask(action, fmt::format("{}: take over, and say when it is done: ", title), steps);
    }
    if (action.within_ms > 0) steps.push_back(core::Arm(state, action.within_ms));
    return steps;
  }

  void Leave(const check::Action& action, const std::string& state, const Point& after) {
    const ir::Place place = context_.Place(action.span);
    std::vector<core::Step> leaving;
    if (action.within_ms > 0) {
      machine_.timers.push_back(state);
      leaving.push_back(core::Cancel(state));
    }
    if (action.condition.valid()) return Watch(action, state, after, leaving, place);
    const std::string done = fmt::format("{}.{}.done", decl_.name, state);
    const std::string failed = fmt::format("{}.{}.failed", decl_.name, state);
    std::vector<core::Step> waits;
    if (action.retries > 0) waits = {core::Cancel(Again(state))};
    std::vector<core::Step> first = leaving;
    first.insert(first.end(), waits.begin(), waits.end());
    Add(state, Trigger::kEvent, done, {}, first, Enter(after), "it was done", place);
    if (action.retries > 0) Retry(action, state, leaving, failed, place);
    Add(state, Trigger::kEvent, failed, {}, first, Failed(action, after), "it failed", place);
    if (action.within_ms == 0) return;
    const std::string time = values::FormatDuration(action.within_ms);
    const std::string late = action.does.valid()
                                 ? fmt::format("nobody knows after {} whether it was done", time)
                                 : fmt::format("nobody said within {} that it is done", time);
    Add(state, Trigger::kTimer, state, {}, waits, Failed(action, after), late, place);
  }

  static std::string Again(const std::string& state) { return state + " again"; }

  // What failed, or nobody knows of, is tried again a while later, up to so many times.
  void Retry(const check::Action& action, const std::string& state,
             const std::vector<core::Step>& leaving, const std::string& failed,
             const ir::Place& place) {
    const std::string tries = state + " tries";
    machine_.fields.push_back(tries);
    machine_.timers.push_back(Again(state));
    const core::Guard left = core::FieldBelow(tries, action.retries + 1);
    std::vector<core::Step> pause = leaving;
    pause.push_back(core::AddTo(tries, 1));
    pause.push_back(core::Arm(Again(state), action.retry_every_ms));
    const Ways stay = {{{}, pause, state}};
    Add(state, Trigger::kEvent, failed, left, {}, stay, "it failed, and is tried again", place);
    Add(state, Trigger::kTimer, state, left, {}, stay,
        "nobody knows whether it was done, and it is tried again", place);
    std::vector<core::Step> ask;
    Tell(action, EffectFor(action, {}), ask);
    ask.push_back(core::Arm(state, action.within_ms));
    Add(state, Trigger::kTimer, Again(state), {}, {}, {{{}, ask, state}}, "it is tried again",
        place);
  }

  // `await` succeeds as soon as its condition holds, `hold` when it did for so long.
  void Watch(const check::Action& action, const std::string& state, const Point& after,
             const std::vector<core::Step>& leaving, const ir::Place& place) {
    const bool holds = action.name == "hold";
    const std::string time = values::FormatDuration(action.within_ms);
    context_.core.series.push_back(
        {Input(state), true, {}, Terms(context_, action.condition), decl_.name, place});
    machine_.inputs.push_back(Input(state));
    const core::Guard is_true = core::InputTrue(Input(state));
    if (holds) {
      Add(state, Trigger::kSeries, "", core::InputFalse(Input(state)), leaving,
          Failed(action, after), "it did not hold", place);
      Add(state, Trigger::kTimer, state, is_true, {}, Enter(after), "it held for " + time, place);
      Add(state, Trigger::kTimer, state, {}, {}, Failed(action, after), "there is no data", place);
    } else {
      Add(state, Trigger::kSeries, "", is_true, leaving, Enter(after), "it holds", place);
      Add(state, Trigger::kTimer, state, {}, {}, Failed(action, after),
          "it did not hold within " + time, place);
    }
  }

  void Ask(const check::Action& action, std::string before, std::vector<core::Step>& steps) {
    core::Effect effect = EffectFor(action, AboutHeadline(std::move(before), ""));
    effect.action = "page";
    Tell(action, std::move(effect), steps);
  }

  core::Effect EffectFor(const check::Action& action, ir::Text otherwise) {
    core::Effect effect = EffectOf(context_, action, shown_, std::move(otherwise));
    effect.step = {"message"};
    effect.duty = effect.to.empty() ? ir::DutyOf::kNobody : ir::DutyOf::kRow;
    effect.purpose = PurposeOf(decl_.name, effect);
    return effect;
  }

  // An action has one effect, however many ways lead to it.
  void Tell(const check::Action& action, core::Effect effect, std::vector<core::Step>& steps) {
    const auto [found, fresh] = effects_.try_emplace(&action, machine_.effects.size());
    if (fresh) machine_.effects.push_back(std::move(effect));
    steps.push_back(core::AddTo("message", 1));
    steps.push_back(core::Emit(found->second));
  }

  ExpandContext& context_;
  const check::Decl& decl_;
  const check::Decl& severity_;
  std::vector<const check::Decl*> rows_;
  Shown shown_;
  std::map<const check::Action*, std::string> states_;
  std::map<const check::Action*, std::size_t> effects_;
  std::map<const check::Action*, std::string> counters_;
  std::map<std::string, std::size_t> waits_;
  std::vector<std::unique_ptr<Point>> points_;
  core::Machine machine_;
};

void Check(CheckContext& context, const check::Decl& decl) { Checks(context, decl).Run(); }

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.machines.push_back(Run(context, decl).Build());
}

}  // namespace

const std::vector<check::Action>& ActionsOf(const check::Decl& step) {
  static const std::vector<check::Action> kNone;
  const check::Clause* acts = step.FindClause("act");
  return acts == nullptr ? kNone : acts->actions;
}

extern const KindRow kind_playbook;
const KindRow kind_playbook{"playbook", Check, Expand};

}  // namespace tocsin::kinds
