// A program with two alerts and three people, and decisions about it as the engine would make them.
#pragma once

#include <string>

#include "runtime/engine/decision.h"
#include "runtime/values/zones.h"

namespace tocsin::study::fixture {

inline ir::Program TwoAlerts() {
  ir::Program program;
  program.policy = "shop";
  program.channels = {{.name = "phone"}};
  program.people = {{.name = "ann"}, {.name = "ben"}, {.name = "cleo"}};
  program.zones = {{*values::LoadZone("Europe/Dublin")}, {*values::LoadZone("Asia/Tokyo")}};
  ir::Schedule first;
  first.people = {ir::PersonId(std::size_t{0})};
  first.zone = ir::ZoneId(std::size_t{0});
  ir::Schedule second;
  second.people = {ir::PersonId(std::size_t{1})};
  second.zone = ir::ZoneId(std::size_t{1});
  program.tiers = {{.name = "L1", .schedules = {first, second}}};
  for (const char* name : {"down", "busy"}) {
    ir::Machine machine;
    machine.name = name;
    machine.kind = "alert";
    program.machines.push_back(machine);
  }
  ir::Machine ladder;
  ladder.name = "ladder";
  ladder.kind = "escalation";
  ladder.transitions.resize(2);
  ladder.transitions[0].trigger = ir::TriggerKind::kEvent;
  ladder.transitions[1].trigger = ir::TriggerKind::kTimer;
  program.machines.push_back(ladder);
  return program;
}

inline engine::Decision Step(std::size_t alert, values::Instant at, std::string from,
                             std::string to, std::string key = "{region=\"eu\"}") {
  engine::Decision decision;
  decision.kind = engine::DecisionKind::kTransition;
  decision.machine = decision.alert = ir::MachineId(alert);
  decision.at = at;
  decision.key = std::move(key);
  decision.from = std::move(from);
  decision.to = std::move(to);
  return decision;
}

inline engine::Decision Message(std::size_t alert, values::Instant at, std::string action,
                                std::string person, std::string key = "{region=\"eu\"}") {
  engine::Decision decision = Step(alert, at, "", "", std::move(key));
  decision.kind = engine::DecisionKind::kSend;
  decision.action = std::move(action);
  decision.person = std::move(person);
  decision.channel = ir::ChannelId(std::size_t{0});
  decision.text = "it is down";
  return decision;
}

inline engine::Decision Acknowledged(values::Instant at, std::size_t transition, std::string by) {
  engine::Decision decision = Step(0, at, "asking", "held");
  decision.machine = ir::MachineId(std::size_t{2});
  decision.transition = static_cast<std::uint32_t>(transition);
  decision.by = std::move(by);
  return decision;
}

inline values::Instant At(std::string_view text) { return *values::ParseInstant(text); }

}  // namespace tocsin::study::fixture
