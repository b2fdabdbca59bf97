#include "runtime/history/series.h"

#include <utility>

#include "runtime/base/limits.h"

namespace tocsin::history {

std::optional<SeriesId> SeriesTable::Intern(std::string_view metric, values::LabelSet labels) {
  std::string key = std::string(metric) + labels.Text();
  if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
  if (series_.size() >= base::kMaxRows) return std::nullopt;
  const SeriesId id(series_.size());
  series_.push_back({std::string(metric), std::move(labels)});
  ids_.emplace(std::move(key), id);
  return id;
}

}  // namespace tocsin::history
