#include "tests/bench/w1/workload.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::bench::w1 {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::string_view, kMetrics> kNames = {"cpu_util", "latency_ms", "throughput",
                                                           "errors_total", "requests_total"};

// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double Part() { return static_cast<double>(Bits() >> 11) * 0x1p-53; }  // of one, from 0 on
  double Between(double low, double high) { return low + (high - low) * Part(); }
  // About normal: the mean is 0 and the variance 1.
  double Bell() { return (Part() + Part() + Part() + Part() - 2) * 1.7320508; }
  bool Chance(double part) { return Part() < part; }

 private:
  std::uint64_t state_;
};

double Thousandths(double value) { return std::floor(value * 1000 + 0.5) / 1000; }

// How badly a service does, from 0 to 1: ramps that come and go.
std::vector<double> Trouble(const Size& size, std::uint64_t seed) {
  std::vector<double> trouble(kSteps * size.services, 0);
  for (std::size_t service = 0; service < size.services; ++service) {
    Random random(seed * 1'000'003 + service);
    for (std::size_t step = 0; step < kSteps;) {
      step += static_cast<std::size_t>(random.Between(20, 260));
      const double height = random.Between(0.2, 1);
      const auto length = static_cast<std::size_t>(random.Between(20, 90));
      for (std::size_t i = 0; i < length && step < kSteps; ++i, ++step) {
        const auto edge = static_cast<double>(std::min(i + 1, length - i)) / 8;
        trouble[step * size.services + service] = height * std::min(1.0, edge);
      }
    }
  }
  return trouble;
}

}  // namespace

std::string_view Name(Metric metric) { return kNames[static_cast<std::size_t>(metric)]; }

Workload::Workload(const Size& size, double gaps, std::uint64_t seed)
    : size_(size), stride_((size.rows() + 63) / 64 * 64), trouble_(Trouble(size, seed)) {
  for (auto& column : columns_) column.assign(kSteps * stride_, kMissing);
  for (std::size_t row = 0; row < rows(); ++row) {
    FillRow(row, seed);
    if (gaps > 0) Omit(row, gaps, seed);
  }
}

void Workload::FillRow(std::size_t row, std::uint64_t seed) {
  Random random(seed * 7'919 + 0x5bd1e995u * (row + 1));
  const std::size_t service = row / size_.of_service();
  const double base_cpu = random.Between(45, 76);
  const double base_latency = random.Between(40, 75);
  const double base_throughput = random.Between(220, 290);
  const double base_errors = random.Between(0.005, 0.03);
  const bool restarts = random.Chance(0.01);
  const auto restart = static_cast<std::size_t>(random.Between(1, kSteps));
  double load = 0, errors = 0, requests = std::floor(random.Between(0, 1e6));
  for (std::size_t step = 0; step < kSteps; ++step) {
    const double trouble = trouble_[step * size_.services + service];
    load = 0.96 * load + 0.26 * random.Bell();
    const bool spike = random.Chance(0.007);
    const double throughput =
        std::max(1.0, base_throughput - 20 * load - 60 * trouble + 5 * random.Bell());
    const double failing = base_errors + 0.006 * std::max(0.0, load) + 0.03 * trouble;
    if (restarts && step == restart) errors = requests = 0;
    const double served = std::floor(throughput * 15 * random.Between(0.95, 1.05));
    requests += served;
    errors += std::floor(served * failing * random.Between(0.8, 1.2) + 0.5);
    const std::array<double, kMetrics> sample = {
        Thousandths(std::clamp(base_cpu + 9 * load + 14 * trouble + 2 * random.Bell(), 0.0, 100.0)),
        Thousandths(std::max(
            1.0, (base_latency + 14 * std::max(0.0, load) + 30 * trouble + 6 * random.Bell()) *
                     (spike ? random.Between(2, 5) : 1))),
        Thousandths(throughput), errors, requests};
    for (std::size_t metric = 0; metric < kMetrics; ++metric)
      columns_[metric][step * stride_ + row] = sample[metric];
  }
}

void Workload::Omit(std::size_t row, double gaps, std::uint64_t seed) {
  Random random(seed * 104'729 + row);
  for (auto& column : columns_) {
    for (std::size_t step = 1; step < kSteps; ++step) {
      if (!random.Chance(gaps / 2)) continue;
      const std::size_t end = std::min(kSteps, step + 1 + random.Bits() % 3);
      for (; step < end; ++step) column[step * stride_ + row] = kMissing;
    }
  }
}

values::LabelSet Workload::Labels(std::size_t row) const {
  const std::size_t in_service = row % size_.of_service();
  auto labels = values::LabelSet::Make(
      {{"service", fmt::format("service-{:03}", row / size_.of_service())},
       {"region", fmt::format("region_{}", Region(row))},
       {"instance", fmt::format("instance-{:03}", in_service / size_.regions)}});
  TOCSIN_CHECK(labels.has_value(), "three labels of different names are a set");
  return *std::move(labels);
}

void Workload::WriteOpenMetrics(const std::function<void(std::string_view)>& write) const {
  std::string text;
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    const bool counter = kNames[metric].ends_with("_total");
    const std::string_view family =
        counter ? kNames[metric].substr(0, kNames[metric].size() - 6) : kNames[metric];
    text += fmt::format("# TYPE {} {}\n", family, counter ? "counter" : "gauge");
    for (std::size_t row = 0; row < rows(); ++row) {
      const std::string name = std::string(kNames[metric]) + Labels(row).Text();
      for (std::size_t step = 0; step < kSteps; ++step) {
        const double value = columns_[metric][step * stride_ + row];
        if (std::isnan(value)) continue;
        const std::int64_t stamp_ms = TickMs(step) - kScrapeBeforeMs;
        text += fmt::format("{} {} {}.{:03}\n", name, value, stamp_ms / 1000, stamp_ms % 1000);
      }
      if (text.size() < 1u << 20) continue;
      write(text);
      text.clear();
    }
  }
  text += "# EOF\n";
  write(text);
}

WorkloadSource::WorkloadSource(const Workload& workload, history::SeriesTable& series)
    : workload_(workload) {
  for (const std::string_view name : kNames) {
    for (std::size_t row = 0; row < workload.rows(); ++row)
      ids_.push_back(*series.Intern(name, workload.Labels(row)));
  }
}

bool WorkloadSource::Next(history::Record& record) {
  while (step_ < kSteps) {
    const double value = workload_.At(static_cast<Metric>(metric_), step_)[row_];
    const history::SeriesId id = ids_[metric_ * workload_.rows() + row_];
    const std::int64_t stamp = TickMs(step_) - kScrapeBeforeMs;
    if (++row_ == workload_.rows()) {
      row_ = 0;
      if (++metric_ == kMetrics) {
        metric_ = 0;
        ++step_;
      }
    }
    if (std::isnan(value)) continue;
    record.kind = history::Record::Kind::kSample;
    record.sample = {id, stamp, value};
    return true;
  }
  return false;
}

}  // namespace tocsin::bench::w1
