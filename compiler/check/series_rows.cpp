// Some of the rows of a series, other rows joined to them, and many rows folded into fewer.

#include <algorithm>
#include <charconv>

#include "compiler/check/series.h"
#include "compiler/check/texts.h"

namespace tocsin::check {

using syntax::ExprId;
using syntax::ExprKind;

namespace {

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

// Reads what stands behind `label:` in a selection.
class SelectionReader {
 public:
  SelectionReader(Context& context, const syntax::Tree& tree, std::string_view label,
                  const Domain& domain)
      : context_(context), tree_(tree), domain_(domain) {
    selection_.label = label;
  }

  // `500..599`
  std::optional<Selection> ReadRange(const syntax::Expr& range) {
    return Between(range) ? std::optional(selection_) : std::nullopt;
  }

  std::optional<Selection> Read(ExprId id) {
    if (tree_[id].kind == ExprKind::kUnary && tree_[id].op == syntax::Operator::kNot) {
      selection_.except = true;
      id = tree_[id].operands[0];
    }
    const syntax::Expr& expr = tree_[id];
    if (expr.kind == ExprKind::kGroup) return Read(expr.operands[0]);
    bool whole = true;
    if (expr.kind == ExprKind::kRange) {
      whole = Between(expr);
    } else if (expr.kind == ExprKind::kList) {
      for (const ExprId operand : expr.operands) whole = One(operand) && whole;
      if (expr.operands.empty()) {
        context_.sink.Emit(codes::kEmptyList, expr.span, "value");
        whole = false;
      }
    } else {
      whole = One(id);
    }
    return whole ? std::optional(selection_) : std::nullopt;
  }

 private:
  // `500..599`: those of a closed label's values that are numbers in between.
  bool Between(const syntax::Expr& expr) {
    const auto least = Bound(expr.operands[0]), most = Bound(expr.operands[1]);
    if (!least || !most) return false;
    if (!domain_.closed) {
      context_.sink.Emit(codes::kNotBuilt, expr.span,
                         "a range of the values of a label that is no closed list");
      return false;
    }
    for (const std::string& value : domain_.values) {
      const auto number = WholeNumber(value);
      if (number && *number >= *least && *number <= *most) selection_.values.push_back(value);
    }
    if (!selection_.values.empty()) return true;
    Unknown(expr.span, context_.sources.Text(expr.span));
    return false;
  }

  std::optional<std::int64_t> Bound(ExprId id) {
    const auto number =
        tree_[id].kind == ExprKind::kNumber ? WholeNumber(tree_[id].name.text) : std::nullopt;
    if (!number) {
      context_.sink.Emit(codes::kWrongType, tree_[id].span, "a whole number such as `500`",
                         Found(context_, tree_, id));
    }
    return number;
  }

  bool One(ExprId id) {
    const syntax::Expr& value = tree_[id];
    auto text = PlainText(tree_, id);
    if (!text && (value.kind == ExprKind::kName || value.kind == ExprKind::kNumber))
      text = std::string(value.name.text);
    if (!text) {
      context_.sink.Emit(codes::kWrongType, value.span, "a value such as `eu` or \"eu-west-1\"",
                         Found(context_, tree_, id));
      return false;
    }
    if (domain_.closed && std::ranges::find(domain_.values, *text) == domain_.values.end()) {
      Unknown(value.span, *text);
      return false;
    }
    if (std::ranges::find(selection_.values, *text) != selection_.values.end()) {
      context_.sink.Emit(codes::kTwiceInList, value.span, *text);
      return false;
    }
    selection_.values.push_back(*std::move(text));
    return true;
  }

  void Unknown(diagnostics::Span span, std::string_view text) {
    auto& finding = context_.sink.Emit(codes::kUnknownLabelValue, span, text, selection_.label);
    finding.Note(fmt::format("its values are {}", ListOf(domain_.values)));
    const std::string nearest = diagnostics::Nearest(text, domain_.values);
    if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
  }

  Context& context_;
  const syntax::Tree& tree_;
  const Domain& domain_;
  Selection selection_;
};

}  // namespace

// What other languages select by: `region == eu`.
void SeriesChecker::NotSelected(ExprId id) {
  auto& finding =
      context_.sink.Emit(codes::kWrongType, tree_[id].span,
                         "a label and its value such as `region: eu`", Found(context_, tree_, id));
  const Expr& expr = tree_[id];
  const bool equal = expr.op == syntax::Operator::kEqual;
  if (expr.kind != ExprKind::kBinary || !(equal || expr.op == syntax::Operator::kNotEqual)) return;
  const diagnostics::Span between{expr.span.source, tree_[expr.operands[0]].span.end,
                                  tree_[expr.operands[1]].span.begin};
  finding.Help(equal ? "select with a colon" : "select with a colon and `not`")
      .Offer(between, equal ? ": " : ": not ", diagnostics::Applicability::kSafe);
}

SeriesId SeriesChecker::Select(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (!operand.valid()) return {};
  SeriesNode node;
  node.kind = SeriesKind::kSelect;
  node.type = (*this)[operand].type;
  node.labels = (*this)[operand].labels;
  node.has_rows = (*this)[operand].has_rows;
  node.joins = (*this)[operand].joins;
  node.operands = {operand};
  for (const syntax::Argument& argument : expr.arguments) {
    if (!argument.name.present()) {
      NotSelected(argument.value);
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
    const Domain* domain = context_.DomainOf(argument.name.text);
    if (domain == nullptr) return {};
    auto selection =
        SelectionReader(context_, tree_, argument.name.text, *domain).Read(argument.value);
    if (!selection) return {};
    node.selections.push_back(*std::move(selection));
  }
  return Add(std::move(node), expr);
}

// `code in 500..599`, inside `where`.
SeriesId SeriesChecker::LabelWithin(const Expr& expr, SeriesId label, const Expr& range,
                                    bool except) {
  const SeriesNode& row = (*this)[label];
  const Domain* domain = context_.DomainOf(row.text);
  if (domain == nullptr) return {};
  auto selection = SelectionReader(context_, tree_, row.text, *domain).ReadRange(range);
  if (!selection) return {};
  selection->except = except;
  SeriesNode node;
  node.kind = SeriesKind::kLabelIs;
  node.type = QuantityType(values::Unit::kBool);
  node.labels = row.labels;
  node.has_rows = true;
  node.selections.push_back(*std::move(selection));
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Where(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (!operand.valid()) return {};
  const SeriesNode shown = (*this)[operand];
  if (!shown.has_rows) {
    context_.sink.Emit(codes::kConstantCondition, shown.span);
    return {};
  }
  const SeriesNode* outer = where_;
  where_ = &shown;
  const SeriesId condition = Check(expr.operands[1]);
  where_ = outer;
  if (!IsTruth(condition)) return {};
  SeriesNode node;
  node.kind = SeriesKind::kWhere;
  node.type = shown.type;
  node.operands = {operand, condition};
  if (!Join(node.operands, node)) return {};
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::By(const Expr& expr) {
  const Expr* call = &tree_[expr.operands[0]];
  while (call->kind == ExprKind::kGroup) call = &tree_[call->operands[0]];
  if (call->kind == ExprKind::kCall) return Call(*call, &expr.labels);
  if (Check(expr.operands[0]).valid()) {
    context_.sink.Emit(codes::kByWhat, expr.span)
        .Help("say how rows become one, as in `sum(sold) by (region)`");
  }
  return {};
}

SeriesId SeriesChecker::Matching(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  if (!operand.valid()) return {};
  std::vector<std::string> labels;
  for (const syntax::Name& label : expr.labels) {
    if (!context_.Resolve(label, "label").valid()) return {};
    if (std::ranges::find(labels, label.text) != labels.end()) {
      context_.sink.Emit(codes::kTwiceInList, label.span, label.text);
      return {};
    }
    labels.emplace_back(label.text);
  }
  std::ranges::sort(labels);
  const SeriesNode& rows = (*this)[operand];
  if (!rows.has_rows) {
    context_.sink.Emit(codes::kConstantCondition, rows.span);
    return {};
  }
  if (rows.labels != labels) {
    const auto missing = Without(rows.labels, labels);
    auto& finding = context_.sink.Emit(codes::kLabelsDontFit, rows.span,
                                       fmt::format("it is {}", ByText(rows.labels)),
                                       "matched by " + LabelsText(labels));
    if (!missing.empty()) {
      finding.Help(fmt::format("fold the rows first, as in `any(...) by {}` or `sum(...) by {}`",
                               LabelsText(labels), LabelsText(labels)));
    }
    return {};
  }
  SeriesNode node = rows;
  node.joins = true;
  node.operands = {operand};
  node.kind = SeriesKind::kSelect;
  node.selections.clear();
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Window(const Expr& expr) {
  const SeriesId operand = Check(expr.operands[0]);
  const auto length = ReadDuration(context_, tree_, expr.operands[1]);
  if (!operand.valid() || !length) return {};
  const SeriesNode& samples = (*this)[operand];
  if (!samples.quantity() || samples.type.optional) {
    NotAQuantity(operand);
    return {};
  }
  if (!samples.has_rows) {
    // Most often `over` was meant to go with all that stands before it.
    context_.sink.Emit(codes::kConstantCondition, samples.span)
        .Help(
            "`over` goes with what stands right before it: put a condition in parentheses, as in "
            "`held((errors > 5%) over 5m)`");
    return {};
  }
  if (*length == 0) {
    context_.sink.Emit(codes::kOutOfRange, tree_[expr.operands[1]].span, "0s",
                       "a window has some length");
    return {};
  }
  SeriesNode node = samples;
  node.kind = SeriesKind::kWindow;
  node.type = Type{.kind = TypeKind::kWindow, .unit = samples.type.unit};
  node.number = static_cast<double>(*length);
  node.operands = {operand};
  node.selections.clear();
  return Add(std::move(node), expr);
}

SeriesId SeriesChecker::Fold(const Expr& expr, const values::FunctionRow& function,
                             SeriesId operand, const std::vector<double>& constants,
                             const std::vector<syntax::Name>* by) {
  const SeriesNode& rows = (*this)[operand];
  if (!rows.has_rows) {
    context_.sink.Emit(codes::kConstantCondition, rows.span);
    return {};
  }
  SeriesNode node;
  node.kind = SeriesKind::kFold;
  node.function = &function;
  node.has_rows = true;
  node.operands = {operand};
  node.parameters = constants;
  if (!Serves(expr, function, constants, 0)) return {};
  for (const syntax::Name& label : by == nullptr ? std::vector<syntax::Name>() : *by) {
    if (std::ranges::find(rows.labels, label.text) == rows.labels.end()) {
      auto& finding = context_.sink.Emit(codes::kUnknownLabel, label.span,
                                         Describe(context_.policy, operand), label.text);
      Suggest(finding, label, rows.labels,
              rows.labels.size() == 1 ? "its only label is" : "its labels are");
      return {};
    }
    if (std::ranges::find(node.labels, label.text) != node.labels.end()) {
      context_.sink.Emit(codes::kTwiceInList, label.span, label.text);
      return {};
    }
    node.labels.emplace_back(label.text);
  }
  std::ranges::sort(node.labels);
  const std::span<const syntax::Name> named =
      by == nullptr ? std::span<const syntax::Name>() : std::span(*by);
  if (!HasBounds(function, operand, named)) return {};
  node.type = ResultType(function, rows.type);
  return Add(std::move(node), expr);
}

// Whether rows that are folded have the label that a function takes its bounds from,
// where it takes any; reported where they have not.
bool SeriesChecker::HasBounds(const values::FunctionRow& function, SeriesId operand,
                              std::span<const syntax::Name> by) {
  const std::string label(function.bound_label);
  if (label.empty()) return true;
  const SeriesNode& rows = (*this)[operand];
  if (std::ranges::find(rows.labels, label) == rows.labels.end()) {
    context_.sink.Emit(codes::kUnknownLabel, rows.span, Describe(context_.policy, operand), label)
        .Note(fmt::format("`{}` takes the rows by `{}` for the buckets of a histogram",
                          function.name, label));
    return false;
  }
  const auto kept = std::ranges::find(by, label, &syntax::Name::text);
  if (kept == by.end()) return true;
  context_.sink
      .Emit(codes::kOutOfRange, kept->span, label,
            fmt::format("`{}` makes one row of the buckets", function.name))
      .Help(fmt::format("leave `{}` out", label));
  return false;
}

}  // namespace tocsin::check
