#include "compiler/core/core.h"

namespace tocsin::core {

Guard InputTrue(std::string input) { return {GuardKind::kInputTrue, std::move(input), 0, {}}; }
Guard InputFalse(std::string input) { return {GuardKind::kInputFalse, std::move(input), 0, {}}; }
Guard FieldIs(std::string field, std::int64_t number) {
  return {GuardKind::kFieldIs, std::move(field), number, {}};
}
Guard FieldBelow(std::string field, std::int64_t number) {
  return {GuardKind::kFieldBelow, std::move(field), number, {}};
}
Guard Both(Guard first, Guard second) {
  return {GuardKind::kAnd, {}, 0, {std::move(first), std::move(second)}};
}
Guard Not(Guard part) { return {GuardKind::kNot, {}, 0, {std::move(part)}}; }

Step Set(std::string field, std::int64_t number) {
  return {StepKind::kSet, std::move(field), number, 0};
}
Step SetNow(std::string field) { return {StepKind::kSetNow, std::move(field), 0, 0}; }
Step AddTo(std::string field, std::int64_t number) {
  return {StepKind::kAdd, std::move(field), number, 0};
}
Step Arm(std::string timer, values::Duration after_ms) {
  return {StepKind::kArm, std::move(timer), after_ms, 0};
}
Step Cancel(std::string timer) { return {StepKind::kCancel, std::move(timer), 0, 0}; }
Step Emit(std::size_t effect) { return {StepKind::kEmit, {}, 0, effect}; }
Step Spawn(std::string machine) { return {StepKind::kSpawn, std::move(machine), 0, 0}; }
Step EndChildren() { return {StepKind::kEndChildren, {}, 0, 0}; }

TermId Policy::Add(Term term) {
  terms.push_back(std::move(term));
  return TermId(terms.size() - 1);
}

TermId Policy::Column(std::string column, bool truth) {
  return Add({.kind = TermKind::kColumn, .truth = truth, .name = std::move(column)});
}

TermId Policy::Operator(ir::SeriesOp op, bool truth, std::vector<TermId> operands) {
  return Add(
      {.kind = TermKind::kOperator, .truth = truth, .op = op, .operands = std::move(operands)});
}

TermId Policy::Hold(TermId operand, values::Duration duration_ms) {
  if (duration_ms == 0) return operand;  // one tick is enough
  return Add(
      {.kind = TermKind::kHold, .truth = true, .duration_ms = duration_ms, .operands = {operand}});
}

}  // namespace tocsin::core
