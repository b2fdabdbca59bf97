// The rules of workload W1: ten kinds of alert, and variants of each with longer windows and
// shifted thresholds. Everything that runs W1 takes its rules from here: the loops by hand as a
// table, the engine as a policy, others as rules of Prometheus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::bench::w1 {

enum class Kind : std::uint8_t {
  kThreshold,       // cpu > a
  kErrorRatio,      // rate of errors / rate of requests > a, each instance
  kMax,             // largest latency in a window > a
  kAvg,             // mean cpu in a window > a
  kQuantile,        // 99 % of the latencies in a window > a
  kDrop,            // throughput against an hour ago, a part of that, > a
  kServiceRatio,    // the same of rates, each service
  kRegionQuantile,  // 99 % of the latencies in a region > a
  kConjunction,     // cpu > a and latency > b
  kServiceSum       // throughput of a service < a
};
inline constexpr std::size_t kKinds = 10;
inline constexpr std::size_t kVariants = 10;
std::string_view Word(Kind kind);  // "threshold", "error_ratio", ...

struct Rule {
  Kind kind = Kind::kThreshold;
  std::int64_t window_s = 0;  // 0 where there is none
  double a = 0;
  double b = 0;
  std::int64_t hold_s = 0;
  std::string name;
};

// `variants` of each kind, at most kVariants, kind by kind within a variant. `instances` is how
// many a service has in all regions, by which the sums of a service are compared.
std::vector<Rule> Rules(std::size_t variants, std::size_t instances);

// What an instance has of each label, and how many ticks are decided.
struct Size {
  std::size_t services = 20;
  std::size_t regions = 5;
  std::size_t instances = 20;  // of one service in one region
  std::size_t rows() const { return services * regions * instances; }
  std::size_t of_service() const { return regions * instances; }
};

std::string Policy(std::span<const Rule> rules, const Size& size);
std::string PrometheusRules(std::span<const Rule> rules);
std::string Table(std::span<const Rule> rules);  // one line a rule, fields between tabs

}  // namespace tocsin::bench::w1
