// Arithmetic, comparison, logic and calls: which units fit, and what comes out.

#include <algorithm>
#include <array>
#include <optional>

#include "compiler/check/series.h"

namespace tocsin::check {

using ir::SeriesOp;
using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;
using syntax::Operator;
using values::Unit;

namespace {

bool Plain(Unit unit) { return unit == Unit::kNumber || unit == Unit::kCount; }

// The unit of what is added or compared; a count is a plain number that is whole.
std::optional<Unit> Common(Unit a, Unit b) {
  if (a == b) return a;
  if (Plain(a) && Plain(b)) return Unit::kNumber;
  return std::nullopt;
}

// A part of a number is a number, as in `80% of limit`; only a ratio that a written number
// multiplies, as in `2 * error_rate`, stays one, which the caller knows.
std::optional<Unit> Times(Unit a, Unit b) {
  if (a == Unit::kRatio) return Plain(b) ? Unit::kNumber : b;
  if (b == Unit::kRatio) return Plain(a) ? Unit::kNumber : a;
  if (Plain(a)) return Plain(b) && a != b ? Unit::kNumber : b;
  return Plain(b) ? std::optional(a) : std::nullopt;
}

std::optional<Unit> Quotient(Unit a, Unit b) {
  if (a == Unit::kNumber && Plain(b)) return Unit::kNumber;
  if (a == b) return Unit::kRatio;
  if (Plain(b) || b == Unit::kRatio) return a == Unit::kCount ? Unit::kNumber : a;
  return std::nullopt;
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

// Functions that are instructions, because they must fuse with what is around them.
struct Intrinsic {
  std::string_view name;
  SeriesOp op;
  std::size_t operands;
};
constexpr std::array kIntrinsics = {
    Intrinsic{"abs", SeriesOp::kAbsolute, 1},
    Intrinsic{"min", SeriesOp::kMinimum, 2},
    Intrinsic{"max", SeriesOp::kMaximum, 2},
};

}  // namespace

void SeriesChecker::DontFit(SeriesId a, SeriesId b, SeriesOp op, std::string_view verb) {
  // What was written as a number is more often wrong than what was measured.
  const bool left = (*this)[a].kind == SeriesKind::kConstant;
  const SeriesNode& wrong = (*this)[left ? a : b];
  const SeriesNode& other = (*this)[left ? b : a];
  const std::string first = UnitText((*this)[a].unit), second = UnitText((*this)[b].unit);
  const bool from = op == SeriesOp::kSubtract;
  const std::string_view between = from ? "from" : verb == "compare" ? "with" : "and";
  auto& finding = context_.sink.Emit(codes::kUnitsDontFit, wrong.span, verb, from ? second : first,
                                     between, from ? first : second);
  finding.Primary("this is " + Describe(context_.policy, left ? a : b));
  finding.Also(other.span, "this is " + Describe(context_.policy, left ? b : a));
  if (wrong.kind != SeriesKind::kConstant || !Plain(wrong.unit)) return;
  if (other.unit == Unit::kRatio) {
    finding.Help("write a ratio with a percent sign, as in `5%`");
  } else if (other.unit == Unit::kDuration) {
    finding.Help("write a duration with its unit, as in `100ms`");
  } else if (other.unit == Unit::kRate) {
    finding.Help("write a rate with its time, as in `50/m`");
  } else if (other.unit == Unit::kBytes) {
    finding.Help("write a number of bytes with its unit, as in `10GiB`");
  }
}

SeriesId SeriesChecker::Sum(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b,
                            std::string_view verb) {
  if (!IsNumber(a) || !IsNumber(b)) return {};
  const auto unit = Common((*this)[a].unit, (*this)[b].unit);
  if (!unit) {
    DontFit(a, b, op, verb);
    return {};
  }
  const bool compares = op != SeriesOp::kAdd && op != SeriesOp::kSubtract &&
                        op != SeriesOp::kMinimum && op != SeriesOp::kMaximum;
  return Over(expr, op, compares ? Unit::kBool : *unit, {a, b});
}

SeriesId SeriesChecker::Product(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b) {
  if (!IsNumber(a) || !IsNumber(b)) return {};
  const bool times = op == SeriesOp::kMultiply;
  const auto scales = [&](SeriesId factor, SeriesId ratio) {
    return (*this)[factor].kind == SeriesKind::kConstant && Plain((*this)[factor].unit) &&
           (*this)[ratio].unit == Unit::kRatio && (*this)[ratio].has_rows;
  };
  const auto unit = !times                         ? Quotient((*this)[a].unit, (*this)[b].unit)
                    : scales(a, b) || scales(b, a) ? std::optional(Unit::kRatio)
                                                   : Times((*this)[a].unit, (*this)[b].unit);
  if (!unit) {
    context_.sink.Emit(codes::kNoUnit, expr.span, UnitText((*this)[a].unit),
                       times ? "times" : "divided by", UnitText((*this)[b].unit));
    return {};
  }
  return Over(expr, op, *unit, {a, b});
}

SeriesId SeriesChecker::Logic(const Expr& expr, SeriesOp op, SeriesId a, SeriesId b) {
  const bool first = IsTruth(a);
  const bool both = IsTruth(b) && first;
  return both ? Over(expr, op, Unit::kBool, {a, b}) : SeriesId();
}

SeriesId SeriesChecker::Binary(const Expr& expr) {
  const SeriesId a = Check(expr.operands[0]);
  const SeriesId b = Check(expr.operands[1]);
  if (!a.valid() || !b.valid()) return {};
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
    case Operator::kPer:
      return NotBuilt(expr, "an accounting period (`per`)");
    case Operator::kAdd:
    case Operator::kSubtract:
    case Operator::kLess:
    case Operator::kLessEqual:
    case Operator::kGreater:
    case Operator::kGreaterEqual:
    case Operator::kEqual:
    case Operator::kNotEqual: {
      const auto row = std::ranges::find(kSums, expr.op, &OperatorRow::op);
      return Sum(expr, row->series, a, b, row->verb);
    }
    case Operator::kNone:
    case Operator::kNegate:
    case Operator::kNot:
      break;
  }
  return {};
}

SeriesId SeriesChecker::Call(const Expr& expr) {
  const Expr& callee = tree_[expr.operands[0]];
  const std::string_view name =
      callee.kind == ExprKind::kName ? callee.name.text : std::string_view();
  const auto intrinsic = std::ranges::find(kIntrinsics, name, &Intrinsic::name);
  if (intrinsic != kIntrinsics.end()) {
    static constexpr std::array<std::string_view, 2> kNames = {"a", "b"};
    const auto given = Arguments(context_, tree_, expr, name,
                                 std::span(kNames).first(intrinsic->operands), intrinsic->operands);
    const SeriesId a = Check(given[0]);
    if (!IsNumber(a)) return {};
    if (intrinsic->operands == 1) return Over(expr, intrinsic->op, (*this)[a].unit, {a});
    const SeriesId b = Check(given[1]);
    return IsNumber(b) ? Sum(expr, intrinsic->op, a, b, "choose between") : SeriesId();
  }
  const values::FunctionRow* function = context_.Function(name);
  if (function != nullptr && function->column != nullptr) return Function(expr, *function);
  std::vector<std::string> known;
  for (const Intrinsic& row : kIntrinsics) known.emplace_back(row.name);
  for (const values::FunctionRow* row : context_.functions) {
    if (row->column != nullptr) known.emplace_back(row->name);
  }
  auto& finding = context_.sink.Emit(codes::kUnknownName, callee.span, "function",
                                     diagnostics::Shown(context_.sources.Text(callee.span), 40));
  const std::string nearest = diagnostics::Nearest(name, known);
  if (!nearest.empty()) {
    finding.Help(fmt::format("did you mean `{}`?", nearest));
  } else {
    finding.Note(fmt::format("there are {}", ListOf(known)));
  }
  return {};
}

namespace {

bool Accepts(values::FunctionUnit wanted, Unit given, Unit first) {
  switch (wanted) {
    case values::FunctionUnit::kAny:
      return given != Unit::kBool;
    case values::FunctionUnit::kSame:
      return Common(given, first).has_value();
    case values::FunctionUnit::kNumber:
      return Plain(given);
    case values::FunctionUnit::kRatio:
      return given == Unit::kRatio;
    case values::FunctionUnit::kDuration:
      return given == Unit::kDuration;
    case values::FunctionUnit::kCount:
      return Plain(given);
    case values::FunctionUnit::kBytes:
      return given == Unit::kBytes;
    case values::FunctionUnit::kRate:
      return given == Unit::kRate;
  }
  return false;
}

Unit ResultUnit(values::FunctionUnit unit, Unit first) {
  switch (unit) {
    case values::FunctionUnit::kAny:
    case values::FunctionUnit::kSame:
      return first;
    case values::FunctionUnit::kNumber:
      return Unit::kNumber;
    case values::FunctionUnit::kRatio:
      return Unit::kRatio;
    case values::FunctionUnit::kDuration:
      return Unit::kDuration;
    case values::FunctionUnit::kCount:
      return Unit::kCount;
    case values::FunctionUnit::kBytes:
      return Unit::kBytes;
    case values::FunctionUnit::kRate:
      return Unit::kRate;
  }
  return first;
}

}  // namespace

SeriesId SeriesChecker::Function(const Expr& expr, const values::FunctionRow& function) {
  std::vector<std::string_view> names;
  for (const values::FunctionParameter& parameter : function.parameters)
    names.push_back(parameter.name);
  const auto given = Arguments(context_, tree_, expr, function.name, names, names.size());
  if (std::ranges::find(given, ExprId()) != given.end()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kCall;
  node.function = &function;
  Unit first = Unit::kNumber;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const values::FunctionParameter& parameter = function.parameters[i];
    const SeriesId argument = Check(given[i]);
    if (!IsNumber(argument)) return {};
    const SeriesNode& checked = (*this)[argument];
    if (i == 0) first = checked.unit;
    if (!Accepts(parameter.unit, checked.unit, first)) {
      const Unit wanted = ResultUnit(parameter.unit, first);
      context_.sink.Emit(codes::kWrongArgument, checked.span, parameter.name, function.name,
                         UnitText(wanted), Describe(context_.policy, argument));
      return {};
    }
    if (!parameter.constant) {
      node.operands.push_back(argument);
    } else if (checked.kind == SeriesKind::kConstant) {
      node.parameters.push_back(checked.number);
    } else {
      context_.sink.Emit(codes::kWrongType, checked.span,
                         fmt::format("a constant for `{}`", parameter.name),
                         Describe(context_.policy, argument));
      return {};
    }
  }
  node.unit = ResultUnit(function.result, first);
  if (!Join(node.operands, node)) return {};
  if (!node.has_rows) {
    context_.sink.Emit(codes::kConstantCondition, expr.span);
    return {};
  }
  return Add(std::move(node), expr);
}

}  // namespace tocsin::check
