#include "compiler/prove/formula.h"

#include <bit>
#include <cmath>
#include <tuple>

#include "runtime/base/check.h"

namespace tocsin::prove {

bool Formula::Order::operator()(const Node& a, const Node& b) const {
  const auto parts = [](const Node& node) {
    return std::tuple(node.kind, std::bit_cast<std::uint64_t>(node.constant), node.a, node.b,
                      node.c);
  };
  return parts(a) < parts(b);
}

std::uint32_t Formula::Put(Node node) {
  const auto [place, added] = known_.emplace(node, static_cast<std::uint32_t>(nodes_.size()));
  if (added) nodes_.push_back(node);
  return place->second;
}

VariableId Formula::Add(Variable variable) {
  variables_.push_back(variable);
  return VariableId(variables_.size() - 1);
}

NumberId Formula::Number(VariableId variable) {
  return NumberId(Put({NodeKind::kNumber, 0, variable.index}));
}

NumberId Formula::Constant(double value) {
  TOCSIN_CHECK(std::isfinite(value), "a constant of a formula is not finite");
  return NumberId(Put({NodeKind::kConstant, value == 0 ? 0 : value}));  // there is one zero
}

NumberId Formula::Sum(NumberId a, NumberId b) {
  return NumberId(Put({NodeKind::kAdd, 0, a.index, b.index}));
}

NumberId Formula::Difference(NumberId a, NumberId b) {
  return NumberId(Put({NodeKind::kSubtract, 0, a.index, b.index}));
}

NumberId Formula::Scaled(double factor, NumberId a) {
  TOCSIN_CHECK(std::isfinite(factor), "a constant of a formula is not finite");
  return NumberId(Put({NodeKind::kScale, factor, a.index}));
}

NumberId Formula::Either(TruthId condition, NumberId then, NumberId otherwise) {
  if (then == otherwise || Of(condition).kind == NodeKind::kTrue) return then;
  if (Of(condition).kind == NodeKind::kFalse) return otherwise;
  return NumberId(Put({NodeKind::kEither, 0, condition.index, then.index, otherwise.index}));
}

TruthId Formula::Always(bool truth) {
  return TruthId(Put({truth ? NodeKind::kTrue : NodeKind::kFalse}));
}

TruthId Formula::Truth(VariableId variable) {
  return TruthId(Put({NodeKind::kTruth, 0, variable.index}));
}

TruthId Formula::Is(VariableId choice, std::size_t which) {
  return TruthId(Put({NodeKind::kIs, 0, choice.index, static_cast<std::uint32_t>(which)}));
}

TruthId Formula::Compare(NodeKind kind, NumberId a, NumberId b) {
  const Node &left = Of(a), &right = Of(b);
  if (left.kind == NodeKind::kConstant && right.kind == NodeKind::kConstant) {
    return Always(kind == NodeKind::kLess        ? left.constant < right.constant
                  : kind == NodeKind::kLessEqual ? left.constant <= right.constant
                                                 : left.constant == right.constant);
  }
  if (a == b) return Always(kind != NodeKind::kLess);
  return TruthId(Put({kind, 0, a.index, b.index}));
}

TruthId Formula::Less(NumberId a, NumberId b) { return Compare(NodeKind::kLess, a, b); }
TruthId Formula::LessEqual(NumberId a, NumberId b) { return Compare(NodeKind::kLessEqual, a, b); }
TruthId Formula::Equal(NumberId a, NumberId b) { return Compare(NodeKind::kEqual, a, b); }

TruthId Formula::Not(TruthId a) {
  if (Of(a).kind == NodeKind::kFalse) return Always(true);
  if (Of(a).kind == NodeKind::kTrue) return Always(false);
  if (Of(a).kind == NodeKind::kNot) return TruthId(Of(a).a);
  return TruthId(Put({NodeKind::kNot, 0, a.index}));
}

TruthId Formula::And(TruthId a, TruthId b) {
  if (a > b) std::swap(a, b);
  if (a == b || Of(a).kind == NodeKind::kTrue || Of(b).kind == NodeKind::kFalse) return b;
  if (Of(b).kind == NodeKind::kTrue || Of(a).kind == NodeKind::kFalse) return a;
  return TruthId(Put({NodeKind::kAnd, 0, a.index, b.index}));
}

TruthId Formula::Or(TruthId a, TruthId b) {
  if (a > b) std::swap(a, b);
  if (a == b || Of(a).kind == NodeKind::kFalse || Of(b).kind == NodeKind::kTrue) return b;
  if (Of(b).kind == NodeKind::kFalse || Of(a).kind == NodeKind::kTrue) return a;
  return TruthId(Put({NodeKind::kOr, 0, a.index, b.index}));
}

}  // namespace tocsin::prove
