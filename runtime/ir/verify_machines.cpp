// Verify(): machines, each on its own. What they are to one another is verify_families.cpp's.
#include <algorithm>

#include "runtime/ir/problems.h"
#include "runtime/ir/verify_code.h"
#include "runtime/ir/verify_families.h"

namespace tocsin::ir {
namespace {

constexpr std::size_t kMaxInputs = 64;  // bits of MachineFrame::inputs_true

class MachineCheck {
 public:
  MachineCheck(const Program& program, const Machine& machine, Problems& problems)
      : program_(program),
        machine_(machine),
        problems_(problems),
        owner_(fmt::format("machine `{}`", machine.name)) {}

  void Run() {
    CheckTables();
    CheckKey();
    for (std::size_t i = 0; i < machine_.effects.size(); ++i) CheckEffect(i);
    for (std::size_t i = 0; i < machine_.transitions.size(); ++i) CheckTransition(i);
  }

 private:
  void CheckTables() {
    problems_.Expect(!machine_.kind.empty(), "{}: no kind", owner_);
    problems_.Expect(!machine_.states.empty() && machine_.states.size() <= base::kMaxMachineStates,
                     "{}: {} states, expected 1 to {}", owner_, machine_.states.size(),
                     base::kMaxMachineStates);
    problems_.Expect(!machine_.fields.empty() && machine_.fields[0] == "epoch",
                     "{}: its first field is not `epoch`", owner_);
    const std::string prefix = owner_ + ": ";
    ExpectNames(machine_.states, Itself, prefix, "state", problems_);
    ExpectNames(machine_.fields, Itself, prefix, "field", problems_);
    ExpectNames(machine_.timers, Itself, prefix, "timer", problems_);
    final_.assign(machine_.states.size(), false);
    for (const std::uint32_t state : machine_.final_states) {
      if (!problems_.Expect(state < final_.size(),
                            "{}: its final state {} is not one of its states", owner_, state)) {
        continue;
      }
      problems_.Expect(!final_[state], "{}: state `{}` is final twice", owner_,
                       machine_.states[state]);
      final_[state] = true;
    }
    problems_.Expect(final_.empty() || !final_[0],
                     "{}: its first state is final, so that no other is reached", owner_);
  }

  void CheckKey() {
    problems_.Expect(machine_.inputs.size() <= kMaxInputs, "{}: {} inputs, expected at most {}",
                     owner_, machine_.inputs.size(), kMaxInputs);
    if (machine_.key != KeyKind::kRow) {
      problems_.Expect(!machine_.value.valid() && !machine_.headline.valid() &&
                           !machine_.link.valid() && !machine_.members.valid() &&
                           !machine_.members_value.valid() && !machine_.group.valid(),
                       "{}: a value, texts or members, though it is not one for each row", owner_);
      problems_.Expect(machine_.space.valid() != machine_.inputs.empty(),
                       "{}: a space without inputs, or inputs without one", owner_);
      problems_.Expect(machine_.key == KeyKind::kParent || machine_.inputs.empty(),
                       "{}: inputs, though it is one for each person", owner_);
      if (!machine_.space.valid()) return;
    }
    if (!problems_.Expect(Within(machine_.space, program_.spaces), "{}: no space has the number {}",
                          owner_, machine_.space.index)) {
      return;
    }
    problems_.Expect(
        machine_.key == KeyKind::kRow || program_.spaces[machine_.space.index].labels.empty(),
        "{}: inputs with labels, though it is not one for each row", owner_);
    for (const TruthColumnId input : machine_.inputs) {
      if (!problems_.Expect(Within(input, program_.truths), "{}: no truth column has the number {}",
                            owner_, input.index)) {
        continue;
      }
      problems_.Expect(program_.truths[input.index].space == machine_.space,
                       "{}: its input `{}` is of another space", owner_,
                       program_.truths[input.index].name);
    }
    if (machine_.key != KeyKind::kRow) return;
    if (machine_.value.valid() &&
        problems_.Expect(Within(machine_.value, program_.numbers),
                         "{}: no number column has the number {}", owner_, machine_.value.index)) {
      problems_.Expect(program_.numbers[machine_.value.index].space == machine_.space,
                       "{}: its value is of another space", owner_);
    }
    for (const TextId text : {machine_.headline, machine_.link}) {
      problems_.Expect(WithinOrNone(text, program_.texts), "{}: no text has the number {}", owner_,
                       text.index);
    }
    CheckMembers();
    CheckGroup();
  }

  void CheckGroup() {
    if (!machine_.group.valid() ||
        !problems_.Expect(Within(machine_.group, program_.machines),
                          "{}: no machine has the number {}", owner_, machine_.group.index))
      return;
    const Machine& group = program_.machines[machine_.group.index];
    problems_.Expect(group.key == KeyKind::kRow && !group.group.valid(),
                     "{}: its group `{}` is none", owner_, group.name);
  }

  void CheckMembers() {
    problems_.Expect(!machine_.members_value.valid() || machine_.members.valid(),
                     "{}: values of members, and no members", owner_);
    if (!machine_.members.valid() ||
        !problems_.Expect(Within(machine_.members, program_.truths),
                          "{}: no truth column has the number {}", owner_, machine_.members.index))
      return;
    const std::vector<LabelId>& own = program_.spaces[machine_.space.index].labels;
    const SpaceId space = program_.truths[machine_.members.index].space;
    if (!problems_.Expect(Within(space, program_.spaces), "{}: no space has the number {}", owner_,
                          space.index))
      return;
    problems_.Expect(!machine_.members_value.valid() ||
                         (Within(machine_.members_value, program_.numbers) &&
                          program_.numbers[machine_.members_value.index].space == space),
                     "{}: the values of its members are not those of its members", owner_);
    for (const LabelId label : own) {
      const std::vector<LabelId>& theirs = program_.spaces[space.index].labels;
      problems_.Expect(std::ranges::find(theirs, label) != theirs.end(),
                       "{}: its members lack one of its labels", owner_);
    }
  }

  void CheckEffect(std::size_t number) {
    const Effect& effect = machine_.effects[number];
    const std::string owner = fmt::format("{}: effect {} (`{}`)", owner_, number, effect.action);
    problems_.Expect(!effect.action.empty(), "{}: no action", owner);
    problems_.Expect(!Asks(machine_.key, effect) || (effect.via.valid() && !effect.only.valid() &&
                                                     effect.duty == DutyOf::kNobody),
                     "{}: nobody to tell, and no channel to ask by; or hours or a duty", owner);
    for (const Recipient& to : effect.to) {
      problems_.Expect(to.person.valid() != to.tier.valid() &&
                           WithinOrNone(to.person, program_.people) &&
                           WithinOrNone(to.tier, program_.tiers),
                       "{}: a recipient is neither one of the people nor one of the tiers", owner);
    }
    problems_.Expect(WithinOrNone(effect.via, program_.channels),
                     "{}: no channel has the number {}", owner, effect.via.index);
    problems_.Expect(WithinOrNone(effect.only, program_.calendars),
                     "{}: no calendar has the number {}", owner, effect.only.index);
    problems_.Expect(Within(effect.text, program_.texts), "{}: no text has the number {}", owner,
                     effect.text.index);
    for (const std::uint32_t field : effect.step) {
      problems_.Expect(field < machine_.fields.size(),
                       "{}: its step names field {}, the machine has {}", owner, field,
                       machine_.fields.size());
    }
    problems_.Expect(effect.began == kNoField || effect.began < machine_.fields.size(),
                     "{}: the field {} of when it began, the machine has {}", owner, effect.began,
                     machine_.fields.size());
    CheckDuty(effect, owner);
  }
  void CheckDuty(const Effect& effect, std::string_view owner) {
    if (effect.duty == DutyOf::kNobody) {
      problems_.Expect(!effect.duty_machine.valid(), "{}: a duty that nobody has", owner);
      return;
    }
    problems_.Expect(machine_.key != KeyKind::kPerson,
                     "{}: a duty, and the machine is itself one for each person", owner);
    problems_.Expect(effect.duty != DutyOf::kParent || machine_.key != KeyKind::kRow,
                     "{}: the duty of a parent, and there is none", owner);
    if (problems_.Expect(Within(effect.duty_machine, program_.machines),
                         "{}: no machine has the number {}", owner, effect.duty_machine.index)) {
      const Machine& duty = program_.machines[effect.duty_machine.index];
      problems_.Expect(duty.key == KeyKind::kPerson, "{}: its duty `{}` is not one for each person",
                       owner, duty.name);
    }
  }

  void CheckTransition(std::size_t number) {
    const Transition& transition = machine_.transitions[number];
    const std::string owner = fmt::format("{}: transition {}", owner_, number);
    if (transition.from != kAnyState &&
        problems_.Expect(transition.from < final_.size(),
                         "{}: it leaves state {}, the machine has {}", owner, transition.from,
                         final_.size())) {
      problems_.Expect(!final_[transition.from], "{}: it leaves `{}`, which is final", owner,
                       machine_.states[transition.from]);
    }
    problems_.Expect(transition.to < final_.size(), "{}: it leads to state {}, the machine has {}",
                     owner, transition.to, final_.size());
    CheckTrigger(transition, owner);
    VerifyCode(program_, machine_, owner, CodeRole::kGuard, transition.guard, problems_);
    VerifyCode(program_, machine_, owner, CodeRole::kAction, transition.action, problems_);
  }
  void CheckTrigger(const Transition& transition, std::string_view owner) {
    std::size_t end = 1;  // the argument is 0 where the trigger takes none
    switch (transition.trigger) {
      case TriggerKind::kStarted:
        break;
      case TriggerKind::kSeries:
        problems_.Expect(!machine_.inputs.empty(), "{}: it waits for inputs, and there are none",
                         owner);
        break;
      case TriggerKind::kTimer:
        end = machine_.timers.size();
        break;
      case TriggerKind::kEvent:
        end = program_.events.size();
        break;
      case TriggerKind::kParentEnded:
        problems_.Expect(machine_.key != KeyKind::kRow,
                         "{}: it waits for a parent's end, and there is none", owner);
        break;
      case TriggerKind::kNobody:
        end = machine_.effects.size();
        break;
    }
    problems_.Expect(transition.argument < end,
                     "{}: its trigger has the argument {}, expected less than {}", owner,
                     transition.argument, end);
  }

  const Program& program_;
  const Machine& machine_;
  Problems& problems_;
  std::string owner_;
  std::vector<bool> final_;
};

}  // namespace

void VerifyMachines(const Program& program, Problems& problems) {
  ExpectNames(
      program.machines, [](const Machine& machine) -> const std::string& { return machine.name; },
      "", "machine", problems);
  for (const Machine& machine : program.machines) MachineCheck(program, machine, problems).Run();
  if (problems.empty()) VerifyFamilies(program, problems);
}

}  // namespace tocsin::ir
