// Turns of a rotation, and recipients.

#include <algorithm>
#include <array>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/texts.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;

constexpr std::array<std::string_view, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};

bool AddRecipient(FieldReader& reader, ExprId id, Recipients& recipients);

// Whom a `let` names, one or several.
bool AddNamed(FieldReader& reader, DeclId id, diagnostics::Span use, Recipients& recipients) {
  Context& context = reader.context;
  if (!LetOf(context, id, use).valid()) return false;
  const Declared& let = context.declared[id.index];
  const InPackage inside(context, let);
  FieldReader inner{context, *let.tree, reader.type, reader.noun};
  const syntax::Expr& value = (*let.tree)[let.decl->value];
  if (value.kind != ExprKind::kList) return AddRecipient(inner, let.decl->value, recipients);
  return std::ranges::all_of(
      value.operands, [&](ExprId operand) { return AddRecipient(inner, operand, recipients); });
}

bool AddRecipient(FieldReader& reader, ExprId id, Recipients& recipients) {
  static constexpr std::array<std::string_view, 1> kTier = {"tier"};
  const syntax::Expr& expr = reader.tree[id];
  if (const auto let = LetAt(reader.context, reader.tree, id))
    return AddNamed(reader, *let, expr.span, recipients);
  Recipient recipient;
  recipient.span = expr.span;
  if (const auto name = reader.context.NameAt(reader.tree, id)) {
    const DeclId* named = reader.context.Lookup(name->text);
    const bool several = named != nullptr && reader.context.KindOf(*named) == "audience";
    recipient.person = reader.context.Resolve(*name, several ? "audience" : "person");
  } else if (expr.kind == ExprKind::kCall && reader.tree[expr.operands[0]].name.text == "on_call") {
    const auto given = Arguments(reader.context, reader.tree, expr, "on_call", kTier, 1);
    if (!given[0].valid()) return false;
    const auto tier = reader.context.NameAt(reader.tree, given[0]);
    if (!tier) {
      reader.context.sink.Emit(codes::kWrongType, reader.tree[given[0]].span, "the name of a tier",
                               Found(reader.context, reader.tree, given[0]));
      return false;
    }
    recipient.tier = reader.context.Resolve(*tier, "tier");
  } else {
    reader.Wrong(id);
    return false;
  }
  if (!recipient.person.valid() && !recipient.tier.valid()) return false;
  if (std::ranges::find(recipients.all, recipient) != recipients.all.end()) {
    reader.context.sink.Emit(codes::kTwiceInList, expr.span,
                             reader.context.sources.Text(expr.span));
    return false;
  }
  recipients.all.push_back(recipient);
  return true;
}

}  // namespace

Value ReadRecipients(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  Recipients recipients;
  if (expr.kind != ExprKind::kList) {
    return AddRecipient(reader, id, recipients) ? reader.Made(id, std::move(recipients)) : Value();
  }
  if (expr.operands.empty()) {
    reader.context.sink.Emit(codes::kEmptyList, expr.span, "person or `on_call(tier)`");
    return {};
  }
  bool whole = true;
  for (ExprId operand : expr.operands) whole = AddRecipient(reader, operand, recipients) && whole;
  return whole ? reader.Made(id, std::move(recipients)) : Value();
}

Value ReadTurn(FieldReader& reader, ExprId id) {
  static constexpr std::array<std::string_view, 1> kAt = {"at"};
  const syntax::Tree& tree = reader.tree;
  const syntax::Expr& expr = tree[id];
  if (expr.kind != ExprKind::kCall) return reader.Wrong(id);
  const std::string_view every = tree[expr.operands[0]].name.text;
  if (every != "weekly" && every != "daily") return reader.Wrong(id);
  const auto given = Arguments(reader.context, tree, expr, every, kAt, 1);
  if (!given[0].valid()) return {};
  const syntax::Expr& at = tree[given[0]];
  values::Turn turn;
  std::string_view time = at.name.text;
  if (every == "weekly") {
    const std::string_view day =
        at.kind == ExprKind::kMoment ? tree[at.operands[0]].name.text : std::string_view();
    const auto weekday = std::ranges::find(kWeekdays, day);
    if (weekday == kWeekdays.end()) {
      reader.context.sink.Emit(codes::kWrongType, at.span,
                               "a weekday and a time such as `Mon 09:00`",
                               Found(reader.context, tree, given[0]));
      return {};
    }
    turn.weekday = static_cast<values::Weekday>(weekday - kWeekdays.begin());
    if (tree[at.operands[1]].kind != ExprKind::kTimeOfDay) {
      reader.context.sink.Emit(codes::kWrongType, tree[at.operands[1]].span,
                               "a time of day such as `09:00`",
                               Found(reader.context, tree, at.operands[1]));
      return {};
    }
    time = tree[at.operands[1]].name.text;
  } else {
    turn.every = values::Turn::Every::kDaily;
    if (at.kind != ExprKind::kTimeOfDay) {
      reader.context.sink.Emit(codes::kWrongType, at.span, "a time of day such as `08:00`",
                               Found(reader.context, tree, given[0]));
      return {};
    }
  }
  turn.minute_of_day = MinuteOfDay(time);
  if (turn.minute_of_day < 0) {
    reader.context.sink.Emit(codes::kOutOfRange, at.span, time,
                             "expected a time from 00:00 to 23:59");
    return {};
  }
  return reader.Made(id, turn);
}

}  // namespace tocsin::check
