// Two vocabularies of how bad things are, levels of alerts and severities of incidents, and nothing
// that leads from one to the other: no alert ever opens an incident.

#include <algorithm>

#include "compiler/analyze/analysis.h"
#include "compiler/kinds/kind.h"

namespace tocsin::analyze {
namespace {

std::string Names(const check::Policy& policy, const std::vector<check::DeclId>& ids) {
  std::vector<std::string> names;
  for (check::DeclId id : ids) names.push_back(policy[id].name);
  return check::ListOf(names);
}

void Run(Context& context) {
  const check::Policy& policy = context.policy;
  const std::vector<check::DeclId> levels = policy.OfKind("level");
  const std::vector<check::DeclId> severities = policy.OfKind("severity");
  const std::vector<check::DeclId> alerts = policy.OfKind("alert");
  const auto opens = [&](check::DeclId id) { return kinds::Opens(policy, policy[id]) != nullptr; };
  const auto maps = [&](check::DeclId id) { return !policy[id]["opens"].absent(); };
  if (levels.empty() || severities.empty() || alerts.empty() ||
      std::ranges::any_of(alerts, opens) || std::ranges::any_of(levels, maps))
    return;
  context.sink.Emit(codes::kUnmappedLevels, policy[levels[0]].span)
      .Also(policy[severities[0]].span, "the severities")
      .Note(fmt::format("alerts are {}, incidents {}, and no alert opens an incident",
                        Names(policy, levels), Names(policy, severities)))
      .Help("say with `opens` of a level, or of an alert, which severity it is");
}

}  // namespace

extern const AnalysisRow analysis_unmapped_levels;
const AnalysisRow analysis_unmapped_levels{"unmapped_levels", Run};

}  // namespace tocsin::analyze
