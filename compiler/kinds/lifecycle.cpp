// `lifecycle`: a machine with its states, an event for each word that moves it and a timer for each
// state that it leaves by itself. Nothing opens one by itself.

#include <algorithm>
#include <map>

#include "compiler/kinds/messages.h"

namespace tocsin::kinds {
namespace {

constexpr std::size_t kMostStates = 200;
constexpr std::size_t kMostMoves = 2'000;

bool Declared(const check::Decl& decl, std::string_view state) {
  return std::ranges::find(decl.rows, state, &check::Decl::name) != decl.rows.end();
}

void CheckState(CheckContext& context, const check::Decl& decl, const std::string& state,
                diagnostics::Span span) {
  if (decl.rows.empty() || Declared(decl, state)) return;
  std::vector<std::string> known;
  for (const check::Decl& row : decl.rows) known.push_back(row.name);
  auto& finding = context.sink.Emit(codes::kUnknownName, span, "state", state);
  const std::string nearest = diagnostics::Nearest(state, known);
  if (!nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest))
        .Offer(span, nearest, diagnostics::Applicability::kReview);
  } else {
    finding.Note("its states are " + check::ListOf(known));
  }
}

// An event leads from one state to one other, and time does once.
void CheckTriggers(CheckContext& context, const check::Decl& decl) {
  std::map<std::pair<std::string, std::string>, diagnostics::Span> seen;
  for (const check::Clause& move : decl.clauses) {
    for (const check::Trigger& trigger : move.triggers) {
      const auto [first, fresh] = seen.emplace(std::pair(move.from, trigger.event), trigger.span);
      if (fresh) continue;
      context.sink
          .Emit(codes::kMovesTwice, trigger.span, move.from,
                trigger.event.empty() ? "after some time" : "on `" + trigger.event + "`")
          .Also(first->second, "the other is here");
    }
  }
}

void Check(CheckContext& context, const check::Decl& decl) {
  for (const check::Clause& move : decl.clauses) {
    CheckState(context, decl, move.from, move.from_span);
    CheckState(context, decl, move.to, move.to_span);
    for (const check::Action& action : move.actions) CheckSaid(context, action, {});
  }
  CheckTriggers(context, decl);
  if (StatesOf(decl).size() > kMostStates || decl.clauses.size() > kMostMoves) {
    context.sink.Emit(codes::kOutOfRange, decl.span, decl.name,
                      "a lifecycle has at most 200 states and 2000 moves");
  }
}

class States {
 public:
  States(ExpandContext& context, const check::Decl& decl) : context_(context), decl_(decl) {}

  core::Machine Build() {
    machine_.name = decl_.name;
    machine_.kind = "lifecycle";
    machine_.place = context_.Place(decl_.span);
    machine_.fields = {"move"};
    for (const std::string& state : StatesOf(decl_)) {
      machine_.states.push_back(state);
      if (!std::ranges::any_of(decl_.clauses, [&](const auto& move) { return move.from == state; }))
        machine_.final_states.push_back(state);
    }
    for (const check::Clause& move : decl_.clauses) {
      for (const check::Trigger& trigger : move.triggers) {
        if (trigger.after_ms) machine_.timers.push_back(Timer(move.from));
      }
    }
    core::Transition first{.from = machine_.states[0],
                           .to = machine_.states[0],
                           .trigger = ir::TriggerKind::kStarted,
                           .because = "it begins",
                           .place = machine_.place};
    Enter(machine_.states[0], first.steps);
    machine_.transitions.push_back(std::move(first));
    for (const check::Clause& move : decl_.clauses) AddMove(move);
    return std::move(machine_);
  }

 private:
  static std::string Timer(const std::string& state) { return state + " lasts"; }
  const check::Trigger* TimeOf(const std::string& state) const {
    for (const check::Clause& move : decl_.clauses) {
      if (move.from != state) continue;
      for (const check::Trigger& trigger : move.triggers) {
        if (trigger.after_ms) return &trigger;
      }
    }
    return nullptr;
  }
  void Enter(const std::string& state, std::vector<core::Step>& steps) const {
    if (const check::Trigger* time = TimeOf(state))
      steps.push_back(core::Arm(Timer(state), *time->after_ms));
  }

  void AddMove(const check::Clause& move) {
    std::vector<core::Step> steps = {core::AddTo("move", 1)};
    if (TimeOf(move.from) != nullptr) steps.push_back(core::Cancel(Timer(move.from)));
    Enter(move.to, steps);
    for (const check::Action& action : move.actions) {
      steps.push_back(core::Emit(machine_.effects.size()));
      machine_.effects.push_back(EffectOf(move, action));
    }
    for (const check::Trigger& trigger : move.triggers) {
      machine_.transitions.push_back(
          {.from = move.from,
           .to = move.to,
           .trigger = trigger.after_ms ? ir::TriggerKind::kTimer : ir::TriggerKind::kEvent,
           .what = trigger.after_ms ? Timer(move.from) : decl_.name + "." + trigger.event,
           .steps = steps,
           .because =
               trigger.after_ms
                   ? fmt::format("{} in {}", values::FormatDuration(*trigger.after_ms), move.from)
                   : trigger.event,
           .place = context_.Place(move.span)});
    }
  }

  core::Effect EffectOf(const check::Clause& move, const check::Action& action) const {
    ir::Text text;
    text.parts.push_back(
        {ir::TextPartKind::kText,
         fmt::format("{}: {} to {}", decl_.title.empty() ? decl_.name : decl_.title, move.from,
                     move.to),
         {}});
    core::Effect effect = kinds::EffectOf(context_, action, {}, std::move(text));
    effect.step = {"move"};
    effect.purpose = PurposeOf(decl_.name, effect);
    return effect;
  }

  ExpandContext& context_;
  const check::Decl& decl_;
  core::Machine machine_;
};

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.machines.push_back(States(context, decl).Build());
}

}  // namespace

std::vector<std::string> StatesOf(const check::Decl& lifecycle) {
  std::vector<std::string> states;
  const auto add = [&](const std::string& state) {
    if (std::ranges::find(states, state) == states.end()) states.push_back(state);
  };
  for (const check::Decl& row : lifecycle.rows) add(row.name);
  for (const check::Clause& move : lifecycle.clauses) {
    add(move.from);
    add(move.to);
  }
  return states;
}

extern const KindRow kind_lifecycle;
const KindRow kind_lifecycle{"lifecycle", Check, Expand};

}  // namespace tocsin::kinds
