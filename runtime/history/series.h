// The series of recorded data, each once: a metric with its labels becomes a small number, in the
// order of first appearance. Several readers may share one table; the number of a series is then
// the same in all of them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/base/ids.h"
#include "runtime/values/labels.h"

namespace tocsin::history {

struct SeriesTag;
using SeriesId = base::Id<SeriesTag>;

struct Series {
  std::string metric;
  values::LabelSet labels;
};

class SeriesTable {
 public:
  // The number of the series; nothing past base::kMaxRows.
  std::optional<SeriesId> Intern(std::string_view metric, values::LabelSet labels);
  const Series& operator[](SeriesId id) const { return series_[id.index]; }
  std::size_t size() const { return series_.size(); }

 private:
  std::deque<Series> series_;
  std::unordered_map<std::string, SeriesId> ids_;  // by metric and canonical labels
};

}  // namespace tocsin::history
