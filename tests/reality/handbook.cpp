// The rules of examples/03_every_rule.
#include "tests/reality/examples.h"

namespace tocsin::reality {
namespace {

constexpr Instant kStale = 45 * kSecond;
const Level kCeo = {"ceo", "phone"}, kHigh = {"eng_lead", "sms"}, kMedium = {"team_lead", "mail"},
            kAutomation = {"robot", "webhook"};
const std::vector<std::string> kRegions = {"eu", "us", "ap", "sa"};
const std::vector<std::string> kServices = {"api", "tools", "search"};
const std::vector<Row> kHosts = RowsOf({"n1", "n2", "n3", "n4"});

Signal DerivedAtTicks(const Ticks& ticks, const std::vector<Row>& rows,
                      const std::function<Value(const Row&, Instant)>& value) {
  Signal signal;
  for (const Row& row : rows)
    signal[row] = AtTicks(ticks, [&](Instant tick) { return value(row, tick); });
  return signal;
}

// Errors divided by requests, both over a minute and over all codes.
Signal ErrorRate(const Recording& recording, const Ticks& ticks) {
  const Signal requests = Rows(recording, "erlmcp_requests_total", {"service", "code"});
  return DerivedAtTicks(ticks, RowsOf(kServices), [&](const Row& row, Instant tick) {
    std::vector<Value> bad, all;
    for (const char* code : {"200", "404", "500", "503"}) {
      all.push_back(Rate(requests.at({row[0], code}), tick, kMinute, kStale));
      if (*code == '5') bad.push_back(all.back());
    }
    return Divide(Sum(bad), Sum(all));
  });
}

// What is used of what there is.
Signal Used(const Recording& recording, const Ticks& ticks, const Signal& free,
            const std::string& size_metric, const std::map<std::string, std::string>& having) {
  const Signal size = Rows(recording, size_metric, {"host"}, having);
  return DerivedAtTicks(ticks, kHosts, [&](const Row& row, Instant tick) {
    const Value left = Newest(free.at(row), tick, kStale), all = Newest(size.at(row), tick, kStale);
    return left && all ? Divide(*all - *left, all) : std::nullopt;
  });
}

// What a derived signal is at a tick.
Value At(const Signal& signal, const Row& row, Instant tick) {
  return Newest(signal.at(row), tick, 1);
}

void Down(std::vector<Rule>& rules, const Recording& recording) {
  const auto down = [&](const std::string& metric, const std::vector<std::string>& labels) {
    return [up = Rows(recording, metric, labels)](const Row& row, Instant tick, double) {
      const Value now = Newest(up.at(row), tick, kStale);
      return now ? Truth(*now == 0) : std::nullopt;
    };
  };
  rules.push_back({.name = "registry_down",
                   .labels = {"region"},
                   .rows = RowsOf(kRegions),
                   .fires = {{"eu"}, {"ap"}},
                   .level = kCeo,
                   .when = down("erlmcp_registry_up", {"region"}),
                   .hold = 30 * kSecond,
                   .no_data = NoData::kFire,
                   .after = 2 * kMinute});
  rules.push_back({.name = "session_manager_down",
                   .labels = {"region"},
                   .rows = RowsOf(kRegions),
                   .fires = {{"eu"}, {"us"}},
                   .level = kCeo,
                   .when = down("erlmcp_session_manager_up", {"region"}),
                   .hold = 30 * kSecond,
                   .no_data = NoData::kFire,
                   .after = 2 * kMinute,
                   .unless = "registry_down",
                   .matching = {0}});
  rules.push_back({.name = "transport_failure",
                   .labels = {"region", "transport"},
                   .rows = RowsOf(kRegions, {"tcp", "http", "websocket"}),
                   .fires = {{"eu", "tcp"}},
                   .level = kCeo,
                   .when = down("erlmcp_transport_up", {"region", "transport"}),
                   .hold = 30 * kSecond,
                   .no_data = NoData::kFire,
                   .after = 2 * kMinute});
}

void Errors(std::vector<Rule>& rules, const Recording& recording, const Ticks& ticks) {
  const Signal rate = ErrorRate(recording, ticks);
  rules.push_back(
      {.name = "error_rate_high",
       .labels = {"service"},
       .rows = RowsOf(kServices),
       .fires = {{"api"}},
       .level = kCeo,
       .when = [rate](const Row& row, Instant tick,
                      double limit) { return Above(At(rate, row, tick), limit); },
       .limit = 0.05,
       .step = -0.01,
       .hold = kMinute,
       .clear = [rate](const Row& row, Instant tick) { return Below(At(rate, row, tick), 0.04); },
       .clear_hold = 5 * kMinute,
       .no_data = NoData::kClear,
       .after = 5 * kMinute});
  rules.push_back({.name = "error_rate_increase",
                   .labels = {"service"},
                   .rows = RowsOf(kServices),
                   .fires = {{"api"}, {"tools"}},
                   .level = kAutomation,
                   .when =
                       [rate](const Row& row, Instant tick, double limit) {
                         const Value now = Mean(Window(rate.at(row), tick, 5 * kMinute, kEachTick));
                         const Value usual = Mean(Window(rate.at(row), tick, kHour, kEachTick));
                         return Above(now, usual ? Value(limit * *usual) : usual);
                       },
                   .limit = 1.2,
                   .step = -0.1,
                   .hold = 2 * kMinute});
  const Signal errors = Rows(recording, "erlmcp_errors_total", {"service"});
  rules.push_back({.name = "new_errors",
                   .labels = {"service"},
                   .rows = RowsOf(kServices),
                   .fires = {{"api"}},
                   .level = kMedium,
                   .when =
                       [errors](const Row& row, Instant tick, double limit) {
                         return Above(Increase(errors.at(row), tick, kHour, kStale), limit);
                       },
                   .limit = 50,
                   .step = -1});
}

void Latencies(std::vector<Rule>& rules, const Recording& recording, const Ticks& ticks) {
  const Signal p99 =
      Rows(recording, "erlmcp_latency_summary_seconds", {"service"}, {{"quantile", "0.99"}});
  rules.push_back(
      {.name = "latency_high",
       .labels = {"service"},
       .rows = RowsOf(kServices),
       .fires = {{"search"}},
       .level = kHigh,
       .when = [p99](const Row& row, Instant tick,
                     double limit) { return Above(Newest(p99.at(row), tick, kStale), limit); },
       .limit = 0.1,
       .step = -0.001,
       .hold = kMinute,
       .clear = [p99](const Row& row,
                      Instant tick) { return Below(Newest(p99.at(row), tick, kStale), 0.09); },
       .clear_hold = 5 * kMinute,
       .no_data = NoData::kClear,
       .after = 5 * kMinute});
  const Signal mean = Rows(recording, "erlmcp_latency_seconds", {"service"});
  const Signal latency = DerivedAtTicks(
      ticks, RowsOf(kServices),
      [&](const Row& row, Instant tick) { return Newest(mean.at(row), tick, kStale); });
  rules.push_back({.name = "latency_p95",
                   .labels = {"service"},
                   .rows = RowsOf(kServices),
                   .fires = {{"api"}},
                   .level = kAutomation,
                   .when =
                       [latency](const Row& row, Instant tick, double limit) {
                         const Samples window =
                             Window(latency.at(row), tick, 5 * kMinute, kEachTick);
                         return Above(Quantile(window, 0.95), limit);
                       },
                   .limit = 0.1,
                   .step = -0.005});
}

void Traffic(std::vector<Rule>& rules, const Recording& recording, const Ticks& ticks) {
  const Signal connections = Rows(recording, "erlmcp_connections", {"region"});
  const Signal dropped = Rows(recording, "erlmcp_connections_dropped_total", {"region"});
  const auto drops = [connections, dropped](const Row& row, Instant tick, double limit) {
    const Value most = Largest(Window(connections.at(row), tick, 5 * kMinute, kStale));
    return Above(Divide(Increase(dropped.at(row), tick, 5 * kMinute, kStale), most), limit);
  };
  rules.push_back({.name = "connection_drops",
                   .labels = {"region"},
                   .rows = RowsOf(kRegions),
                   .fires = {{"eu"}},
                   .level = kHigh,
                   .when = drops,
                   .limit = 0.1,
                   .step = 0.01});
  rules.push_back({.name = "connections_dropped",
                   .labels = {"region"},
                   .rows = RowsOf(kRegions),
                   .fires = {{"eu"}, {"us"}},
                   .level = kAutomation,
                   .when = drops,
                   .limit = 0.05,
                   .step = -0.01});
  const Signal messages = Rows(recording, "erlmcp_messages_total", {"region"});
  const Signal throughput = DerivedAtTicks(
      ticks, RowsOf(kRegions),
      [&](const Row& row, Instant tick) { return Rate(messages.at(row), tick, kMinute, kStale); });
  rules.push_back({.name = "throughput_drop",
                   .labels = {"region"},
                   .rows = RowsOf(kRegions),
                   .fires = {{"us"}},
                   .level = kMedium,
                   .when =
                       [throughput](const Row& row, Instant tick, double limit) {
                         const Samples window =
                             Window(throughput.at(row), tick, 10 * kMinute, kEachTick);
                         return Above(Drop(window), limit);
                       },
                   .limit = 0.2,
                   .step = -0.02,
                   .hold = 5 * kMinute});
  const Signal backlog = Rows(recording, "erlmcp_queue_messages", {"queue"});
  rules.push_back({.name = "backlog_growth",
                   .labels = {"queue"},
                   .rows = RowsOf({"sessions", "orders", "mail"}),
                   .fires = {{"orders"}},
                   .level = kMedium,
                   .when =
                       [backlog](const Row& row, Instant tick, double limit) {
                         const Value slope =
                             Slope(Window(backlog.at(row), tick, 10 * kMinute, kStale));
                         const Value now = Newest(backlog.at(row), tick, kStale);
                         return And(Above(slope, limit / 60), Above(now, 1000));
                       },
                   .limit = 100,
                   .step = -10,
                   .hold = 2 * kMinute,
                   .clear =
                       [backlog](const Row& row, Instant tick) {
                         return Below(Newest(backlog.at(row), tick, kStale), 1000);
                       },
                   .clear_hold = kMinute});
}

void Resources(std::vector<Rule>& rules, const Recording& recording, const Ticks& ticks) {
  const Signal count = Rows(recording, "erlang_vm_process_count", {"host"});
  const Signal most = Rows(recording, "erlang_vm_process_limit", {"host"});
  const Signal processes = DerivedAtTicks(ticks, kHosts, [&](const Row& row, Instant tick) {
    return Divide(Newest(count.at(row), tick, kStale), Newest(most.at(row), tick, kStale));
  });
  const auto above = [](const Signal& signal) {
    return [signal](const Row& row, Instant tick, double limit) {
      return Above(At(signal, row, tick), limit);
    };
  };
  rules.push_back(
      {.name = "resource_exhaustion",
       .labels = {"host"},
       .rows = kHosts,
       .fires = {{"n1"}},
       .level = kHigh,
       .when = above(processes),
       .limit = 0.9,
       .step = -0.01,
       .hold = kMinute,
       .clear = [processes](const Row& row,
                            Instant tick) { return Below(At(processes, row, tick), 0.8); },
       .clear_hold = 5 * kMinute});
  const std::map<std::string, std::string> data = {{"mountpoint", "/data"}};
  const Signal disk_free = Rows(recording, "node_filesystem_avail_bytes", {"host"}, data);
  rules.push_back(
      {.name = "disk_usage",
       .labels = {"host"},
       .rows = kHosts,
       .fires = {{"n2"}},
       .level = kAutomation,
       .when = above(Used(recording, ticks, disk_free, "node_filesystem_size_bytes", data)),
       .limit = 0.8,
       .step = -0.01,
       .hold = 2 * kMinute});
  const Signal memory_free = Rows(recording, "node_memory_MemAvailable_bytes", {"host"});
  rules.push_back(
      {.name = "memory_usage",
       .labels = {"host"},
       .rows = kHosts,
       .fires = {{"n3"}},
       .level = kAutomation,
       .when = above(Used(recording, ticks, memory_free, "node_memory_MemTotal_bytes", {})),
       .limit = 0.85,
       .step = -0.01,
       .hold = 2 * kMinute});
}

}  // namespace

std::vector<Rule> HandbookRules(const Recording& recording, const Ticks& ticks) {
  std::vector<Rule> rules;
  Down(rules, recording);
  Errors(rules, recording, ticks);
  Latencies(rules, recording, ticks);
  Traffic(rules, recording, ticks);
  Resources(rules, recording, ticks);
  return rules;
}

}  // namespace tocsin::reality
