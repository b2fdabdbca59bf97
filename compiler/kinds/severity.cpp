// `severity`: the machine of an incident of this severity. It tells those to be informed, starts
// the climb and the communications about it, and ends with the alert that opened it.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  CheckVia(context, decl);
  for (const char* name : {"respond", "resolve"}) {
    const check::Value& promise = decl[name];
    if (check::Get<check::DurationValue>(promise) != nullptr && DurationOf(promise) == 0) {
      context.sink.Emit(codes::kOutOfRange, promise.span, "0s",
                        "nobody can keep a promise that takes no time");
    }
  }
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  core::Machine machine;
  machine.name = decl.name;
  machine.kind = "incident";
  machine.states = {"open", "closed"};
  machine.final_states = {"closed"};
  machine.place = context.Place(decl.span);
  core::Transition opened{.from = "open",
                          .to = "open",
                          .trigger = ir::TriggerKind::kStarted,
                          .because = fmt::format("{} \"{}\" opens", decl.name, decl.title),
                          .place = machine.place};
  if (const auto* inform = check::Get<check::Recipients>(decl["inform"])) {
    core::Effect effect;
    effect.action = "notify";
    effect.to = RecipientsOf(context.policy, *inform);
    if (const check::Decl* via = Referred(context.policy, decl["via"])) effect.via = via->name;
    effect.text = AboutHeadline(fmt::format("{} {}: ", decl.name, decl.title), "");
    effect.duty = ir::DutyOf::kRow;
    effect.purpose = fmt::format("{} informs {}", decl.name, RecipientsText(effect.to));
    effect.place = context.Place(decl["inform"].span);
    opened.steps.push_back(core::Emit(0));
    machine.effects.push_back(std::move(effect));
  }
  opened.steps.push_back(core::Spawn(Referred(context.policy, decl["climb"])->name));
  for (check::DeclId id : context.policy.OfKind("communication")) {
    if (&context[context[id].target] == &decl)
      opened.steps.push_back(core::Spawn(context[id].name));
  }
  machine.transitions.push_back(std::move(opened));
  machine.transitions.push_back({.from = "open",
                                 .to = "closed",
                                 .trigger = ir::TriggerKind::kParentEnded,
                                 .steps = {core::EndChildren()},
                                 .because = "the alert is over",
                                 .place = machine.place});
  context.core.machines.push_back(std::move(machine));
}

}  // namespace

extern const KindRow kind_severity;
const KindRow kind_severity{"severity", Check, Expand};

}  // namespace tocsin::kinds
