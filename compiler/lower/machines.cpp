// Machines: states, fields and timers by number, guards and steps as scalar instructions.

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/names.h"

namespace tocsin::lower {
namespace {

using ir::ScalarOp;

std::uint32_t PlaceOf(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  TOCSIN_CHECK(found != names.end(),
               "a machine names a state, field, timer or input that it does not have");
  return static_cast<std::uint32_t>(found - names.begin());
}

class Lowering {
 public:
  Lowering(Context& context, const core::Machine& machine) : context_(context), core_(machine) {}

  ir::Machine Run() {
    machine_.name = core_.name;
    machine_.kind = core_.kind;
    machine_.key = core_.key;
    machine_.states = core_.states;
    for (const std::string& state : core_.final_states)
      machine_.final_states.push_back(PlaceOf(core_.states, state));
    machine_.fields = {"epoch"};
    machine_.fields.insert(machine_.fields.end(), core_.fields.begin(), core_.fields.end());
    machine_.timers = core_.timers;
    machine_.place = core_.place;
    if (core_.key == ir::KeyKind::kRow || !core_.inputs.empty())
      machine_.space = context_.Space(core_.labels);
    for (const std::string& input : core_.inputs) InputPlace(context_.InputNamed(input).column);
    if (core_.key == ir::KeyKind::kRow) {
      if (!core_.value.empty()) machine_.value = context_.numbers[core_.value];
      machine_.headline = context_.Text(core_.headline);
      if (!core_.link.parts.empty()) machine_.link = context_.Text(core_.link);
      if (!core_.group.empty()) machine_.group = context_.machines[core_.group];
      if (!core_.members.empty()) machine_.members = context_.truths[core_.members];
      if (!core_.members_value.empty())
        machine_.members_value = context_.numbers[core_.members_value];
    }
    for (const core::Effect& effect : core_.effects) machine_.effects.push_back(Effect(effect));
    for (const core::Transition& transition : core_.transitions)
      machine_.transitions.push_back(Take(transition));
    return std::move(machine_);
  }

 private:
  ir::Effect Effect(const core::Effect& effect) {
    ir::Effect lowered;
    lowered.action = effect.action;
    for (const core::Recipient& recipient : effect.to) {
      lowered.to.push_back(
          {recipient.person.empty() ? ir::PersonId() : context_.people[recipient.person],
           recipient.tier.empty() ? ir::TierId() : context_.tiers[recipient.tier]});
    }
    if (!effect.via.empty()) lowered.via = context_.channels[effect.via];
    lowered.only = context_.CalendarNamed(effect.only);
    lowered.text = context_.Text(effect.text);
    for (const std::string& field : effect.step)
      lowered.step.push_back(PlaceOf(machine_.fields, field));
    if (!effect.began.empty()) lowered.began = PlaceOf(machine_.fields, effect.began);
    lowered.urgent = effect.urgent;
    lowered.duty = effect.duty;
    if (effect.duty != ir::DutyOf::kNobody)
      lowered.duty_machine = context_.machines[core::kDutyMachine];
    lowered.purpose = effect.purpose;
    lowered.place = effect.place;
    return lowered;
  }

  ir::Transition Take(const core::Transition& transition) {
    ir::Transition lowered;
    lowered.from =
        transition.from.empty() ? ir::kAnyState : PlaceOf(machine_.states, transition.from);
    lowered.to = PlaceOf(machine_.states, transition.to);
    lowered.trigger = transition.trigger;
    if (transition.trigger == ir::TriggerKind::kTimer)
      lowered.argument = PlaceOf(machine_.timers, transition.what);
    if (transition.trigger == ir::TriggerKind::kEvent)
      lowered.argument = PlaceOf(context_.program.events, transition.what);
    if (transition.trigger == ir::TriggerKind::kNobody)
      lowered.argument = static_cast<std::uint32_t>(std::stoul(transition.what));
    if (transition.guard.kind != core::GuardKind::kAlways) Guard(transition.guard, lowered.guard);
    for (const core::Step& step : transition.steps) Step(step, lowered.action);
    lowered.because = transition.because;
    lowered.place = transition.place;
    return lowered;
  }

  static std::int64_t Put(std::vector<ir::ScalarInst>& code, ScalarOp op, std::int64_t a = 0,
                          std::int64_t b = 0) {
    code.push_back({op, a, b});
    return static_cast<std::int64_t>(code.size()) - 1;
  }

  std::int64_t Guard(const core::Guard& guard, std::vector<ir::ScalarInst>& code) {
    switch (guard.kind) {
      case core::GuardKind::kAlways:
        return Put(code, ScalarOp::kLiteral, 1);
      case core::GuardKind::kInputTrue:
        return Input(guard.name, true, code);
      case core::GuardKind::kInputFalse:
        return Input(guard.name, false, code);
      case core::GuardKind::kFieldIs:
      case core::GuardKind::kFieldBelow: {
        const std::int64_t field =
            Put(code, ScalarOp::kField, PlaceOf(machine_.fields, guard.name));
        const std::int64_t literal = Put(code, ScalarOp::kLiteral, guard.number);
        return Put(code,
                   guard.kind == core::GuardKind::kFieldIs ? ScalarOp::kEqual : ScalarOp::kLess,
                   field, literal);
      }
      case core::GuardKind::kAnd: {
        const std::int64_t first = Guard(guard.parts[0], code);
        const std::int64_t second = Guard(guard.parts[1], code);
        return Put(code, ScalarOp::kAnd, first, second);
      }
      case core::GuardKind::kNot:
        return Put(code, ScalarOp::kNot, Guard(guard.parts[0], code));
    }
    return 0;
  }

  // Several series that machines read may be one column, which is one input.
  std::int64_t InputPlace(ir::TruthColumnId column) {
    const auto found = std::ranges::find(machine_.inputs, column);
    const auto place = found - machine_.inputs.begin();
    if (found == machine_.inputs.end()) machine_.inputs.push_back(column);
    return place;
  }

  // Whether a series is known to be so.
  std::int64_t Input(const std::string& name, bool is_true, std::vector<ir::ScalarInst>& code) {
    using Says = Context::Input::Says;
    const Context::Input input = context_.InputNamed(name);
    const std::int64_t place = InputPlace(input.column);
    if (input.says != Says::kIsAbsent) {
      const bool wanted = is_true == (input.says == Says::kSame);
      return Put(code, wanted ? ScalarOp::kInputTrue : ScalarOp::kInputFalse, place);
    }
    const std::int64_t holds = Put(code, ScalarOp::kInputTrue, place);
    const std::int64_t fails = Put(code, ScalarOp::kInputFalse, place);
    const std::int64_t known = Put(code, ScalarOp::kOr, holds, fails);
    return is_true ? Put(code, ScalarOp::kNot, known) : known;
  }

  void Step(const core::Step& step, std::vector<ir::ScalarInst>& code) {
    switch (step.kind) {
      case core::StepKind::kSet:
        Put(code, ScalarOp::kSetField, PlaceOf(machine_.fields, step.name),
            Put(code, ScalarOp::kLiteral, step.number));
        return;
      case core::StepKind::kSetNow: {
        const std::int64_t now = Put(code, ScalarOp::kNow);
        Put(code, ScalarOp::kSetField, PlaceOf(machine_.fields, step.name), now);
        return;
      }
      case core::StepKind::kAdd: {
        const std::int64_t field = PlaceOf(machine_.fields, step.name);
        const std::int64_t old = Put(code, ScalarOp::kField, field);
        const std::int64_t literal = Put(code, ScalarOp::kLiteral, step.number);
        const std::int64_t sum = Put(code, ScalarOp::kAdd, old, literal);
        Put(code, ScalarOp::kSetField, field, sum);
        return;
      }
      case core::StepKind::kArm: {
        const std::int64_t now = Put(code, ScalarOp::kNow);
        const std::int64_t after = Put(code, ScalarOp::kLiteral, step.number);
        const std::int64_t due = Put(code, ScalarOp::kAdd, now, after);
        Put(code, ScalarOp::kArm, PlaceOf(machine_.timers, step.name), due);
        return;
      }
      case core::StepKind::kCancel:
        Put(code, ScalarOp::kCancel, PlaceOf(machine_.timers, step.name));
        return;
      case core::StepKind::kEmit:
        Put(code, ScalarOp::kEmit, static_cast<std::int64_t>(step.effect));
        return;
      case core::StepKind::kSpawn:
        Put(code, ScalarOp::kSpawn, Child(step.name));
        return;
      case core::StepKind::kEndChildren:
        Put(code, ScalarOp::kEndChildren);
        return;
    }
  }

  std::int64_t Child(const std::string& name) {
    const ir::MachineId child = context_.machines[name];
    const auto found = std::ranges::find(machine_.children, child);
    if (found != machine_.children.end()) return found - machine_.children.begin();
    machine_.children.push_back(child);
    return static_cast<std::int64_t>(machine_.children.size()) - 1;
  }

  Context& context_;
  const core::Machine& core_;
  ir::Machine machine_;
};

// The names of the machines that a machine may open, and of the duty that its effects bring.
std::set<std::string, std::less<>> Opens(const core::Machine& machine) {
  std::set<std::string, std::less<>> names;
  for (const core::Transition& transition : machine.transitions) {
    for (const core::Step& step : transition.steps) {
      if (step.kind == core::StepKind::kSpawn) names.insert(step.name);
    }
  }
  for (const core::Effect& effect : machine.effects) {
    if (effect.duty != ir::DutyOf::kNobody) names.emplace(core::kDutyMachine);
  }
  return names;
}

// Parents before children, otherwise as declared: by the length of the longest way from a machine
// that nobody opens.
std::vector<const core::Machine*> Ordered(const core::Policy& core) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (std::size_t i = 0; i < core.machines.size(); ++i) places.emplace(core.machines[i].name, i);
  std::vector<std::vector<std::size_t>> opens(core.machines.size());
  for (std::size_t i = 0; i < core.machines.size(); ++i) {
    for (const std::string& name : Opens(core.machines[i])) opens[i].push_back(places.at(name));
  }
  std::vector<std::size_t> depth(core.machines.size(), 0);
  bool changed = true;
  for (std::size_t round = 0; changed; ++round) {
    TOCSIN_CHECK(round <= core.machines.size(), "machines open one another in a circle");
    changed = false;
    for (std::size_t i = 0; i < opens.size(); ++i) {
      for (std::size_t child : opens[i]) {
        if (depth[child] > depth[i]) continue;
        depth[child] = depth[i] + 1;
        changed = true;
      }
    }
  }
  std::vector<const core::Machine*> order;
  for (const core::Machine& machine : core.machines) order.push_back(&machine);
  std::ranges::stable_sort(
      order, {}, [&](const core::Machine* machine) { return depth[places.at(machine->name)]; });
  return order;
}

}  // namespace

void LowerMachines(Context& context) {
  const std::vector<const core::Machine*> order = Ordered(context.core);
  for (std::size_t i = 0; i < order.size(); ++i)
    context.machines.Add(order[i]->name, ir::MachineId(i));
  for (const core::Machine* machine : order)
    context.program.machines.push_back(Lowering(context, *machine).Run());
  for (const Context::StateColumn& state : context.states) {
    const ir::MachineId machine = context.machines[state.machine];
    const auto& states = context.program.machines[machine.index].states;
    const auto place = std::ranges::find(states, state.state) - states.begin();
    context.program.states.push_back({machine, static_cast<std::uint32_t>(place), state.result});
  }
}

}  // namespace tocsin::lower
