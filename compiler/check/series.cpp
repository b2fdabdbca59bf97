#include "compiler/check/series.h"

#include <algorithm>
#include <utility>

#include "compiler/check/texts.h"
#include "runtime/base/limits.h"

namespace tocsin::check {

using ir::SeriesOp;
using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;
using values::Unit;

namespace {

// Of expressions in one another, where a derived signal counts with all that it is derived from: a
// bound on the recursion of every stage from here on.
constexpr std::size_t kMostDepth = 2 * base::kMaxNesting;

}  // namespace

SeriesId SeriesChecker::Check(ExprId id) {
  if (!id.valid()) return {};
  const Expr& expr = tree_[id];
  // Said once for the whole expression.
  if (context_.series_depth >= kMostDepth || ++parts_ > base::kMaxExpressionParts) {
    if (!std::exchange(too_long_, true)) {
      context_.sink.Emit(codes::kTooLong, expr.span).Help("split it and give the parts names");
    }
    return {};
  }
  ++context_.series_depth;
  const SeriesId result = Part(expr, id);
  --context_.series_depth;
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
    case ExprKind::kName:
      return Named(expr);
    case ExprKind::kSelect:
      return Select(expr);
    case ExprKind::kUnary:
      return Unary(expr);
    case ExprKind::kBinary:
      return Binary(expr);
    case ExprKind::kCall:
      return Call(expr);
    case ExprKind::kOver:
      return NotBuilt(expr, "a window (`over`)");
    case ExprKind::kBy:
      return NotBuilt(expr, "a sum across rows (`by`)");
    case ExprKind::kIf:
      return NotBuilt(expr, "a choice (`if`) between series");
    case ExprKind::kIn:
    case ExprKind::kNotIn:
      return NotBuilt(expr, "membership (`in`) of a series");
    case ExprKind::kWhere:
      return NotBuilt(expr, "`where` on a series");
    case ExprKind::kMember:
      return NotBuilt(expr, "a part (`.`) of a series");
    case ExprKind::kTimeOfDay:
    case ExprKind::kTimeSpan:
    case ExprKind::kDate:
    case ExprKind::kString:
    case ExprKind::kTuple:
    case ExprKind::kList:
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

SeriesId SeriesChecker::NotBuilt(const Expr& expr, std::string_view what) {
  context_.sink.Emit(codes::kNotBuilt, expr.span, what);
  return {};
}

SeriesId SeriesChecker::Add(SeriesNode node, const Expr& expr) {
  node.span = expr.span;
  context_.policy.series.push_back(std::move(node));
  return SeriesId(context_.policy.series.size() - 1);
}

SeriesId SeriesChecker::Constant(const Expr& expr) {
  SeriesNode node;
  if (expr.kind == ExprKind::kBoolean) {
    node.kind = SeriesKind::kTruth;
    node.unit = Unit::kBool;
    node.number = expr.name.text == "true" ? 1 : 0;
    return Add(std::move(node), expr);
  }
  const auto quantity = values::ParseQuantity(expr.name.text);
  if (!quantity) {
    BadQuantity(context_, expr.span, quantity.error());
    return {};
  }
  node.unit = quantity->unit;
  node.number = quantity->value;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Named(const Expr& expr) {
  const DeclId signal = context_.Resolve(expr.name, "signal");
  if (!signal.valid()) return {};
  const Measure* measure = MeasureOf(context_, signal, expr.span);
  if (measure == nullptr) return {};
  SeriesNode node;
  node.kind = SeriesKind::kSignal;
  node.signal = signal;
  node.unit = measure->unit;
  node.labels = measure->labels;
  node.has_rows = true;
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Select(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (!operand.valid()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kSelect;
  node.unit = (*this)[operand].unit;
  node.labels = (*this)[operand].labels;
  node.has_rows = (*this)[operand].has_rows;
  node.operands = {operand};
  for (const syntax::Argument& argument : expr.arguments) {
    const Expr& value = tree_[argument.value];
    if (!argument.name.present()) {
      context_.sink.Emit(codes::kWrongType, value.span,
                         "a label and its value such as `region: eu`",
                         Found(context_, tree_, argument.value));
      return {};
    }
    if (std::ranges::find(node.labels, argument.name.text) == node.labels.end()) {
      auto& finding = context_.sink.Emit(codes::kUnknownLabel, argument.name.span,
                                         Describe(context_.policy, operand), argument.name.text);
      const std::string nearest = diagnostics::Nearest(argument.name.text, node.labels);
      if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
      return {};
    }
    if (std::ranges::find(node.selections, argument.name.text, &Selection::label) !=
        node.selections.end()) {
      context_.sink.Emit(codes::kGivenTwice, argument.name.span, argument.name.text, "selection");
      return {};
    }
    auto text = PlainText(tree_, argument.value);
    if (!text && value.kind == ExprKind::kName) text = std::string(value.name.text);
    if (!text) {
      context_.sink.Emit(codes::kWrongType, value.span, "a value such as `eu` or \"eu-west-1\"",
                         Found(context_, tree_, argument.value));
      return {};
    }
    const Domain* domain = context_.DomainOf(argument.name.text);
    if (domain == nullptr) return {};
    if (domain->closed && std::ranges::find(domain->values, *text) == domain->values.end()) {
      auto& finding =
          context_.sink.Emit(codes::kUnknownLabelValue, value.span, *text, argument.name.text);
      finding.Note(fmt::format("its values are {}", ListOf(domain->values)));
      const std::string nearest = diagnostics::Nearest(*text, domain->values);
      if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
      return {};
    }
    node.selections.push_back({std::string(argument.name.text), *std::move(text)});
  }
  return Add(std::move(node), expr);
}

bool SeriesChecker::IsNumber(SeriesId id) {
  if (!id.valid()) return false;
  if ((*this)[id].unit != Unit::kBool) return true;
  context_.sink.Emit(codes::kNotANumber, (*this)[id].span, Describe(context_.policy, id))
      .Help("use a condition by itself or after `not`, without comparing it");
  return false;
}

bool SeriesChecker::IsTruth(SeriesId id) {
  if (!id.valid()) return false;
  if ((*this)[id].unit == Unit::kBool) return true;
  context_.sink.Emit(codes::kNotATruth, (*this)[id].span, Describe(context_.policy, id))
      .Help("compare it with something, as in `error_rate > 5%`");
  return false;
}

bool SeriesChecker::Join(const std::vector<SeriesId>& operands, SeriesNode& node) {
  const SeriesNode* first = nullptr;
  for (SeriesId id : operands) {
    const SeriesNode& operand = (*this)[id];
    if (!operand.has_rows) continue;
    if (first == nullptr) {
      first = &operand;
    } else if (first->labels != operand.labels) {
      context_.sink
          .Emit(codes::kLabelsDontFit, operand.span, "one side is " + ByText(first->labels),
                "the other " + ByText(operand.labels))
          .Primary(ByText(operand.labels))
          .Also(first->span, ByText(first->labels))
          .Note(
              "a row of one side must be the same row on the other; joins by some of the labels "
              "are not built yet");
      return false;
    }
  }
  if (first != nullptr) {
    node.has_rows = true;
    node.labels = first->labels;
  }
  return true;
}

SeriesId SeriesChecker::Over(const Expr& expr, SeriesOp op, Unit unit,
                             std::vector<SeriesId> operands) {
  SeriesNode node;
  node.kind = SeriesKind::kOperator;
  node.op = op;
  node.unit = unit;
  if (!Join(operands, node)) return {};
  node.operands = std::move(operands);
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Unary(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (expr.op == syntax::Operator::kNot) {
    return IsTruth(operand) ? Over(expr, SeriesOp::kNot, Unit::kBool, {operand}) : SeriesId();
  }
  if (!IsNumber(operand)) return {};
  if (const SeriesNode& number = (*this)[operand]; number.kind == SeriesKind::kConstant) {
    SeriesNode negative;
    negative.unit = number.unit;
    negative.number = -number.number;
    return Add(std::move(negative), expr);
  }
  return Over(expr, SeriesOp::kNegate, (*this)[operand].unit, {operand});
}

SeriesId CheckSeries(Context& context, const syntax::Tree& tree, ExprId id) {
  return SeriesChecker(context, tree).Check(id);
}

SeriesId CheckCondition(Context& context, const syntax::Tree& tree, ExprId id) {
  const SeriesId series = CheckSeries(context, tree, id);
  if (!series.valid()) return {};
  const SeriesNode& node = context.policy[series];
  if (node.unit != Unit::kBool) {
    context.sink.Emit(codes::kNotATruth, node.span, Describe(context.policy, series))
        .Help("compare it with something, as in `error_rate > 5%`");
    return {};
  }
  if (!node.has_rows) {
    context.sink.Emit(codes::kConstantCondition, node.span);
    return {};
  }
  return series;
}

const Measure* MeasureOf(Context& context, DeclId signal, diagnostics::Span use) {
  auto& progress = context.measure_progress[signal.index];
  auto& measure = context.measures[signal.index];
  if (progress == Context::Progress::kDone) return measure ? &*measure : nullptr;
  const Declared& declared = context.declared[signal.index];
  if (progress == Context::Progress::kRunning) {
    context.sink.Emit(codes::kCycle, declared.decl->name.span, declared.decl->name.text)
        .Also(use, "through this")
        .Help("derive it from what is measured");
    progress = Context::Progress::kDone;
    return nullptr;
  }
  progress = Context::Progress::kRunning;
  Decl& decl = context.policy.decls[signal.index];
  if (declared.decl->type.valid()) {
    decl.type = ReadMeasure(context, *declared.tree, declared.decl->type);
    if (const auto* written = Get<Measure>(decl.type)) measure = *written;
  }
  if (declared.decl->value.valid()) {
    const SeriesId value = CheckSeries(context, *declared.tree, declared.decl->value);
    context.policy.decls[signal.index].value = value;
    if (!value.valid()) {
      measure.reset();
    } else if (!context.policy[value].has_rows) {
      context.sink.Emit(codes::kConstantCondition, context.policy[value].span);
      measure.reset();
    } else if (!measure) {
      measure = Measure{context.policy[value].unit, context.policy[value].labels};
    } else {
      const SeriesNode& node = context.policy[value];
      const bool by = declared.tree->operator[](declared.decl->type).kind == ExprKind::kBy;
      if (measure->unit != node.unit || (by && measure->labels != node.labels)) {
        context.sink.Emit(
            codes::kUnitDiffers, node.span, declared.decl->name.text,
            by ? fmt::format("{} {}", UnitText(measure->unit), ByText(measure->labels))
               : UnitText(measure->unit),
            Describe(context.policy, value));
        measure.reset();
      } else {
        measure->labels = node.labels;
      }
    }
  }
  progress = Context::Progress::kDone;
  return measure ? &*measure : nullptr;
}

std::string LabelsText(const std::vector<std::string>& labels) {
  return fmt::format("({})", fmt::join(labels, ", "));
}

std::string ByText(const std::vector<std::string>& labels) {
  return labels.empty() ? "without labels" : "by " + LabelsText(labels);
}

std::string UnitText(Unit unit) {
  if (unit == Unit::kBool) return "a condition";
  if (unit == Unit::kBytes) return "a number of bytes";
  if (unit == Unit::kByteRate) return "a rate of bytes";
  return WithArticle(values::UnitName(unit));
}

std::string Describe(const Policy& policy, SeriesId id) {
  const SeriesNode& node = policy[id];
  if (node.kind == SeriesKind::kConstant) {
    return fmt::format("the {} `{}`", values::UnitName(node.unit),
                       values::FormatQuantity(node.number, node.unit));
  }
  return node.labels.empty()
             ? UnitText(node.unit)
             : fmt::format("{} by {}", UnitText(node.unit), LabelsText(node.labels));
}

}  // namespace tocsin::check
