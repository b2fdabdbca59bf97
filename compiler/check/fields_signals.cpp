// Domains of labels, measures and sources of signals, and what an alert does without data.

#include <algorithm>
#include <array>
#include <set>

#include "compiler/check/declared.h"
#include "compiler/check/fields.h"
#include "compiler/check/texts.h"
#include "runtime/base/limits.h"

namespace tocsin::check {
namespace {

using syntax::ExprId;
using syntax::ExprKind;
using syntax::Tree;

// `job == "registry" and env != "test"`
bool AddConditions(FieldReader& reader, ExprId id, Source& source) {
  const Tree& tree = reader.tree;
  const syntax::Expr& expr = tree[id];
  if (expr.kind == ExprKind::kGroup) return AddConditions(reader, expr.operands[0], source);
  if (expr.kind == ExprKind::kBinary && expr.op == syntax::Operator::kAnd) {
    return AddConditions(reader, expr.operands[0], source) &&
           AddConditions(reader, expr.operands[1], source);
  }
  const bool compares = expr.kind == ExprKind::kBinary && (expr.op == syntax::Operator::kEqual ||
                                                           expr.op == syntax::Operator::kNotEqual);
  const auto value = compares ? PlainText(tree, expr.operands[1]) : std::nullopt;
  if (!value || tree[expr.operands[0]].kind != ExprKind::kName) {
    reader.context.sink.Emit(codes::kWrongType, expr.span,
                             "conditions on labels such as `job == \"registry\"`",
                             Found(reader.context, tree, id));
    return false;
  }
  source.where.push_back(
      {std::string(tree[expr.operands[0]].name.text), expr.op == syntax::Operator::kEqual, *value});
  return true;
}

}  // namespace

Value ReadSource(FieldReader& reader, ExprId id) {
  const Tree& tree = reader.tree;
  const syntax::Expr& expr = tree[id];
  if (expr.kind != ExprKind::kCall) return reader.Wrong(id);
  const syntax::Expr& protocol = tree[expr.operands[0]];
  if (protocol.name.text != "prometheus") {
    reader.context.sink.Emit(codes::kUnknownName, protocol.span, "source", protocol.name.text)
        .Note("there is only `prometheus`");
    return {};
  }
  Source source;
  bool whole = true;
  for (const syntax::Argument& argument : expr.arguments) {
    const std::string_view name = argument.name.text;
    const auto named = std::ranges::count(
        expr.arguments, name, [](const syntax::Argument& other) { return other.name.text; });
    if (argument.name.present() && named > 1) {
      if (reader.context.FirstAt(expr.span)) {
        reader.context.sink.Emit(codes::kGivenTwice, argument.name.span, name, "source");
      }
      whole = false;
      continue;
    }
    if (argument.name.present() && name == "where") {
      whole = AddConditions(reader, argument.value, source) && whole;
      continue;
    }
    const auto text = PlainText(tree, argument.value);
    if (!text || text->empty()) {
      reader.context.sink.Emit(codes::kWrongType, tree[argument.value].span, "a name in quotes",
                               Found(reader.context, tree, argument.value));
      whole = false;
    } else if (argument.name.present()) {
      source.labels.emplace_back(name, *text);
      source.label_spans.push_back(argument.name.span);
    } else if (source.metric.empty()) {
      source.metric = *text;
    } else {
      reader.context.sink.Emit(codes::kUnknownArgument, tree[argument.value].span, "prometheus",
                               "further argument");
      whole = false;
    }
  }
  if (whole && source.metric.empty()) {
    reader.context.sink.Emit(codes::kMissingArgument, expr.span, "prometheus",
                             "the name of a metric in quotes");
    whole = false;
  }
  return whole ? reader.Made(id, std::move(source)) : Value();
}

Value ReadNoData(FieldReader& reader, ExprId id) {
  static constexpr std::array<std::string_view, 1> kAfter = {"after"};
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind == ExprKind::kName && expr.name.text == "hold") return reader.Made(id, NoData{});
  if (expr.kind != ExprKind::kCall) return reader.Wrong(id, {"hold", "fire", "clear"});
  const std::string_view what = reader.tree[expr.operands[0]].name.text;
  if (what != "fire" && what != "clear") return reader.Wrong(id);
  const auto given = Arguments(reader.context, reader.tree, expr, what, kAfter, 1);
  const auto after = ReadDuration(reader.context, reader.tree, given[0]);
  if (!after) return {};
  return reader.Made(id,
                     NoData{what == "fire" ? NoData::What::kFire : NoData::What::kClear, *after});
}

Value ReadLabels(FieldReader& reader, ExprId id) {
  const syntax::Expr& list = reader.tree[id];
  if (list.kind != ExprKind::kList) return reader.Wrong(id);
  Labels labels;
  for (const ExprId operand : list.operands) {
    const syntax::Expr& label = reader.tree[operand];
    if (label.kind != ExprKind::kName) return reader.Wrong(operand);
    if (!reader.context.Resolve(label.name, "label").valid()) return {};
    if (std::ranges::find(labels.names, label.name.text) != labels.names.end()) {
      reader.context.sink.Emit(codes::kTwiceInList, label.span, label.name.text);
      return {};
    }
    labels.names.emplace_back(label.name.text);
  }
  std::ranges::sort(labels.names);
  return reader.Made(id, std::move(labels));
}

// As `no_data`, but that nothing can be cleared.
Value ReadReady(FieldReader& reader, ExprId id) {
  const syntax::Expr& expr = reader.tree[id];
  if (expr.kind == ExprKind::kName && expr.name.text == "quiet") return reader.Made(id, NoData{});
  const bool fires =
      expr.kind == ExprKind::kCall && reader.tree[expr.operands[0]].name.text == "fire";
  return fires ? ReadNoData(reader, id) : reader.Wrong(id, {"quiet", "fire"});
}

Value ReadDomain(Context& context, const Tree& tree, ExprId id) {
  static constexpr std::array<std::string_view, 1> kBound = {"values"};
  const syntax::Expr& expr = tree[id];
  Domain domain;
  std::set<std::string> seen;
  if (expr.kind == ExprKind::kList) {
    domain.closed = true;
    if (expr.operands.empty()) {
      context.sink.Emit(codes::kEmptyList, expr.span, "value");
      return {};
    }
    for (ExprId operand : expr.operands) {
      auto text = PlainText(tree, operand);
      if (!text && tree[operand].kind == ExprKind::kName)
        text = std::string(tree[operand].name.text);
      if (!text) {
        context.sink.Emit(codes::kWrongType, tree[operand].span,
                          "a value such as `eu` or \"eu-west-1\"", Found(context, tree, operand));
        return {};
      }
      if (text->empty()) {
        context.sink.Emit(codes::kOutOfRange, tree[operand].span, "\"\"",
                          "a series without the label has this value, so no row can");
        return {};
      }
      if (!seen.insert(*text).second) {
        context.sink.Emit(codes::kTwiceInList, tree[operand].span, *text);
        return {};
      }
      domain.values.push_back(*std::move(text));
    }
  } else if (expr.kind == ExprKind::kCall && tree[expr.operands[0]].name.text == "up_to") {
    const auto given = Arguments(context, tree, expr, "up_to", kBound, 1);
    const Value bound = ReadValue(context, tree, given[0], FieldType{.word = "count"});
    if (bound.absent()) return {};
    const auto count = *Get<std::int64_t>(bound);
    if (count == 0) {
      context.sink.Emit(codes::kOutOfRange, tree[given[0]].span, "0",
                        "a label has at least one value");
      return {};
    }
    domain.bound = static_cast<std::uint32_t>(count);
  } else {
    context.sink.Emit(codes::kWrongType, expr.span,
                      "a list of values such as `[eu, us]`, or `up_to(50)`",
                      Found(context, tree, id));
    return {};
  }
  Value value;
  value.data = std::move(domain);
  value.span = expr.span;
  return value;
}

Value ReadMeasure(Context& context, const Tree& tree, ExprId id) {
  const bool refined = tree[id].kind == ExprKind::kIn;
  if (refined && tree[tree[id].operands[0]].kind == ExprKind::kError) return {};
  const ExprId measured = refined ? tree[id].operands[0] : id;
  const syntax::Expr& expr = tree[measured];
  const bool by = expr.kind == ExprKind::kBy;
  const syntax::Expr& unit_name = by ? tree[expr.operands[0]] : expr;
  const auto unit =
      unit_name.kind == ExprKind::kName ? values::UnitNamed(unit_name.name.text) : std::nullopt;
  if (!unit || *unit == values::Unit::kInstant || *unit == values::Unit::kSigma) {
    static const std::vector<std::string> kUnits = {"bool",  "ratio", "duration",  "count",
                                                    "bytes", "rate",  "byte_rate", "number"};
    auto& finding =
        context.sink.Emit(codes::kWrongType, unit_name.span, "what is measured: " + OneOf(kUnits),
                          Found(context, tree, by ? expr.operands[0] : measured));
    if (!diagnostics::Nearest(unit_name.name.text, kUnits).empty())
      Suggest(finding, unit_name.name, kUnits, "");
    return {};
  }
  Measure measure{*unit, {}, std::nullopt};
  if (refined) {
    values::Unit range_unit = *unit;
    measure.range = ReadRange(context, tree, tree[id].operands[1], range_unit);
    if (!measure.range) return {};
    if (!Common(*unit, range_unit)) {
      context.sink.Emit(codes::kWrongType, tree[tree[id].operands[1]].span,
                        "a range of " + TypeText(QuantityType(*unit)),
                        "a range of " + UnitText(range_unit));
      return {};
    }
  }
  std::uint64_t rows = 1;
  for (const syntax::Name& label : expr.labels) {
    const DeclId decl = context.Resolve(label, "label");
    if (!decl.valid()) return {};
    if (std::ranges::find(measure.labels, label.text) != measure.labels.end()) {
      context.sink.Emit(codes::kTwiceInList, label.span, label.text);
      return {};
    }
    measure.labels.emplace_back(label.text);
    const Domain* domain = context.DomainOf(label.text);
    if (domain == nullptr) return {};  // reported where the label is declared
    rows = std::min<std::uint64_t>(rows * (domain->closed ? domain->values.size() : domain->bound),
                                   1ull << 40);
  }
  std::ranges::sort(measure.labels);
  if (rows > base::kMaxRows) {
    context.sink
        .Emit(codes::kTooManyRows, expr.span, LabelsText(measure.labels), rows, base::kMaxRows)
        .Help("lower the bounds of these labels: they are multiplied");
    return {};
  }
  Value value;
  value.data = std::move(measure);
  value.span = expr.span;
  return value;
}

}  // namespace tocsin::check
