// Arithmetic, comparison and logic: which types fit, and what comes out.

#include <algorithm>
#include <array>
#include <optional>

#include "compiler/check/series.h"

namespace tocsin::check {

using ir::SeriesOp;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::Operator;
using values::Unit;

namespace {

// A part of a number is a number, as in `80% of limit`; only a ratio that a written number
// multiplies, as in `2 * error_rate`, stays one, which the caller knows.
std::optional<Unit> Times(Unit a, Unit b) {
  if (a == Unit::kInstant || b == Unit::kInstant) return std::nullopt;
  if (a == Unit::kRatio) return Plain(b) ? Unit::kNumber : b;
  if (b == Unit::kRatio) return Plain(a) ? Unit::kNumber : a;
  if (Plain(a)) return Plain(b) && a != b ? Unit::kNumber : b;
  return Plain(b) ? std::optional(a) : std::nullopt;
}

// What happens so often for each second, and how much it is in some time.
std::optional<Unit> EachSecond(Unit amount) {
  if (Plain(amount)) return Unit::kRate;
  return amount == Unit::kBytes ? std::optional(Unit::kByteRate) : std::nullopt;
}
std::optional<Unit> InSomeTime(Unit rate) {
  if (rate == Unit::kRate) return Unit::kNumber;
  return rate == Unit::kByteRate ? std::optional(Unit::kBytes) : std::nullopt;
}

std::optional<Unit> Quotient(Unit a, Unit b) {
  if (a == Unit::kInstant || b == Unit::kInstant) return std::nullopt;
  if (a == Unit::kNumber && Plain(b)) return Unit::kNumber;
  if (a == b) return Unit::kRatio;
  if (Plain(b) || b == Unit::kRatio) return a == Unit::kCount ? Unit::kNumber : a;
  return std::nullopt;
}

// Two instants are apart by a duration, and nothing else can be done with two of them.
std::optional<Unit> Sums(SeriesOp op, Unit a, Unit b) {
  const bool add = op == SeriesOp::kAdd, subtract = op == SeriesOp::kSubtract;
  if (a == Unit::kInstant && b == Unit::kInstant) {
    if (subtract) return Unit::kDuration;
    return add ? std::nullopt : std::optional(a);
  }
  if (a == Unit::kInstant && b == Unit::kDuration && (add || subtract)) return a;
  if (a == Unit::kDuration && b == Unit::kInstant && add) return b;
  return Common(a, b);
}

struct OperatorRow {
  Operator op;
  SeriesOp series;
  std::string_view verb;
};
constexpr std::array kSums = {
    OperatorRow{Operator::kAdd, SeriesOp::kAdd, "add"},
    OperatorRow{Operator::kSubtract, SeriesOp::kSubtract, "subtract"},
    OperatorRow{Operator::kLess, SeriesOp::kLess, "compare"},
    OperatorRow{Operator::kLessEqual, SeriesOp::kLessEqual, "compare"},
    OperatorRow{Operator::kGreater, SeriesOp::kGreater, "compare"},
    OperatorRow{Operator::kGreaterEqual, SeriesOp::kGreaterEqual, "compare"},
    OperatorRow{Operator::kEqual, SeriesOp::kEqual, "compare"},
    OperatorRow{Operator::kNotEqual, SeriesOp::kNotEqual, "compare"},
};

// The comparison with its sides exchanged.
SeriesOp Mirrored(SeriesOp op) {
  if (op == SeriesOp::kLess) return SeriesOp::kGreater;
  if (op == SeriesOp::kGreater) return SeriesOp::kLess;
  return op;
}

}  // namespace

bool IsComparison(SeriesOp op) {
  return op == SeriesOp::kLess || op == SeriesOp::kLessEqual || op == SeriesOp::kGreater ||
         op == SeriesOp::kGreaterEqual || op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
}

void SeriesChecker::DontFit(SeriesId a, SeriesId b, SeriesOp op, std::string_view verb) {
  // What was written as a number is more often wrong than what was measured.
  const bool left = (*this)[a].kind == SeriesKind::kConstant;
  const SeriesNode& wrong = (*this)[left ? a : b];
  const SeriesNode& other = (*this)[left ? b : a];
  const std::string first = TypeText((*this)[a].type), second = TypeText((*this)[b].type);
  const bool from = op == SeriesOp::kSubtract;
  const std::string_view between = from ? "from" : verb == "compare" ? "with" : "and";
  auto& finding = context_.sink.Emit(codes::kUnitsDontFit, wrong.span, verb, from ? second : first,
                                     between, from ? first : second);
  finding.Primary("this is " + Describe(context_.policy, left ? a : b));
  finding.Also(other.span, "this is " + Describe(context_.policy, left ? b : a));
  if (wrong.kind != SeriesKind::kConstant || !Plain(wrong.type.unit) || !other.quantity()) return;
  if (other.type.unit == Unit::kRatio) {
    finding.Help("write a ratio with a percent sign, as in `5%`");
  } else if (other.type.unit == Unit::kDuration) {
    finding.Help("write a duration with its unit, as in `100ms`");
  } else if (other.type.unit == Unit::kRate) {
    finding.Help("write a rate with its time, as in `50/m`");
  } else if (other.type.unit == Unit::kBytes) {
    finding.Help("write a number of bytes with its unit, as in `10GiB`");
  }
}

// Money, dates, times, texts: single values with a type that arithmetic is not made for.
bool SeriesChecker::HaveNoSums(SeriesId a, SeriesId b) const {
  const auto single = [&](SeriesId id) {
    const Type& type = (*this)[id].type;
    return !type.optional && type.kind != TypeKind::kWindow && type.kind != TypeKind::kReference;
  };
  return single(a) && single(b) && !((*this)[a].quantity() && (*this)[b].quantity());
}

SeriesId SeriesChecker::Sum(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b,
                            std::string_view verb) {
  if (IsComparison(op) && !((*this)[a].quantity() && (*this)[b].quantity()))
    return Compare(expr, op, a, b);
  const bool money =
      (*this)[a].type.kind == TypeKind::kMoney && (*this)[b].type.kind == TypeKind::kMoney;
  if (money) {
    const auto common = Common((*this)[a].type, (*this)[b].type);
    if (common) return Over(expr, op, *common, {a, b});
    DontFit(a, b, op, verb);
    return {};
  }
  if (HaveNoSums(a, b)) {
    DontFit(a, b, op, verb);
    return {};
  }
  if (!IsNumber(a) || !IsNumber(b)) return {};
  const auto unit = Sums(op, (*this)[a].type.unit, (*this)[b].type.unit);
  if (!unit) {
    DontFit(a, b, op, verb);
    return {};
  }
  if (IsComparison(op) && !(CanDiffer(a, op, b) && CanDiffer(b, Mirrored(op), a))) return {};
  return Over(expr, op, QuantityType(IsComparison(op) ? Unit::kBool : *unit), {a, b});
}

// Reports a constant that no value of the signal it is compared with can come to: the condition
// would never change.
bool SeriesChecker::CanDiffer(SeriesId measured, SeriesOp op, SeriesId limit) {
  if ((*this)[limit].kind != SeriesKind::kConstant) return true;
  const SeriesNode* signal = &(*this)[measured];
  while (signal->kind == SeriesKind::kSelect || signal->kind == SeriesKind::kWhere)
    signal = &(*this)[signal->operands[0]];
  if (signal->kind != SeriesKind::kSignal) return true;
  const Measure* measure = MeasureOf(context_, signal->decl, signal->span);
  if (measure == nullptr || !measure->range) return true;
  const double number = (*this)[limit].number;
  // Nothing is above the highest value, nor below the lowest.
  const bool beyond_most =
      number > measure->range->most || (op == SeriesOp::kGreater && number == measure->range->most);
  const bool beyond_least =
      number < measure->range->least || (op == SeriesOp::kLess && number == measure->range->least);
  if (!beyond_most && !beyond_least) return true;
  context_.sink
      .Emit(codes::kOutOfRange, (*this)[limit].span,
            diagnostics::Shown(context_.sources.Text((*this)[limit].span), 40),
            fmt::format("`{}` is {}..{}, so this never changes", context_[signal->decl].name,
                        values::FormatQuantity(measure->range->least, measure->range->unit),
                        values::FormatQuantity(measure->range->most, measure->range->unit)))
      .Also(context_[signal->decl].span, "declared here");
  return false;
}

// Of two values that are not both quantities: words, names, texts, dates.
SeriesId SeriesChecker::Compare(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b) {
  const bool equality = op == SeriesOp::kEqual || op == SeriesOp::kNotEqual;
  for (const SeriesId side : {a, b}) {
    const SeriesNode& node = (*this)[side];
    // What is compared with a quantity was meant to be one.
    const bool other_quantity = (*this)[a].quantity() || (*this)[b].quantity();
    const bool name = node.kind == SeriesKind::kReference || node.type.kind == TypeKind::kText;
    if (node.type.kind == TypeKind::kWindow || node.type.optional || (name && other_quantity)) {
      NotAQuantity(side);
      return {};
    }
  }
  if ((*this)[a].kind == SeriesKind::kLabel && equality)
    return LabelIs(expr, a, {b}, op == SeriesOp::kNotEqual);
  const auto common = Common((*this)[a].type, (*this)[b].type);
  const bool ordered =
      common && (common->kind == TypeKind::kDate || common->kind == TypeKind::kTimeOfDay ||
                 common->kind == TypeKind::kMoney);
  if (!common || !(equality || ordered)) {
    DontFit(a, b, op, common ? "order" : "compare");
    return {};
  }
  SeriesNode node;
  node.kind = SeriesKind::kCompare;
  node.op = op;
  node.type = QuantityType(Unit::kBool);
  node.operands = {a, b};
  if (!Join(node.operands, node)) return {};
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::LabelIs(const Expr& expr, SeriesId label,
                                const std::vector<SeriesId>& values, bool except) {
  SeriesNode node;
  node.kind = SeriesKind::kLabelIs;
  node.type = QuantityType(Unit::kBool);
  node.labels = (*this)[label].labels;
  node.has_rows = true;
  Selection selection{(*this)[label].text, {}, except};
  for (const SeriesId value : values) {
    const SeriesNode& word = (*this)[value];
    if (word.kind != SeriesKind::kLiteral || word.type.kind != TypeKind::kChoice) {
      context_.sink.Emit(codes::kWrongType, word.span, "a value such as `eu` or \"eu-west-1\"",
                         Describe(context_.policy, value));
      return {};
    }
    selection.values.push_back(word.text);
  }
  node.selections.push_back(std::move(selection));
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Product(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b) {
  const bool times = op == SeriesOp::kMultiply;
  const auto money = [&](SeriesId id) { return (*this)[id].type.kind == TypeKind::kMoney; };
  const auto scale = [&](SeriesId id) {
    const SeriesNode& node = (*this)[id];
    return node.quantity() && (Plain(node.type.unit) || node.type.unit == Unit::kRatio);
  };
  if (money(a) && scale(b)) return Over(expr, op, (*this)[a].type, {a, b});
  if (money(b) && scale(a) && times) return Over(expr, op, (*this)[b].type, {a, b});
  if (money(a) && money(b) && !times && Common((*this)[a].type, (*this)[b].type))
    return Over(expr, op, QuantityType(Unit::kRatio), {a, b});
  const auto no_unit = [&] {
    context_.sink.Emit(codes::kNoUnit, expr.span, TypeText((*this)[a].type),
                       times ? "times" : "divided by", TypeText((*this)[b].type));
    return SeriesId();
  };
  if (HaveNoSums(a, b)) return no_unit();
  if (!IsNumber(a) || !IsNumber(b)) return {};
  const auto scales = [&](SeriesId factor, SeriesId ratio) {
    return (*this)[factor].kind == SeriesKind::kConstant && Plain((*this)[factor].type.unit) &&
           (*this)[ratio].type.unit == Unit::kRatio && (*this)[ratio].has_rows;
  };
  const Unit left = (*this)[a].type.unit, right = (*this)[b].type.unit;
  if (const auto unit = times ? InSomeTime(left) : EachSecond(left);
      unit && right == Unit::kDuration)
    return Over(expr, op, QuantityType(*unit), {a, Seconds(expr, b)});
  if (const auto unit = InSomeTime(right); unit && times && left == Unit::kDuration)
    return Over(expr, op, QuantityType(*unit), {Seconds(expr, a), b});
  const auto unit = !times                         ? Quotient(left, right)
                    : scales(a, b) || scales(b, a) ? std::optional(Unit::kRatio)
                                                   : Times(left, right);
  return unit ? Over(expr, op, QuantityType(*unit), {a, b}) : no_unit();
}

// A duration counts milliseconds, and a rate what happens in a second.
SeriesId SeriesChecker::Seconds(const Expr& expr, SeriesId duration) {
  SeriesNode second;
  second.type = QuantityType(Unit::kDuration);
  second.number = 1000;
  return Over(expr, SeriesOp::kDivide, QuantityType(Unit::kNumber),
              {duration, Add(std::move(second), expr)});
}

SeriesId SeriesChecker::Logic(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b) {
  const SeriesNode& first_node = (*this)[a];
  if (op == SeriesOp::kOr && first_node.type.optional) {
    SeriesNode node;
    node.kind = SeriesKind::kOrElse;
    const auto common = Common(first_node.type, (*this)[b].type);
    if (!common) {
      context_.sink.Emit(codes::kWrongType, (*this)[b].span, TypeText(first_node.type),
                         Describe(context_.policy, b));
      return {};
    }
    node.type = *common;
    node.type.optional = (*this)[b].type.optional;
    node.operands = {a, b};
    if (!Join(node.operands, node)) return {};
    return Add(std::move(node), expr);
  }
  const bool first = IsTruth(a);
  const bool both = IsTruth(b) && first;
  return both ? Over(expr, op, QuantityType(Unit::kBool), {a, b}) : SeriesId();
}

SeriesId SeriesChecker::Unary(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (expr.op == Operator::kNot) {
    return IsTruth(operand) ? Over(expr, SeriesOp::kNot, QuantityType(Unit::kBool), {operand})
                            : SeriesId();
  }
  if (operand.valid() && HaveNoSums(operand, operand)) {
    context_.sink.Emit(codes::kNotANumber, (*this)[operand].span,
                       Describe(context_.policy, operand));
    return {};
  }
  if (!IsNumber(operand)) return {};
  const SeriesNode& number = (*this)[operand];
  if (number.kind == SeriesKind::kConstant) {
    SeriesNode negative;
    negative.type = number.type;
    negative.number = -number.number;
    return Add(std::move(negative), expr);
  }
  return Over(expr, SeriesOp::kNegate, number.type, {operand});
}

SeriesId SeriesChecker::Binary(const Expr& expr) {
  const SeriesId a = Check(expr.operands[0]);
  const auto row = std::ranges::find(kSums, expr.op, &OperatorRow::op);
  const bool compares = row != kSums.end() && IsComparison(row->series);
  const Expr& right = tree_[expr.operands[1]];
  // Beside what is wrong, a bare word may have been one of its choices.
  if (!a.valid() && compares && right.kind == ExprKind::kName &&
      context_.Lookup(right.name.text) == nullptr)
    return {};
  const SeriesId b =
      compares && a.valid() ? CheckAs(expr.operands[1], (*this)[a].type) : Check(expr.operands[1]);
  if (!a.valid() || !b.valid()) return {};
  if (row != kSums.end()) return Sum(expr, row->series, a, b, row->verb);
  switch (expr.op) {
    case Operator::kAnd:
      return Logic(expr, SeriesOp::kAnd, a, b);
    case Operator::kOr:
      return Logic(expr, SeriesOp::kOr, a, b);
    case Operator::kMultiply:
    case Operator::kOf:
      return Product(expr, SeriesOp::kMultiply, a, b);
    case Operator::kDivide:
      return Product(expr, SeriesOp::kDivide, a, b);
    default:
      context_.sink.Emit(codes::kNotASeries, expr.span, "an accounting period (`per`)");
      return {};
  }
}

SeriesId SeriesChecker::WithinRange(const Expr& expr, SeriesId value, const Expr& range) {
  // `09:00..17:00` is written without spaces, and then one word.
  const bool hours = range.kind == ExprKind::kTimeSpan;
  const auto bound = [&](std::size_t which) {
    return hours ? TimeOfDay(range, range.name.text.substr(which * 7, 5))
                 : Check(range.operands[which]);
  };
  const SeriesId least = bound(0), most = bound(1);
  if (!least.valid() || !most.valid()) return {};
  if (Backwards(least, most) || WrittenBackwards(range)) {
    context_.sink.Emit(codes::kOutOfRange, range.span, context_.sources.Text(range.span),
                       "it ends before it begins");
    return {};
  }
  const SeriesId above = Sum(expr, SeriesOp::kGreaterEqual, value, least, "compare");
  const SeriesId below = Sum(expr, SeriesOp::kLessEqual, value, most, "compare");
  if (!above.valid() || !below.valid()) return {};
  return Over(expr, SeriesOp::kAnd, QuantityType(Unit::kBool), {above, below});
}

// Whether what it is comes before and after others of its type; reported where it does not.
bool SeriesChecker::HasOrder(SeriesId id) {
  const Type& type = (*this)[id].type;
  const bool ordered = type.kind == TypeKind::kDate || type.kind == TypeKind::kTimeOfDay ||
                       type.kind == TypeKind::kMoney;
  return (ordered && !type.optional) || IsNumber(id);
}

// The same of dates and times, which are written so that text has their order.
bool SeriesChecker::WrittenBackwards(const Expr& range) const {
  if (range.kind == ExprKind::kTimeSpan)
    return range.name.text.substr(7, 5) < range.name.text.substr(0, 5);
  const Expr& first = tree_[range.operands[0]];
  const Expr& last = tree_[range.operands[1]];
  const bool written = first.kind == ExprKind::kDate || first.kind == ExprKind::kTimeOfDay;
  return written && first.kind == last.kind && last.name.text < first.name.text;
}

// Whether two bounds are constants, of which the first is the higher one.
bool SeriesChecker::Backwards(SeriesId least, SeriesId most) const {
  const SeriesNode& first = (*this)[least];
  const SeriesNode& last = (*this)[most];
  return first.kind == SeriesKind::kConstant && last.kind == SeriesKind::kConstant &&
         first.type == last.type && last.number < first.number;
}

SeriesId SeriesChecker::Within(const Expr& expr) {
  const SeriesId value = Check(expr.operands[0]);
  if (!value.valid()) return {};
  const Expr* among = &tree_[expr.operands[1]];
  while (among->kind == ExprKind::kGroup) among = &tree_[among->operands[0]];
  const bool except = expr.kind == ExprKind::kNotIn;
  const auto unless = [&](SeriesId is) {
    return except && is.valid() ? Over(expr, SeriesOp::kNot, QuantityType(Unit::kBool), {is}) : is;
  };
  if (among->kind == ExprKind::kRange && (*this)[value].kind == SeriesKind::kLabel)
    return LabelWithin(expr, value, *among, except);
  if (among->kind == ExprKind::kRange || among->kind == ExprKind::kTimeSpan)
    return HasOrder(value) ? unless(WithinRange(expr, value, *among)) : SeriesId();
  if (among->kind != ExprKind::kList) {
    const SeriesId list = Check(expr.operands[1]);
    if (!list.valid()) return {};
    const Type& type = (*this)[list].type;
    const bool holds = type.element != nullptr && !type.optional &&
                       Common(*type.element, (*this)[value].type).has_value();
    if (!holds) {
      context_.sink.Emit(codes::kWrongType, (*this)[list].span,
                         fmt::format("a list of what {} is", Describe(context_.policy, value)),
                         Describe(context_.policy, list));
      return {};
    }
    SeriesNode node;
    node.kind = SeriesKind::kWithin;
    node.type = QuantityType(Unit::kBool);
    node.operands = {value, list};
    if (!Join(node.operands, node)) return {};
    return unless(Add(std::move(node), expr));
  }
  std::vector<SeriesId> items;
  for (const ExprId operand : among->operands) {
    const SeriesId item = CheckAs(operand, (*this)[value].type);
    if (!item.valid()) return {};
    items.push_back(item);
  }
  if (items.empty()) {
    context_.sink.Emit(codes::kEmptyList, among->span, "value");
    return {};
  }
  if (!EachOnce(*among)) return {};
  if ((*this)[value].kind == SeriesKind::kLabel) return LabelIs(expr, value, items, except);
  SeriesId any;
  for (const SeriesId item : items) {
    const SeriesId is = Sum(expr, SeriesOp::kEqual, value, item, "compare");
    if (!is.valid()) return {};
    any = any.valid() ? Over(expr, SeriesOp::kOr, QuantityType(Unit::kBool), {any, is}) : is;
    if (!any.valid()) return {};
  }
  return unless(any);
}

SeriesId SeriesChecker::If(const Expr& expr) {
  const SeriesId condition = Check(expr.operands[0]);
  const SeriesId then = Check(expr.operands[1]);
  const SeriesId otherwise =
      then.valid() ? CheckAs(expr.operands[2], (*this)[then].type) : Check(expr.operands[2]);
  if (!IsTruth(condition) || !then.valid() || !otherwise.valid()) return {};
  const auto common = Common((*this)[then].type, (*this)[otherwise].type);
  if (!common) {
    context_.sink
        .Emit(codes::kWrongType, (*this)[otherwise].span, TypeText((*this)[then].type),
              Describe(context_.policy, otherwise))
        .Also((*this)[then].span, "as here");
    return {};
  }
  if ((*this)[condition].kind == SeriesKind::kTruth)
    return (*this)[condition].number != 0 ? then : otherwise;
  SeriesNode node;
  node.kind = SeriesKind::kChoice;
  node.type = *common;
  node.operands = {condition, then, otherwise};
  if (!Join(node.operands, node)) return {};
  return Add(std::move(node), expr);
}

}  // namespace tocsin::check
