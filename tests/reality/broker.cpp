// The rules of examples/02_overloaded_broker.
#include "tests/reality/examples.h"

namespace tocsin::reality {
namespace {

constexpr Instant kStale = 15 * kSecond;
const Level kCritical = {"ceo", "phone"}, kHigh = {"eng_lead", "sms"},
            kMedium = {"team_lead", "mail"}, kLow = {"team", "slack"},
            kAutomation = {"robot", "webhook"};
const std::vector<Row> kGateways = RowsOf({"east", "west"});
const std::vector<Row> kOne = {{}};

Value Now(const Signal& signal, const Row& row, Instant tick) {
  const auto found = signal.find(row);
  return found == signal.end() ? std::nullopt : Newest(found->second, tick, kStale);
}

Signal AtTicksOf(const Ticks& ticks, const std::vector<Row>& rows,
                 const std::function<Value(const Row&, Instant)>& value) {
  Signal signal;
  for (const Row& row : rows)
    signal[row] = AtTicks(ticks, [&](Instant tick) { return value(row, tick); });
  return signal;
}

void Down(std::vector<Rule>& rules, const Recording& recording) {
  const Signal broker = Rows(recording, "up", {}, {{"job", "broker"}});
  rules.push_back({.name = "registry_down",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kCritical,
                   .when = [broker](const Row& row, Instant tick, double) -> Truth {
                     const Value up = Now(broker, row, tick);
                     return up ? Truth(*up == 0) : std::nullopt;
                   },
                   .hold = 15 * kSecond,
                   .no_data = NoData::kFire,
                   .after = kMinute});
  const Signal consumers = Rows(recording, "rabbitmq_detailed_queue_consumers", {"queue"});
  rules.push_back({.name = "session_manager_down",
                   .labels = {"queue"},
                   .rows = {{"sessions"}},
                   .fires = {{"sessions"}},
                   .level = kCritical,
                   .when = [consumers](const Row& row, Instant tick, double) -> Truth {
                     const Value count = Now(consumers, row, tick);
                     return count ? Truth(*count == 0) : std::nullopt;
                   },
                   .hold = 15 * kSecond});
  const Signal listening = Rows(recording, "probe_success", {"instance"}, {{"job", "transport"}});
  rules.push_back({.name = "transport_failure",
                   .labels = {"transport"},
                   .rows = RowsOf({"amqp", "mqtt", "stomp"}),
                   .fires = RowsOf({"amqp", "mqtt", "stomp"}),
                   .level = kCritical,
                   .when = [listening](const Row& row, Instant tick, double) -> Truth {
                     const Value up = Now(listening, row, tick);
                     return up ? Truth(*up == 0) : std::nullopt;
                   },
                   .hold = 15 * kSecond,
                   .no_data = NoData::kFire,
                   .after = kMinute,
                   .unless = "registry_down"});
  rules.push_back({.name = "multiple_systems_down",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kCritical,
                   .when = [listening](const Row&, Instant tick, double limit) -> Truth {
                     int down = 0, known = 0;
                     for (const auto& [transport, samples] : listening) {
                       const Value up = Newest(samples, tick, kStale);
                       known += up ? 1 : 0;
                       down += up && *up == 0 ? 1 : 0;
                     }
                     return known == 0 ? std::nullopt : Truth(down >= limit);
                   },
                   .limit = 2,
                   .step = -1,
                   .hold = 15 * kSecond,
                   .unless = "registry_down"});
}

void Errors(std::vector<Rule>& rules, const Recording& recording, const Ticks& ticks) {
  const Signal requests = Rows(recording, "gateway_requests_total", {"instance", "result"});
  const auto sum = [&](const Row& row, Instant tick, Instant length, bool all) {
    std::vector<Value> rates;
    for (const char* result : {"timeout", "refused", "ok"}) {
      if (all || *result != 'o')
        rates.push_back(Rate(requests.at({row[0], result}), tick, length, kStale));
    }
    return Sum(rates);
  };
  const Signal rate = AtTicksOf(ticks, kGateways, [&](const Row& row, Instant tick) {
    return Divide(sum(row, tick, kMinute, false), sum(row, tick, kMinute, true));
  });
  const auto now = [](const Signal& signal, const Row& row, Instant tick) {
    return Newest(signal.at(row), tick, 1);
  };
  rules.push_back({.name = "error_rate_high",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kCritical,
                   .when = [rate, now](const Row& row, Instant tick,
                                       double limit) { return Above(now(rate, row, tick), limit); },
                   .limit = 0.05,
                   .step = 0.1,
                   .hold = 30 * kSecond,
                   .clear = [rate, now](const Row& row,
                                        Instant tick) { return Below(now(rate, row, tick), 0.02); },
                   .clear_hold = kMinute});
  rules.push_back({.name = "error_rate_increase",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kAutomation,
                   .when =
                       [rate, now](const Row& row, Instant tick, double limit) {
                         const Value newer = Mean(Window(rate.at(row), tick, kMinute, kEachTick));
                         const Value usual =
                             Mean(Window(rate.at(row), tick, 10 * kMinute, kEachTick));
                         return And(Above(newer, usual ? Value(limit * *usual) : usual),
                                    Above(now(rate, row, tick), 0.01));
                       },
                   .limit = 1.2,
                   .step = 1,
                   .hold = 30 * kSecond});
  const Signal failing = AtTicksOf(ticks, kGateways, [&](const Row& row, Instant tick) {
    return sum(row, tick, 10 * kMinute, false);
  });
  rules.push_back({.name = "new_errors",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kMedium,
                   .when =
                       [failing, now](const Row& row, Instant tick, double limit) {
                         return Above(now(failing, row, tick), limit / 3600);
                       },
                   .limit = 50,
                   .step = 1000});
  const Signal answered = AtTicksOf(ticks, kGateways, [&](const Row& row, Instant tick) {
    return Rate(requests.at({row[0], "ok"}), tick, kMinute, kStale);
  });
  rules.push_back({.name = "throughput_drop",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kMedium,
                   .when =
                       [answered](const Row& row, Instant tick, double limit) {
                         return Above(Drop(Window(answered.at(row), tick, 5 * kMinute, kEachTick)),
                                      limit);
                       },
                   .limit = 0.2,
                   .step = 0.1,
                   .hold = kMinute});
}

void Latencies(std::vector<Rule>& rules, const Recording& recording) {
  const auto quantile = [&](const std::string& part) {
    return Rows(recording, "gateway_latency_seconds", {"instance"}, {{"quantile", part}});
  };
  const auto slower = [](const Signal& latency) {
    return [latency](const Row& row, Instant tick, double limit) {
      return Above(Now(latency, row, tick), limit);
    };
  };
  const Signal p99 = quantile("0.99"), p50 = quantile("0.5");
  rules.push_back(
      {.name = "latency_high",
       .labels = {"gateway"},
       .rows = kGateways,
       .fires = kGateways,
       .level = kHigh,
       .when = slower(p99),
       .limit = 0.1,
       .step = 0.1,
       .hold = 30 * kSecond,
       .clear = [p99](const Row& row, Instant tick) { return Below(Now(p99, row, tick), 0.08); },
       .clear_hold = kMinute});
  rules.push_back({.name = "slow_answers",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kAutomation,
                   .when = slower(quantile("0.95")),
                   .limit = 0.1,
                   .step = 0.1,
                   .hold = 30 * kSecond});
  rules.push_back({.name = "odd_latency",
                   .labels = {"gateway"},
                   .rows = kGateways,
                   .fires = kGateways,
                   .level = kLow,
                   .when =
                       [p50](const Row& row, Instant tick, double limit) {
                         return Above(Anomaly(Window(p50.at(row), tick, 10 * kMinute, kStale)),
                                      limit);
                       },
                   .limit = 3,
                   .step = 1,
                   .hold = 15 * kSecond});
}

void Resources(std::vector<Rule>& rules, const Recording& recording) {
  const auto of_broker = [&](const std::string& metric) { return Rows(recording, metric, {}); };
  const std::map<std::string, std::string> data = {{"mountpoint", "/data"}};
  const Signal used = of_broker("rabbitmq_process_resident_memory_bytes"),
               limit = of_broker("rabbitmq_resident_memory_limit_bytes"),
               free_limit = of_broker("rabbitmq_disk_space_available_limit_bytes"),
               free = Rows(recording, "node_filesystem_avail_bytes", {}, data),
               size = Rows(recording, "node_filesystem_size_bytes", {}, data);
  // A value beside a multiple of another one.
  const auto times = [](Value value, double factor) {
    return value ? Value(*value * factor) : std::nullopt;
  };
  rules.push_back(
      {.name = "resource_exhaustion",
       .rows = kOne,
       .fires = kOne,
       .level = kHigh,
       .when =
           [=](const Row& row, Instant tick, double factor) {
             return Or(Not(Below(Now(used, row, tick), times(Now(limit, row, tick), factor))),
                       Not(Above(Now(free, row, tick), Now(free_limit, row, tick))));
           },
       .limit = 1,
       .step = 0.05,
       .hold = 15 * kSecond,
       .clear =
           [=](const Row& row, Instant tick) {
             return And(Below(Now(used, row, tick), times(Now(limit, row, tick), 0.9)),
                        Above(Now(free, row, tick), times(Now(free_limit, row, tick), 1.2)));
           },
       .clear_hold = 30 * kSecond});
  rules.push_back({.name = "disk_usage",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kAutomation,
                   .when =
                       [=](const Row& row, Instant tick, double most) {
                         const Value left = Now(free, row, tick), all = Now(size, row, tick);
                         return Above(left && all ? Divide(*all - *left, all) : std::nullopt, most);
                       },
                   .limit = 0.8,
                   .step = 0.05,
                   .hold = 30 * kSecond});
  rules.push_back({.name = "memory_usage",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kAutomation,
                   .when =
                       [=](const Row& row, Instant tick, double most) {
                         return Above(Divide(Now(used, row, tick), Now(limit, row, tick)), most);
                       },
                   .limit = 0.85,
                   .step = 0.05,
                   .hold = 30 * kSecond});
}

void Flows(std::vector<Rule>& rules, const Recording& recording) {
  const Signal connections = Rows(recording, "rabbitmq_connections", {});
  const auto drops = [connections](const Row& row, Instant tick, double limit) {
    return Above(Drop(Window(connections.at(row), tick, kMinute, kStale)), limit);
  };
  rules.push_back({.name = "connection_drops",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kHigh,
                   .when = drops,
                   .limit = 0.1,
                   .step = 0.05});
  rules.push_back({.name = "connections_dropped",
                   .rows = kOne,
                   .fires = kOne,
                   .level = kAutomation,
                   .when = drops,
                   .limit = 0.05,
                   .step = 0.1});
  const Signal ready = Rows(recording, "rabbitmq_detailed_queue_messages_ready", {"queue"});
  rules.push_back(
      {.name = "backlog_growth",
       .labels = {"queue"},
       .rows = RowsOf({"sessions", "orders", "archive", "pictures"}),
       .fires = RowsOf({"sessions", "orders", "archive", "pictures"}),
       .level = kMedium,
       .when =
           [ready](const Row& row, Instant tick, double limit) {
             return And(Above(Slope(Window(ready.at(row), tick, kMinute, kStale)), limit),
                        Above(Now(ready, row, tick), 500));
           },
       .limit = 10,
       .step = 10,
       .hold = 30 * kSecond,
       .clear = [ready](const Row& row, Instant tick) { return Below(Now(ready, row, tick), 500); },
       .clear_hold = 30 * kSecond});
}

}  // namespace

std::vector<Rule> BrokerRules(const Recording& recording, const Ticks& ticks) {
  std::vector<Rule> rules;
  Down(rules, recording);
  Errors(rules, recording, ticks);
  Latencies(rules, recording);
  Resources(rules, recording);
  Flows(rules, recording);
  return rules;
}

}  // namespace tocsin::reality
