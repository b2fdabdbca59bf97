// A small program made by hand that holds one of everything the engine runs: signals by region, a
// kernel as an alert has it, an alert machine, its incident, the incident's escalation, and the
// duty to say that it is over.
#pragma once

#include <utility>
#include <vector>

#include "runtime/ir/builder.h"
#include "runtime/ir/program.h"

namespace tocsin::testing {
namespace sample {

using ir::ScalarOp;
using ir::SeriesOp;
using ir::TriggerKind;

inline constexpr ir::SpaceId kByRegion{0};
inline constexpr ir::TruthColumnId kUp{0};
inline constexpr ir::TruthColumnId kFires{1};
inline constexpr ir::TruthColumnId kMissing{2};
inline constexpr ir::TruthColumnId kClears{3};
inline constexpr ir::NumberColumnId kLatency{0};
inline constexpr ir::NumberColumnId kDoubled{1};

enum Text : std::size_t { kHeadlineText, kPageText, kOverText };
enum MachineNumber : std::size_t { kAlert, kIncident, kEscalation, kDuty };

inline ir::Place At(std::uint32_t line) { return {"sample.tocsin", line}; }

inline void AddData(ir::Program& p) {
  p.policy = "sample";
  p.title = "A sample";
  p.tzdata = "2026a";
  p.labels = {{"region", true, {"eu", "us"}, 2}};
  p.spaces = {{{ir::LabelId(0)}, 2}};
  p.truths = {{"registry_up", kByRegion},
              {"registry_down.fires", kByRegion},
              {"registry_down.missing", kByRegion},
              {"registry_down.clears", kByRegion}};
  p.numbers = {{"latency", kByRegion}, {"latency.doubled", kByRegion}};
  p.holds = {{"registry_down.for", kByRegion}, {"registry_down.no_data", kByRegion}};
  ir::Signal up;
  up.name = "registry_up";
  up.unit = values::Unit::kBool;
  up.space = kByRegion;
  up.truth = kUp;
  up.stale_ms = 45'000;
  up.metric = "erlmcp_up";
  up.labels = {{ir::LabelId(0), "dc"}};
  up.where = {{"job", true, "registry"}, {"env", false, "test"}};
  up.place = At(3);
  ir::Signal latency;
  latency.name = "latency";
  latency.unit = values::Unit::kDuration;
  latency.space = kByRegion;
  latency.number = kLatency;
  latency.stale_ms = 45'000;
  latency.metric = "erlmcp_latency_seconds";
  latency.labels = {{ir::LabelId(0), "dc"}};
  latency.scale = 1000;
  latency.place = At(4);
  p.signals = {up, latency};
}

inline void AddSeries(ir::Program& p) {
  // One instruction a statement: the order in which arguments are computed is the compiler's
  // choice.
  ir::KernelBuilder doubled(p, kByRegion, "latency.doubled");
  const ir::Reg latency = doubled.Load(kLatency);
  const ir::Reg two = doubled.Constant(2);
  doubled.Store(doubled.Apply(SeriesOp::kMultiply, latency, two), kDoubled);
  const ir::KernelId first = doubled.Finish(At(5));

  ir::KernelBuilder down(p, kByRegion, "registry_down");
  const ir::Reg up = down.Load(kUp);
  const ir::Reg is_down = down.Apply(SeriesOp::kNot, up);
  const ir::Reg twice = down.Load(kDoubled);
  const ir::Reg limit = down.Constant(-0.1);
  const ir::Reg slow = down.Apply(SeriesOp::kGreater, twice, limit);
  const ir::Reg eu = down.LabelIs(0, "eu");
  const ir::Reg slow_eu = down.Apply(SeriesOp::kAnd, slow, eu);
  const ir::Reg both = down.Apply(SeriesOp::kAnd, is_down, slow_eu);
  const ir::Reg either = down.Apply(SeriesOp::kOr, is_down, both);
  down.Store(down.Hold(either, ir::HoldColumnId(0), 30'000), kFires);
  const ir::Reg missing = down.Apply(SeriesOp::kIsAbsent, up);
  down.Store(down.Hold(missing, ir::HoldColumnId(1), 120'000), kMissing);
  down.Store(up, kClears);
  const ir::KernelId second = down.Finish(At(20));
  p.tick = {{ir::TickKind::kKernel, first.index}, {ir::TickKind::kKernel, second.index}};
}

inline void AddPeople(ir::Program& p) {
  p.channels = {{"phone", "Phone", 0, ir::ChannelId(1)}, {"sms", "SMS", 160, {}}};
  p.people = {{"alice", "Alice", {ir::ChannelId(0), ir::ChannelId(1)}},
              {"bob", "Bob", {ir::ChannelId(1)}},
              {"ceo", "The CEO", {ir::ChannelId(0)}}};
  p.zones = {{values::Zone("Europe/Dublin", {{0, 0}, {1'774'746'000'000, 3600}})}};
  ir::Schedule schedule{"l1_oncall",
                        {ir::PersonId(0), ir::PersonId(1)},
                        {values::Turn::Every::kWeekly, values::Weekday::kMonday, 540},
                        ir::ZoneId(0)};
  p.tiers = {{"L1", "Basic", {}, {schedule}}, {"L2", "Advanced", {}, {}}};
  p.calendars = {
      {"day", ir::ZoneId(0), {{.weekdays = 0x1f, .from_minute = 480, .to_minute = 960}}},
      {"rest", ir::ZoneId(0), {{}, {.sort = values::HoursPart::Sort::kCalendar, .out = true}}}};
  p.tiers[1].available = ir::CalendarId(1);
  p.tiers[1].schedules = {{"l2_oncall", {ir::PersonId(1)}, {}, ir::ZoneId(0), ir::CalendarId(0)}};
  p.texts = {{{{ir::TextPartKind::kText, "Registry in ", {}},
               {ir::TextPartKind::kLabel, "region", {}},
               {ir::TextPartKind::kText, " is down, \"latency\" ", {}},
               {ir::TextPartKind::kValue, "", values::Unit::kDuration}}},
             {{{ir::TextPartKind::kTitle, "", {}},
               {ir::TextPartKind::kText, ": please\nacknowledge", {}}}},
             {{{ir::TextPartKind::kText, "over: ", {}}, {ir::TextPartKind::kTitle, "", {}}}}};
  p.events = {"acknowledge"};
}

inline ir::Transition Move(std::uint32_t from, std::uint32_t to, TriggerKind trigger,
                           std::uint32_t argument, std::vector<ir::ScalarInst> guard,
                           std::vector<ir::ScalarInst> action, std::string because) {
  return {from,  to, trigger, argument, std::move(guard), std::move(action), std::move(because),
          At(30)};
}
inline std::vector<ir::ScalarInst> InputIs(std::int64_t input) {
  return {{ScalarOp::kInputTrue, input, 0}};
}
inline std::vector<ir::ScalarInst> ArmIn(std::int64_t timer, values::Duration after_ms) {
  return {{ScalarOp::kNow, 0, 0},
          {ScalarOp::kLiteral, after_ms, 0},
          {ScalarOp::kAdd, 0, 1},
          {ScalarOp::kArm, timer, 2}};
}

inline ir::Machine Alert() {
  ir::Machine m;
  m.name = "registry_down";
  m.kind = "alert";
  m.key = ir::KeyKind::kRow;
  m.space = kByRegion;
  m.states = {"inactive", "firing"};
  m.fields = {"epoch"};
  m.inputs = {kFires, kMissing, kClears};
  m.value = kLatency;
  m.headline = ir::TextId(kHeadlineText);
  m.children = {ir::MachineId(kIncident)};
  const std::vector<ir::ScalarInst> open = {{ScalarOp::kField, 0, 0},
                                            {ScalarOp::kLiteral, 1, 0},
                                            {ScalarOp::kAdd, 0, 1},
                                            {ScalarOp::kSetField, 0, 2},
                                            {ScalarOp::kSpawn, 0, 0}};
  const std::vector<ir::ScalarInst> either = {
      {ScalarOp::kInputTrue, 0, 0}, {ScalarOp::kInputTrue, 1, 0}, {ScalarOp::kOr, 0, 1}};
  const std::vector<ir::ScalarInst> clear = {
      {ScalarOp::kInputTrue, 2, 0}, {ScalarOp::kInputFalse, 0, 0}, {ScalarOp::kAnd, 0, 1}};
  m.transitions = {
      Move(0, 1, TriggerKind::kSeries, 0, either, open, "not registry_up for 30s"),
      Move(1, 0, TriggerKind::kSeries, 0, clear, {{ScalarOp::kEndChildren, 0, 0}}, "up again")};
  m.place = At(20);
  return m;
}

inline ir::Machine Incident() {
  ir::Machine m;
  m.name = "P1";
  m.kind = "incident";
  m.key = ir::KeyKind::kParent;
  m.states = {"new", "open", "closed"};
  m.final_states = {2};
  m.fields = {"epoch"};
  m.children = {ir::MachineId(kEscalation)};
  ir::Effect inform;
  inform.action = "notify";
  inform.to = {{ir::PersonId(2), {}}};
  inform.via = ir::ChannelId(0);
  inform.text = ir::TextId(kPageText);
  inform.duty = ir::DutyOf::kSelf;
  inform.duty_machine = ir::MachineId(kDuty);
  inform.purpose = "the CEO hears at once";
  inform.place = At(41);
  m.effects = {inform};
  m.transitions = {Move(0, 1, TriggerKind::kStarted, 0, {},
                        {{ScalarOp::kEmit, 0, 0}, {ScalarOp::kSpawn, 0, 0}}, "the alert fires"),
                   Move(ir::kAnyState, 2, TriggerKind::kParentEnded, 0, {},
                        {{ScalarOp::kEndChildren, 0, 0}}, "the alert is over")};
  m.place = At(40);
  return m;
}

inline ir::Machine Escalation() {
  ir::Machine m;
  m.name = "p1_climb";
  m.kind = "escalation";
  m.key = ir::KeyKind::kParent;
  m.states = {"new", "asking", "acknowledged", "exhausted", "over"};
  m.final_states = {4};
  m.fields = {"epoch", "rung"};
  m.timers = {"answer"};
  for (std::size_t tier = 0; tier < 2; ++tier) {
    ir::Effect page;
    page.action = "page";
    page.to = {{{}, ir::TierId(tier)}};
    page.text = ir::TextId(kPageText);
    page.step = {1};
    page.duty = ir::DutyOf::kParent;
    page.duty_machine = ir::MachineId(kDuty);
    page.purpose = "page(on_call)";
    page.place = At(51);
    m.effects.push_back(page);
  }
  auto ask = [](std::int64_t rung) {
    std::vector<ir::ScalarInst> code = ArmIn(0, 300'000);
    code.push_back({ScalarOp::kLiteral, rung, 0});
    code.push_back({ScalarOp::kSetField, 1, 4});
    code.push_back({ScalarOp::kEmit, rung, 0});
    return code;
  };
  const std::vector<ir::ScalarInst> first_rung = {
      {ScalarOp::kField, 1, 0}, {ScalarOp::kLiteral, 1, 0}, {ScalarOp::kLess, 0, 1},
      {ScalarOp::kEqual, 0, 1}, {ScalarOp::kNot, 3, 0},     {ScalarOp::kAnd, 2, 4}};
  m.transitions = {
      Move(0, 1, TriggerKind::kStarted, 0, {}, ask(0), "the incident opens"),
      Move(1, 2, TriggerKind::kEvent, 0, {}, {{ScalarOp::kCancel, 0, 0}}, "acknowledged"),
      Move(1, 1, TriggerKind::kTimer, 0, first_rung, ask(1), "nobody answered within 5m"),
      Move(1, 3, TriggerKind::kTimer, 0, {}, {}, "nobody is left to ask"),
      Move(ir::kAnyState, 4, TriggerKind::kParentEnded, 0, {}, {}, "the incident is over")};
  m.place = At(50);
  return m;
}

inline ir::Machine Duty() {
  ir::Machine m;
  m.name = "told";
  m.kind = "duty";
  m.key = ir::KeyKind::kPerson;
  m.states = {"owed", "paid"};
  m.final_states = {1};
  m.fields = {"epoch"};
  ir::Effect over;
  over.action = "over";
  over.text = ir::TextId(kOverText);
  over.purpose = "whoever was told hears that it is over";
  m.effects = {over};
  m.transitions = {Move(0, 1, TriggerKind::kParentEnded, 0, {}, {{ScalarOp::kEmit, 0, 0}},
                        "the incident is over")};
  return m;
}

}  // namespace sample

// Passes ir::Verify. `registry_down` fires for a region once its `registry_up` has been false for
// 30 s; the incident tells the CEO and starts the escalation, which pages whoever is on call for L1
// and after 5 min for L2; `acknowledge` stops it.
inline ir::Program SampleProgram() {
  ir::Program program;
  sample::AddData(program);
  sample::AddSeries(program);
  sample::AddPeople(program);
  program.machines = {sample::Alert(), sample::Incident(), sample::Escalation(), sample::Duty()};
  return program;
}

}  // namespace tocsin::testing
