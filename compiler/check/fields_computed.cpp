// Values that follow from others: `2 * 15m`, `P1.respond`, the name of a `let`.

#include <cmath>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/series.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

bool IsComputed(const Context& context, const syntax::Tree& tree, ExprId id) {
  const syntax::Expr& expr = tree[id];
  switch (expr.kind) {
    case ExprKind::kGroup:
      return IsComputed(context, tree, expr.operands[0]);
    case ExprKind::kBinary:
      // Hours are added and left out, too, by a reader of their own.
      return expr.op == syntax::Operator::kMultiply || expr.op == syntax::Operator::kDivide ||
             expr.op == syntax::Operator::kOf ||
             ((expr.op == syntax::Operator::kAdd || expr.op == syntax::Operator::kSubtract));
    case ExprKind::kUnary:
      return expr.op == syntax::Operator::kNegate;
    case ExprKind::kMember:
    case ExprKind::kName: {
      const auto name = context.NameAt(tree, id);
      const DeclId* found = name ? context.Lookup(name->text) : nullptr;
      return found != nullptr ? context.KindOf(*found) == "let"
                              : expr.kind == ExprKind::kMember && !name;
    }
    default:
      return false;
  }
}

std::optional<Value> ReadComputed(Context& context, const syntax::Tree& tree, ExprId id,
                                  const FieldType& type) {
  const auto wanted = TypeOfField(context, type);
  const bool quantity = wanted && wanted->kind == TypeKind::kQuantity;
  const bool reference = wanted && wanted->kind == TypeKind::kReference;
  if (!quantity && !reference) return std::nullopt;
  const SeriesId series = CheckSeries(context, tree, id);
  if (!series.valid()) return Value();
  const SeriesNode& node = context.policy[series];
  Type given = node.type;
  given.optional = false;
  const bool constant = node.kind == SeriesKind::kConstant || node.kind == SeriesKind::kTruth ||
                        node.kind == SeriesKind::kReference;
  if (!constant || !Fits(given, *wanted)) {
    context.sink.Emit(codes::kWrongType, node.span,
                      constant ? TypeText(*wanted) : "a value that never changes",
                      Describe(context.policy, series));
    return Value();
  }
  Value value;
  value.span = tree[id].span;
  const bool whole = std::nearbyint(node.number) == node.number && std::fabs(node.number) < 9e15;
  if (node.kind == SeriesKind::kReference) {
    value.data = Reference{node.decl};
  } else if (node.kind == SeriesKind::kTruth) {
    value.data = node.number != 0;
  } else if (wanted->unit == Unit::kDuration || wanted->unit == Unit::kCount) {
    if (!whole || node.number < 0 || (wanted->unit == Unit::kCount && node.number > 1e6)) {
      context.sink.Emit(codes::kOutOfRange, node.span,
                        values::FormatQuantity(node.number, node.type.unit),
                        wanted->unit == Unit::kCount ? "expected a whole number from 0 to 1000000"
                                                     : "expected whole milliseconds, at least 0");
      return Value();
    }
    if (wanted->unit == Unit::kCount) {
      value.data = static_cast<std::int64_t>(node.number);
    } else {
      value.data = DurationValue{static_cast<values::Duration>(node.number)};
    }
  } else {
    value.data = NumberValue{node.number, wanted->unit};
  }
  return value;
}

}  // namespace tocsin::check
