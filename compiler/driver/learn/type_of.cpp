#include <algorithm>

#include "compiler/driver/learn/signals.h"

namespace tocsin::driver::learn {
namespace {

bool EndsWithOneOf(std::string_view name, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return name.ends_with(end); });
}

std::string_view Without(std::string_view name, std::string_view end) {
  return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : name;
}

// A gauge of yes and no: its values alone don't say so, as a count may happen to be 1.
bool IsTruth(const Metric& metric) {
  const bool may = metric.zero_or_one && (metric.type == "gauge" || metric.type == "info" ||
                                          metric.type.empty() || metric.type == "unknown");
  if (!may) return false;
  const auto says = [&](std::string_view words) { return metric.help.find(words) != words.npos; };
  return metric.name == "up" || metric.type == "info" ||
         EndsWithOneOf(metric.name,
                       {"_up", "_info", "_success", "_successful", "_healthy", "_ready"}) ||
         says("Whether") || says("whether") || says("1 if") || says("1 for yes");
}

bool IsMoment(std::string_view name) {
  return EndsWithOneOf(
      name, {"_timestamp_seconds", "_time_seconds", "_timestamp", "_created", "_boottime"});
}

// The unit that a name or its metadata tells; empty where neither does.
std::string_view UnitOf(const Metric& metric, std::string_view base) {
  if (metric.unit == "seconds" || EndsWithOneOf(base, {"_seconds"})) return "duration";
  if (metric.unit == "bytes" || EndsWithOneOf(base, {"_bytes"})) return "bytes";
  if (metric.unit == "ratio" || EndsWithOneOf(base, {"_ratio"})) return "ratio";
  return {};
}

}  // namespace

SignalType TypeOf(const Metric& metric) {
  const bool parts =
      metric.family != metric.name && (metric.type == "histogram" || metric.type == "summary");
  const std::string_view base =
      Without(Without(Without(Without(metric.name, "_bucket"), "_sum"), "_count"), "_total");
  const std::string_view unit = UnitOf(metric, base);
  if (metric.name.ends_with("_bucket") && metric.labels.contains("le")) {
    return {"count", std::string("Buckets: `bucket_quantile(increase({} over 5m), part: 99%)") +
                         (unit == "duration" ? " * 1s`" : "`")};
  }
  if (parts && metric.name.ends_with("_count"))
    return {"count", "A counter: `rate({} over 5m)` is how many there are per second"};
  if (IsMoment(metric.name)) return {"number", "Seconds since 1970."};
  const bool counter = metric.type == "counter" || EndsWithOneOf(metric.name, {"_total"}) ||
                       (parts && metric.name.ends_with("_sum"));
  if (counter && unit == "duration")
    return {unit, "A counter: `increase({} over 5m)` is how much came together in five minutes"};
  if (counter && unit == "bytes")
    return {unit, "A counter: `rate({} over 5m)` is how many bytes there are per second"};
  if (counter)
    return {parts ? "number" : "count", "A counter: `rate({} over 5m)` is how fast it grows"};
  if (!unit.empty()) return {unit, {}};
  return {IsTruth(metric) ? "bool" : "number", {}};
}

}  // namespace tocsin::driver::learn
