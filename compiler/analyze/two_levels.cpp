// Two alerts that always fire together, of which one is louder than the other: their conditions say
// the same of the same rows, and must hold for the same time. Thresholds or times that differ are
// how an alert gets louder, and are not meant; nor are those of which one keeps the other idle.

#include <algorithm>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

using conditions::Alert;

bool Inhibits(const Alert& alert, const Alert& other) {
  return std::ranges::any_of(alert.decl->clauses, [&](const check::Clause& clause) {
    return clause.keyword == "unless" && clause.alert == other.id;
  });
}

bool Together(conditions::Conditions& all, const Alert& a, const Alert& b) {
  if (*a.labels != *b.labels || a.when->hold_ms != b.when->hold_ms || Inhibits(a, b) ||
      Inhibits(b, a) || !conditions::Related(all, a, b))
    return false;
  return conditions::ToldWith(all, a, b) && conditions::ToldWith(all, b, a) &&
         conditions::FiresWith(all, a, b) && conditions::FiresWith(all, b, a);
}

// "`critical` (P1)"
std::string LoudnessOf(const check::Policy& policy, const Alert& alert) {
  const check::Decl* level = kinds::Referred(policy, (*alert.decl)["level"]);
  const check::Decl* severity = kinds::Opens(policy, *alert.decl);
  const std::string name = level == nullptr ? "" : fmt::format("`{}`", level->name);
  return severity == nullptr ? name : fmt::format("{} ({})", name, severity->name);
}

void Run(Context& context) {
  auto& [all, alerts] = context.Asked();
  for (std::size_t i = 1; i < alerts.size(); ++i) {
    const std::string own = LoudnessOf(context.policy, alerts[i]);
    for (std::size_t k = 0; k < i; ++k) {
      const std::string its = LoudnessOf(context.policy, alerts[k]);
      if (own == its || !Together(all, alerts[i], alerts[k])) continue;
      context.sink
          .Emit(codes::kTwoLevels, alerts[i].decl->span, alerts[k].decl->name, alerts[i].decl->name,
                its, own)
          .Also(alerts[k].decl->span, fmt::format("here it is {}", its))
          .Help("make one of the two, or give the louder one a threshold or a time of its own");
      break;
    }
  }
}

}  // namespace

extern const AnalysisRow analysis_two_levels;
const AnalysisRow analysis_two_levels{"two_levels", Run};

}  // namespace tocsin::analyze
