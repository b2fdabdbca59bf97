#include "compiler/study/tally.h"

#include <algorithm>
#include <tuple>

namespace tocsin::study {

ir::MachineId AlertOf(const ir::Program& program, ir::MachineId machine) {
  if (program.machines[machine.index].kind != "group") return machine;
  const auto alert = std::ranges::find(program.machines, machine, &ir::Machine::group);
  if (alert == program.machines.end()) return machine;
  return ir::MachineId(static_cast<std::size_t>(alert - program.machines.begin()));
}

AlertStep StepOf(const ir::Program& program, const engine::Decision& decision) {
  if (decision.kind != engine::DecisionKind::kTransition || decision.from == decision.to)
    return AlertStep::kNone;
  const std::string& kind = program.machines[decision.machine.index].kind;
  if (kind != "alert" && kind != "group") return AlertStep::kNone;
  const bool fired = decision.from == "firing" || decision.from == "clearing";
  if (decision.to == "firing") return fired ? AlertStep::kNotOver : AlertStep::kFires;
  if (decision.to == "clearing") return AlertStep::kClears;
  if (decision.to == "pending") return AlertStep::kPends;
  return fired ? AlertStep::kEnds : AlertStep::kGivesUp;
}

Tally::Tally(const ir::Program& program, std::size_t most_firings)
    : program_(program),
      most_firings_(most_firings),
      alerts_(program.machines.size()),
      rows_(program.machines.size()),
      people_(program.people.size()) {
  for (std::size_t i = 0; i < alerts_.size(); ++i) alerts_[i].alert = ir::MachineId(i);
  for (std::size_t i = 0; i < people_.size(); ++i) {
    people_[i].person = ir::PersonId(i);
    person_numbers_.emplace(program.people[i].name, i);
  }
}

void Tally::Take(const engine::Decision& decision) {
  if (engine::IsMessage(decision.kind)) {
    // A digest may stem from several alerts.
    if (decision.kind == engine::DecisionKind::kSend) {
      AlertTally& alert = alerts_[AlertOf(program_, decision.alert).index];
      ++(decision.action == "page" ? alert.pages : alert.other);
    }
    const auto number = person_numbers_.find(decision.person);
    if (number == person_numbers_.end()) return;
    PersonTally& person = people_[number->second];
    if (person.channel.empty()) {
      person.first = decision.at;
      person.channel = program_.channels[decision.channel.index].name;
    }
    person.last = decision.at;
    if (decision.kind == engine::DecisionKind::kDigest) {
      ++person.notices;
    } else if (decision.action == "page") {
      ++person.pages;
      const std::int64_t hour =
          values::ToLocal(decision.at, ZoneOf(person.person)).minute_of_day() / 60;
      if (hour >= kNightFromHour || hour < kNightToHour) ++person.pages_at_night;
    } else {
      ++(decision.action == "over" ? person.overs : person.notices);
    }
    return;
  }
  const AlertStep step = StepOf(program_, decision);
  // Rows that are told of together are counted as themselves.
  if (step == AlertStep::kNone || program_.machines[decision.machine.index].kind != "alert") return;
  AlertTally& tally = alerts_[decision.machine.index];
  tally.pended = true;
  if (step == AlertStep::kGivesUp) ++tally.brief;
  if (step != AlertStep::kFires && step != AlertStep::kEnds) return;
  Row& row = rows_[decision.machine.index][decision.key];
  if (step == AlertStep::kFires) {
    Fires(tally, row, decision);
  } else if (row.firing) {
    Ends(tally, row, decision.at, false);
  }
}

void Tally::Fires(AlertTally& tally, Row& row, const engine::Decision& decision) {
  ++tally.fired;
  ++firing_count_;
  if (!row.fired) ++tally.rows;
  if (row.fired && decision.at - row.over <= kFlapMs) ++tally.flaps;
  row.firing = true;
  row.fired = true;
  row.begin = decision.at;
  row.listed = SIZE_MAX;
  if (firings_.size() >= most_firings_) return;
  row.listed = firings_.size();
  firings_.push_back({decision.machine, decision.key, decision.at, 0, true});
}

void Tally::Ends(AlertTally& tally, Row& row, values::Instant at, bool open) {
  row.firing = false;
  row.over = at;
  tally.total_ms += at - row.begin;
  tally.longest_ms = std::max(tally.longest_ms, at - row.begin);
  if (open) ++tally.open;
  if (row.listed == SIZE_MAX) return;
  firings_[row.listed].end = at;
  firings_[row.listed].open = open;
}

void Tally::Finish(values::Instant end) {
  for (std::size_t machine = 0; machine < rows_.size(); ++machine) {
    for (auto& [key, row] : rows_[machine]) {
      if (row.firing) Ends(alerts_[machine], row, std::max(end, row.begin), true);
    }
  }
}

std::vector<AlertTally> Tally::Alerts() const {
  std::vector<AlertTally> alerts;
  for (const AlertTally& alert : alerts_) {
    if (program_.machines[alert.alert.index].kind == "alert") alerts.push_back(alert);
  }
  std::ranges::stable_sort(alerts, [](const AlertTally& a, const AlertTally& b) {
    return std::tie(a.pages, a.total_ms, a.fired, a.brief) >
           std::tie(b.pages, b.total_ms, b.fired, b.brief);
  });
  return alerts;
}

std::vector<PersonTally> Tally::People() const {
  std::vector<PersonTally> told;
  for (const PersonTally& person : people_) {
    if (!person.channel.empty()) told.push_back(person);
  }
  return told;
}

const values::Zone& Tally::ZoneOf(ir::PersonId person) const {
  const ir::Schedule* any = nullptr;
  for (const ir::Tier& tier : program_.tiers) {
    for (const ir::Schedule& schedule : tier.schedules) {
      if (any == nullptr) any = &schedule;
      if (std::ranges::find(schedule.people, person) != schedule.people.end())
        return program_.zones[schedule.zone.index].zone;
    }
  }
  return any == nullptr ? utc_ : program_.zones[any->zone.index].zone;
}

}  // namespace tocsin::study
