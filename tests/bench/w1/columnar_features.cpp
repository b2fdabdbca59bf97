#include "tests/bench/w1/columnar_features.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "tests/bench/w1/columnar_loops.h"

namespace tocsin::bench::w1 {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = -std::numeric_limits<double>::infinity();
constexpr double kForever = 1e9;  // steps
constexpr double kPart = 0.99;

// Where in its block of `panes` steps a step is; blocks begin where the language has them begin.
std::size_t PlaceOf(const Now& now, std::size_t panes) {
  return (static_cast<std::size_t>(TickMs(now.step) / kStepMs) - 1) % panes;
}

class SampleFeature final : public Feature {
 public:
  SampleFeature(const Workload& workload, Metric metric, std::size_t before)
      : Feature(workload.stride()), metric_(metric), before_(before) {}
  void Step(const Now&) override {}
  const double* Values(const Now& now) const override {
    return now.step >= before_ ? now.Values(metric_, now.step - before_) : values_.data();
  }

 private:
  Metric metric_;
  std::size_t before_;
};

// What a counter has grown by up to each step, as far back as windows reach.
class GrowthFeature final : public Feature {
 public:
  GrowthFeature(const Workload& workload, Metric metric)
      : Feature(workload.stride()),
        metric_(metric),
        stride_(workload.stride()),
        totals_(stride_, 0),
        before_(stride_, kAbsent),
        idle_(stride_, kForever) {}
  void Step(const Now& now) override {
    some_idle_ = AddGrowth(now.Values(metric_), some_idle_, before_.data(), idle_.data(),
                           After(now.step), After(now.step + 1), now.rows());
  }
  // Before the first step.
  void Keep(std::size_t panes) {
    kept_ = std::max(kept_, panes + 1);
    totals_.assign(kept_ * stride_, 0);
  }
  void OmitIdle(double panes, const Now& now, Column& rate) const {
    if (some_idle_) w1::OmitIdle(idle_.data(), panes, rate.data(), now.rows());
  }
  double* After(std::size_t steps) { return totals_.data() + steps % kept_ * stride_; }
  Metric metric() const { return metric_; }

 private:
  Metric metric_;
  std::size_t stride_;
  std::size_t kept_ = 1;
  Column totals_, before_, idle_;
  bool some_idle_ = true;
};

class RateFeature final : public Feature {
 public:
  RateFeature(const Workload& workload, GrowthFeature& growth, std::size_t panes, bool extrapolates)
      : Feature(workload.stride()), growth_(growth), panes_(panes), extrapolates_(extrapolates) {
    growth.Keep(panes);
  }
  void Step(const Now& now) override {
    const std::size_t end = now.step + 1;
    const auto panes = static_cast<double>(panes_);
    if (!extrapolates_) {
      RateOf(now.Values(growth_.metric()), growth_.After(end),
             growth_.After(end - std::min(end, panes_)), panes * kStepMs / 1000, values_.data(),
             now.rows());
      growth_.OmitIdle(panes, now, values_);
    } else if (end >= panes_) {
      ExtrapolatedRateOf(growth_.After(end), growth_.After(end - panes_ + 1),
                         now.Values(growth_.metric(), end - panes_), panes, values_.data(),
                         now.rows());
    }
  }

 private:
  GrowthFeature& growth_;
  std::size_t panes_;
  bool extrapolates_;
};

// Two stacks, which all rows turn at the same step: from the end of the block that is over back to
// each of its steps.
template <class Merge>
void Turn(const Now& now, Metric metric, std::size_t panes, Merge merge) {
  for (std::size_t place = panes; place-- > 0 && now.step >= panes - place;)
    merge(now.Values(metric, now.step - (panes - place)), place);
}

class MeanFeature final : public Feature {
 public:
  MeanFeature(const Workload& workload, std::size_t panes)
      : Feature(workload.stride()),
        panes_(panes),
        stride_(workload.stride()),
        none_(stride_, kAbsent),
        rest_((panes + 1) * stride_, 0),
        block_(stride_, 0),
        count_(stride_, 0) {}
  void Step(const Now& now) override {
    const std::size_t place = PlaceOf(now, panes_);
    if (place == 0) {
      Turn(now, Metric::kCpu, panes_, [&](const double* values, std::size_t at) {
        SumUp(values, Rest(at + 1), Rest(at), now.rows());
      });
      std::ranges::fill(block_, 0.0);
    }
    const double* removed =
        now.step >= panes_ ? now.Values(Metric::kCpu, now.step - panes_) : none_.data();
    SlideMean(now.Values(Metric::kCpu), removed, block_.data(), Rest(place + 1), count_.data(),
              values_.data(), now.rows());
  }

 private:
  double* Rest(std::size_t place) { return rest_.data() + place * stride_; }
  std::size_t panes_, stride_;
  Column none_, rest_, block_, count_;
};

class LargestFeature final : public Feature {
 public:
  LargestFeature(const Workload& workload, std::size_t panes)
      : Feature(workload.stride()),
        panes_(panes),
        stride_(workload.stride()),
        rest_((panes + 1) * stride_, kLeast),
        block_(stride_, kLeast) {}
  void Step(const Now& now) override {
    const std::size_t place = PlaceOf(now, panes_);
    if (place == 0) {
      Turn(now, Metric::kLatency, panes_, [&](const double* values, std::size_t at) {
        MaxOf(values, Rest(at + 1), Rest(at), now.rows());
      });
      std::ranges::fill(block_, kLeast);
    }
    SlideMax(now.Values(Metric::kLatency), block_.data(), Rest(place + 1), values_.data(),
             now.rows());
  }

 private:
  double* Rest(std::size_t place) { return rest_.data() + place * stride_; }
  std::size_t panes_, stride_;
  Column rest_, block_;
};

// 99 % of the samples of a window lie below its two or three largest, so two stacks of those do.
class QuantileFeature final : public Feature {
 public:
  QuantileFeature(const Workload& workload, std::size_t panes)
      : Feature(workload.stride()),
        panes_(panes),
        stride_(workload.stride()),
        kept_(panes <= 101 ? 2 : 3),
        none_(stride_, kAbsent),
        rest_((panes + 1) * kept_ * stride_, kLeast),
        block_(kept_ * stride_, kLeast),
        count_(stride_, 0) {}
  void Step(const Now& now) override {
    const std::size_t place = PlaceOf(now, panes_);
    if (place == 0) {
      Turn(now, Metric::kLatency, panes_, [&](const double* values, std::size_t at) {
        InsertInto(kept_, values, Rest(at + 1), Rest(at), now.rows());
      });
      std::ranges::fill(block_, kLeast);
    }
    const double* removed =
        now.step >= panes_ ? now.Values(Metric::kLatency, now.step - panes_) : none_.data();
    SlideCount(now.Values(Metric::kLatency), removed, count_.data(), now.rows());
    SlideQuantile(kept_, now.Values(Metric::kLatency), {block_.data(), stride_}, Rest(place + 1),
                  count_.data(), kPart, values_.data(), now.rows());
  }

 private:
  ColumnsOfLargest Rest(std::size_t place) {
    return {rest_.data() + place * kept_ * stride_, stride_};
  }
  std::size_t panes_, stride_, kept_;
  Column none_, rest_, block_, count_;
};

// Values without those that are absent, in their order.
std::size_t CopyKnown(const double* from, std::size_t count, double* to) {
  return static_cast<std::size_t>(
      std::copy_if(from, from + count, to, [](double value) { return value == value; }) - to);
}

// The instances of a service lie behind one another.
class ServiceSumFeature final : public Feature {
 public:
  ServiceSumFeature(const Workload& workload, const Feature& of, bool in_row_order)
      : Feature(workload.stride()),
        of_(of),
        in_row_order_(in_row_order),
        scratch_(workload.size().of_service()) {}
  void Step(const Now& now) override {
    const Size& size = now.workload.size();
    for (std::size_t service = 0; service < size.services; ++service) {
      const double* values = of_.Values(now) + service * size.of_service();
      std::size_t count = size.of_service();
      values_[service] = Sum(values, count);
      if (values_[service] == values_[service]) continue;
      count = CopyKnown(values, count, scratch_.data());
      values_[service] = Sum(scratch_.data(), count);
    }
  }

 private:
  double Sum(const double* values, std::size_t count) const {
    return in_row_order_ ? SumInOrder(values, count) : SumOf(values, count);
  }
  const Feature& of_;
  bool in_row_order_;
  std::vector<double> scratch_;
};

class RegionQuantileFeature final : public Feature {
 public:
  RegionQuantileFeature(const Workload& workload, const Feature& of)
      : Feature(workload.stride()), of_(of), scratch_(workload.rows()), largest_(workload.rows()) {}
  void Step(const Now& now) override {
    const std::size_t regions = now.workload.size().regions;
    const double* values = of_.Values(now);
    for (std::size_t region = 0; region < regions; ++region) {
      std::size_t count = 0;
      for (std::size_t row = region; row < now.rows(); row += regions) {
        scratch_[count] = values[row];
        count += values[row] == values[row] ? 1u : 0u;
      }
      values_[region] = Quantile(count);
    }
  }

 private:
  double Quantile(std::size_t count) {
    if (count == 0) return kAbsent;
    const double rank = kPart * static_cast<double>(count - 1);
    const auto below = static_cast<std::ptrdiff_t>(rank);
    const std::size_t kept = count - static_cast<std::size_t>(below);
    LargestOf(scratch_.data(), count, largest_.data(), kept);
    const double low = largest_[0];
    const double high = kept > 1 ? *std::min_element(largest_.begin() + 1,
                                                     largest_.begin() + static_cast<int>(kept))
                                 : low;
    const double weight = rank - static_cast<double>(below);
    return low * (1 - weight) + high * weight;
  }
  const Feature& of_;
  std::vector<double> scratch_, largest_;
};

}  // namespace

Feature::Feature(std::size_t stride) : values_(stride, kAbsent) {}

const double* Now::Values(Metric metric, std::size_t at) const {
  if (taken == nullptr) return workload.At(metric, at);
  return taken + (at * kMetrics + static_cast<std::size_t>(metric)) * workload.stride();
}

template <class F, class... Arguments>
F& Features::Find(const std::string& key, Arguments&&... arguments) {
  Feature*& found = by_key_[key];
  if (found == nullptr) {
    order_.push_back(std::make_unique<F>(workload_, std::forward<Arguments>(arguments)...));
    found = order_.back().get();
  }
  return static_cast<F&>(*found);
}

const Feature& Features::Sample(Metric metric, std::size_t steps_before) {
  return Find<SampleFeature>(fmt::format("{} {}", Name(metric), steps_before), metric,
                             steps_before);
}
const Feature& Features::Mean(std::size_t panes) {
  return Find<MeanFeature>(fmt::format("mean {}", panes), panes);
}
const Feature& Features::Largest(std::size_t panes) {
  return Find<LargestFeature>(fmt::format("largest {}", panes), panes);
}
const Feature& Features::HighQuantile(std::size_t panes) {
  return Find<QuantileFeature>(fmt::format("quantile {}", panes), panes);
}
const Feature& Features::Rate(Metric metric, std::size_t panes) {
  auto& growth = Find<GrowthFeature>(fmt::format("growth of {}", Name(metric)), metric);
  return Find<RateFeature>(fmt::format("rate {} of {}", panes, Name(metric)), growth, panes,
                           extrapolates_);
}
const Feature& Features::SumByService(const Feature& of) {
  return Find<ServiceSumFeature>(fmt::format("sum of {}", fmt::ptr(&of)), of, extrapolates_);
}
const Feature& Features::QuantileByRegion(const Feature& of) {
  return Find<RegionQuantileFeature>(fmt::format("region quantile of {}", fmt::ptr(&of)), of);
}

}  // namespace tocsin::bench::w1
