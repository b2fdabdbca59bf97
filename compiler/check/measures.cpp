// What signals measure: as declared, or as it follows from what they are derived from.

#include <algorithm>

#include "compiler/check/declared.h"
#include "compiler/check/series.h"

namespace tocsin::check {
namespace {

using values::Unit;

// A value by more labels than its signal is declared by: what is additive in it is added up over
// the labels left out, before anything else is done with it. `rate(a over 1m) / rate(b over 1m)` of
// a signal by (service) is the rates of each service divided, whatever further labels `a` and `b`
// have.
class AddingUp {
 public:
  AddingUp(Context& context, const std::vector<std::string>& labels)
      : context_(context), labels_(labels), sum_(context.Function("sum")) {}

  // Invalid where something in it cannot be added up.
  SeriesId Run(SeriesId id) {
    const SeriesNode node = context_.policy[id];
    if (!node.has_rows || node.labels == labels_) return id;
    if (node.kind == SeriesKind::kCall && node.function->additive) return Folded(id, node);
    if (node.kind != SeriesKind::kOperator) return {};
    SeriesNode changed = node;
    for (SeriesId& operand : changed.operands) {
      operand = Run(operand);
      if (!operand.valid()) return {};
    }
    changed.labels = labels_;
    return Put(std::move(changed));
  }

 private:
  SeriesId Folded(SeriesId id, const SeriesNode& call) {
    if (sum_ == nullptr || !Without(labels_, call.labels).empty()) return {};
    SeriesNode fold = call;
    fold.kind = SeriesKind::kFold;
    fold.function = sum_;
    fold.operands = {id};
    fold.parameters.clear();
    fold.labels = labels_;
    fold.size = call.size + 1;
    return Put(std::move(fold));
  }
  SeriesId Put(SeriesNode node) {
    context_.policy.series.push_back(std::move(node));
    return SeriesId(context_.policy.series.size() - 1);
  }

  Context& context_;
  const std::vector<std::string>& labels_;
  const values::FunctionRow* sum_;
};

std::string Declared(const Measure& measure, bool by) {
  return by ? fmt::format("{} {}", UnitText(measure.unit), ByText(measure.labels))
            : UnitText(measure.unit);
}

// The measure of a derived signal; nothing where the value was or is reported.
std::optional<Measure> Derived(Context& context, DeclId signal, std::optional<Measure> measure) {
  const auto& declared = context.declared[signal.index];
  const syntax::Tree& tree = *declared.tree;
  SeriesId value = CheckSeries(context, tree, declared.decl->value);
  context.policy.decls[signal.index].value = value;
  if (!value.valid()) return std::nullopt;
  const SeriesNode& node = context.policy[value];
  if (!node.quantity() || node.type.optional) {
    SeriesChecker(context, tree).IsNumber(value);
    return std::nullopt;
  }
  if (!node.has_rows) {
    context.sink.Emit(codes::kConstantCondition, node.span);
    return std::nullopt;
  }
  if (!measure) return Measure{node.type.unit, node.labels, std::nullopt};
  const bool by =
      !measure->labels.empty() || tree[declared.decl->type].kind == syntax::ExprKind::kBy;
  if (by && measure->unit == node.type.unit && measure->labels != node.labels &&
      Without(measure->labels, node.labels).empty()) {
    const SeriesId added = AddingUp(context, measure->labels).Run(value);
    if (added.valid()) {
      context.policy.decls[signal.index].value = added;
      return measure;
    }
  }
  const SeriesNode& seen = context.policy[value];
  if (measure->unit != seen.type.unit || (by && measure->labels != seen.labels)) {
    auto& finding = context.sink.Emit(codes::kUnitDiffers, seen.span, declared.decl->name.text,
                                      Declared(*measure, by), Describe(context.policy, value));
    const auto more = Without(seen.labels, measure->labels);
    if (by && measure->unit == seen.type.unit && !more.empty()) {
      finding.Note(fmt::format("its value has {}, too", ListOf(more)))
          .Help(fmt::format("fold the rows, as in `sum(...) by {}`", LabelsText(measure->labels)));
    }
    return std::nullopt;
  }
  measure->labels = seen.labels;
  return measure;
}

}  // namespace

const Measure* MeasureOf(Context& context, DeclId signal, diagnostics::Span use) {
  auto& progress = context.measure_progress[signal.index];
  auto& measure = context.measures[signal.index];
  if (progress == Context::Progress::kDone) return measure ? &*measure : nullptr;
  const auto& declared = context.declared[signal.index];
  if (progress == Context::Progress::kRunning) {
    context.sink.Emit(codes::kCycle, declared.decl->name.span, declared.decl->name.text)
        .Also(use, "through this")
        .Help("derive it from what is measured");
    progress = Context::Progress::kDone;
    return nullptr;
  }
  progress = Context::Progress::kRunning;
  const InPackage inside(context, declared);
  if (declared.decl->type.valid()) {
    Value type = ReadMeasure(context, *declared.tree, declared.decl->type);
    if (const auto* written = Get<Measure>(type)) measure = *written;
    context.policy.decls[signal.index].type = std::move(type);
  }
  if (declared.decl->value.valid()) {
    measure = Derived(context, signal, std::move(measure));
    const SeriesId value = context.policy.decls[signal.index].value;
    if (measure && !Runs(context, value)) context.policy.decls[signal.index].value = {};
  }
  progress = Context::Progress::kDone;
  return measure ? &*measure : nullptr;
}

}  // namespace tocsin::check
