#include <algorithm>

#include <fmt/format.h>

#include "runtime/values/zones.h"
#include "tests/sim/generate.h"

namespace tocsin::sim {

namespace {

const std::vector<std::string>& Zones() {
  static const std::vector<std::string> zones = {
      "UTC",          "Europe/Dublin",       "America/New_York", "Asia/Kolkata",
      "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu",
  };
  return zones;
}

class PolicyGenerator {
 public:
  PolicyGenerator(Random& random, Instant start) : random_(random), start_(start) {}

  Policy Run() {
    policy_.zone = random_.Pick(Zones());
    policy_.resolution_ms = random_.Pick<Duration>({1'000, 5'000, 7'000, 15'000, 15'000, 60'000});
    policy_.grace_ms = random_.Pick<Duration>({0, 1'000, policy_.resolution_ms, 500});
    GenerateLabels();
    GenerateSignals();
    GeneratePeople();
    GenerateResponse();
    const auto alerts = random_.Range(1, 6);
    for (std::int64_t i = 0; i < alerts; ++i) GenerateAlert(static_cast<int>(i));
    return std::move(policy_);
  }

 private:
  void GenerateLabels() {
    static const std::vector<std::string> names = {"region", "service", "host", "rack"};
    const auto count = static_cast<std::size_t>(random_.Range(1, 4));
    for (std::size_t i = 0; i < count; ++i) {
      Label label;
      label.name = names[i];
      label.closed = random_.Chance(60);
      const auto values = random_.Range(1, 4);
      for (std::int64_t v = 0; v < values; ++v)
        label.values.push_back(fmt::format("{}{}", names[i][0], v));
      if (!label.closed) {
        label.bound = static_cast<std::size_t>(values);
        // More values than there is room for.
        for (std::int64_t v = 0; v < 2; ++v) label.values.push_back(fmt::format("x{}", v));
      }
      policy_.labels.push_back(std::move(label));
    }
  }

  std::vector<std::string> SomeLabels() {
    std::vector<std::string> labels;
    for (const Label& label : policy_.labels) {
      if (labels.size() < 2 && random_.Chance(55)) labels.push_back(label.name);
    }
    std::ranges::sort(labels);
    return labels;
  }

  void GenerateSignals() {
    static const std::vector<Unit> units = {Unit::kBool,   Unit::kRatio,   Unit::kDuration,
                                            Unit::kCount,  Unit::kBytes,   Unit::kRate,
                                            Unit::kNumber, Unit::kByteRate};
    const auto count = random_.Range(1, 5);
    std::vector<std::vector<std::string>> shapes = {SomeLabels()};
    for (std::int64_t i = 0; i < count; ++i) {
      if (random_.Chance(25)) shapes.push_back(SomeLabels());
      Signal signal;
      signal.name = fmt::format("s{}", i);
      signal.unit = i > 0 && random_.Chance(40) ? policy_.signals.back().unit : random_.Pick(units);
      signal.labels = random_.Pick(shapes);
      signal.metric = fmt::format("metric_{}", i);
      signal.stale_ms = random_.Pick<Duration>({policy_.resolution_ms, 3 * policy_.resolution_ms,
                                                300'000, 45'000, policy_.resolution_ms * 2 + 1});
      for (const std::string& label : signal.labels)
        signal.sources[label] = random_.Chance(30) ? "of_" + label : label;
      if (random_.Chance(25)) signal.where.push_back({"job", random_.Chance(50), "a"});
      if (random_.Chance(10)) signal.where.push_back({"env", random_.Chance(50), "b"});
      policy_.signals.push_back(std::move(signal));
    }
    if (count > 1 && random_.Chance(15)) ShareMetric();
    const auto derived = random_.Range(0, 2);
    for (std::int64_t i = 0; i < derived; ++i) GenerateDerived(static_cast<int>(i));
  }

  // Two signals of one metric, told apart by a condition or not at all.
  void ShareMetric() {
    Signal& last = policy_.signals.back();
    const Signal& first = policy_.signals.front();
    last.metric = first.metric;
    last.labels = first.labels;
    last.sources = first.sources;
  }

  void GenerateDerived(int number) {
    Signal signal;
    signal.name = fmt::format("d{}", number);
    signal.labels = random_.Pick(policy_.signals).labels;
    SeriesGenerator series(random_, policy_, signal.labels);
    std::vector<Unit> numbers;
    for (const Signal& other : policy_.signals) {
      if (other.unit != Unit::kBool) numbers.push_back(other.unit);
    }
    signal.derived = numbers.empty() || random_.Chance(40)
                         ? series.Condition(2)
                         : series.Number(random_.Pick(numbers), 2, true);
    if (!HasRows(*signal.derived)) return;
    signal.unit = signal.derived->unit;
    policy_.signals.push_back(std::move(signal));
  }

  // Everybody has the first channels, so that a message by them and word of the end reach anybody.
  bool IsCommon(const std::string& channel) const {
    for (std::size_t i = 0; i < common_; ++i) {
      if (policy_.channels[i].name == channel) return true;
    }
    return false;
  }

  void GeneratePeople() {
    static const std::vector<std::string> names = {"alice", "bob",  "carol", "dan",
                                                   "eve",   "fred", "gina",  "chief"};
    static const std::vector<std::string> channels = {"phone", "sms", "mail"};
    const auto channel_count = static_cast<std::size_t>(random_.Range(1, 3));
    common_ = static_cast<std::size_t>(random_.Range(1, static_cast<std::int64_t>(channel_count)));
    for (std::size_t i = 0; i < channel_count; ++i) {
      Channel channel{channels[i], "",
                      random_.Chance(50) ? static_cast<int>(random_.Range(20, 80)) : 0};
      if (random_.Chance(50)) channel.over_by = channels[random_.Below(common_)];
      policy_.channels.push_back(std::move(channel));
    }
    const auto count = static_cast<std::size_t>(random_.Range(2, 8));
    for (std::size_t i = 0; i < count; ++i) {
      Person person{names[i], {}};
      for (const Channel& channel : policy_.channels) {
        if (IsCommon(channel.name) || random_.Chance(50)) person.contact.push_back(channel.name);
      }
      random_.Shuffle(person.contact);
      policy_.people.push_back(std::move(person));
    }
    const auto tiers = random_.Range(1, 3);
    for (std::int64_t i = 0; i < tiers; ++i) {
      policy_.tiers.push_back(fmt::format("L{}", i + 1));
      const auto schedules = random_.Range(1, 2);
      for (std::int64_t j = 0; j < schedules; ++j) GenerateSchedule(static_cast<int>(j));
    }
  }

  void GenerateSchedule(int number) {
    Schedule schedule;
    schedule.tier = policy_.tiers.back();
    schedule.name = fmt::format("{}_{}", schedule.tier, number);
    for (const Person& person : policy_.people) {
      if (random_.Chance(50)) schedule.people.push_back(person.name);
    }
    random_.Shuffle(schedule.people);
    if (schedule.people.empty()) schedule.people.push_back(policy_.people.front().name);
    if (random_.Chance(50)) schedule.weekday = static_cast<int>(random_.Range(0, 6));
    // Within the run, on whatever clock it turns out to be.
    schedule.minute = static_cast<int>(
        ((start_ / 60'000) + random_.Range(0, 30) + 30 * random_.Range(0, 47)) % 1440);
    if (random_.Chance(60)) schedule.zone = random_.Pick(Zones());
    policy_.schedules.push_back(std::move(schedule));
  }

  std::vector<Recipient> Recipients() {
    std::vector<Recipient> all;
    const auto count = random_.Chance(70) ? 1 : random_.Range(2, 3);
    for (std::int64_t i = 0; i < count; ++i) {
      Recipient one;
      (random_.Chance(50) ? one.person : one.tier) = "x";
      if (!one.person.empty()) one.person = random_.Pick(policy_.people).name;
      if (!one.tier.empty()) one.tier = random_.Pick(policy_.tiers);
      const auto same = [&](const Recipient& other) {
        return other.person == one.person && other.tier == one.tier;
      };
      if (std::ranges::none_of(all, same)) all.push_back(std::move(one));
    }
    return all;
  }
  std::string Via() {
    return random_.Chance(40) ? policy_.channels[random_.Below(common_)].name : "";
  }

  void GenerateResponse() {
    const auto climbs = random_.Range(1, 2);
    for (std::int64_t i = 0; i < climbs; ++i) {
      Escalation climb;
      climb.name = fmt::format("climb_{}", i);
      const auto rungs = random_.Range(1, 4);
      for (std::int64_t r = 0; r < rungs; ++r)
        climb.rungs.push_back({Recipients(), random_.Pick<Duration>({policy_.resolution_ms, 10'000,
                                                                     60'000, 90'500, 240'000})});
      climb.rounds = static_cast<int>(random_.Range(1, 3));
      climb.ack_holds_ms = random_.Pick<Duration>({policy_.resolution_ms, 30'000, 120'000, 61'001});
      const auto actions = random_.Range(1, 2);
      for (std::int64_t a = 0; a < actions; ++a) {
        Action action{random_.Chance(50) ? "page" : "notify", Recipients(), Via()};
        const auto same = [&](const Action& other) {
          return other.name == action.name && other.via == action.via;
        };
        if (std::ranges::none_of(climb.exhausted, same))
          climb.exhausted.push_back(std::move(action));
      }
      policy_.escalations.push_back(std::move(climb));
    }
    const auto severities = random_.Range(1, 3);
    for (std::int64_t i = 0; i < severities; ++i) {
      policy_.severities.push_back(
          {fmt::format("P{}", i + 1), random_.Pick(policy_.escalations).name,
           random_.Chance(50) ? Recipients() : std::vector<Recipient>(), Via()});
    }
    const auto levels = random_.Range(1, 2);
    for (std::int64_t i = 0; i < levels; ++i) {
      policy_.levels.push_back({fmt::format("level_{}", i),
                                random_.Chance(60) ? Recipients() : std::vector<Recipient>(),
                                Via()});
    }
  }

  Duration Wait() {
    return random_.Pick<Duration>({policy_.resolution_ms, 2 * policy_.resolution_ms,
                                   5 * policy_.resolution_ms, 30'000, policy_.resolution_ms + 1,
                                   2 * policy_.resolution_ms - 1});
  }

  static const Expr* FirstComparison(const Expr& expr) {
    if (expr.op >= Op::kLess && expr.op <= Op::kNotEqual) return &expr;
    if (expr.op == Op::kFold) return nullptr;
    for (const Expr& part : expr.parts) {
      if (const Expr* found = FirstComparison(part)) return found;
    }
    return nullptr;
  }

  void GenerateAlert(int number) {
    Alert alert;
    alert.name = fmt::format("a{}", number);
    alert.labels = random_.Pick(policy_.signals).labels;
    SeriesGenerator series(random_, policy_, alert.labels);
    auto simple = random_.Chance(35) ? series.Simple() : std::nullopt;
    alert.when = simple ? *simple : series.Condition(static_cast<int>(random_.Range(0, 3)));
    if (random_.Chance(65)) alert.hold_ms = Wait();
    if (simple) {
      if (random_.Chance(50)) alert.clear = series.SimpleClear(*simple);
    } else if (random_.Chance(30)) {
      // `when` and `clear` that are seen to overlap are an error, two in one are not looked into.
      Expr both;
      both.op = random_.Chance(50) ? Op::kAnd : Op::kOr;
      both.unit = Unit::kBool;
      both.parts = {series.Condition(1), series.Condition(1)};
      alert.clear = std::move(both);
    }
    if (alert.clear && random_.Chance(60)) alert.clear_hold_ms = Wait();
    alert.level = random_.Pick(policy_.levels).name;
    if (random_.Chance(75)) alert.opens = random_.Pick(policy_.severities).name;
    if (random_.Chance(60)) {
      alert.no_data = random_.Chance(50) ? NoData::kFire : NoData::kClear;
      alert.no_data_ms = Wait();
    }
    alert.says = "Alert " + alert.name;
    for (const std::string& label : alert.labels) alert.says += fmt::format(" {{{}}}", label);
    if (const Expr* comparison = FirstComparison(alert.when)) {
      const Unit unit = comparison->parts[0].unit;
      const bool fraction = unit == Unit::kRatio || unit == Unit::kNumber || unit == Unit::kCount;
      alert.says += random_.Chance(50) || !fraction ? ": {value}" : ": {percent(value)}";
    }
    policy_.alerts.push_back(std::move(alert));
  }

  Random& random_;
  Instant start_;
  Policy policy_;
  std::size_t common_ = 1;  // channels that everybody has, from the first
};

}  // namespace

// Around the changes of clocks in several zones, the turn of a year, and anywhere.
Instant GenerateStart(Random& random) {
  static const std::vector<std::string> starts = {
      "2026-03-29T00:40:00Z", "2026-10-25T00:40:00Z", "2026-11-01T05:40:00Z",
      "2026-03-08T06:40:00Z", "2026-12-31T23:40:00Z", "2026-11-23T08:50:00Z",
      "2027-04-03T14:40:00Z", "2026-10-03T15:10:00Z", "2026-02-28T23:30:00Z"};
  const Instant start = random.Chance(60) ? *values::ParseInstant(random.Pick(starts))
                                          : *values::ParseInstant("2026-01-01T00:00:00Z") +
                                                random.Range(0, 500) * values::kDayMs +
                                                random.Range(0, 86'399'999);
  return start;
}

void AlignHandover(Random& random, const std::vector<Deadline>& deadlines, Policy& policy) {
  std::vector<Instant> instants;
  for (const Deadline& deadline : deadlines) {
    if (deadline.at % values::kMinuteMs == 0) instants.push_back(deadline.at);
  }
  if (instants.empty()) return;
  for (Schedule& schedule : policy.schedules) {
    if (random.Chance(50)) continue;
    const std::string& zone = schedule.zone.empty() ? policy.zone : schedule.zone;
    const auto clock = values::ToLocal(random.Pick(instants), *values::LoadZone(zone));
    schedule.minute = static_cast<int>(clock.minute_of_day());
    if (schedule.weekday >= 0) schedule.weekday = static_cast<int>(clock.weekday());
  }
}

Policy GeneratePolicy(Random& random, Instant start) {
  return PolicyGenerator(random, start).Run();
}

}  // namespace tocsin::sim
