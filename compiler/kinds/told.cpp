#include "compiler/kinds/told.h"

#include <algorithm>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

void AddTold(core::Policy& core) {
  const auto brings = [](const core::Machine& machine) {
    return std::ranges::any_of(machine.effects, [](const core::Effect& effect) {
      return effect.duty != ir::DutyOf::kNobody;
    });
  };
  if (!std::ranges::any_of(core.machines, brings)) return;
  core::Machine machine;
  machine.name = core::kDutyMachine;
  machine.kind = "duty";
  machine.key = ir::KeyKind::kPerson;
  machine.states = {"owed", "done"};
  machine.final_states = {"done"};
  machine.effects.push_back(
      {.action = "over", .text = AboutHeadline("Over: ", ""), .purpose = "told of it before"});
  machine.transitions.push_back({.from = "owed",
                                 .to = "done",
                                 .trigger = ir::TriggerKind::kParentEnded,
                                 .steps = {core::Emit(0)},
                                 .because = "it is over"});
  core.machines.push_back(std::move(machine));
}

}  // namespace tocsin::kinds
