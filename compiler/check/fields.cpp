#include "compiler/check/fields.h"

#include <algorithm>
#include <array>
#include <set>

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;
using syntax::Tree;
using values::Unit;

struct TypeRow {
  std::string_view word;
  std::string_view noun;
  Value (*read)(FieldReader&, ExprId);
};

template <Unit kUnit>
Value ReadUnit(FieldReader& reader, ExprId id) {
  return ReadNumber(reader, id, kUnit);
}

constexpr std::array kTypes = {
    TypeRow{"bool", "`true` or `false`", ReadBool},
    TypeRow{"count", "a whole number such as `3`", ReadCount},
    TypeRow{"duration", "a duration such as `5m`", ReadDurationField},
    TypeRow{"ratio", "a ratio such as `5%`", ReadUnit<Unit::kRatio>},
    TypeRow{"rate", "a rate such as `50/h`", ReadUnit<Unit::kRate>},
    TypeRow{"byte_rate", "a rate of bytes such as `10MiB/s`", ReadUnit<Unit::kByteRate>},
    TypeRow{"bytes", "a number of bytes such as `10GiB`", ReadUnit<Unit::kBytes>},
    TypeRow{"number", "a number such as `1.5`", ReadUnit<Unit::kNumber>},
    TypeRow{"quantity", "an amount such as `85%` or `15m`", ReadQuantity},
    TypeRow{"date", "a day such as `2026-12-24`", ReadDate},
    TypeRow{"instant", "an instant such as `2026-12-24T09:00Z`", ReadInstant},
    TypeRow{"time", "a time of day such as `09:00`", ReadTime},
    TypeRow{"money", "an amount such as `49.90EUR`", ReadMoney},
    TypeRow{"hours", "hours such as `Mon..Fri 08:00..16:00` or the name of a calendar", ReadHours},
    TypeRow{"text", "a text in quotes without placeholders", ReadString},
    TypeRow{"string", "a text in quotes without placeholders", ReadString},
    TypeRow{"one_of", "one of the words", ReadWord},
    TypeRow{"word", "a word without quotes", ReadWord},
    TypeRow{"zone", "a time zone in quotes such as \"Europe/Dublin\"", ReadZone},
    TypeRow{"turn", "a turn such as `weekly(Mon 09:00)` or `daily(08:00)`", ReadTurn},
    TypeRow{"source", "a source such as `prometheus(\"http_errors\", region: \"dc\")`", ReadSource},
    TypeRow{"no_data", "`hold`, `fire(after: 2m)` or `clear(after: 1h)`", ReadNoData},
    TypeRow{"template", "a text in quotes", ReadTemplate},
    TypeRow{"ready", "`quiet` or `fire(after: 2d)`", ReadReady},
    TypeRow{"labels", "a list of labels such as `[region]`", ReadLabels},
    TypeRow{"declaration", "the name of a declaration", ReadDeclaration},
    TypeRow{"recipients", "a person, `on_call(tier)`, or a list of them", ReadRecipients},
};

Value ReadOne(Context& context, const Tree& tree, ExprId id, const FieldType& type) {
  if (type.per_period) {
    FieldReader reader{context, tree, type, "an amount and its period such as `99.9% per month`"};
    return ReadPerPeriod(reader, id);
  }
  if (type.between) {
    FieldReader reader{context, tree, type, "a range such as `1..3`"};
    return ReadBetween(reader, id);
  }
  const auto row = std::ranges::find(kTypes, type.word, &TypeRow::word);
  if (row != kTypes.end()) {
    const std::string noun = type.choices.empty() ? std::string(row->noun) : OneOf(type.choices);
    FieldReader reader{context, tree, type, noun};
    return row->read(reader, id);
  }
  // A type that there is not was reported with the kind that has the field.
  if (context.schemas.Find(type.word) == nullptr) return {};
  const std::string noun = "the name of " + WithArticle(type.word);
  FieldReader reader{context, tree, type, noun};
  return ReadReference(reader, id);
}

// A list's elements, each once.
Value ReadList(Context& context, const Tree& tree, ExprId id, const FieldType& type) {
  const syntax::Expr& expr = tree[id];
  FieldType element = type;
  element.list = false;
  if (expr.kind != ExprKind::kList) {
    auto& finding =
        context.sink.Emit(codes::kWrongType, expr.span, "a list", Found(context, tree, id));
    finding.Help("put `[` and `]` around it");
    finding.Offer(expr.span, fmt::format("[{}]", context.sources.Text(expr.span)),
                  diagnostics::Applicability::kReview);
    return {};
  }
  if (expr.operands.empty()) {
    context.sink.Emit(codes::kEmptyList, expr.span, type.choices.empty() ? type.word : "word");
    return {};
  }
  ValueList list;
  std::set<std::string, std::less<>> seen;
  bool whole = true;
  for (ExprId operand : expr.operands) {
    Value value = ReadValue(context, tree, operand, element);
    const bool once = type.set || Get<Reference>(value) != nullptr;
    const std::string_view written = context.sources.Text(tree[operand].span);
    if (once && !value.absent() && !seen.emplace(written).second) {
      context.sink.Emit(codes::kTwiceInList, tree[operand].span, diagnostics::Shown(written, 40));
      whole = false;
    }
    whole = whole && !value.absent();
    list.push_back(std::move(value));
  }
  if (!whole) return {};
  Value value;
  value.data = std::move(list);
  value.span = expr.span;
  return value;
}

}  // namespace

Value FieldReader::Wrong(ExprId id, const std::vector<std::string>& words) const {
  const syntax::Expr& expr = tree[id];
  if (expr.kind == ExprKind::kError || context.UnknownImport(tree, id)) return {};
  auto& finding = context.sink.Emit(codes::kWrongType, expr.span, noun, Found(context, tree, id));
  if (expr.kind == ExprKind::kName && !diagnostics::Nearest(expr.name.text, words).empty())
    Suggest(finding, expr.name, words, "");
  return {};
}

namespace {

bool InRange(Context& context, const Value& value, const FieldType& type) {
  if (!type.range || value.absent() || type.list) return true;
  double number = 0;
  if (const auto* duration = Get<DurationValue>(value)) {
    number = static_cast<double>(duration->ms);
  } else if (const auto* quantity = Get<NumberValue>(value)) {
    number = quantity->value;
  } else if (const auto* count = Get<std::int64_t>(value)) {
    number = static_cast<double>(*count);
  }
  return InRange(context, number, type.range, value.span);
}

}  // namespace

bool InRange(Context& context, double number, const std::optional<Range>& range,
             diagnostics::Span span) {
  if (!range || (number >= range->least && number <= range->most)) return true;
  context.sink.Emit(
      codes::kOutOfRange, span, diagnostics::Shown(context.sources.Text(span), 40),
      fmt::format("expected {}..{}", values::FormatQuantity(range->least, range->unit),
                  values::FormatQuantity(range->most, range->unit)));
  return false;
}

Value ReadValue(Context& context, const Tree& tree, ExprId id, const FieldType& type) {
  if (!id.valid() || tree[id].kind == ExprKind::kError) return {};
  if (auto named = ReadNamed(context, tree, id, type)) return *std::move(named);
  if (type.list) {
    if (tree[id].kind == ExprKind::kGroup)
      return ReadValue(context, tree, tree[id].operands[0], type);
    return ReadList(context, tree, id, type);
  }
  std::optional<Value> value;
  if (IsComputed(context, tree, id)) value = ReadComputed(context, tree, id, type);
  if (!value && tree[id].kind == ExprKind::kGroup)
    return ReadValue(context, tree, tree[id].operands[0], type);
  if (!value) value = ReadOne(context, tree, id, type);
  return InRange(context, *value, type) ? *std::move(value) : Value();
}

void BadQuantity(Context& context, diagnostics::Span span, const values::QuantityError& error) {
  if (error.kind != values::QuantityError::Kind::kUnknownUnit) {
    context.sink.Emit(codes::kBadQuantity, span, error.Message());
    return;
  }
  // All units there are make a long list, which is better read below.
  auto& finding =
      context.sink.Emit(codes::kBadQuantity, span, fmt::format("`{}` is not a unit", error.seen));
  if (const std::string_view meant = values::UnitMeant(error.seen); !meant.empty()) {
    finding.Help(fmt::format("write `{}`", meant));
    const auto unit = static_cast<std::uint32_t>(error.seen.size());
    if (context.sources.Text(span).ends_with(error.seen)) {
      finding.Offer({span.source, span.end - unit, span.end}, std::string(meant),
                    diagnostics::Applicability::kSafe);
    }
  } else {
    finding.Note("expected " + error.expected);
  }
}

std::string Found(const Context& context, const Tree& tree, ExprId id) {
  const syntax::Expr& expr = tree[id];
  const std::string shown = diagnostics::Shown(context.sources.Text(expr.span), 40);
  switch (expr.kind) {
    case ExprKind::kNumber:
      return fmt::format("the number `{}`", shown);
    case ExprKind::kQuantity: {
      const auto quantity = values::ParseQuantity(expr.name.text);
      return quantity ? fmt::format("the {} `{}`", values::UnitName(quantity->unit), shown)
                      : fmt::format("`{}`", shown);
    }
    case ExprKind::kString:
      return fmt::format("the text {}", shown);
    case ExprKind::kName: {
      const DeclId* declared = context.Lookup(expr.name.text);
      return declared == nullptr ? fmt::format("the name `{}`", shown)
                                 : fmt::format("the {} `{}`", context.KindOf(*declared), shown);
    }
    case ExprKind::kList:
      return "a list";
    default:
      return fmt::format("`{}`", shown);
  }
}

namespace {

void UnknownArgument(Context& context, const Tree& tree, const syntax::Argument& argument,
                     std::string_view callee, std::span<const std::string_view> names) {
  if (!argument.name.present()) {
    context.sink.Emit(codes::kUnknownArgument, tree[argument.value].span, callee,
                      "further argument");
    return;
  }
  auto& finding = context.sink.Emit(codes::kUnknownArgument, argument.name.span, callee,
                                    fmt::format("argument `{}`", argument.name.text));
  const std::vector<std::string> known(names.begin(), names.end());
  Suggest(finding, argument.name, known, known.size() == 1 ? "it takes" : "its arguments are");
}

}  // namespace

std::vector<ExprId> Arguments(Context& context, const Tree& tree, const syntax::Expr& call,
                              std::string_view callee, std::span<const std::string_view> names,
                              std::size_t required) {
  std::vector<ExprId> given(names.size());
  std::size_t position = 0;
  bool understood = true;
  for (const syntax::Argument& argument : call.arguments) {
    std::size_t slot = names.size();
    if (argument.name.present()) {
      slot = static_cast<std::size_t>(std::ranges::find(names, argument.name.text) - names.begin());
    } else if (position < names.size()) {
      slot = position++;
    }
    if (slot == names.size()) {
      if (understood) UnknownArgument(context, tree, argument, callee, names);
      understood = false;
    } else if (given[slot].valid()) {
      context.sink.Emit(codes::kGivenTwice, tree[argument.value].span, names[slot], "call");
    } else {
      given[slot] = argument.value;
    }
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (given[i].valid() || !understood) continue;
    context.sink.Emit(codes::kMissingArgument, call.span, callee,
                      fmt::format("the argument `{}`", names[i]));
    break;
  }
  // What was given otherwise than it can be is not looked at further.
  if (!understood) given.assign(names.size(), ExprId());
  return given;
}

}  // namespace tocsin::check
