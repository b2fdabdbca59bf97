#include "compiler/check/series.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/base/limits.h"

namespace tocsin::check {

using ir::SeriesOp;
using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

namespace {

// Of expressions in one another, where a derived signal counts with all that it is derived from: a
// bound on the recursion of every stage from here on.
constexpr std::size_t kMostDepth = 2 * base::kMaxNesting;

// Constants of constants, with the arithmetic that a tick would use; a condition is 0 or 1.
std::optional<double> FoldConstants(SeriesOp op, double a, double b) {
  const auto result = [&]() -> std::optional<double> {
    switch (op) {
      case SeriesOp::kAdd:
        return a + b;
      case SeriesOp::kSubtract:
        return a - b;
      case SeriesOp::kMultiply:
        return a * b;
      case SeriesOp::kDivide:
        return a / b;
      case SeriesOp::kMinimum:
        return std::min(a, b);
      case SeriesOp::kMaximum:
        return std::max(a, b);
      case SeriesOp::kLess:
        return a < b;
      case SeriesOp::kLessEqual:
        return a <= b;
      case SeriesOp::kGreater:
        return a > b;
      case SeriesOp::kGreaterEqual:
        return a >= b;
      case SeriesOp::kEqual:
        return a == b;
      case SeriesOp::kNotEqual:
        return a != b;
      case SeriesOp::kAnd:
        return a != 0 && b != 0;
      case SeriesOp::kOr:
        return a != 0 || b != 0;
      case SeriesOp::kNot:
        return a == 0;
      case SeriesOp::kAbsolute:
        return std::fabs(a);
      default:
        return std::nullopt;
    }
  }();
  return result && std::isfinite(*result) ? result : std::nullopt;
}

}  // namespace

SeriesId SeriesChecker::Check(ExprId id) {
  if (!id.valid()) return {};
  const Expr& expr = tree_[id];
  Context::Effort& effort = context_.effort;
  if (effort.depth == 0) effort = {};
  // Said once for the whole expression.
  if (effort.depth >= kMostDepth || ++effort.parts > base::kMaxExpressionParts) {
    if (!std::exchange(effort.too_long, true)) {
      context_.sink.Emit(codes::kTooLong, expr.span).Help("split it and give the parts names");
    }
    return {};
  }
  ++effort.depth;
  const SeriesId result = Part(expr, id);
  --effort.depth;
  return result;
}

SeriesId SeriesChecker::Part(const Expr& expr, ExprId id) {
  switch (expr.kind) {
    case ExprKind::kError:
      break;
    case ExprKind::kGroup:
      return Check(expr.operands[0]);
    case ExprKind::kNumber:
    case ExprKind::kQuantity:
    case ExprKind::kBoolean:
      return Constant(expr);
    case ExprKind::kString:
      return Literal(expr, TypeOf(TypeKind::kText));
    case ExprKind::kTimeOfDay:
      return TimeOfDay(expr, expr.name.text);
    case ExprKind::kDate:
      return DateOrInstant(expr);
    case ExprKind::kList:
      return List(expr);
    case ExprKind::kName:
      return Named(expr);
    case ExprKind::kMember:
      return Member(expr, id);
    case ExprKind::kSelect:
      return Select(expr);
    case ExprKind::kWhere:
      return Where(expr);
    case ExprKind::kBy:
      return By(expr);
    case ExprKind::kMatching:
      return Matching(expr);
    case ExprKind::kOver:
      return Window(expr);
    case ExprKind::kUnary:
      return Unary(expr);
    case ExprKind::kBinary:
      return Binary(expr);
    case ExprKind::kIn:
    case ExprKind::kNotIn:
      return Within(expr);
    case ExprKind::kIf:
      return If(expr);
    case ExprKind::kCall:
      return Call(expr);
    case ExprKind::kTimeSpan:
    case ExprKind::kTuple:
    case ExprKind::kMoment:
    case ExprKind::kRange:
    case ExprKind::kArrow:
    case ExprKind::kAfter:
    case ExprKind::kWhen:
      context_.sink.Emit(codes::kNotASeries, expr.span, Found(context_, tree_, id));
      break;
  }
  return {};
}

SeriesId SeriesChecker::Add(SeriesNode node, const Expr& expr) {
  node.span = expr.span;
  std::uint64_t size = 1;
  for (const SeriesId operand : node.operands) size += (*this)[operand].size;
  // Parameters that are used twice, and that twice, grow faster than what was written.
  if (size > base::kMaxExpressionParts) {
    if (!std::exchange(context_.effort.too_long, true)) {
      context_.sink.Emit(codes::kTooLong, expr.span).Help("split it and give the parts names");
    }
    return {};
  }
  node.size = static_cast<std::uint32_t>(size);
  context_.policy.series.push_back(std::move(node));
  return SeriesId(context_.policy.series.size() - 1);
}

void SeriesChecker::NotAQuantity(SeriesId id) {
  const SeriesNode& node = (*this)[id];
  if (node.type.kind == TypeKind::kWindow) {
    context_.sink.Emit(codes::kWindowAlone, node.span)
        .Help(fmt::format("say which one, as in `avg({})`",
                          diagnostics::Shown(context_.sources.Text(node.span), 40)));
  } else if (node.type.optional) {
    context_.sink.Emit(codes::kMayBeAbsent, node.span, TypeText(node.type))
        .Help("say what holds then, with `or`");
  } else if (node.kind == SeriesKind::kReference) {
    const Decl& decl = context_[node.decl];
    context_.sink
        .Emit(codes::kWrongKind, node.span, decl.name, WithArticle(decl.schema->name), "a signal")
        .Also(decl.span, "declared here");
  } else {
    context_.sink.Emit(codes::kNotASeries, node.span, Describe(context_.policy, id));
  }
}

bool SeriesChecker::IsNumber(SeriesId id) {
  if (!id.valid()) return false;
  const SeriesNode& node = (*this)[id];
  if (node.truth()) {
    const bool compared = node.kind == SeriesKind::kOperator && IsComparison(node.op);
    context_.sink.Emit(codes::kNotANumber, node.span, Describe(context_.policy, id))
        .Help(compared ? "compare two at a time, as in `a < b and b < c`"
                       : "use a condition by itself or after `not`, without comparing it");
    return false;
  }
  if (node.quantity() && !node.type.optional) return true;
  NotAQuantity(id);
  return false;
}

bool SeriesChecker::IsTruth(SeriesId id) {
  if (!id.valid()) return false;
  const SeriesNode& node = (*this)[id];
  if (node.truth()) return true;
  if (!node.quantity() || node.type.optional) {
    NotAQuantity(id);
    return false;
  }
  context_.sink.Emit(codes::kNotATruth, node.span, Describe(context_.policy, id))
      .Help("compare it with something, as in `error_rate > 5%`");
  return false;
}

std::vector<std::string> Without(const std::vector<std::string>& labels,
                                 const std::vector<std::string>& in) {
  std::vector<std::string> rest;
  std::ranges::set_difference(labels, in, std::back_inserter(rest));
  return rest;
}

void SeriesChecker::LabelsDontFit(const SeriesNode& a, const SeriesNode& b) {
  const auto seen = [](const SeriesNode& side) {
    return side.joins ? "matching " + LabelsText(side.labels) : ByText(side.labels);
  };
  auto& finding = context_.sink.Emit(codes::kLabelsDontFit, b.span, "one side is " + seen(a),
                                     "the other " + seen(b));
  finding.Primary(seen(b)).Also(a.span, seen(a));
  const auto only_a = Without(a.labels, b.labels), only_b = Without(b.labels, a.labels);
  if (a.joins || b.joins) {
    finding.Note("`matching` names labels that the other side has, too");
  } else if (only_a.empty() || only_b.empty()) {
    const SeriesNode& fewer = only_a.empty() ? a : b;
    const std::vector<std::string>& missing = only_a.empty() ? only_b : only_a;
    finding.Note(
        fmt::format("{} {} only on one side", ListOf(missing), missing.size() == 1 ? "is" : "are"));
    if (!fewer.labels.empty()) {
      finding.Help(fmt::format("join the rows with `{} matching {}`",
                               diagnostics::Shown(context_.sources.Text(fewer.span), 40),
                               LabelsText(fewer.labels)));
    }
  } else {
    finding.Note(
        fmt::format("only one side has {}, only the other {}", ListOf(only_a), ListOf(only_b)));
  }
}

bool SeriesChecker::Join(const std::vector<SeriesId>& operands, SeriesNode& node) {
  const SeriesNode* own = nullptr;     // rows that are not looked up
  const SeriesNode* looked = nullptr;  // rows that are
  for (SeriesId id : operands) {
    const SeriesNode& operand = (*this)[id];
    if (!operand.has_rows) continue;
    const SeriesNode*& first = operand.joins ? looked : own;
    if (first == nullptr) {
      first = &operand;
    } else if (first->labels != operand.labels) {
      LabelsDontFit(*first, operand);
      return false;
    }
  }
  if (own != nullptr && looked != nullptr && !Without(looked->labels, own->labels).empty()) {
    LabelsDontFit(*own, *looked);
    return false;
  }
  if (const SeriesNode* first = own != nullptr ? own : looked) {
    node.has_rows = true;
    node.labels = first->labels;
    node.joins = own == nullptr;
  }
  return true;
}

SeriesId SeriesChecker::Over(const Expr& expr, SeriesOp op, Type type,
                             std::vector<SeriesId> operands) {
  const auto constant = [&](SeriesId id) {
    const SeriesKind kind = (*this)[id].kind;
    return kind == SeriesKind::kConstant || kind == SeriesKind::kTruth;
  };
  SeriesNode node;
  node.type = std::move(type);
  if (std::ranges::all_of(operands, constant)) {
    if (const auto folded =
            FoldConstants(op, (*this)[operands.front()].number, (*this)[operands.back()].number)) {
      node.kind = node.truth() ? SeriesKind::kTruth : SeriesKind::kConstant;
      node.number = *folded;
      return Add(std::move(node), expr);
    }
  }
  node.kind = SeriesKind::kOperator;
  node.op = op;
  if (!Join(operands, node)) return {};
  node.operands = std::move(operands);
  return Add(std::move(node), expr);
}

bool DividesByZero(Context& context, SeriesId id) {
  const SeriesNode& node = context.policy[id];
  if (node.kind == SeriesKind::kOperator && node.op == SeriesOp::kDivide) {
    const SeriesNode& divisor = context.policy[node.operands[1]];
    if (divisor.kind == SeriesKind::kConstant && divisor.number == 0) {
      context.sink.Emit(codes::kOutOfRange, divisor.span,
                        diagnostics::Shown(context.sources.Text(divisor.span), 40),
                        "nothing can be divided by zero");
      return true;
    }
  }
  return std::ranges::any_of(node.operands,
                             [&](SeriesId operand) { return DividesByZero(context, operand); });
}

SeriesId CheckSeries(Context& context, const syntax::Tree& tree, ExprId id) {
  const SeriesId series = SeriesChecker(context, tree).Check(id);
  if (!series.valid() || !context.policy[series].joins) return series;
  const SeriesNode& node = context.policy[series];
  context.sink.Emit(codes::kMatchesNothing, node.span, LabelsText(node.labels));
  return {};
}

SeriesId CheckCondition(Context& context, const syntax::Tree& tree, ExprId id) {
  const SeriesId series = CheckSeries(context, tree, id);
  if (!series.valid()) return {};
  const SeriesNode& node = context.policy[series];
  if (!SeriesChecker(context, tree).IsTruth(series)) return {};
  if (!node.has_rows) {
    context.sink.Emit(codes::kConstantCondition, node.span);
    return {};
  }
  return series;
}

std::string LabelsText(const std::vector<std::string>& labels) {
  return fmt::format("({})", fmt::join(labels, ", "));
}

std::string ByText(const std::vector<std::string>& labels) {
  return labels.empty() ? "without labels" : "by " + LabelsText(labels);
}

std::string Describe(const Policy& policy, SeriesId id) {
  const SeriesNode& node = policy[id];
  if (node.kind == SeriesKind::kConstant) {
    return fmt::format("the {} `{}`", values::UnitName(node.type.unit),
                       values::FormatQuantity(node.number, node.type.unit));
  }
  if (node.kind == SeriesKind::kLiteral) return node.text;
  const std::string what = TypeText(node.type);
  return node.labels.empty() ? what : fmt::format("{} by {}", what, LabelsText(node.labels));
}

}  // namespace tocsin::check
