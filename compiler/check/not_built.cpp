// What is well typed and cannot be compiled yet: said once for each expression.

#include "compiler/check/context.h"

namespace tocsin::check {
namespace {

std::string What(const SeriesNode& node) {
  switch (node.kind) {
    case SeriesKind::kSignal:
    case SeriesKind::kConstant:
    case SeriesKind::kTruth:
    case SeriesKind::kOperator:
    case SeriesKind::kSelect:
    case SeriesKind::kWhere:
    case SeriesKind::kLabelIs:
    case SeriesKind::kChoice:
    case SeriesKind::kState:
      return node.quantity() ? std::string() : TypeText(node.type) + " in a condition";
    case SeriesKind::kWindow:
      return {};
    case SeriesKind::kCall:
      return node.function->column != nullptr || node.function->aggregate != nullptr ||
                     node.function->earlier
                 ? std::string()
                 : fmt::format("`{}`", node.function->name);
    case SeriesKind::kFold:
      return node.function->aggregate != nullptr
                 ? std::string()
                 : fmt::format("`{}` across rows", node.function->name);
    case SeriesKind::kCompare:
    case SeriesKind::kWithin:
    case SeriesKind::kOrElse:
    case SeriesKind::kMember:
    case SeriesKind::kList:
    case SeriesKind::kLiteral:
    case SeriesKind::kReference:
    case SeriesKind::kLabel:
    case SeriesKind::kParameter:
    case SeriesKind::kAbout:
      return TypeText(node.type) + " of this sort in a condition";
  }
  return {};
}

const SeriesNode* FirstNotBuilt(const Policy& policy, SeriesId id) {
  const SeriesNode& node = policy[id];
  if (!What(node).empty()) return &node;
  for (const SeriesId operand : node.operands) {
    if (const SeriesNode* found = FirstNotBuilt(policy, operand)) return found;
  }
  return nullptr;
}

}  // namespace

bool Runs(Context& context, SeriesId id) {
  const SeriesNode* found = id.valid() ? FirstNotBuilt(context.policy, id) : nullptr;
  if (found == nullptr) return id.valid();
  context.sink.Emit(codes::kNotBuilt, found->span, What(*found));
  return false;
}

}  // namespace tocsin::check
