#include "compiler/study/test_vacuous.h"

#include <algorithm>

#include "runtime/diagnostics/codes.h"

namespace tocsin::study {
namespace {

namespace codes = diagnostics::codes;

// Whether a page or a notice may go to the person, or to whoever is on call for the tier.
bool Reaches(const ir::Program& program, const ir::Effect& effect, const check::Decl& who) {
  return std::ranges::any_of(effect.to, [&](const ir::Recipient& to) {
    if (to.person.valid()) return program.people[to.person.index].name == who.name;
    const ir::Tier& tier = program.tiers[to.tier.index];
    if (who.schema->name == "tier") return tier.name == who.name;
    return std::ranges::any_of(tier.schedules, [&](const ir::Schedule& schedule) {
      return std::ranges::any_of(schedule.people, [&](ir::PersonId person) {
        return program.people[person.index].name == who.name;
      });
    });
  });
}

bool CanBeTold(const TestContext& context, const check::SeriesNode& about) {
  const check::Decl& who = context.policy[about.decl];
  return std::ranges::any_of(context.program.machines, [&](const ir::Machine& machine) {
    return std::ranges::any_of(machine.effects, [&](const ir::Effect& effect) {
      if (ir::Asks(machine.key, effect) || about.text == "asked")
        return about.text == "asked" && effect.action == who.name;
      const bool asked = about.text == "paged"       ? effect.action == "page"
                         : about.text == "told_over" ? effect.duty != ir::DutyOf::kNobody
                                                     : effect.action != "over";
      return asked && Reaches(context.program, effect, who);
    });
  });
}

// Whether something is given that a selected row depends on.
bool CanBeInState(const TestContext& context, const Asked& asked) {
  const check::Decl& alert = context.policy[context.policy[asked.what].decl];
  const auto signals = SignalsOf(context.policy, alert.FindClause("when")->condition);
  return std::ranges::any_of(context.world.series, [&](const GivenSeries& given) {
    return std::ranges::find(signals, given.signal) != signals.end() &&
           Selects(asked.selections, given.labels);
  });
}

}  // namespace

bool CanHappen(const TestContext& context, const check::Decl& test, diagnostics::Sink& sink) {
  bool all = true;
  for (const check::Clause& clause : test.clauses) {
    for (const Asked& asked : QuestionsOf(context.policy, clause.condition)) {
      const check::SeriesNode& node = context.policy[asked.what];
      const bool about = node.kind == check::SeriesKind::kAbout;
      if (about ? CanBeTold(context, node) : CanBeInState(context, asked)) continue;
      all = false;
      const std::string_view written = context.sources.Text(node.span);
      const check::Decl& named = context.policy[node.decl];
      if (about) {
        sink.Emit(codes::kUndecided, node.span, written)
            .Primary(node.text == "paged"   ? "no escalation of the policy pages them"
                     : node.text == "asked" ? "nothing in the policy asks for it"
                                            : "nothing in the policy tells them");
        continue;
      }
      std::vector<std::string> signals;
      for (const check::DeclId id : SignalsOf(context.policy, named.FindClause("when")->condition))
        signals.push_back(context.policy[id].name);
      sink.Emit(codes::kUndecided, node.span, written)
          .Primary("it is given nothing that this depends on")
          .Help(fmt::format("give samples of `{}`{}", fmt::join(signals, "` or `"),
                            asked.selections.empty() ? "" : " in these rows"));
    }
  }
  return all;
}

}  // namespace tocsin::study
