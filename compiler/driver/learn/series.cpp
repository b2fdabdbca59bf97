#include "compiler/driver/learn/series.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::driver::learn {
namespace {

namespace json = boost::json;

// The values of one label: a number for each, and which one each series has; 0 is none.
struct Column {
  std::string label;
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::vector<std::uint32_t> of_series;
  bool kept = true;
};

bool TellApart(const std::vector<Column>& columns, std::size_t series) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < series; ++i) {
    std::string key;
    for (const Column& column : columns) {
      if (!column.kept) continue;
      char bytes[sizeof(std::uint32_t)];
      std::memcpy(bytes, &column.of_series[i], sizeof bytes);
      key.append(bytes, sizeof bytes);
    }
    if (!seen.insert(std::move(key)).second) return false;
  }
  return true;
}

// Leaves out what follows from the others, the labels with the most values first, so that few rows
// remain.
void KeepNeeded(std::vector<Column>& columns, std::size_t series) {
  std::ranges::stable_sort(columns, [](const Column& a, const Column& b) {
    return a.numbers.size() > b.numbers.size();
  });
  for (Column& column : columns) {
    column.kept = false;
    column.kept = !TellApart(columns, series);
  }
}

bool IsZeroOrOne(const json::value& sample) {
  const json::array* pair = sample.if_array();
  if (pair == nullptr || pair->size() != 2) return false;
  const json::string* value = (*pair)[1].if_string();
  return value != nullptr && (*value == "0" || *value == "1");
}

}  // namespace

bool ReadSeries(const json::value& result, Metric& metric) {
  const json::array* all = result.if_array();
  if (all == nullptr) return false;
  std::vector<Column> columns;
  std::unordered_map<std::string, std::size_t> places;
  metric.zero_or_one = !all->empty();
  for (std::size_t i = 0; i < all->size(); ++i) {
    const json::object* series = (*all)[i].if_object();
    const json::value* labels = series == nullptr ? nullptr : series->if_contains("metric");
    const json::value* sample = series == nullptr ? nullptr : series->if_contains("value");
    if (labels == nullptr || sample == nullptr || !labels->is_object()) return false;
    metric.zero_or_one = metric.zero_or_one && IsZeroOrOne(*sample);
    for (const auto& [name, value] : labels->get_object()) {
      if (!value.is_string()) return false;
      if (name == "__name__") continue;
      const auto [place, added] = places.try_emplace(std::string(name), columns.size());
      if (added)
        columns.push_back({std::string(name), {}, std::vector<std::uint32_t>(all->size())});
      Column& column = columns[place->second];
      const auto number = static_cast<std::uint32_t>(column.numbers.size() + 1);
      column.of_series[i] =
          column.numbers.try_emplace(std::string(value.get_string()), number).first->second;
    }
  }
  metric.series = all->size();
  KeepNeeded(columns, all->size());
  for (const Column& column : columns)
    metric.labels[column.label] = {.values = column.numbers.size(), .needed = column.kept};
  return true;
}

}  // namespace tocsin::driver::learn
