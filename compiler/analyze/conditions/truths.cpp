// Conditions as statements, in three-valued logic.

#include <algorithm>

#include "compiler/analyze/conditions/conditions.h"

namespace tocsin::analyze::conditions {

using check::SeriesKind;
using check::SeriesNode;
using ir::SeriesOp;
using prove::VariableId;

namespace {

bool Compares(SeriesOp op) {
  return op == SeriesOp::kLess || op == SeriesOp::kLessEqual || op == SeriesOp::kGreater ||
         op == SeriesOp::kGreaterEqual || op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
}

}  // namespace

Truth Conditions::Of(SeriesId condition, For purpose) {
  const Truth truth = TruthOf(condition, purpose);
  const auto rows = Scope(condition, purpose);
  return rows ? OnlyWhere(truth, *rows) : truth;
}

Truth Conditions::OnlyWhere(Truth truth, TruthId rows) {
  return {formula_.And(truth.yes, rows), formula_.And(truth.no, rows)};
}

Truth Conditions::TruthOf(SeriesId id, For purpose) {
  if (const auto made = truths_.find({id, purpose}); made != truths_.end()) return made->second;
  const Truth truth = MakeTruth(policy_[id], id, purpose);
  truths_.emplace(std::pair(id, purpose), truth);
  return truth;
}

Truth Conditions::MakeTruth(const SeriesNode& node, SeriesId id, For purpose) {
  switch (node.kind) {
    case SeriesKind::kTruth:
      return {formula_.Always(node.number != 0), formula_.Always(node.number == 0)};
    case SeriesKind::kSignal:
      if (policy_[node.decl].value.valid()) return TruthOf(policy_[node.decl].value, purpose);
      return TruthAtom(id);
    case SeriesKind::kOperator:
      return Compares(node.op) ? Comparison(node, purpose) : Logic(node, purpose);
    case SeriesKind::kSelect:
      return OnlyWhere(TruthOf(node.operands[0], purpose), Rows(node));
    case SeriesKind::kWhere:
      return OnlyWhere(TruthOf(node.operands[0], purpose), TruthOf(node.operands[1], purpose).yes);
    case SeriesKind::kLabelIs: {
      const TruthId rows = Rows(node);
      return {rows, formula_.Not(rows)};
    }
    case SeriesKind::kChoice: {
      const Truth which = TruthOf(node.operands[0], purpose);
      const Truth a = TruthOf(node.operands[1], purpose), b = TruthOf(node.operands[2], purpose);
      const auto either = [&](TruthId first, TruthId second) {
        return formula_.Or(formula_.And(which.yes, first), formula_.And(which.no, second));
      };
      return {either(a.yes, b.yes), either(a.no, b.no)};
    }
    default:
      return TruthAtom(id);
  }
}

Truth Conditions::Logic(const SeriesNode& node, For purpose) {
  std::vector<Truth> parts;
  for (const SeriesId operand : node.operands) {
    Truth part = TruthOf(operand, purpose);
    // A row that one side of `or` leaves out is not unknown there: that side just does not hold.
    if (node.op == SeriesOp::kOr) {
      if (const auto rows = Scope(operand, purpose))
        part = {formula_.And(part.yes, *rows), formula_.Or(part.no, formula_.Not(*rows))};
    }
    parts.push_back(part);
  }
  if (node.op == SeriesOp::kNot) return {parts[0].no, parts[0].yes};
  const Truth &a = parts[0], &b = parts[1];
  if (node.op == SeriesOp::kAnd) return {formula_.And(a.yes, b.yes), formula_.Or(a.no, b.no)};
  return {formula_.Or(a.yes, b.yes), formula_.And(a.no, b.no)};
}

Truth Conditions::Comparison(const SeriesNode& node, For purpose) {
  const Number a = NumberOf(node.operands[0], purpose), b = NumberOf(node.operands[1], purpose);
  const TruthId known = formula_.And(a.known, b.known);
  const auto holds = [&]() -> TruthId {
    switch (node.op) {
      case SeriesOp::kLess:
        return formula_.Less(a.value, b.value);
      case SeriesOp::kLessEqual:
        return formula_.LessEqual(a.value, b.value);
      case SeriesOp::kGreater:
        return formula_.Less(b.value, a.value);
      case SeriesOp::kGreaterEqual:
        return formula_.LessEqual(b.value, a.value);
      case SeriesOp::kEqual:
        return formula_.Equal(a.value, b.value);
      default:
        return formula_.Not(formula_.Equal(a.value, b.value));
    }
  }();
  return {formula_.And(known, holds), formula_.And(known, formula_.Not(holds))};
}

// The rows that a selection names.
TruthId Conditions::Rows(const SeriesNode& node) {
  TruthId rows = formula_.Always(true);
  for (const check::Selection& selection : node.selections) {
    const VariableId label = Label(selection.label);
    TruthId any = formula_.Always(false);
    for (const std::string& value : selection.values)
      any = formula_.Or(any, formula_.Is(label, LabelValue(label, value)));
    rows = formula_.And(rows, selection.except ? formula_.Not(any) : any);
  }
  return rows;
}

bool Conditions::OfLabels(SeriesId id) const {
  const SeriesNode& node = policy_[id];
  if (node.kind == SeriesKind::kLabelIs) return true;
  const bool logic =
      node.kind == SeriesKind::kOperator &&
      (node.op == SeriesOp::kAnd || node.op == SeriesOp::kOr || node.op == SeriesOp::kNot);
  return logic &&
         std::ranges::all_of(node.operands, [&](SeriesId operand) { return OfLabels(operand); });
}

// The rows that a series is about, as compiler/kinds/expand.cpp makes them; nothing for all.
std::optional<TruthId> Conditions::Scope(SeriesId id, For purpose) {
  const SeriesNode& node = policy_[id];
  if (node.kind == SeriesKind::kOperator && node.op == SeriesOp::kOr) {
    const auto a = Scope(node.operands[0], purpose), b = Scope(node.operands[1], purpose);
    return a && b ? std::optional(formula_.Or(*a, *b)) : std::nullopt;
  }
  if (node.kind == SeriesKind::kLabelIs || node.kind == SeriesKind::kFold) return std::nullopt;
  std::optional<TruthId> scope;
  const auto join = [&](std::optional<TruthId> part) {
    if (part) scope = scope ? formula_.And(*scope, *part) : *part;
  };
  if (node.kind == SeriesKind::kWhere) {
    join(Scope(node.operands[0], purpose));
    if (OfLabels(node.operands[1])) join(TruthOf(node.operands[1], purpose).yes);
    return scope;
  }
  for (const SeriesId operand : node.operands) join(Scope(operand, purpose));
  if (!node.selections.empty()) join(Rows(node));
  return scope;
}

VariableId Conditions::Label(const std::string& name) {
  if (const auto made = labels_.find(name); made != labels_.end()) return made->second;
  Meaning meaning{.what = Meaning::What::kLabel, .label = name};
  const DeclId declared = policy_.Find(name);
  const auto* domain =
      declared.valid() ? check::Get<check::Domain>(policy_[declared].type) : nullptr;
  if (domain != nullptr && domain->closed) meaning.values = domain->values;
  const std::size_t choices = meaning.values.size();
  const VariableId label =
      Add({.sort = prove::Sort::kChoice, .choices = choices}, std::move(meaning));
  labels_.emplace(name, label);
  return label;
}

std::size_t Conditions::LabelValue(VariableId label, const std::string& value) {
  std::vector<std::string>& values = meanings_[label.index].values;
  const auto found = std::ranges::find(values, value);
  const auto place = static_cast<std::size_t>(found - values.begin());
  // One that a closed label does not have was reported before.
  if (found == values.end()) values.push_back(value);
  return place;
}

}  // namespace tocsin::analyze::conditions
