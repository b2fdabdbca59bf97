#include "tests/bench/w1/columnar.h"

#include <cmath>

#include "tests/bench/w1/columnar_features.h"
#include "tests/bench/w1/columnar_loops.h"
#include "tests/bench/w1/cpu_clock.h"

namespace tocsin::bench::w1 {
namespace {

constexpr std::size_t kHourSteps = 240;

struct Event {
  std::uint32_t series;  // metric times rows, and the row
  std::uint32_t offset_ms;
  double value;
};
static_assert(sizeof(Event) == 16);

std::vector<Event> EventsOf(const Workload& workload, std::size_t step) {
  std::vector<Event> events;
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    const double* values = workload.At(static_cast<Metric>(metric), step);
    for (std::size_t row = 0; row < workload.rows(); ++row) {
      if (std::isnan(values[row])) continue;
      events.push_back({static_cast<std::uint32_t>(metric * workload.rows() + row),
                        static_cast<std::uint32_t>(step * kStepMs), values[row]});
    }
  }
  return events;
}

// The columns that a rule reads, and the state of its rows.
struct Bound {
  const Rule* rule;
  const Feature* a;
  const Feature* b;
  std::size_t rows;
  Column held;
};

Bound Bind(const Workload& workload, Features& features, const Rule& rule) {
  const auto panes = static_cast<std::size_t>(rule.window_s * 1000 / kStepMs);
  const Size& size = workload.size();
  Bound bound{&rule, nullptr, nullptr, workload.rows(), Column(workload.stride(), 0)};
  switch (rule.kind) {
    case Kind::kThreshold:
    case Kind::kConjunction:
      bound.a = &features.Sample(Metric::kCpu);
      bound.b = &features.Sample(Metric::kLatency);
      break;
    case Kind::kErrorRatio:
      bound.a = &features.Rate(Metric::kErrors, panes);
      bound.b = &features.Rate(Metric::kRequests, panes);
      break;
    case Kind::kMax:
      bound.a = &features.Largest(panes);
      break;
    case Kind::kAvg:
      bound.a = &features.Mean(panes);
      break;
    case Kind::kQuantile:
      bound.a = &features.HighQuantile(panes);
      break;
    case Kind::kDrop:
      bound.a = &features.Sample(Metric::kThroughput, kHourSteps);
      bound.b = &features.Sample(Metric::kThroughput);
      break;
    case Kind::kServiceRatio:
      bound.a = &features.SumByService(features.Rate(Metric::kErrors, panes));
      bound.b = &features.SumByService(features.Rate(Metric::kRequests, panes));
      bound.rows = size.services;
      break;
    case Kind::kRegionQuantile:
      bound.a = &features.QuantileByRegion(features.Sample(Metric::kLatency));
      bound.rows = size.regions;
      break;
    case Kind::kServiceSum:
      bound.a = &features.SumByService(features.Sample(Metric::kThroughput));
      bound.rows = size.services;
      break;
  }
  return bound;
}

void Judge(const Now& now, Bound& bound, Counts& counts) {
  const Rule& rule = *bound.rule;
  const bool counted = now.step >= kFirstCounted;
  const Judged judged{bound.held.data(), static_cast<double>(rule.hold_s * 1000 / kStepMs),
                      &counts};
  const double* a = bound.a->Values(now);
  const double* b = bound.b == nullptr ? nullptr : bound.b->Values(now);
  switch (rule.kind) {
    case Kind::kErrorRatio:
    case Kind::kServiceRatio:
      return JudgeRatio(a, b, rule.a, bound.rows, judged, counted);
    case Kind::kDrop:
      return JudgeDrop(a, b, rule.a, bound.rows, judged, counted);
    case Kind::kConjunction:
      return JudgeBoth(a, rule.a, b, rule.b, bound.rows, judged, counted);
    case Kind::kServiceSum:
      return JudgeBelow(a, rule.a, bound.rows, judged, counted);
    default:
      return JudgeAbove(a, rule.a, bound.rows, judged, counted);
  }
}

// The processor time it took; that of the first hour is left out.
double Ingest(const Workload& workload, std::size_t step, Column& taken) {
  const std::vector<Event> events = EventsOf(workload, step);
  const std::size_t rows = workload.rows(), stride = workload.stride();
  const double began = CpuSeconds();
  for (const Event& event : events) {
    const std::size_t metric = event.series / rows;
    const std::size_t at = event.offset_ms / kStepMs;
    if (at != step) continue;  // late, or from another time
    taken[(at * kMetrics + metric) * stride + event.series % rows] = event.value;
  }
  return step < kFirstCounted ? 0 : CpuSeconds() - began;
}

}  // namespace

Outcome RunColumnar(const Workload& workload, std::span<const Rule> rules,
                    const ColumnarOptions& options) {
  Features features(workload, options.extrapolates);
  std::vector<Bound> bound;
  for (const Rule& rule : rules) bound.push_back(Bind(workload, features, rule));
  Column taken;
  if (options.ingests)
    taken.assign(kSteps * kMetrics * workload.stride(), std::numeric_limits<double>::quiet_NaN());
  Outcome outcome;
  outcome.counts.resize(rules.size());
  double began = 0;
  for (std::size_t step = 0; step < kSteps; ++step) {
    if (options.ingests) outcome.ingest_s += Ingest(workload, step, taken);
    if (step == kFirstCounted || (options.ingests && step > kFirstCounted)) began = CpuSeconds();
    const Now now{workload, step, options.ingests ? taken.data() : nullptr};
    features.Step(now);
    for (std::size_t i = 0; i < bound.size(); ++i) Judge(now, bound[i], outcome.counts[i]);
    if (options.ingests && step >= kFirstCounted) outcome.evaluate_s += CpuSeconds() - began;
  }
  if (!options.ingests) outcome.evaluate_s = CpuSeconds() - began;
  return outcome;
}

}  // namespace tocsin::bench::w1
