// Arithmetic. A result that is not finite is absent, so whether it is finite is a variable of its
// own: nothing that is proven depends on it.

#include <cmath>

#include "compiler/analyze/conditions/conditions.h"

namespace tocsin::analyze::conditions {

using check::SeriesKind;
using check::SeriesNode;
using ir::SeriesOp;
using prove::NumberId;
using prove::VariableId;

std::optional<double> Conditions::Constant(NumberId number) const {
  const prove::Node& node = formula_.nodes()[number.index];
  return node.kind == prove::NodeKind::kConstant ? std::optional(node.constant) : std::nullopt;
}

Conditions::Number Conditions::NumberOf(SeriesId id, For purpose) {
  if (const auto made = numbers_.find({id, purpose}); made != numbers_.end()) return made->second;
  const Number number = MakeNumber(policy_[id], id, purpose);
  numbers_.emplace(std::pair(id, purpose), number);
  return number;
}

Conditions::Number Conditions::MakeNumber(const SeriesNode& node, SeriesId id, For purpose) {
  switch (node.kind) {
    case SeriesKind::kConstant:
      return {formula_.Constant(node.number), formula_.Always(true)};
    case SeriesKind::kSignal:
      if (policy_[node.decl].value.valid()) return NumberOf(policy_[node.decl].value, purpose);
      return NumberAtom(id);
    case SeriesKind::kOperator:
      return Arithmetic(node, id, purpose);
    case SeriesKind::kSelect: {
      const Number of = NumberOf(node.operands[0], purpose);
      return {of.value, formula_.And(of.known, Rows(node))};
    }
    case SeriesKind::kWhere: {
      const Number of = NumberOf(node.operands[0], purpose);
      return {of.value, formula_.And(of.known, TruthOf(node.operands[1], purpose).yes)};
    }
    case SeriesKind::kChoice: {
      const Truth which = TruthOf(node.operands[0], purpose);
      const Number a = NumberOf(node.operands[1], purpose), b = NumberOf(node.operands[2], purpose);
      return {formula_.Either(which.yes, a.value, b.value),
              formula_.Or(formula_.And(which.yes, a.known), formula_.And(which.no, b.known))};
    }
    default:
      return NumberAtom(id);
  }
}

Conditions::Number Conditions::Arithmetic(const SeriesNode& node, SeriesId id, For purpose) {
  const Number a = NumberOf(node.operands.front(), purpose);
  const Number b = NumberOf(node.operands.back(), purpose);
  const TruthId known = formula_.And(a.known, b.known);
  if (const auto exact = Exact(node.op, a.value, b.value)) return {*exact, known};
  if (purpose == For::kExample) {
    // Nobody compares what may be negative with a part of it.
    for (const NumberId part : {a.value, b.value}) {
      const prove::Node& of = formula_.nodes()[part.index];
      if (of.kind == prove::NodeKind::kNumber)
        likely_[VariableId(of.a)].push_back(formula_.LessEqual(formula_.Constant(0), part));
    }
    if (const auto result = Unrounded(node.op, a.value, b.value)) return {*result, known};
  }
  return Rounded(node.op, id, a, b);
}

// What no double rounds.
std::optional<NumberId> Conditions::Exact(SeriesOp op, NumberId a, NumberId b) {
  switch (op) {
    case SeriesOp::kNegate:
      return formula_.Scaled(-1, a);
    case SeriesOp::kAbsolute:
      return formula_.Either(formula_.Less(a, formula_.Constant(0)), formula_.Scaled(-1, a), a);
    case SeriesOp::kMinimum:
      return formula_.Either(formula_.Less(b, a), b, a);
    case SeriesOp::kMaximum:
      return formula_.Either(formula_.Less(a, b), b, a);
    default:
      return std::nullopt;
  }
}

std::optional<NumberId> Conditions::Unrounded(SeriesOp op, NumberId a, NumberId b) {
  const auto left = Constant(a), right = Constant(b);
  if (op == SeriesOp::kAdd) return formula_.Sum(a, b);
  if (op == SeriesOp::kSubtract) return formula_.Difference(a, b);
  if (op == SeriesOp::kMultiply && left) return formula_.Scaled(*left, b);
  if (op == SeriesOp::kMultiply && right) return formula_.Scaled(*right, a);
  if (op == SeriesOp::kDivide && right && *right != 0 && std::isfinite(1 / *right))
    return formula_.Scaled(1 / *right, a);
  return std::nullopt;
}

Conditions::Number Conditions::Rounded(SeriesOp op, SeriesId id, Number a, Number b) {
  if ((op == SeriesOp::kAdd || op == SeriesOp::kMultiply) && a.value > b.value) std::swap(a, b);
  const auto [place, added] = rounded_.try_emplace({op, a.value, b.value});
  if (added) {
    const VariableId finite = Add({.sort = prove::Sort::kTruth}, {});
    place->second = Add({}, {.what = Meaning::What::kValue, .series = id, .known = finite});
    OfRounded(op, place->second, a.value, b.value);
    if (op == SeriesOp::kMultiply || op == SeriesOp::kDivide)
      likely_[place->second].push_back(
          formula_.LessEqual(formula_.Constant(0), formula_.Number(place->second)));
  }
  const VariableId result = place->second;
  const TruthId known =
      formula_.And(formula_.And(a.known, b.known), Known(meanings_[result.index].known));
  return {formula_.Number(result), known};
}

// What is true of a rounded result, as rounding keeps the order of numbers and every operand is a
// double that is its own rounding.
void Conditions::OfRounded(SeriesOp op, VariableId result, NumberId a, NumberId b) {
  prove::Formula& f = formula_;
  const NumberId r = f.Number(result), zero = f.Constant(0), one = f.Constant(1);
  const auto say = [&](TruthId where, TruthId then) {
    certain_[result].push_back(f.Or(f.Not(where), then));
  };
  const auto grows = [&](NumberId by, NumberId from) {  // r = from + by
    say(f.LessEqual(zero, by), f.LessEqual(from, r));
    say(f.LessEqual(by, zero), f.LessEqual(r, from));
  };
  const auto same = [&](TruthId x, TruthId y) {
    return f.Or(f.And(x, y), f.And(f.Not(x), f.Not(y)));
  };
  const TruthId alike = same(f.LessEqual(zero, a), f.LessEqual(zero, b));
  switch (op) {
    case SeriesOp::kAdd:
      grows(b, a);
      grows(a, b);
      break;
    case SeriesOp::kSubtract:
      say(f.LessEqual(zero, b), f.LessEqual(r, a));
      say(f.LessEqual(b, zero), f.LessEqual(a, r));
      certain_[result].push_back(same(f.Less(zero, r), f.Less(b, a)));
      certain_[result].push_back(same(f.Less(r, zero), f.Less(a, b)));
      break;
    case SeriesOp::kMultiply:
      if (const auto factor = Constant(a)) return OfMultiple(result, *factor, b);
      if (const auto factor = Constant(b)) return OfMultiple(result, *factor, a);
      say(alike, f.LessEqual(zero, r));
      break;
    case SeriesOp::kDivide: {
      const TruthId above = f.Less(zero, b);
      say(alike, f.LessEqual(zero, r));
      say(f.And(above, f.LessEqual(a, zero)), f.LessEqual(r, zero));
      say(f.And(above, f.LessEqual(a, b)), f.LessEqual(r, one));
      say(f.And(above, f.LessEqual(b, a)), f.LessEqual(one, r));
      break;
    }
    default:
      break;
  }
}

// Of `80% of limit`: a larger factor makes it no smaller, nor does a larger limit.
void Conditions::OfMultiple(VariableId result, double factor, NumberId of) {
  constexpr std::size_t kMostCompared = 8;
  if (!(factor > 0)) return;
  prove::Formula& f = formula_;
  const NumberId r = f.Number(result), zero = f.Constant(0);
  const TruthId positive = f.LessEqual(zero, of), negative = f.LessEqual(of, zero);
  const auto say = [&](TruthId where, TruthId then) {
    certain_[result].push_back(f.Or(f.Not(where), then));
  };
  say(positive, f.LessEqual(zero, r));
  say(negative, f.LessEqual(r, zero));
  say(positive, factor <= 1 ? f.LessEqual(r, of) : f.LessEqual(of, r));
  say(negative, factor <= 1 ? f.LessEqual(of, r) : f.LessEqual(r, of));
  const std::size_t first =
      multiples_.size() > kMostCompared ? multiples_.size() - kMostCompared : 0;
  for (std::size_t i = first; i < multiples_.size(); ++i) {
    const Multiple& other = multiples_[i];
    const NumberId s = f.Number(other.result);
    if (other.of == of) {
      const bool larger = factor >= other.factor;
      say(positive, larger ? f.LessEqual(s, r) : f.LessEqual(r, s));
      say(negative, larger ? f.LessEqual(r, s) : f.LessEqual(s, r));
    } else if (other.factor == factor) {
      say(f.LessEqual(of, other.of), f.LessEqual(r, s));
      say(f.LessEqual(other.of, of), f.LessEqual(s, r));
    }
  }
  multiples_.push_back({result, factor, of});
}

}  // namespace tocsin::analyze::conditions
