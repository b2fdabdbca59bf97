// `schedule`: a simple rotation, from which the function "who is on call at T" is made.

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {
namespace {

void Expand(ExpandContext& context, const check::Decl& decl) {
  core::Schedule schedule;
  schedule.name = decl.name;
  schedule.tier = context[decl.target].name;
  for (const check::Value& person : *check::Get<check::ValueList>(decl["people"])) {
    schedule.people.push_back(Referred(context.policy, person)->name);
  }
  schedule.turn = *check::Get<values::Turn>(decl["turn"]);
  const auto* zone = check::Get<check::ZoneName>(decl["timezone"]);
  const auto* common = check::Get<check::ZoneName>(context[context.policy.policy]["timezone"]);
  schedule.zone = zone != nullptr ? zone->name : common->name;
  context.core.schedules.push_back(std::move(schedule));
}

}  // namespace

extern const KindRow kind_schedule;
const KindRow kind_schedule{"schedule", nullptr, Expand};

}  // namespace tocsin::kinds
