// Values of the simple types: numbers with units, texts, words, references.

#include "compiler/check/fields.h"
#include "compiler/check/texts.h"
#include "runtime/base/limits.h"
#include "runtime/values/zones.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;
using syntax::Tree;
using values::Unit;

// The literal's quantity; nothing where it is no number, which is not reported, or has no meaning,
// which is.
std::optional<values::Quantity> Literal(FieldReader& reader, ExprId id, bool& reported) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kNumber && expr.kind != ExprKind::kQuantity) return std::nullopt;
  auto quantity = values::ParseQuantity(expr.name.text);
  if (quantity) return *quantity;
  BadQuantity(reader.context, expr.span, quantity.error());
  reported = true;
  return std::nullopt;
}

std::optional<values::Quantity> Expect(FieldReader& reader, ExprId id, Unit unit) {
  bool reported = false;
  const auto quantity = Literal(reader, id, reported);
  if (quantity && quantity->unit == unit) return quantity;
  if (!reported) reader.Wrong(id);
  return std::nullopt;
}

Value OutOfRange(FieldReader& reader, ExprId id, std::string_view why) {
  const syntax::Expr& expr = reader.tree[id];
  reader.context.sink.Emit(codes::kOutOfRange, expr.span, expr.name.text, why);
  return {};
}

}  // namespace

Value ReadCount(FieldReader& reader, ExprId id) {
  const auto quantity = Expect(reader, id, Unit::kNumber);
  if (!quantity) return {};
  if (!quantity->whole || *quantity->whole < 0 || *quantity->whole > 1'000'000) {
    return OutOfRange(reader, id, "expected a whole number from 0 to 1000000");
  }
  return reader.Made(id, *quantity->whole);
}

Value ReadDurationField(FieldReader& reader, ExprId id) {
  const auto quantity = Expect(reader, id, Unit::kDuration);
  if (!quantity) return {};
  return reader.Made(id, DurationValue{*quantity->whole});
}

Value ReadNumber(FieldReader& reader, ExprId id, Unit unit) {
  const auto quantity = Expect(reader, id, unit);
  if (!quantity) return {};
  return reader.Made(id, NumberValue{quantity->value, unit});
}

Value ReadBool(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kBoolean) return reader.Wrong(id);
  return reader.Made(id, expr.name.text == "true");
}

Value ReadString(FieldReader& reader, ExprId id) {
  auto text = PlainText(reader.tree, id);
  if (!text) return reader.Wrong(id);
  return reader.Made(id, *std::move(text));
}

Value ReadWord(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind != ExprKind::kName) return reader.Wrong(id);
  if (reader.type.choices.empty()) return reader.Made(id, Word{std::string(expr.name.text)});
  for (const std::string& choice : reader.type.choices) {
    if (choice == expr.name.text) return reader.Made(id, Word{choice});
  }
  return reader.Wrong(id, reader.type.choices);
}

Value ReadZone(FieldReader& reader, ExprId id) {
  auto name = PlainText(reader.tree, id);
  if (!name) return reader.Wrong(id);
  if (const auto zone = values::LoadZone(*name); !zone) {
    auto& finding = reader.context.sink.Emit(codes::kUnknownName, reader.tree[id].span, "time zone",
                                             diagnostics::Shown(*name));
    const std::string nearest = diagnostics::Nearest(*name, values::ZoneNames());
    if (!nearest.empty()) finding.Help(fmt::format("did you mean \"{}\"?", nearest));
    if (zone.error().kind == values::ZoneError::Kind::kNoData) {
      finding.Note("this machine has no time zone data: install the package `tzdata`");
    }
    return {};
  }
  return reader.Made(id, ZoneName{*std::move(name)});
}

Value ReadReference(FieldReader& reader, ExprId id) {
  const auto name = reader.context.NameAt(reader.tree, id);
  if (!name) return reader.Wrong(id);
  const DeclId found = reader.context.Resolve(*name, reader.type.word);
  if (!found.valid()) return {};
  return reader.Made(id, Reference{found});
}

std::optional<values::Duration> ReadDuration(Context& context, const Tree& tree, ExprId id) {
  const FieldType type{.word = "duration"};
  const Value value = ReadValue(context, tree, id, type);
  const auto* duration = Get<DurationValue>(value);
  return duration == nullptr ? std::nullopt : std::optional(duration->ms);
}

}  // namespace tocsin::check
