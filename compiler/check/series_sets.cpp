// Calls about sets and lists: `known(owner)`, `has_any(tags, [data_loss])`.

#include <array>
#include <set>

#include "compiler/check/series.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

// Reports what stands in a list twice.
bool SeriesChecker::EachOnce(const Expr& list) {
  std::set<std::string_view> seen;
  for (const ExprId item : list.operands) {
    const std::string_view written = context_.sources.Text(tree_[item].span);
    if (seen.insert(written).second) continue;
    context_.sink.Emit(codes::kTwiceInList, tree_[item].span, diagnostics::Shown(written, 40));
    return false;
  }
  return true;
}

SeriesId SeriesChecker::OfSets(const Expr& expr, std::string_view name) {
  static constexpr std::array<std::string_view, 2> kNames = {"of", "wanted"};
  const std::size_t count = name == "known" ? 1 : 2;
  const auto given = Arguments(context_, tree_, expr, name, std::span(kNames).first(count), count);
  const SeriesId of = Check(given[0]);
  if (!of.valid()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kWithin;
  node.text = name;
  node.type = QuantityType(Unit::kBool);
  node.operands = {of};
  const Type type = (*this)[of].type;
  if (count == 1) {
    if (!type.optional) {
      context_.sink.Emit(codes::kWrongType, (*this)[of].span, "what may be absent",
                         Describe(context_.policy, of));
      return {};
    }
  } else {
    if (type.kind != TypeKind::kSet && type.kind != TypeKind::kList) {
      context_.sink.Emit(codes::kWrongType, (*this)[of].span, "a set or a list",
                         Describe(context_.policy, of));
      return {};
    }
    if (!given[1].valid()) return {};
    const Expr& list = tree_[given[1]];
    if (list.kind == ExprKind::kList) {
      if (list.operands.empty()) context_.sink.Emit(codes::kEmptyList, list.span, "value");
      if (list.operands.empty() || !EachOnce(list)) return {};
      for (const ExprId item : list.operands) {
        const SeriesId value = CheckAs(item, *type.element);
        if (!value.valid()) return {};
        if (!Common((*this)[value].type, *type.element)) {
          context_.sink.Emit(codes::kWrongType, (*this)[value].span, TypeText(*type.element),
                             Describe(context_.policy, value));
          return {};
        }
        node.operands.push_back(value);
      }
    } else {
      const SeriesId other = Check(given[1]);
      if (!other.valid()) return {};
      const Type& wanted = (*this)[other].type;
      if (wanted.element == nullptr || !Common(*wanted.element, *type.element)) {
        context_.sink.Emit(codes::kWrongType, (*this)[other].span, TypeText(type),
                           Describe(context_.policy, other));
        return {};
      }
      node.operands.push_back(other);
    }
  }
  if (!Join(node.operands, node)) return {};
  return Add(std::move(node), expr);
}

}  // namespace tocsin::check
