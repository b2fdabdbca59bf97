#include "runtime/engine/interpreter_machines.h"

#include <algorithm>
#include <limits>

namespace tocsin::engine {
namespace {

std::int64_t AddSaturating(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? std::numeric_limits<std::int64_t>::min()
               : std::numeric_limits<std::int64_t>::max();
}

bool IsFinal(const ir::Machine& machine, std::int64_t state) {
  return std::ranges::any_of(machine.final_states,
                             [&](std::uint32_t final_state) { return final_state == state; });
}

bool Matches(const ir::Machine& machine, const ir::Transition& transition,
             const ir::MachineFrame& frame) {
  if (transition.from == ir::kAnyState ? IsFinal(machine, frame.state)
                                       : transition.from != frame.state) {
    return false;
  }
  if (static_cast<std::int64_t>(transition.trigger) != frame.trigger) return false;
  return !ir::HasArgument(transition.trigger) || transition.argument == frame.argument;
}

}  // namespace

MachineInterpreter::MachineInterpreter(const ir::Program& program) : program_(program) {
  std::size_t longest = 0;
  for (const ir::Machine& machine : program.machines) {
    for (const ir::Transition& transition : machine.transitions) {
      longest = std::max({longest, transition.guard.size(), transition.action.size()});
    }
  }
  registers_.resize(longest);
}

std::int64_t MachineInterpreter::Select(ir::MachineId machine, const ir::MachineFrame& frame) {
  const ir::Machine& code = program_.machines[machine.index];
  for (std::size_t i = 0; i < code.transitions.size(); ++i) {
    const ir::Transition& transition = code.transitions[i];
    if (Matches(code, transition, frame) && Run(transition.guard, frame) != 0) {
      return static_cast<std::int64_t>(i);
    }
  }
  return -1;
}

void MachineInterpreter::Act(ir::MachineId machine, const ir::MachineFrame& frame,
                             std::int64_t transition) {
  const ir::Machine& code = program_.machines[machine.index];
  Run(code.transitions[static_cast<std::size_t>(transition)].action, frame);
}

std::int64_t MachineInterpreter::Run(std::span<const ir::ScalarInst> code,
                                     const ir::MachineFrame& frame) {
  using ir::ScalarOp;
  std::int64_t result = 1;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::int64_t a = code[i].a;
    const std::int64_t b = code[i].b;
    auto reg = [&](std::int64_t number) { return registers_[static_cast<std::size_t>(number)]; };
    result = 0;
    switch (code[i].op) {
      case ScalarOp::kLiteral:
        result = a;
        break;
      case ScalarOp::kNow:
        result = frame.now_ms;
        break;
      case ScalarOp::kField:
        result = frame.fields[a];
        break;
      case ScalarOp::kInputTrue:
        result = static_cast<std::int64_t>(frame.inputs_true >> a & 1u);
        break;
      case ScalarOp::kInputFalse:
        result = static_cast<std::int64_t>((frame.inputs_known & ~frame.inputs_true) >> a & 1u);
        break;
      case ScalarOp::kAdd:
        result = AddSaturating(reg(a), reg(b));
        break;
      case ScalarOp::kEqual:
        result = reg(a) == reg(b);
        break;
      case ScalarOp::kLess:
        result = reg(a) < reg(b);
        break;
      case ScalarOp::kAnd:
        result = reg(a) & reg(b);
        break;
      case ScalarOp::kOr:
        result = reg(a) | reg(b);
        break;
      case ScalarOp::kNot:
        result = reg(a) == 0;
        break;
      case ScalarOp::kSetField:
        frame.fields[a] = reg(b);
        break;
      case ScalarOp::kArm:
        frame.calls->arm(frame.host, a, reg(b));
        break;
      case ScalarOp::kCancel:
        frame.calls->cancel(frame.host, a);
        break;
      case ScalarOp::kEmit:
        frame.calls->emit(frame.host, a);
        break;
      case ScalarOp::kSpawn:
        frame.calls->spawn(frame.host, a);
        break;
      case ScalarOp::kEndChildren:
        frame.calls->end_children(frame.host);
        break;
    }
    registers_[i] = result;
  }
  return result;
}

}  // namespace tocsin::engine
