#include "tests/reality/series.h"

#include <algorithm>
#include <cmath>

namespace tocsin::reality {

Value Newest(const Samples& samples, Instant tick, Instant stale) {
  Value newest;
  Instant newest_at = 0;
  for (const Sample& sample : samples) {
    if (sample.at > tick || (newest && sample.at <= newest_at)) continue;
    newest = sample.value;
    newest_at = sample.at;
  }
  return newest && tick - newest_at < stale ? newest : std::nullopt;
}

Samples Window(const Samples& samples, Instant tick, Instant length, Instant fresh) {
  Samples window;
  if (!Newest(samples, tick, fresh)) return window;
  for (const Sample& sample : samples) {
    if (sample.at > tick - length && sample.at <= tick) window.push_back(sample);
  }
  return window;
}

Value Increase(const Samples& samples, Instant tick, Instant length, Instant stale) {
  if (!Newest(samples, tick, stale)) return std::nullopt;
  double grown = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].at <= tick - length || samples[i].at > tick) continue;
    if (i == 0) continue;
    const Sample &before = samples[i - 1], &now = samples[i];
    if (now.at - before.at > std::max(length, stale)) continue;
    grown += now.value < before.value ? now.value : now.value - before.value;
  }
  return grown;
}

Value Rate(const Samples& samples, Instant tick, Instant length, Instant stale) {
  const Value grown = Increase(samples, tick, length, stale);
  return grown ? Value(*grown * 1000 / static_cast<double>(length)) : std::nullopt;
}

Value Mean(const Samples& window) {
  if (window.empty()) return std::nullopt;
  double sum = 0;
  for (const Sample& sample : window) sum += sample.value;
  return sum / static_cast<double>(window.size());
}

Value Largest(const Samples& window) {
  Value largest;
  for (const Sample& sample : window)
    largest = std::max(largest.value_or(sample.value), sample.value);
  return largest;
}

Value Drop(const Samples& window) {
  if (window.empty()) return std::nullopt;
  return Divide(window.front().value - window.back().value, window.front().value);
}

Value Slope(const Samples& window) {
  const double count = static_cast<double>(window.size());
  double mean_s = 0, mean = 0, products = 0, squares = 0;
  const auto seconds = [&](const Sample& sample) {
    return static_cast<double>(sample.at - window.front().at) / 1000;
  };
  for (const Sample& sample : window) {
    mean_s += seconds(sample) / count;
    mean += sample.value / count;
  }
  for (const Sample& sample : window) {
    products += (seconds(sample) - mean_s) * (sample.value - mean);
    squares += (seconds(sample) - mean_s) * (seconds(sample) - mean_s);
  }
  return Divide(products, squares);
}

Value Anomaly(const Samples& window) {
  const Value mean = Mean(window);
  if (!mean) return std::nullopt;
  double squares = 0;
  for (const Sample& sample : window) squares += (sample.value - *mean) * (sample.value - *mean);
  const double deviation = std::sqrt(squares / static_cast<double>(window.size()));
  return Divide(std::abs(window.back().value - *mean), deviation);
}

Value Quantile(const Samples& window, double part) {
  if (window.empty()) return std::nullopt;
  std::vector<double> values;
  for (const Sample& sample : window) values.push_back(sample.value);
  std::ranges::sort(values);
  const double place = part * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= values.size()) return values.back();
  return values[below] + (place - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

Value Sum(const std::vector<Value>& rows) {
  Value sum;
  for (const Value& row : rows) {
    if (row) sum = sum.value_or(0) + *row;
  }
  return sum;
}

Value Divide(Value a, Value b) {
  if (!a || !b || *b == 0) return std::nullopt;
  return *a / *b;
}

Truth Above(Value a, Value b) { return a && b ? Truth(*a > *b) : std::nullopt; }
Truth Below(Value a, Value b) { return a && b ? Truth(*a < *b) : std::nullopt; }
Truth And(Truth a, Truth b) {
  if ((a && !*a) || (b && !*b)) return false;
  return a && b ? Truth(true) : std::nullopt;
}
Truth Or(Truth a, Truth b) {
  if ((a && *a) || (b && *b)) return true;
  return a && b ? Truth(false) : std::nullopt;
}
Truth Not(Truth a) { return a ? Truth(!*a) : std::nullopt; }

Samples AtTicks(const Ticks& ticks, const std::function<Value(Instant)>& value) {
  Samples samples;
  for (Instant tick = ticks.first; tick <= ticks.last; tick += ticks.distance) {
    if (const Value now = value(tick)) samples.push_back({tick, *now});
  }
  return samples;
}

}  // namespace tocsin::reality
