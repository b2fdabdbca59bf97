// `communication`: a machine below the incident with a timer for each time at which somebody is
// told. It ends with the incident, and then tells whom `on resolved` names. Whoever it told and
// does not name there hears that it is over as everybody does who was told.

#include <algorithm>
#include <array>

#include "compiler/kinds/messages.h"

namespace tocsin::kinds {
namespace {

constexpr std::size_t kMostClauses = 50;
constexpr std::array<std::string_view, 10> kShown = {
    kIncidentShown, "id",        "severity", "definition", "impact",
    "affected",     "recipient", "opened",   "lasted",     "now"};

bool Repeats(const check::Clause& clause) { return clause.keyword == "every"; }
bool Ends(const check::Clause& clause) { return clause.keyword == "on"; }

void Check(CheckContext& context, const check::Decl& decl) {
  for (const check::Clause& clause : decl.clauses) {
    for (const check::Action& action : clause.actions) CheckSaid(context, action, kShown);
  }
  if (decl.clauses.empty()) {
    context.sink.Emit(codes::kPartMissing, decl.span, check::WhoIs(decl),
                      "at least one time at which somebody is told, as in `after 15m do ...`");
  } else if (decl.clauses.size() > kMostClauses) {
    context.sink.Emit(codes::kOutOfRange, decl.clauses[kMostClauses].span, decl.clauses.size(),
                      "a communication has at most 50 clauses");
  }
}

class Telling {
 public:
  Telling(ExpandContext& context, const check::Decl& decl)
      : context_(context), decl_(decl), severity_(context[decl.target]) {
    for (const char* field : {"definition", "impact"}) {
      const auto* text = check::Get<std::string>(severity_[field]);
      shown_.words[field] = text == nullptr ? std::string() : *text;
    }
    shown_.words["severity"] = severity_.title;
    shown_.severity = severity_.name;
    shown_.began = "opened";
  }

  core::Machine Build() {
    machine_.name = decl_.name;
    machine_.kind = "communication";
    machine_.place = context_.Place(decl_.span);
    machine_.states = {"open", "over"};
    machine_.final_states = {"over"};
    machine_.fields = {"message", "opened"};
    core::Transition opened{.from = "open",
                            .to = "open",
                            .trigger = ir::TriggerKind::kStarted,
                            .steps = {core::SetNow("opened")},
                            .because = fmt::format("{} opens", severity_.name),
                            .place = machine_.place};
    core::Transition over{.from = "open",
                          .to = "over",
                          .trigger = ir::TriggerKind::kParentEnded,
                          .because = "the incident is over",
                          .place = machine_.place};
    for (std::size_t i = 0; i < decl_.clauses.size(); ++i) {
      const check::Clause& clause = decl_.clauses[i];
      if (Ends(clause)) {
        Tell(clause, over.steps);
      } else if (clause.at_ms == 0) {
        Tell(clause, opened.steps);
      } else {
        AddTimer(clause, fmt::format("{} {}", clause.keyword, clause.text), opened.steps);
      }
    }
    machine_.transitions.insert(machine_.transitions.begin(), std::move(opened));
    machine_.transitions.push_back(std::move(over));
    return std::move(machine_);
  }

 private:
  // Two clauses of one time have one timer each.
  void AddTimer(const check::Clause& clause, std::string timer, std::vector<core::Step>& opened) {
    const std::string written = timer;
    for (int i = 2; std::ranges::find(machine_.timers, timer) != machine_.timers.end(); ++i)
      timer = fmt::format("{} ({})", written, i);
    machine_.timers.push_back(timer);
    opened.push_back(core::Arm(timer, clause.at_ms));
    core::Transition told{.from = "open",
                          .to = "open",
                          .trigger = ir::TriggerKind::kTimer,
                          .what = timer,
                          .because = Because(clause),
                          .place = context_.Place(clause.span)};
    if (Repeats(clause)) told.steps.push_back(core::Arm(timer, clause.at_ms));
    Tell(clause, told.steps);
    machine_.transitions.push_back(std::move(told));
  }

  std::string Because(const check::Clause& clause) const {
    return fmt::format("{} {} {} opened", values::FormatDuration(clause.at_ms),
                       Repeats(clause) ? "have passed again since" : "after", severity_.name);
  }

  void Tell(const check::Clause& clause, std::vector<core::Step>& steps) {
    for (const check::Action& action : clause.actions) {
      core::Effect effect =
          EffectOf(context_, action, shown_,
                   AboutHeadline(fmt::format("{} {}: ", severity_.name, severity_.title),
                                 Ends(clause) ? " is over" : ""));
      effect.step = {"message"};
      const bool owes = !effect.to.empty() && !Ends(clause) && !HearsOfTheEnd(action);
      effect.duty = owes ? ir::DutyOf::kRow : ir::DutyOf::kNobody;
      effect.purpose = PurposeOf(decl_.name, effect);
      steps.push_back(core::AddTo("message", 1));
      steps.push_back(core::Emit(machine_.effects.size()));
      machine_.effects.push_back(std::move(effect));
    }
  }

  // Whether all whom an action tells are named where it is over, by the same channel.
  bool HearsOfTheEnd(const check::Action& action) const {
    const auto named = [&](const check::Recipient& recipient) {
      return recipient.person.valid() &&
             std::ranges::any_of(decl_.clauses, [&](const check::Clause& clause) {
               return Ends(clause) &&
                      std::ranges::any_of(clause.actions, [&](const check::Action& last) {
                        return last.via == action.via &&
                               std::ranges::find(last.to.all, recipient) != last.to.all.end();
                      });
             });
    };
    return std::ranges::all_of(action.to.all, named);
  }

  ExpandContext& context_;
  const check::Decl& decl_;
  const check::Decl& severity_;
  Shown shown_;
  core::Machine machine_;
};

void Expand(ExpandContext& context, const check::Decl& decl) {
  context.core.machines.push_back(Telling(context, decl).Build());
}

}  // namespace

extern const KindRow kind_communication;
const KindRow kind_communication{"communication", Check, Expand};

}  // namespace tocsin::kinds
