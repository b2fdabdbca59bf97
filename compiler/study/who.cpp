#include "compiler/study/who.h"

#include <algorithm>

#include "compiler/kinds/kind.h"
#include "runtime/base/check.h"
#include "runtime/engine/cover.h"

namespace tocsin::study {
namespace {

constexpr values::Duration kLookedAt = 53 * values::kWeekMs;

Asked AskedAt(const ir::Program& program, std::span<const ir::Recipient> to, ir::CalendarId only,
              ir::ChannelId via, values::Instant at) {
  Asked asked;
  for (const ir::PersonId id : engine::Asked(program, to, only, at)) {
    const ir::Person& person = program.people[id.index];
    const ir::ChannelId channel = via.valid() ? via : person.contact.front();
    asked.people.push_back({person.name, person.title, program.channels[channel.index].name,
                            engine::AskedUntil(program, to, only, id, at, at + kLookedAt)});
  }
  if (asked.people.empty())
    asked.nobody_until = engine::AskedUntil(program, to, only, {}, at, at + kLookedAt);
  return asked;
}

const ir::Machine& MachineNamed(const ir::Program& program, std::string_view name) {
  const auto found = std::ranges::find(program.machines, name, &ir::Machine::name);
  TOCSIN_CHECK(found != program.machines.end(), "a declaration that became no machine");
  return *found;
}

Step StepOf(const ir::Program& program, const ir::Effect& effect, Step::Kind kind,
            values::Instant at, values::Duration after_ms) {
  Step step;
  step.kind = kind;
  step.after_ms = after_ms;
  step.action = effect.action;
  step.asked = AskedAt(program, effect.to, effect.only, effect.via, at + after_ms);
  for (const ir::Recipient& to : effect.to) {
    if (!step.asked.whom.empty()) step.asked.whom += ", ";
    step.asked.whom += to.person.valid()
                           ? program.people[to.person.index].name
                           : fmt::format("on_call({})", program.tiers[to.tier.index].name);
  }
  return step;
}

}  // namespace

std::vector<Step> Steps(const check::Policy& policy, const ir::Program& program,
                        const check::Decl& severity, values::Instant at) {
  std::vector<Step> steps;
  for (const ir::Effect& effect : MachineNamed(program, severity.name).effects)
    steps.push_back(StepOf(program, effect, Step::Kind::kInform, at, 0));
  const check::Decl& climb = *kinds::Referred(policy, severity["climb"]);
  const ir::Machine& machine = MachineNamed(program, climb.name);
  values::Duration after_ms = 0, round_ms = 0;
  for (std::size_t i = 0; i < climb.rows.size(); ++i) {
    Step step = StepOf(program, machine.effects[i], Step::Kind::kRung, at, after_ms);
    step.round = 1;
    step.rung = i + 1;
    step.answer_within = kinds::DurationOf(climb.rows[i]["answer_within"]);
    if (!step.asked.people.empty()) after_ms += step.answer_within;
    steps.push_back(std::move(step));
  }
  round_ms = after_ms;
  after_ms = round_ms * *check::Get<std::int64_t>(climb["rounds"]);
  for (std::size_t i = climb.rows.size(); i < machine.effects.size(); ++i)
    steps.push_back(StepOf(program, machine.effects[i], Step::Kind::kExhausted, at, after_ms));
  return steps;
}

Asked OnCallFor(const ir::Program& program, std::string_view tier, values::Instant at) {
  const auto found = std::ranges::find(program.tiers, tier, &ir::Tier::name);
  TOCSIN_CHECK(found != program.tiers.end(), "a tier that is not in the program");
  const ir::Recipient to{{}, ir::TierId(static_cast<std::size_t>(found - program.tiers.begin()))};
  Asked asked = AskedAt(program, {&to, 1}, {}, {}, at);
  asked.whom = fmt::format("on_call({})", tier);
  return asked;
}

}  // namespace tocsin::study
