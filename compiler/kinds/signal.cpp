// `signal`: measured, which is a record, or derived, which is a series.

#include <algorithm>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Check(CheckContext& context, const check::Decl& decl) {
  const check::Value& source = decl["source"];
  const bool written = std::ranges::any_of(decl.fields, [](const check::Field& field) {
    return field.name == "source" && field.written;
  });
  if (decl.derived) return;
  if (!written) {
    context.sink.Emit(codes::kNoSource, decl.span, decl.name)
        .Help("say where its samples come from: `source: prometheus(\"name_of_the_metric\")`");
    return;
  }
  const auto* measure = check::Get<check::Measure>(decl.type);
  const auto* from = check::Get<check::Source>(source);
  if (measure == nullptr || from == nullptr) return;
  for (std::size_t i = 0; i < from->labels.size(); ++i) {
    const std::string& label = from->labels[i].first;
    if (std::ranges::find(measure->labels, label) != measure->labels.end()) continue;
    auto& finding = context.sink.Emit(codes::kUnknownLabel, from->label_spans[i],
                                      fmt::format("the signal `{}`", decl.name), label);
    const std::string nearest = diagnostics::Nearest(label, measure->labels);
    if (!nearest.empty()) finding.Help(fmt::format("did you mean `{}`?", nearest));
  }
  if (const check::Value& stale = decl["stale"]; !stale.absent() && DurationOf(stale) == 0) {
    context.sink.Emit(codes::kOutOfRange, stale.span, "0s",
                      "a sample must speak for some time, at least `1ms`");
  }
}

void Expand(ExpandContext& context, const check::Decl& decl) {
  const auto& measure = *check::Get<check::Measure>(decl.type);
  if (decl.value.valid()) {
    const core::TermId root = Terms(context, decl.value);
    context.core.series.push_back({decl.name, measure.unit == values::Unit::kBool, measure.labels,
                                   root, decl.name, context.Place(decl.span)});
    return;
  }
  const auto& source = *check::Get<check::Source>(decl["source"]);
  core::Signal signal;
  signal.name = decl.name;
  signal.unit = measure.unit;
  signal.labels = measure.labels;
  signal.stale_ms = DurationOf(decl["stale"]);
  signal.metric = source.metric;
  for (const std::string& label : measure.labels) {
    const auto named =
        std::ranges::find(source.labels, label, &std::pair<std::string, std::string>::first);
    signal.label_sources.emplace_back(label, named == source.labels.end() ? label : named->second);
  }
  signal.where = source.where;
  signal.place = context.Place(decl.span);
  context.core.signals.push_back(std::move(signal));
}

}  // namespace

extern const KindRow kind_signal;
const KindRow kind_signal{"signal", Check, Expand};

}  // namespace tocsin::kinds
