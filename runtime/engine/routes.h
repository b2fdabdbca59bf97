// From a metric with its labels to the signals that read it and their rows. The same pair always
// has the same number.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/engine/engine.h"

namespace tocsin::engine {

struct Route {
  ir::SignalId signal;
  std::uint32_t row = 0;
};

class Routes {
 public:
  // How many refused series are remembered, and so are decided on once each; the rest are only
  // counted.
  static constexpr std::size_t kMaxRefused = 10'000;

  struct Answer {
    SeriesNumber number = kNoSeries;
    bool refused = false;  // by a signal that reads the metric
    std::string series;    // what is refused for the first time, and why
    std::string because;
  };

  Routes(const ir::Program& program, Columns& columns);
  Answer Resolve(std::string_view metric, const values::LabelSet& labels);
  std::span<const Route> Of(SeriesNumber series) const { return series_[series].routes; }
  std::size_t size() const { return series_.size(); }
  const std::string& Name(SeriesNumber series) const { return *series_[series].name; }
  std::vector<ir::SignalId> UnseenSignals() const;  // to which no series leads

 private:
  struct Series {
    std::vector<Route> routes;
    const std::string* name = nullptr;  // the key in numbers_, which does not move
  };

  const ir::Program& program_;
  Columns& columns_;
  std::map<std::string, std::vector<ir::SignalId>, std::less<>> by_metric_;
  std::unordered_map<std::string, SeriesNumber> numbers_;  // by metric and labels; never iterated
  std::unordered_map<std::string, SeriesNumber>
      refused_;  // kNoSeries, or the number where some signal takes it
  std::vector<Series> series_;
};

}  // namespace tocsin::engine
