// An alert that something keeps idle whenever its condition holds, so that nobody is told of it, or
// only once its condition holds no more.

#include <algorithm>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using conditions::Alert;

bool KeepsIdle(Context& context, const Alert& alert, const check::Clause& unless) {
  auto& [all, alerts] = context.Asked();
  if (unless.condition.valid()) return all.Implies(alert.holds.yes, all.Of(unless.condition).yes);
  const auto other = std::ranges::find(alerts, unless.alert, &Alert::id);
  return other != alerts.end() && conditions::Related(all, alert, *other) &&
         conditions::FiresWith(all, alert, *other);
}

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (const Alert& alert : alerts) {
    if (!alert.possible) continue;
    const auto& clauses = alert.decl->clauses;
    const auto unless = std::ranges::find_if(clauses, [&](const check::Clause& clause) {
      return clause.keyword == "unless" && KeepsIdle(context, alert, clause);
    });
    if (unless == clauses.end()) continue;
    auto& finding = context.sink.Emit(codes::kNeverTold, unless->span, alert.decl->name,
                                      fmt::format("`unless {}`", unless->text));
    finding.Also(context.policy[alert.when->condition].span, "while this holds");
    finding.Help("leave the alert out, or let its condition ask for more");
  }
}

}  // namespace

extern const AnalysisRow analysis_never_told;
const AnalysisRow analysis_never_told{"never_told", Run};

}  // namespace tocsin::analyze
