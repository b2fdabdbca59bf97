#include "compiler/check/test_rows.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tocsin::check {
namespace {

constexpr std::size_t kMostRows = 100'000;         // of one line
constexpr std::size_t kMostRowsOfAll = 1'000'000;  // of all tests together

using Rows = std::vector<std::vector<std::string>>;

// Every selection on the way to the signal.
std::vector<const Selection*> SelectionsOf(const Policy& policy, const SeriesNode& series) {
  std::vector<const Selection*> all;
  for (const SeriesNode* node = &series; node->kind == SeriesKind::kSelect;
       node = &policy[node->operands[0]]) {
    for (const Selection& selection : node->selections) all.push_back(&selection);
  }
  return all;
}

bool Selects(const Selection& selection, const std::string& value) {
  return (std::ranges::find(selection.values, value) != selection.values.end()) != selection.except;
}

// The values of one label that all selections let pass.
std::vector<std::string> ValuesOf(const Domain& domain, const std::string& label,
                                  const std::vector<const Selection*>& selections) {
  std::vector<std::string> values = domain.values;
  if (!domain.closed) {
    const auto named = std::ranges::find_if(selections, [&](const Selection* selection) {
      return selection->label == label && !selection->except;
    });
    if (named == selections.end()) return {};
    values = (*named)->values;
  }
  std::erase_if(values, [&](const std::string& value) {
    return std::ranges::any_of(selections, [&](const Selection* selection) {
      return selection->label == label && !Selects(*selection, value);
    });
  });
  return values;
}

// "up{region: eu}"
std::string RowText(const Context& context, DeclId signal, const std::vector<std::string>& row) {
  std::string labels;
  for (std::size_t i = 0; i < row.size(); ++i) {
    labels += fmt::format("{}{}: {}", i == 0 ? "" : ", ", context.measures[signal.index]->labels[i],
                          row[i]);
  }
  return context[signal].name + (row.empty() ? "" : "{" + labels + "}");
}

}  // namespace

std::optional<Rows> SampledRows(Context& context, const SeriesNode& series,
                                const SeriesNode& signal) {
  const auto selections = SelectionsOf(context.policy, series);
  Rows rows = {{}};
  for (const std::string& label : signal.labels) {
    const Domain* domain = context.DomainOf(label);
    if (domain == nullptr) return std::nullopt;
    const std::vector<std::string> values = ValuesOf(*domain, label, selections);
    const std::size_t most = std::min(kMostRows, kMostRowsOfAll - context.sampled_rows);
    if (rows.size() * values.size() > most) {
      context.sink
          .Emit(codes::kOutOfRange, series.span,
                diagnostics::Shown(context.sources.Text(series.span), 40),
                fmt::format("a line of a test has at most {} rows, and all tests together {}",
                            kMostRows, kMostRowsOfAll))
          .Help("select those that the test is about");
      return std::nullopt;
    }
    Rows longer;
    for (const std::vector<std::string>& row : rows) {
      for (const std::string& value : values) {
        longer.push_back(row);
        longer.back().push_back(value);
      }
    }
    rows = std::move(longer);
  }
  context.sampled_rows += rows.size();
  return rows;
}

void KeepNarrowest(Context& context, std::vector<TestSeries>& lines) {
  struct Taken {
    std::size_t width;
    Span span;
  };
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return lines[i].rows.size(); });
  std::map<std::pair<DeclId, std::vector<std::string>>, Taken> taken;
  for (const std::size_t i : order) {
    TestSeries& line = lines[i];
    const std::size_t width = line.rows.size();
    bool reported = false;
    std::erase_if(line.rows, [&](const std::vector<std::string>& row) {
      const auto [first, fresh] = taken.try_emplace({line.signal, row}, width, line.span);
      if (!fresh && first->second.width == width && !std::exchange(reported, true)) {
        context.sink.Emit(codes::kGivenTwice, line.span, RowText(context, line.signal, row), "test")
            .Also(first->second.span, "here first");
      }
      return !fresh;
    });
  }
}

}  // namespace tocsin::check
