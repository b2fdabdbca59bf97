#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "tests/sim/generate.h"

namespace tocsin::sim {

namespace {

void CollectConstants(const Policy& policy, const Expr& expr,
                      std::map<Unit, std::vector<double>>& all) {
  if (expr.op == Op::kConstant && expr.parts.empty()) {
    const bool plain = expr.unit == Unit::kNumber;
    all[expr.unit].push_back(expr.number);
    if (plain) all[Unit::kCount].push_back(expr.number);
  }
  for (const Expr& part : expr.parts) CollectConstants(policy, part, all);
}

class HistoryGenerator {
 public:
  HistoryGenerator(Random& random, const Policy& policy, Instant start)
      : random_(random), policy_(policy) {
    for (const Signal& signal : policy.signals) {
      if (signal.derived) CollectConstants(policy, *signal.derived, constants_);
    }
    for (const Alert& alert : policy.alerts) {
      CollectConstants(policy, alert.when, constants_);
      if (alert.clear) CollectConstants(policy, *alert.clear, constants_);
    }
    const Duration step = policy.resolution_ms;
    history_.live = random.Chance(50);
    history_.from = start - start % step;
    history_.to = history_.from + step * random.Range(30, random.Chance(5) ? 400 : 140);
  }

  History Run() {
    for (const Signal& signal : policy_.signals) {
      if (!signal.derived) GenerateSeries(signal);
    }
    std::ranges::stable_sort(history_.inputs, {}, &Input::at);
    return std::move(history_);
  }

 private:
  void GenerateSeries(const Signal& signal) {
    std::vector<Labels> rows = {{}};
    for (const std::string& name : signal.labels) {
      const Label& label = *std::ranges::find(policy_.labels, name, &Label::name);
      std::vector<Labels> more;
      for (const Labels& row : rows) {
        for (const std::string& value : label.values) {
          Labels wider = row;
          wider[signal.sources.at(name)] = value;
          more.push_back(std::move(wider));
        }
      }
      rows = std::move(more);
    }
    random_.Shuffle(rows);
    rows.resize(std::min<std::size_t>(rows.size(), 5));
    // Outside every domain, where the label is closed.
    if (!signal.labels.empty() && random_.Chance(20)) {
      Labels stranger = rows.front();
      stranger[signal.sources.at(signal.labels.front())] = "elsewhere";
      rows.push_back(std::move(stranger));
    }
    // Two series of one row.
    if (random_.Chance(15)) {
      rows.push_back(rows.front());
      rows.back()["instance"] = "second";
    }
    for (Labels& row : rows) {
      if (!signal.where.empty() || random_.Chance(20)) {
        if (random_.Chance(80)) row["job"] = random_.Chance(70) ? "a" : "c";
        if (random_.Chance(50)) row["env"] = random_.Chance(50) ? "b" : "c";
      }
      GenerateSamples(signal, row);
    }
  }

  double AnyValue(Unit unit) {
    if (unit == Unit::kBool) return random_.Pick<double>({0, 1, 1, -0.0});
    const double scale = unit == Unit::kDuration ? 1000 : 1;
    const auto& known = constants_[unit];
    const auto kind = random_.Below(20);
    if (kind < 14 && !known.empty()) {
      const double limit = random_.Pick(known) / scale;
      switch (random_.Below(5)) {
        case 0:
          return limit;
        case 1:
          return std::nextafter(limit, std::numeric_limits<double>::infinity());
        case 2:
          return std::nextafter(limit, -std::numeric_limits<double>::infinity());
        case 3:
          return limit * 2;
        default:
          return limit / 2;
      }
    }
    if (kind == 14) return random_.Pick<double>({1e300, -1e300, 1.7e308, 5e-324, 1e17});
    if (kind == 15) return random_.Chance(50) ? -0.0 : 0.0;
    if (kind == 16) return -static_cast<double>(random_.Range(0, 100));
    return static_cast<double>(random_.Range(0, 400)) / (unit == Unit::kRatio ? 1000 : 2) / scale;
  }

  double Odd() {
    const double infinity = std::numeric_limits<double>::infinity();
    return random_.Pick<double>({std::numeric_limits<double>::quiet_NaN(), infinity, -infinity});
  }

  void GenerateSamples(const Signal& signal, const Labels& row) {
    const Duration interval = random_.Pick<Duration>(
        {policy_.resolution_ms, policy_.resolution_ms, policy_.resolution_ms / 2,
         policy_.resolution_ms * 2, policy_.resolution_ms + 13});
    // A phase of 0 is at a tick's own instant.
    const Duration phase = random_.Chance(30) ? 0 : random_.Range(0, interval - 1);
    Instant stamp = history_.from + phase - (random_.Chance(30) ? interval : 0);
    if (!history_.live) stamp = std::max(stamp, history_.from);
    if (random_.Chance(25)) stamp += policy_.resolution_ms * random_.Range(0, 40);
    double value = AnyValue(signal.unit);
    while (stamp <= history_.to) {
      if (random_.Chance(25)) value = AnyValue(signal.unit);
      if (random_.Chance(4)) stamp += policy_.resolution_ms * random_.Range(1, 25);
      Take(signal, row, stamp, random_.Chance(3) ? Odd() : value);
      if (random_.Chance(4)) Take(signal, row, stamp, AnyValue(signal.unit));
      stamp += interval;
    }
  }

  void Take(const Signal& signal, const Labels& row, Instant stamp, double value) {
    Input input;
    input.at = input.stamp = stamp;
    if (history_.live) {
      input.at += random_.Chance(70) ? 0 : random_.Range(0, policy_.grace_ms);
      if (random_.Chance(5)) input.at += random_.Range(0, 3 * policy_.resolution_ms);
      if (random_.Chance(2)) input.at -= random_.Pick<Duration>({600'000, 600'001, 5'000, 700'000});
    }
    // The inputs of a run begin with its first tick and end with its last one.
    if (input.at < history_.from || input.at > history_.to) return;
    input.metric = signal.metric;
    input.labels = row;
    input.value = value;
    history_.inputs.push_back(std::move(input));
  }

  Random& random_;
  const Policy& policy_;
  std::map<Unit, std::vector<double>> constants_;
  History history_;
};

}  // namespace

History GenerateHistory(Random& random, const Policy& policy, Instant start) {
  return HistoryGenerator(random, policy, start).Run();
}

void AddAcknowledgements(Random& random, const Policy& policy,
                         const std::vector<Deadline>& deadlines, History& history) {
  std::vector<Input> events;
  const auto count = random.Chance(30) ? 0 : random.Range(1, 8);
  for (std::int64_t i = 0; i < count; ++i) {
    Input event;
    event.event = true;
    if (!deadlines.empty() && random.Chance(70)) {
      const Deadline deadline = random.Pick(deadlines);
      event.at = deadline.at + random.Range(-1, 1);
      event.alert = deadline.alert;
      event.labels = deadline.row;
    } else {
      const Alert alert = random.Pick(policy.alerts);
      event.at = random.Range(history.from, history.to);
      event.alert = alert.name;
      for (const std::string& name : alert.labels) {
        const Label& label = *std::ranges::find(policy.labels, name, &Label::name);
        event.labels[name] = random.Pick(label.values);
      }
    }
    if (event.at < history.from || event.at > history.to) continue;
    event.by = random.Pick(policy.people).name;
    events.push_back(std::move(event));
  }
  history.inputs.insert(history.inputs.begin(), events.begin(), events.end());
  std::ranges::stable_sort(history.inputs, {}, &Input::at);
}

}  // namespace tocsin::sim
