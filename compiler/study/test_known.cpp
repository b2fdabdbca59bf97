#include "compiler/study/test_known.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace tocsin::study {
namespace {

constexpr std::size_t kMostSeries = 4;  // of one signal

std::string ValueText(double value, values::Unit unit) {
  if (unit == values::Unit::kBool) return value != 0 ? "true" : "false";
  return values::FormatQuantity(value, unit);
}

bool Concerns(const GivenSeries& given, const values::LabelSet& row) {
  return std::ranges::all_of(given.labels.all(), [&](const values::Label& label) {
    const std::string* value = row.Find(label.name);
    return value == nullptr || *value == label.value;
  });
}

// The value that is in force at a tick, and since when.
std::string Known(const GivenSeries& given, const ir::Signal& signal, values::Duration tick) {
  const auto& steps = *given.steps;
  auto after = std::ranges::upper_bound(steps, tick, {}, &check::TestSeries::Step::at_ms);
  const check::TestSeries::Step& step = *std::prev(after);
  const bool always = step.at_ms == steps.front().at_ms;
  const std::string since = always ? steps.size() == 1 ? " all the time" : " from the beginning"
                                   : " since " + values::FormatDuration(step.at_ms);
  const std::string name =
      fmt::format("`{}{}`", signal.name, given.labels.empty() ? "" : given.labels.Text());
  if (step.value && step.rises) {
    const bool bytes = signal.unit == values::Unit::kBytes;
    return fmt::format(
        "{} rose by {}{}", name,
        ValueText(*step.value, bytes ? values::Unit::kByteRate : values::Unit::kRate), since);
  }
  if (step.value)
    return fmt::format("{} was {}{}", name, ValueText(*step.value, signal.unit), since);
  if (always) return fmt::format("{} had no samples{}", name, since);
  return fmt::format("{} had no samples{}; its last one counted for {} more", name, since,
                     values::FormatDuration(signal.stale_ms));
}

}  // namespace

std::vector<std::string> KnownAt(const check::Policy& policy, const ir::Program& program,
                                 const World& world, const check::Decl& alert,
                                 const values::LabelSet& row, values::Duration at) {
  const values::Duration resolution = program.resolution_ms;
  const values::Duration tick = values::FloorDivide(at - program.grace_ms, resolution) * resolution;
  std::vector<std::string> known;
  for (const check::DeclId id : SignalsOf(policy, alert.FindClause("when")->condition)) {
    const auto signal = std::ranges::find(program.signals, policy[id].name, &ir::Signal::name);
    if (signal == program.signals.end()) continue;
    std::size_t shown = 0, all = 0;
    for (const GivenSeries& given : world.series) {
      if (given.signal != id || !Concerns(given, row) || ++all > kMostSeries) continue;
      ++shown;
      known.push_back(Known(given, *signal, tick));
    }
    if (all > shown) known.push_back(fmt::format("and {} more of `{}`", all - shown, signal->name));
    if (all == 0)
      known.push_back(fmt::format("`{}` was absent: the test gives no samples of it{}",
                                  signal->name, row.empty() ? "" : " there"));
  }
  return known;
}

std::vector<values::LabelSet> RowsGiven(const check::Policy& policy, const World& world,
                                        const check::Decl& alert) {
  const check::SeriesId when = alert.FindClause("when")->condition;
  const std::vector<check::DeclId> signals = SignalsOf(policy, when);
  std::vector<values::LabelSet> rows;
  for (const GivenSeries& given : world.series) {
    if (std::ranges::find(signals, given.signal) == signals.end()) continue;
    std::vector<values::Label> labels;
    for (const std::string& label : policy[when].labels) {
      if (const std::string* value = given.labels.Find(label)) labels.push_back({label, *value});
    }
    if (labels.size() != policy[when].labels.size()) continue;
    auto row = values::LabelSet::Make(std::move(labels));
    if (row && std::ranges::find(rows, *row) == rows.end()) rows.push_back(*std::move(row));
  }
  return rows;
}

}  // namespace tocsin::study
