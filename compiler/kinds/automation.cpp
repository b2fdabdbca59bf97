// `automation`: a machine below the alert that sets it going. It asks for something to be done, and
// tells people when nobody said in time that it was.

#include <algorithm>

#include "compiler/kinds/messages.h"

namespace tocsin::kinds {
namespace {

const std::vector<std::string>* LabelsOf(const check::Policy& policy, const check::Decl& alert) {
  if (const auto* group = check::Get<check::Labels>(alert["group"])) return &group->names;
  const check::Clause* when = alert.FindClause("when");
  return when == nullptr || !when->condition.valid() ? nullptr : &policy[when->condition].labels;
}

void Check(CheckContext& context, const check::Decl& decl) {
  CheckVia(context, decl);
  const check::Decl* alert = Referred(context.policy, decl["alert"]);
  const check::Decl* action = Referred(context.policy, decl["does"]);
  if (check::Get<check::DurationValue>(decl["within"]) != nullptr &&
      DurationOf(decl["within"]) == 0) {
    context.sink.Emit(codes::kOutOfRange, decl["within"].span, "0s", "nothing is done in no time");
  }
  if (alert == nullptr || action == nullptr) return;
  const std::vector<std::string>* labels = LabelsOf(context.policy, *alert);
  if (labels == nullptr) return;
  for (const check::Parameter& parameter : action->params) {
    if (parameter.type != "text" && parameter.type != "string") {
      context.sink
          .Emit(codes::kWrongType, decl["does"].span, "an action whose parameters are texts",
                fmt::format("`{}`, which wants {} for `{}`", action->name,
                            parameter.type.empty() ? "anything" : "a " + parameter.type,
                            parameter.name))
          .Also(action->span, "declared here")
          .Note("they are filled by the values of labels");
      continue;
    }
    if (std::ranges::find(*labels, parameter.name) != labels->end()) continue;
    context.sink
        .Emit(codes::kUnknownLabel, decl["does"].span, fmt::format("the alert `{}`", alert->name),
              parameter.name)
        .Also(action->span, "it is a parameter of this action")
        .Note(labels->empty() ? std::string("it has no labels")
                              : "its labels are " + check::ListOf(*labels));
  }
}

ir::Text CallOf(const check::Decl& action) {
  ir::Text text;
  const auto add = [&](ir::TextPartKind kind, std::string part) {
    text.parts.push_back({kind, std::move(part), {}});
  };
  std::string before = action.name + "(";
  for (const check::Parameter& parameter : action.params) {
    add(ir::TextPartKind::kText, before + parameter.name + ": ");
    add(ir::TextPartKind::kLabel, parameter.name);
    before = ", ";
  }
  add(ir::TextPartKind::kText, action.params.empty() ? before + ")" : ")");
  return text;
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  const check::Decl& action = *Referred(context.policy, decl["does"]);
  const std::string within = values::FormatDuration(DurationOf(decl["within"]));
  core::Machine machine;
  machine.name = decl.name;
  machine.kind = "automation";
  machine.place = context.Place(decl.span);
  machine.states = {"asked", "late", "done", "over"};
  machine.final_states = {"done", "over"};
  machine.timers = {"deadline"};
  machine.effects.push_back({.action = action.name,
                             .via = Referred(context.policy, action["via"])->name,
                             .text = CallOf(action),
                             .purpose = fmt::format("{}, by {}", decl.name, within),
                             .place = machine.place});
  core::Effect late;
  late.action = "notify";
  late.to = RecipientsOf(context.policy, *check::Get<check::Recipients>(decl["tells"]));
  if (const check::Decl* via = Referred(context.policy, decl["via"])) late.via = via->name;
  late.text = AboutHeadline(fmt::format("{} was not done within {}: ",
                                        decl.title.empty() ? decl.name : decl.title, within),
                            "");
  late.duty = ir::DutyOf::kRow;
  late.purpose = PurposeOf(decl.name, late);
  late.place = context.Place(decl["tells"].span);
  machine.effects.push_back(std::move(late));
  const auto move = [&](std::string from, std::string to, ir::TriggerKind trigger, std::string what,
                        std::vector<core::Step> steps, std::string because) {
    machine.transitions.push_back({.from = std::move(from),
                                   .to = std::move(to),
                                   .trigger = trigger,
                                   .what = std::move(what),
                                   .steps = std::move(steps),
                                   .because = std::move(because),
                                   .place = machine.place});
  };
  const std::string done = decl.name + ".done";
  move("asked", "asked", ir::TriggerKind::kStarted, "",
       {core::Emit(0), core::Arm("deadline", DurationOf(decl["within"]))}, "the alert fires");
  move("asked", "done", ir::TriggerKind::kEvent, done, {}, "it was done");
  move("late", "done", ir::TriggerKind::kEvent, done, {}, "it was done");
  move("asked", "late", ir::TriggerKind::kTimer, "deadline", {core::Emit(1)},
       fmt::format("not done within {}", within));
  move("", "over", ir::TriggerKind::kParentEnded, "", {}, "the alert is over");
  context.core.machines.push_back(std::move(machine));
}

}  // namespace

extern const KindRow kind_automation;
const KindRow kind_automation{"automation", Check, Expand};

}  // namespace tocsin::kinds
