#include "tests/sim/model.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/sim/model_people.h"
#include "tests/sim/model_series.h"
#include "tests/sim/print.h"

namespace tocsin::sim {

namespace {

using Told = std::map<std::string, std::string>;  // person to the last channel

// What an alert has opened: everything below it ends with it.
struct Incident {
  const Severity* severity = nullptr;
  const Escalation* climb = nullptr;
  int round = 1;
  std::size_t rung = 0;  // past the last one: exhausted
  int ask = 1;
  bool acknowledged = false;
  std::optional<Instant> due;
};

struct Row {
  // What the three conditions were, tick by tick, since the row is there.
  std::vector<Value> when;
  std::vector<Value> clearing;
  std::vector<Value> absent;
  std::string state = "inactive";
  bool unknown = false;
  std::int64_t epoch = 0;
  Told told;  // since it fires
  std::optional<Incident> incident;
};

const auto Named = [](const auto& all, const std::string& name) {
  return &*std::ranges::find_if(all, [&](const auto& one) { return one.name == name; });
};

class Model {
 public:
  Model(const Policy& policy, const History& history)
      : policy_(policy), history_(history), series_(policy), people_(policy) {
    for (const Alert& alert : policy.alerts) rows_[alert.name];
  }

  // At one instant: events, samples, the tick, then timers.
  Outcome Run() {
    std::size_t next = 0;
    Instant tick = history_.from;
    while (tick <= history_.to) {
      const Instant decided = tick + policy_.grace_ms;
      const bool input = next < history_.inputs.size() && history_.inputs[next].at <= decided;
      const Instant now = input ? history_.inputs[next].at : decided;
      RunTimers(now - 1);
      if (input) {
        Take(history_.inputs[next++]);
      } else {
        Tick(tick, now);
        last_tick_ = tick;
        tick += policy_.resolution_ms;
      }
    }
    RunTimers(history_.to + policy_.grace_ms);
    std::ranges::sort(outcome_.lines);
    outcome_.late = series_.late();
    outcome_.ahead = series_.ahead();
    outcome_.refused = series_.refused();
    return std::move(outcome_);
  }

 private:
  void Take(const Input& input) {
    if (!input.event) return series_.Take(input, last_tick_);
    const Alert& alert = *Named(policy_.alerts, input.alert);
    const auto there = series_.Rows(alert.labels);
    if (std::ranges::find(there, input.labels) == there.end()) return;  // there is no such row
    Row& row = rows_[input.alert][input.labels];
    if (!row.incident) {
      outcome_.lines.push_back(IgnoredLine(input.at, input.alert, LabelText(input.labels)));
      return;
    }
    row.incident->acknowledged = true;
    row.incident->due = input.at + row.incident->climb->ack_holds_ms;
  }

  void Tick(Instant tick, Instant now) {
    series_.BeginTick(tick);
    for (const Alert& alert : policy_.alerts) {
      for (const Labels& labels : series_.Rows(alert.labels))
        TickRow(alert, labels, rows_[alert.name][labels], tick, now);
    }
  }

  // Whether the condition held at every tick of the duration up to now: the time since it began to
  // hold, less the ticks at which nothing was known. Nothing where it is not known now.
  Value Held(const std::vector<Value>& history, Duration length) const {
    if (!history.back() || *history.back() == 0) return history.back();
    std::int64_t since = 0, unknown = 0, began = 0, unknown_then = 0;
    for (auto value = history.rbegin(); value != history.rend(); ++value, ++since) {
      if (!*value) {
        ++unknown;
      } else if (**value == 0) {
        break;
      } else {
        began = since;
        unknown_then = unknown;
      }
    }
    return (began - unknown_then) * policy_.resolution_ms >= length ? 1 : 0;
  }

  void TickRow(const Alert& alert, const Labels& labels, Row& row, Instant tick, Instant now) {
    const bool within = series_.Within(alert.when, labels);
    const Value when = within ? series_.Evaluate(alert.when, labels, tick) : std::nullopt;
    const bool absent = within && !when;
    row.when.push_back(when);
    row.absent.push_back(absent ? 1 : 0);
    const bool waited = alert.no_data != NoData::kHold && *Held(row.absent, alert.no_data_ms) != 0;
    row.clearing.push_back(Clearing(alert, labels, tick, when, waited));
    const Value fires = Held(row.when, alert.hold_ms);
    const Value clears = Held(row.clearing, alert.clear ? alert.clear_hold_ms : alert.hold_ms);
    const bool fired_unseen = waited && alert.no_data == NoData::kFire;
    const bool cleared_unseen = waited && alert.no_data == NoData::kClear;
    const bool right = clears && *clears != 0;
    const Value clearing = row.clearing.back();

    if (row.state == "inactive" || row.state == "pending") {
      if ((fires && *fires != 0) || fired_unseen) {
        row.unknown = !(fires && *fires != 0);
        Open(alert, labels, row, now);
      } else if (row.state == "inactive" && when && *when != 0) {
        Go(alert, labels, row, "pending", now);
      } else if (row.state == "pending" && ((when && *when == 0) || cleared_unseen)) {
        Go(alert, labels, row, "inactive", now);
      }
      return;
    }
    if (right || cleared_unseen) return Close(alert, labels, row, now);
    if (row.state == "firing" && clearing && *clearing != 0) {
      Go(alert, labels, row, "clearing", now);
    } else if (row.state == "clearing" && clearing && *clearing == 0) {
      Go(alert, labels, row, "firing", now);
    }
    if (row.unknown != absent) {
      row.unknown = absent;
      Go(alert, labels, row, row.state, now);
    }
  }

  Value Clearing(const Alert& alert, const Labels& labels, Instant tick, Value when,
                 bool waited) const {
    const auto both = [](Value a, Value b) -> Value {
      if ((a && *a == 0) || (b && *b == 0)) return 0;
      return a && b ? Value(1) : std::nullopt;
    };
    Value clearing = when ? Value(*when == 0 ? 1 : 0) : std::nullopt;
    if (alert.clear) clearing = both(series_.Evaluate(*alert.clear, labels, tick), clearing);
    return alert.no_data == NoData::kFire ? both(clearing, waited ? 0 : 1) : clearing;
  }

  void Go(const Alert& alert, const Labels& labels, Row& row, const std::string& to, Instant now) {
    outcome_.lines.push_back(
        TransitionLine(now, alert.name, LabelText(labels), row.state, to, row.epoch));
    row.state = to;
  }

  void Open(const Alert& alert, const Labels& labels, Row& row, Instant now) {
    ++row.epoch;
    Go(alert, labels, row, "firing", now);
    SendLine line{now, alert.name, alert.name, LabelText(labels), row.epoch, "", "notify", "", ""};
    const Level& level = *Named(policy_.levels, alert.level);
    Send(line, level.inform, level.via, row.told);
    if (alert.opens.empty()) return;
    Incident& incident = row.incident.emplace();
    incident.severity = Named(policy_.severities, alert.opens);
    incident.climb = Named(policy_.escalations, incident.severity->climb);
    line.machine = incident.severity->name;
    Send(line, incident.severity->inform, incident.severity->via, row.told);
    Ask(alert, labels, row, now);
  }

  // Pages whoever is asked now, and waits for an answer where somebody comes next.
  void Ask(const Alert& alert, const Labels& labels, Row& row, Instant now) {
    Incident& incident = *row.incident;
    const Escalation& climb = *incident.climb;
    const std::string step =
        fmt::format("round {}, rung {}, ask {}", incident.round, incident.rung + 1, incident.ask);
    SendLine line{now, climb.name, alert.name, LabelText(labels), row.epoch, step, "page", "", ""};
    incident.due.reset();
    if (incident.rung < climb.rungs.size()) {
      const Rung& rung = climb.rungs[incident.rung];
      Send(line, rung.page, "", row.told);
      incident.due = now + rung.answer_ms;
      outcome_.deadlines.push_back({*incident.due, alert.name, labels});
      return;
    }
    for (const Action& action : climb.exhausted) {
      line.action = action.name;
      Send(line, action.to, action.via, row.told);
    }
  }

  void Send(SendLine line, const std::vector<Recipient>& to, const std::string& via, Told& told) {
    for (const std::string& person : people_.Persons(to, line.at)) {
      line.person = person;
      line.channel = via.empty() ? people_.FirstContact(person) : via;
      told[person] = line.channel;
      outcome_.lines.push_back(line.Text());
    }
  }

  void Close(const Alert& alert, const Labels& labels, Row& row, Instant now) {
    Go(alert, labels, row, "inactive", now);
    SendLine line{now, "duty.over", alert.name, LabelText(labels), row.epoch, "", "over", "", ""};
    for (const auto& [person, channel] : row.told) {
      line.person = person;
      line.channel = people_.OverBy(channel);
      outcome_.lines.push_back(line.Text());
    }
    row.told.clear();
    row.incident.reset();
    row.unknown = false;
  }

  // All that are due up to an instant, the earliest first.
  void RunTimers(Instant until) {
    for (;;) {
      const Alert* alert = nullptr;
      std::pair<const Labels, Row>* first = nullptr;
      for (const Alert& one : policy_.alerts) {
        for (auto& row : rows_[one.name]) {
          const auto& incident = row.second.incident;
          if (!incident || !incident->due || *incident->due > until) continue;
          if (first != nullptr && *first->second.incident->due <= *incident->due) continue;
          alert = &one;
          first = &row;
        }
      }
      if (first == nullptr) return;
      Due(*alert, first->first, first->second);
    }
  }

  void Due(const Alert& alert, const Labels& labels, Row& row) {
    Incident& incident = *row.incident;
    const Instant now = *incident.due;
    if (incident.acknowledged) {
      incident.acknowledged = false;  // nothing came of it: the same rung is asked again
      ++incident.ask;
    } else {
      incident.ask = 1;
      ++incident.rung;
      if (incident.rung == incident.climb->rungs.size() &&
          incident.round < incident.climb->rounds) {
        ++incident.round;
        incident.rung = 0;
      }
    }
    Ask(alert, labels, row, now);
  }

  const Policy& policy_;
  const History& history_;
  SeriesModel series_;
  PeopleModel people_;
  std::map<std::string, std::map<Labels, Row>> rows_;
  std::optional<Instant> last_tick_;
  Outcome outcome_;
};

}  // namespace

std::string TransitionLine(Instant at, const std::string& alert, const std::string& row,
                           std::string_view from, std::string_view to, std::int64_t epoch) {
  return fmt::format("{} {}{} {} -> {}, epoch {}", values::FormatInstant(at), alert, row, from, to,
                     epoch);
}

std::string SendLine::Text() const {
  return fmt::format("{} {}{} epoch {}: {} {} {} by {} {}", values::FormatInstant(at), alert, row,
                     epoch, machine, action, person, channel, step);
}

std::string IgnoredLine(Instant at, const std::string& alert, const std::string& row) {
  return fmt::format("{} {}{} ignored", values::FormatInstant(at), alert, row);
}

Outcome RunModel(const Policy& policy, const History& history) {
  return Model(policy, history).Run();
}

}  // namespace tocsin::sim
