// Values that follow from others: `2 * 15m`, `P1.respond`, the name of a `let`.

#include <cmath>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/series.h"
#include "runtime/base/limits.h"

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
      return expr.op != syntax::Operator::kPer;
    case ExprKind::kUnary:
    case ExprKind::kIf:
      return true;
    case ExprKind::kCall: {
      const auto name = context.NameAt(tree, expr.operands[0]);
      const DeclId* found = name ? context.Lookup(name->text) : nullptr;
      return found != nullptr ? context.KindOf(*found) == "function"
                              : name && OperandsOf(name->text) > 0;
    }
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

std::optional<DeclId> LetAt(const Context& context, const syntax::Tree& tree, ExprId id) {
  const auto name = context.NameAt(tree, id);
  const DeclId* found = name ? context.Lookup(name->text) : nullptr;
  if (found == nullptr || context.KindOf(*found) != "let") return std::nullopt;
  return *found;
}

namespace {

// Whether values of a type are read from what a `let` stands for, rather than computed; a word is
// always what it says.
bool ReadsNamed(const Context& context, const FieldType& type) {
  const auto wanted = TypeOfField(context, type);
  if (!wanted) return type.word == "recipients";
  return wanted->kind != TypeKind::kQuantity && wanted->kind != TypeKind::kReference &&
         wanted->kind != TypeKind::kChoice && wanted->kind != TypeKind::kCalendar;
}

}  // namespace

std::optional<Value> ReadNamed(Context& context, const syntax::Tree& tree, ExprId id,
                               const FieldType& type) {
  const auto named = LetAt(context, tree, id);
  if (!named || context.sources.builtin(tree.source) || !ReadsNamed(context, type))
    return std::nullopt;
  const std::size_t before = context.sink.all().size();
  if (!LetOf(context, *named, tree[id].span).valid()) return Value();
  const Declared& let = context.declared[named->index];
  const InPackage inside(context, let);
  Value value = ReadValue(context, *let.tree, let.decl->value, type);
  if (value.absent()) context.sink.AlsoSince(before, tree[id].span, "used here");
  return value;
}

std::optional<Value> ReadComputed(Context& context, const syntax::Tree& tree, ExprId id,
                                  const FieldType& type) {
  auto wanted = TypeOfField(context, type);
  const bool open = type.word == "quantity" && !type.list;
  const bool quantity = open || (wanted && wanted->kind == TypeKind::kQuantity);
  const bool reference = wanted && wanted->kind == TypeKind::kReference;
  if (!quantity && !reference) return std::nullopt;
  const SeriesId series = CheckSeries(context, tree, id);
  if (!series.valid()) return Value();
  const SeriesNode& node = context.policy[series];
  Type given = node.type;
  given.optional = false;
  if (open) wanted = given.kind == TypeKind::kQuantity && !node.truth() ? given : Type{};
  const bool constant = node.kind == SeriesKind::kConstant || node.kind == SeriesKind::kTruth ||
                        node.kind == SeriesKind::kReference;
  if (!constant && !node.has_rows && DividesByZero(context, series)) return Value();
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
    if (wanted->unit == Unit::kDuration &&
        node.number > static_cast<double>(base::kMaxDurationMs)) {
      context.sink.Emit(codes::kOutOfRange, node.span,
                        values::FormatQuantity(node.number, node.type.unit),
                        "a duration is at most 100 years");
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
