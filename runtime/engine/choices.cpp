#include "runtime/engine/choices.h"

#include <algorithm>
#include <optional>
#include <span>

namespace tocsin::engine {
namespace {

constexpr std::size_t kMostInputs = 4;

using Value = std::optional<std::int64_t>;  // nothing: it depends on more than state and inputs

Value Combine(ir::ScalarOp op, Value a, Value b) {
  const bool zero = a == 0 || b == 0, one = a == 1 || b == 1;
  if (op == ir::ScalarOp::kAnd && zero) return 0;
  if (op == ir::ScalarOp::kOr && one) return 1;
  if (!a || !b) return std::nullopt;
  if (op == ir::ScalarOp::kAnd) return *a & *b;
  if (op == ir::ScalarOp::kOr) return *a | *b;
  if (op == ir::ScalarOp::kEqual) return *a == *b ? 1 : 0;
  if (op == ir::ScalarOp::kLess) return *a < *b ? 1 : 0;
  return std::nullopt;
}

Value ValueOf(std::span<const ir::ScalarInst> guard, const ir::MachineFrame& frame) {
  std::vector<Value> made;
  const auto at = [&](std::int64_t place) { return made[static_cast<std::size_t>(place)]; };
  for (const ir::ScalarInst& inst : guard) {
    Value value;
    if (inst.op == ir::ScalarOp::kLiteral) {
      value = inst.a;
    } else if (inst.op == ir::ScalarOp::kInputTrue) {
      value = static_cast<std::int64_t>(frame.inputs_true >> inst.a & 1u);
    } else if (inst.op == ir::ScalarOp::kInputFalse) {
      value = static_cast<std::int64_t>((frame.inputs_known & ~frame.inputs_true) >> inst.a & 1u);
    } else if (inst.op == ir::ScalarOp::kNot) {
      if (const Value operand = at(inst.a)) value = *operand == 0 ? 1 : 0;
    } else if (inst.op == ir::ScalarOp::kAnd || inst.op == ir::ScalarOp::kOr ||
               inst.op == ir::ScalarOp::kEqual || inst.op == ir::ScalarOp::kLess) {
      value = Combine(inst.op, at(inst.a), at(inst.b));
    }
    made.push_back(value);
  }
  return made.empty() ? 1 : made.back();
}

bool Leaves(const ir::Machine& machine, const ir::Transition& transition, std::uint32_t state) {
  if (transition.trigger != ir::TriggerKind::kSeries) return false;
  if (transition.from != ir::kAnyState) return transition.from == state;
  return std::ranges::find(machine.final_states, state) == machine.final_states.end();
}

// Whether state and inputs alone say which of the transitions is the first that applies.
bool Decided(const ir::Machine& machine, const ir::MachineFrame& frame) {
  for (const ir::Transition& transition : machine.transitions) {
    if (!Leaves(machine, transition, static_cast<std::uint32_t>(frame.state))) continue;
    const Value applies = ValueOf(transition.guard, frame);
    if (!applies) return false;
    if (*applies != 0) return true;
  }
  return true;
}

}  // namespace

Choices::Choices(const ir::Program& program, Executor& executor)
    : program_(program), executor_(executor), tables_(program.machines.size()) {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    const ir::Machine& machine = program.machines[i];
    const std::size_t inputs = machine.inputs.size();
    if (inputs == 0 || inputs > kMostInputs) continue;
    tables_[i].inputs = inputs;
    tables_[i].made.assign(machine.states.size() << (2 * inputs), kNotYet);
  }
}

std::int32_t Choices::Make(ir::MachineId machine, const ir::MachineFrame& frame) {
  if (!Decided(program_.machines[machine.index], frame)) return kAsk;
  return static_cast<std::int32_t>(executor_.Select(machine, frame));
}

}  // namespace tocsin::engine
