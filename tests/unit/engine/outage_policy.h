// A policy made by hand, with what the path of an alert needs: registry_down{region} opens P1,
// whose ladder asks two tiers and then the chief; whoever was told hears when it is over.
// host_slow{host}, over an open label, opens the same P1.
#pragma once

#include "runtime/ir/program.h"

namespace tocsin::testing {

inline constexpr values::Duration kMinuteMs = 60'000;

namespace outage {

using ir::ScalarInst;
using ir::ScalarOp;
using ir::SeriesOp;
using ir::TriggerKind;

inline constexpr ir::MachineId kRegistryDown{0}, kHostSlow{1}, kP1{2}, kClimb{3}, kTold{4};
inline constexpr ir::PersonId kAlice{0}, kBob{1}, kCarol{2}, kChief{3};
inline constexpr ir::ChannelId kPhone{0}, kSms{1}, kEmail{2};

inline void AddLabelsAndColumns(ir::Program& program) {
  program.labels = {{"region", true, {"us", "eu", "ap"}, 0}, {"host", false, {}, 2}};
  program.spaces = {{{ir::LabelId(0)}, 3}, {{ir::LabelId(1)}, 2}};
  const ir::SpaceId regions(0), hosts(1);
  program.truths = {{"registry_up", regions},        {"registry_down.when", regions},
                    {"registry_down.held", regions}, {"registry_down.clear", regions},
                    {"host_slow.when", hosts},       {"host_slow.clear", hosts}};
  program.numbers = {{"latency", hosts}};
  program.holds = {{"registry_down.for", regions}, {"registry_down.clear for", regions}};
  ir::Signal up;
  up.name = "registry_up";
  up.unit = values::Unit::kBool;
  up.space = regions;
  up.truth = ir::TruthColumnId(0);
  up.stale_ms = 45'000;
  up.metric = "up";
  up.labels = {{ir::LabelId(0), "dc"}};
  up.where = {{"job", true, "registry"}};
  ir::Signal latency;
  latency.name = "latency";
  latency.unit = values::Unit::kDuration;
  latency.space = hosts;
  latency.number = ir::NumberColumnId(0);
  latency.stale_ms = 45'000;
  latency.metric = "latency_seconds";
  latency.labels = {{ir::LabelId(1), "instance"}};
  latency.scale = 1000;
  program.signals = {up, latency};
}

inline void AddSeries(ir::Program& program) {
  program.shapes = {{{{SeriesOp::kLoadTruth, 0, 0},
                      {SeriesOp::kNot, 0, 0},
                      {SeriesOp::kHold, 1, 0},
                      {SeriesOp::kHold, 0, 1},
                      {SeriesOp::kStoreTruth, 1, 0},
                      {SeriesOp::kStoreTruth, 2, 1},
                      {SeriesOp::kStoreTruth, 3, 2}}},
                    {{{SeriesOp::kLoadNumber, 0, 0},
                      {SeriesOp::kConstant, 0, 0},
                      {SeriesOp::kGreater, 0, 1},
                      {SeriesOp::kNot, 2, 0},
                      {SeriesOp::kStoreTruth, 2, 0},
                      {SeriesOp::kStoreTruth, 3, 1}}}};
  ir::Kernel registry;
  registry.name = "registry_down";
  registry.shape = ir::ShapeId(0);
  registry.space = ir::SpaceId(0);
  registry.truths_in = {ir::TruthColumnId(0)};
  registry.holds = {{ir::HoldColumnId(0), 30'000}, {ir::HoldColumnId(1), 30'000}};
  registry.truths_out = {ir::TruthColumnId(1), ir::TruthColumnId(2), ir::TruthColumnId(3)};
  ir::Kernel host;
  host.name = "host_slow";
  host.shape = ir::ShapeId(1);
  host.space = ir::SpaceId(1);
  host.numbers_in = {ir::NumberColumnId(0)};
  host.constants = {500};
  host.truths_out = {ir::TruthColumnId(4), ir::TruthColumnId(5)};
  program.kernels = {registry, host};
  program.tick = {{ir::TickKind::kKernel, 0}, {ir::TickKind::kKernel, 1}};
}

inline void AddPeople(ir::Program& program) {
  program.channels = {
      {"phone", "Phone", 0, kSms}, {"sms", "SMS", 40, {}}, {"email", "E-mail", 0, {}}};
  program.people = {{"alice", "Alice", {kPhone}},
                    {"bob", "Bob", {kPhone, kEmail}},
                    {"carol", "Carol", {kEmail}},
                    {"chief", "The chief", {kPhone}}};
  program.zones.emplace_back();
  const values::Turn weekly{values::Turn::Every::kWeekly, values::Weekday::kMonday, 0};
  program.tiers = {{"L1", "First", {}, {{"l1", {kAlice}, weekly, ir::ZoneId(0)}}},
                   {"L2",
                    "Second",
                    {},
                    {{"l2", {kBob}, weekly, ir::ZoneId(0)},
                     {"l2_again", {kBob, kBob}, weekly, ir::ZoneId(0)},
                     {"l2_third", {kCarol}, weekly, ir::ZoneId(0)}}}};
  using enum ir::TextPartKind;
  program.texts = {
      {{{kText, "Registry in ", values::Unit::kNumber},
        {kLabel, "region", values::Unit::kNumber},
        {kText, " is down", values::Unit::kNumber}}},
      {{{kLabel, "host", values::Unit::kNumber},
        {kText, " takes ", values::Unit::kNumber},
        {kValue, "", values::Unit::kDuration}}},
      {{{kTitle, "", values::Unit::kNumber}}},
      {{{kText, "over: ", values::Unit::kNumber}, {kTitle, "", values::Unit::kNumber}}}};
  program.events = {"acknowledge"};
}

inline ir::Transition Step(std::uint32_t from, std::uint32_t to, TriggerKind trigger,
                           std::uint32_t argument, std::vector<ScalarInst> guard,
                           std::vector<ScalarInst> action, std::string because) {
  return {from, to, trigger, argument, std::move(guard), std::move(action), std::move(because), {}};
}

inline ir::Machine Alert(const char* name, ir::SpaceId space, std::uint32_t headline) {
  ir::Machine alert;
  alert.name = name;
  alert.kind = "alert";
  alert.key = ir::KeyKind::kRow;
  alert.space = space;
  alert.states = {"inactive", "pending", "firing"};
  alert.fields = {"epoch"};
  alert.headline = ir::TextId(headline);
  alert.children = {kP1};
  const std::vector<ScalarInst> open = {{ScalarOp::kField, 0, 0},
                                        {ScalarOp::kLiteral, 1, 0},
                                        {ScalarOp::kAdd, 0, 1},
                                        {ScalarOp::kSetField, 0, 2},
                                        {ScalarOp::kSpawn, 0, 0}};
  using enum TriggerKind;
  alert.transitions = {
      Step(1, 2, kSeries, 0, {{ScalarOp::kInputTrue, 1, 0}}, open, "held for 30s"),
      Step(0, 1, kSeries, 0, {{ScalarOp::kInputTrue, 0, 0}}, {}, "the condition holds"),
      Step(1, 0, kSeries, 0, {{ScalarOp::kInputFalse, 0, 0}}, {}, "the condition no longer holds"),
      Step(2, 0, kSeries, 0, {{ScalarOp::kInputTrue, 2, 0}}, {{ScalarOp::kEndChildren, 0, 0}},
           "clear for 30s")};
  return alert;
}

inline ir::Machine Incident() {
  ir::Machine incident;
  incident.name = "P1";
  incident.kind = "incident";
  incident.key = ir::KeyKind::kParent;
  incident.states = {"open", "closed"};
  incident.final_states = {1};
  incident.fields = {"epoch"};
  incident.children = {kClimb};
  incident.transitions = {
      Step(0, 0, TriggerKind::kStarted, 0, {}, {{ScalarOp::kSpawn, 0, 0}}, "opened"),
      Step(0, 1, TriggerKind::kParentEnded, 0, {}, {}, "the alert cleared")};
  return incident;
}

inline std::vector<ScalarInst> Ask(std::int64_t rung, std::int64_t minutes) {
  return {{ScalarOp::kField, 2, 0},
          {ScalarOp::kLiteral, 1, 0},
          {ScalarOp::kAdd, 0, 1},
          {ScalarOp::kSetField, 2, 2},
          {ScalarOp::kLiteral, rung, 0},
          {ScalarOp::kSetField, 1, 4},
          {ScalarOp::kEmit, rung - 1, 0},
          {ScalarOp::kNow, 0, 0},
          {ScalarOp::kLiteral, minutes * kMinuteMs, 0},
          {ScalarOp::kAdd, 7, 8},
          {ScalarOp::kArm, 0, 9}};
}

inline ir::Machine Climb() {
  ir::Machine climb;
  climb.name = "p1_climb";
  climb.kind = "escalation";
  climb.key = ir::KeyKind::kParent;
  climb.states = {"rung 1", "rung 2", "acknowledged", "exhausted", "over"};
  climb.final_states = {4};
  climb.fields = {"epoch", "rung", "ask"};
  climb.timers = {"answer", "lapse"};
  for (std::uint32_t i = 0; i < 3; ++i) {
    ir::Effect page;
    page.action = "page";
    if (i == 2) {
      page.to = {{kChief, {}}};
    } else {
      page.to = {{{}, ir::TierId(i)}};
    }
    if (i == 1) page.to.push_back({kCarol, {}});  // again: only once
    page.text = ir::TextId(2);
    page.step = {1, 2};
    page.duty = ir::DutyOf::kParent;
    page.duty_machine = kTold;
    climb.effects.push_back(page);
  }
  using enum TriggerKind;
  const std::vector<ScalarInst> rest = {{ScalarOp::kCancel, 0, 0},
                                        {ScalarOp::kNow, 0, 0},
                                        {ScalarOp::kLiteral, 30 * kMinuteMs, 0},
                                        {ScalarOp::kAdd, 1, 2},
                                        {ScalarOp::kArm, 1, 3}};
  auto on_rung = [](std::int64_t rung) -> std::vector<ScalarInst> {
    return {{ScalarOp::kField, 1, 0}, {ScalarOp::kLiteral, rung, 0}, {ScalarOp::kEqual, 0, 1}};
  };
  climb.transitions = {
      Step(0, 0, kStarted, 0, {}, Ask(1, 5), "opened"),
      Step(0, 1, kTimer, 0, {}, Ask(2, 10), "nobody answered within 5m"),
      Step(1, 3, kTimer, 0, {}, {{ScalarOp::kEmit, 2, 0}}, "nobody answered within 10m"),
      Step(0, 2, kEvent, 0, {}, rest, "acknowledged"),
      Step(1, 2, kEvent, 0, {}, rest, "acknowledged"),
      Step(2, 0, kTimer, 1, on_rung(1), Ask(1, 5), "no progress for 30m"),
      Step(2, 1, kTimer, 1, on_rung(2), Ask(2, 10), "no progress for 30m"),
      Step(ir::kAnyState, 4, kParentEnded, 0, {}, {}, "the incident closed")};
  return climb;
}

inline ir::Machine Told() {
  ir::Machine told;
  told.name = "told";
  told.kind = "duty";
  told.key = ir::KeyKind::kPerson;
  told.states = {"owed", "done"};
  told.final_states = {1};
  told.fields = {"epoch"};
  ir::Effect over;
  over.action = "over";
  over.text = ir::TextId(3);
  told.effects = {over};
  told.transitions = {
      Step(0, 1, TriggerKind::kParentEnded, 0, {}, {{ScalarOp::kEmit, 0, 0}}, "it is over")};
  return told;
}

}  // namespace outage

inline ir::Program OutagePolicy() {
  using namespace outage;
  ir::Program program;
  program.policy = "support";
  program.title = "Support";
  program.tzdata = "unknown";
  AddLabelsAndColumns(program);
  AddSeries(program);
  AddPeople(program);
  ir::Machine registry = Alert("registry_down", ir::SpaceId(0), 0);
  registry.inputs = {ir::TruthColumnId(1), ir::TruthColumnId(2), ir::TruthColumnId(3)};
  ir::Machine host = Alert("host_slow", ir::SpaceId(1), 1);
  host.inputs = {ir::TruthColumnId(4), ir::TruthColumnId(4), ir::TruthColumnId(5)};
  host.value = ir::NumberColumnId(0);
  program.machines = {registry, host, Incident(), Climb(), Told()};
  return program;
}

}  // namespace tocsin::testing
