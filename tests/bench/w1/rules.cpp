#include "tests/bench/w1/rules.h"

#include <array>

#include <fmt/format.h>

#include "runtime/base/check.h"

namespace tocsin::bench::w1 {
namespace {

constexpr std::array<std::string_view, kKinds> kWords = {
    "cpu_high",        "error_ratio",     "latency_max", "cpu_avg",         "latency_p99",
    "throughput_drop", "svc_error_ratio", "region_p99",  "cpu_and_latency", "svc_throughput_low"};
struct SignalText {
  std::string_view name, unit, metric;
};
constexpr std::array<SignalText, 5> kSignals = {{{"cpu", "number", "cpu_util"},
                                                 {"latency", "number", "latency_ms"},
                                                 {"throughput", "number", "throughput"},
                                                 {"errors", "count", "errors_total"},
                                                 {"requests", "count", "requests_total"}}};
constexpr std::array<std::int64_t, kVariants> kWindowMinutes = {5,  5,  10, 10, 15,
                                                                15, 20, 20, 30, 30};

// Thresholds are decimals, so that the same text gives the same number to everybody.
double Decimal(double thousandths) { return thousandths / 1000; }

Rule Make(Kind kind, std::size_t variant, std::size_t instances) {
  const auto v = static_cast<double>(variant);
  const std::int64_t window_s = kWindowMinutes[variant] * 60;
  const auto least = static_cast<double>(instances) * (240 - 2 * v);
  std::string name = fmt::format("{}_{}", Word(kind), variant);
  switch (kind) {
    case Kind::kThreshold:
      return {kind, 0, 90 - v, 0, 300, name};
    case Kind::kErrorRatio:
      return {kind, window_s, Decimal(50 - 2 * v), 0, 120, name};
    case Kind::kMax:
      return {kind, window_s, 150 + 5 * v, 0, 0, name};
    case Kind::kAvg:
      return {kind, window_s, 85 - v, 0, 0, name};
    case Kind::kQuantile:
      return {kind, window_s, 100 + 5 * v, 0, 0, name};
    case Kind::kDrop:
      return {kind, 3600, Decimal(200 + 20 * v), 0, 120, name};
    case Kind::kServiceRatio:
      return {kind, window_s, Decimal(30 - v), 0, 300, name};
    case Kind::kRegionQuantile:
      return {kind, 0, 180 + 10 * v, 0, 60, name};
    case Kind::kConjunction:
      return {kind, 0, 85 - v, 110 + 5 * v, 180, name};
    case Kind::kServiceSum:
      return {kind, 0, least, 0, 120, name};
  }
  TOCSIN_CHECK(false, "every kind of rule is made");
}

std::string PolicyCondition(const Rule& rule) {
  const std::int64_t window = rule.window_s;
  switch (rule.kind) {
    case Kind::kThreshold:
      return fmt::format("cpu > {}", rule.a);
    case Kind::kErrorRatio:
      return fmt::format("rate(errors over {0}s) / rate(requests over {0}s) > {1:.1f}%", window,
                         rule.a * 100);
    case Kind::kMax:
      return fmt::format("max(latency over {}s) > {}", window, rule.a);
    case Kind::kAvg:
      return fmt::format("avg(cpu over {}s) > {}", window, rule.a);
    case Kind::kQuantile:
      return fmt::format("quantile(latency over {}s, part: 99%) > {}", window, rule.a);
    case Kind::kDrop:
      return fmt::format(
          "(same(throughput, ago: 1h) - throughput) / same(throughput, ago: 1h) > {}", rule.a);
    case Kind::kServiceRatio:
      return fmt::format(
          "sum(rate(errors over {0}s)) by (service) / sum(rate(requests over {0}s)) by (service)"
          " > {1:.1f}%",
          window, rule.a * 100);
    case Kind::kRegionQuantile:
      return fmt::format("quantile(latency, part: 99%) by (region) > {}", rule.a);
    case Kind::kConjunction:
      return fmt::format("cpu > {} and latency > {}", rule.a, rule.b);
    case Kind::kServiceSum:
      return fmt::format("sum(throughput) by (service) < {}", rule.a);
  }
  return {};
}

std::string PromqlCondition(const Rule& rule) {
  const std::int64_t window = rule.window_s;
  switch (rule.kind) {
    case Kind::kThreshold:
      return fmt::format("cpu_util > {}", rule.a);
    case Kind::kErrorRatio:
      return fmt::format("rate(errors_total[{0}s]) / rate(requests_total[{0}s]) > {1}", window,
                         rule.a);
    case Kind::kMax:
      return fmt::format("max_over_time(latency_ms[{}s]) > {}", window, rule.a);
    case Kind::kAvg:
      return fmt::format("avg_over_time(cpu_util[{}s]) > {}", window, rule.a);
    case Kind::kQuantile:
      return fmt::format("quantile_over_time(0.99, latency_ms[{}s]) > {}", window, rule.a);
    case Kind::kDrop:
      return fmt::format("(throughput offset 1h - throughput) / throughput offset 1h > {}", rule.a);
    case Kind::kServiceRatio:
      return fmt::format(
          "sum by (service) (rate(errors_total[{0}s])) / "
          "sum by (service) (rate(requests_total[{0}s])) > {1}",
          window, rule.a);
    case Kind::kRegionQuantile:
      return fmt::format("quantile by (region) (0.99, latency_ms) > {}", rule.a);
    case Kind::kConjunction:
      return fmt::format("cpu_util > {} and latency_ms > {}", rule.a, rule.b);
    case Kind::kServiceSum:
      return fmt::format("sum by (service) (throughput) < {}", rule.a);
  }
  return {};
}

}  // namespace

std::string_view Word(Kind kind) { return kWords[static_cast<std::size_t>(kind)]; }

std::vector<Rule> Rules(std::size_t variants, std::size_t instances) {
  TOCSIN_CHECK(variants <= kVariants, "there are ten variants");
  std::vector<Rule> rules;
  for (std::size_t variant = 0; variant < variants; ++variant) {
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      rules.push_back(Make(static_cast<Kind>(kind), variant, instances));
  }
  return rules;
}

// Signals that no rule reads are left out: they would be made ready at each tick all the same. An
// alert is over at the first tick at which its condition does not hold, as in Prometheus.
std::string Policy(std::span<const Rule> rules, const Size& size) {
  std::string alerts;
  for (const Rule& rule : rules) {
    const std::string condition = PolicyCondition(rule);
    alerts += fmt::format("alert {} {{\n  level: low\n  when  {}", rule.name, condition);
    if (rule.hold_s > 0)
      alerts += fmt::format(" for {}s\n  clear not ({})", rule.hold_s, condition);
    alerts += "\n}\n";
  }
  std::string text = fmt::format(
      "policy w1 \"Workload W1\" {{ resolution: 15s  grace: 5s }}\n"
      "label service  : up_to({})\n"
      "label region   : up_to({})\n"
      "label instance : up_to({})\n",
      size.services, size.regions, size.instances);
  for (const auto& [name, unit, metric] : kSignals) {
    if (!alerts.contains(name)) continue;
    text += fmt::format(
        "signal {} : {} by (service, region, instance) {{ source: prometheus(\"{}\")  "
        "stale: 20s }}\n",
        name, unit, metric);
  }
  return text + "level low \"Low\"\n" + alerts;
}

std::string PrometheusRules(std::span<const Rule> rules) {
  std::string text = "groups:\n- name: w1\n  interval: 15s\n  rules:\n";
  for (const Rule& rule : rules) {
    text += fmt::format("  - alert: {}\n    expr: '{}'\n", rule.name, PromqlCondition(rule));
    if (rule.hold_s > 0) text += fmt::format("    for: {}s\n", rule.hold_s);
  }
  return text;
}

std::string Table(std::span<const Rule> rules) {
  std::string text;
  for (const Rule& rule : rules) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", static_cast<int>(rule.kind), rule.window_s,
                        rule.a, rule.b, rule.hold_s, rule.name);
  }
  return text;
}

}  // namespace tocsin::bench::w1
