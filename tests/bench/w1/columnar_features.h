// What the rules of the columnar program compare: a column of each feature, made once a step
// however many rules share it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/w1/workload.h"

namespace tocsin::bench::w1 {

using Column = engine::AlignedVector<double>;

// What loops read at one step: the samples of now and of any step before.
struct Now {
  const Workload& workload;
  std::size_t step = 0;
  const double* taken = nullptr;  // where samples were ingested to; null: the workload's own

  std::size_t rows() const { return workload.rows(); }
  const double* Values(Metric metric, std::size_t at) const;
  const double* Values(Metric metric) const { return Values(metric, step); }
};

class Feature {
 public:
  virtual ~Feature() = default;
  virtual void Step(const Now& now) = 0;
  virtual const double* Values(const Now&) const { return values_.data(); }

 protected:
  explicit Feature(std::size_t stride);
  Column values_;
};

class Features {
 public:
  Features(const Workload& workload, bool extrapolates)
      : workload_(workload), extrapolates_(extrapolates) {}

  // Each is made when it is first asked for.
  const Feature& Sample(Metric metric, std::size_t steps_before = 0);
  const Feature& Mean(std::size_t panes);          // of cpu
  const Feature& Largest(std::size_t panes);       // of latency
  const Feature& HighQuantile(std::size_t panes);  // of latency
  const Feature& Rate(Metric metric, std::size_t panes);
  const Feature& SumByService(const Feature& of);      // a row for each service
  const Feature& QuantileByRegion(const Feature& of);  // a row for each region

  void Step(const Now& now) {
    for (const auto& feature : order_) feature->Step(now);
  }

 private:
  template <class F, class... Arguments>
  F& Find(const std::string& key, Arguments&&... arguments);

  const Workload& workload_;
  bool extrapolates_;
  std::vector<std::unique_ptr<Feature>> order_;  // after what they read
  std::map<std::string, Feature*> by_key_;
};

}  // namespace tocsin::bench::w1
