// Amounts whose unit the field leaves open, amounts of a period, and ranges of amounts.

#include <algorithm>
#include <array>

#include "compiler/check/fields.h"
#include "compiler/check/texts.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

constexpr std::array<std::string_view, 5> kPeriods = {"day", "week", "month", "quarter", "year"};

std::optional<NumberValue> Amount(const Value& value) {
  if (const auto* duration = Get<DurationValue>(value))
    return NumberValue{static_cast<double>(duration->ms), Unit::kDuration};
  if (const auto* number = Get<NumberValue>(value)) return *number;
  if (const auto* count = Get<std::int64_t>(value))
    return NumberValue{static_cast<double>(*count), Unit::kCount};
  return std::nullopt;
}

// The value of a part of the expression, of the field's own type but without what stands around it.
std::optional<NumberValue> Inner(FieldReader& reader, ExprId id) {
  FieldType type = reader.type;
  type.between = type.per_period = false;
  return Amount(ReadValue(reader.context, reader.tree, id, type));
}

}  // namespace

Value ReadQuantity(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kNumber && expr.kind != ExprKind::kQuantity) return reader.Wrong(id);
  const auto quantity = values::ParseQuantity(expr.name.text);
  if (!quantity) {
    BadQuantity(reader.context, expr.span, quantity.error());
    return {};
  }
  if (quantity->unit == Unit::kDuration) return reader.Made(id, DurationValue{*quantity->whole});
  return reader.Made(id, NumberValue{quantity->value, quantity->unit});
}

Value ReadPerPeriod(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kBinary || expr.op != syntax::Operator::kPer) return reader.Wrong(id);
  const syntax::Expr& period = reader.tree[expr.operands[1]];
  const bool known = period.kind == ExprKind::kName &&
                     std::ranges::find(kPeriods, period.name.text) != kPeriods.end();
  if (!known) {
    const std::vector<std::string> periods(kPeriods.begin(), kPeriods.end());
    const std::string noun = OneOf(periods);
    FieldReader word{reader.context, reader.tree, reader.type, noun};
    return word.Wrong(expr.operands[1], periods);
  }
  const auto amount = Inner(reader, expr.operands[0]);
  if (!amount) return {};
  return reader.Made(id, PerPeriod{*amount, std::string(period.name.text)});
}

Value ReadBetween(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kRange) return reader.Wrong(id);
  const auto least = Inner(reader, expr.operands[0]), most = Inner(reader, expr.operands[1]);
  if (!least || !most) return {};
  if (most->value < least->value) {
    reader.context.sink.Emit(codes::kOutOfRange, expr.span, reader.context.sources.Text(expr.span),
                             "it ends before it begins");
    return {};
  }
  return reader.Made(id, Range{least->value, most->value, least->unit});
}

void CheckOneUnit(Context& context, const Decl& decl) {
  const Field* first = nullptr;
  Value one;
  const auto look = [&](const Field& field, const Value& value) {
    const auto amount = Amount(value);
    if (!amount) return;
    if (first == nullptr) {
      first = &field;
      one = value;
    } else if (!Common(Amount(one)->unit, amount->unit)) {
      context.sink
          .Emit(codes::kWrongType, value.span,
                fmt::format("{} as in `{}`", UnitText(Amount(one)->unit), first->name),
                fmt::format("the {} `{}`", values::UnitName(amount->unit),
                            context.sources.Text(value.span)))
          .Also(one.span, "what stands beside it has the same unit");
    }
  };
  for (std::size_t i = 0; i < decl.fields.size(); ++i) {
    const Field& field = decl.fields[i];
    if (decl.schema->fields[i].type.word != "quantity") continue;
    const auto* list = Get<ValueList>(field.value);
    if (list == nullptr) look(field, field.value);
    for (std::size_t k = 0; list != nullptr && k < list->size(); ++k) look(field, (*list)[k]);
  }
}

}  // namespace tocsin::check
