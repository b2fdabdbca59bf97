#include "runtime/engine/routes.h"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::engine {
namespace {

// A label that is not there is empty, as in the sources' own matchers.
std::string_view ValueOf(const values::LabelSet& labels, std::string_view name) {
  const std::string* value = labels.Find(name);
  return value == nullptr ? std::string_view{} : std::string_view(*value);
}

bool Selects(const ir::Signal& signal, const values::LabelSet& labels) {
  return std::ranges::all_of(signal.where, [&](const ir::SourceCondition& condition) {
    return (ValueOf(labels, condition.label) == condition.value) == condition.equal;
  });
}

}  // namespace

Routes::Routes(const ir::Program& program, Columns& columns)
    : program_(program), columns_(columns) {
  for (std::size_t i = 0; i < program.signals.size(); ++i) {
    by_metric_[program.signals[i].metric].emplace_back(i);
  }
}

Routes::Answer Routes::Resolve(std::string_view metric, const values::LabelSet& labels) {
  const auto signals = by_metric_.find(metric);
  if (signals == by_metric_.end()) return {};
  const std::string key = std::string(metric) + labels.Text();
  Answer answer;
  if (auto found = numbers_.find(key); found != numbers_.end()) {
    answer.number = found->second;
    return answer;
  }
  if (refused_.contains(key)) return answer;

  std::vector<Route> routes;
  std::string because;
  for (ir::SignalId id : signals->second) {
    const ir::Signal& signal = program_.signals[id.index];
    if (!Selects(signal, labels)) continue;
    std::vector<std::string_view> row_values;
    std::string refusal;
    for (ir::LabelId label : program_.spaces[signal.space.index].labels) {
      const auto from = std::ranges::find(signal.labels, label, &ir::SourceLabel::label);
      TOCSIN_CHECK(from != signal.labels.end(), "a signal does not say where a label comes from");
      row_values.push_back(ValueOf(labels, from->from));
      if (row_values.back().empty() && refusal.empty()) {
        refusal = fmt::format("it has no label `{}`, from which `{}` of signal `{}` comes",
                              from->from, program_.labels[label.index].name, signal.name);
      }
    }
    if (refusal.empty()) {
      if (auto row = columns_.FindOrAddRow(signal.space, row_values)) {
        routes.push_back({id, *row});
        continue;
      } else {
        refusal = std::move(row).error();
      }
    }
    if (because.empty()) because = refusal;
  }
  if (!because.empty()) {
    answer.refused = true;
    if (refused_.size() < kMaxRefused) {
      answer.series = key;
      answer.because = because;
    }
  }
  if (routes.empty()) {
    // A series that no signal reads is not remembered: it costs the same look again, and no memory.
    if (answer.refused && refused_.size() < kMaxRefused) refused_.emplace(key, kNoSeries);
    return answer;
  }
  const auto [kept, inserted] = numbers_.emplace(key, static_cast<SeriesNumber>(series_.size()));
  answer.number = kept->second;
  series_.push_back({std::move(routes), &kept->first});
  return answer;
}

std::vector<ir::SignalId> Routes::UnseenSignals() const {
  std::vector<bool> seen(program_.signals.size(), false);
  for (const Series& series : series_) {
    for (const Route& route : series.routes) seen[route.signal.index] = true;
  }
  std::vector<ir::SignalId> unseen;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) unseen.emplace_back(i);
  }
  return unseen;
}

}  // namespace tocsin::engine
