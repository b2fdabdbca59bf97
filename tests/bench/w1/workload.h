// The data of workload W1: five metrics of each instance of a service in a region, one sample every
// 15 seconds for two hours, made up from a seed. The first hour is history, the second is what is
// counted and measured. The same seed gives the same bits on every machine: no libm, no
// distributions of the standard library.
//
// Rows lie service by service, and within one in the canonical order of their labels: instance,
// then region. So a service is a range of rows, and its sums are added up in one order by
// everybody.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/columns.h"
#include "runtime/loop/replay.h"
#include "runtime/values/labels.h"
#include "tests/bench/w1/rules.h"

namespace tocsin::bench::w1 {

enum class Metric : std::uint8_t { kCpu, kLatency, kThroughput, kErrors, kRequests };
inline constexpr std::size_t kMetrics = 5;
std::string_view Name(Metric metric);  // "cpu_util", ...

inline constexpr std::int64_t kStepMs = 15'000;
inline constexpr std::size_t kSteps = 480;
inline constexpr std::size_t kFirstCounted = 240;
inline constexpr std::int64_t kFirstTickMs = 1'795'402'800'000;
inline constexpr std::int64_t kScrapeBeforeMs = 5'000;  // the samples of a tick are that much older

inline std::int64_t TickMs(std::size_t step) {
  return kFirstTickMs + static_cast<std::int64_t>(step) * kStepMs;
}

class Workload {
 public:
  // `gaps` is the part of the samples that is missing, in runs of one to three. A row's first
  // sample is always there.
  explicit Workload(const Size& size, double gaps = 0, std::uint64_t seed = 1);

  const Size& size() const { return size_; }
  std::size_t rows() const { return size_.rows(); }
  std::size_t stride() const { return stride_; }  // rows, padded to whole blocks with NaN
  // The values of all rows at one step; NaN where the sample is missing.
  const double* At(Metric metric, std::size_t step) const {
    return columns_[static_cast<std::size_t>(metric)].data() + step * stride_;
  }
  values::LabelSet Labels(std::size_t row) const;
  std::size_t Region(std::size_t row) const { return row % size_.regions; }

  // As OpenMetrics text, family by family; handed over in pieces.
  void WriteOpenMetrics(const std::function<void(std::string_view)>& write) const;

 private:
  void FillRow(std::size_t row, std::uint64_t seed);
  void Omit(std::size_t row, double gaps, std::uint64_t seed);

  Size size_;
  std::size_t stride_;
  std::vector<double> trouble_;  // by step, then service
  std::array<engine::AlignedVector<double>, kMetrics> columns_;
};

// The samples as a recording gives them: step by step, metric by metric.
class WorkloadSource final : public loop::RecordSource {
 public:
  WorkloadSource(const Workload& workload, history::SeriesTable& series);
  bool Next(history::Record& record) override;

 private:
  const Workload& workload_;
  std::vector<history::SeriesId> ids_;  // by metric, then row
  std::size_t step_ = 0;
  std::size_t metric_ = 0;
  std::size_t row_ = 0;
};

}  // namespace tocsin::bench::w1
