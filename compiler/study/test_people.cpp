#include "compiler/study/test_people.h"

namespace tocsin::study {

TestPeople::TestPeople(const check::Policy& policy, const check::Decl& test,
                       const ir::Program& program)
    : program_(program) {
  for (const check::TestPerson& person : test.world->people) {
    const check::Decl& who = policy[person.who];
    (who.schema->name == "tier" ? tiers_ : persons_).emplace(who.name, person.answers_ms);
  }
}

// What is supposed of the person counts, then what is of the tiers for which the person was asked.
std::optional<values::Duration> TestPeople::AnswersAfter(const engine::Decision& page) const {
  if (const auto person = persons_.find(page.person); person != persons_.end())
    return person->second;
  const ir::Effect& effect = program_.machines[page.machine.index].effects[page.effect];
  for (const ir::Recipient& recipient : effect.to) {
    if (!recipient.tier.valid()) continue;
    const ir::Tier& tier = program_.tiers[recipient.tier.index];
    const auto supposed = tiers_.find(tier.name);
    if (supposed == tiers_.end()) continue;
    for (const ir::Schedule& schedule : tier.schedules) {
      for (const ir::PersonId id : schedule.people) {
        if (program_.people[id.index].name == page.person) return supposed->second;
      }
    }
  }
  return std::nullopt;
}

void TestPeople::Take(const engine::Decision& decision) {
  if (decision.kind != engine::DecisionKind::kSend || decision.action != "page") return;
  const auto after = AnswersAfter(decision);
  if (!after) return;
  Answer answer{program_.machines[decision.alert.index].name, decision.key, decision.person};
  if (owed_.insert(answer).second) due_.emplace(decision.at + *after, std::move(answer));
}

TestPeople::Answer TestPeople::TakeFirst() {
  Answer answer = due_.begin()->second;
  due_.erase(due_.begin());
  owed_.erase(answer);
  return answer;
}

}  // namespace tocsin::study
