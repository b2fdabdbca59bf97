// A tier that is asked but has no schedule: nobody would be woken.

#include <algorithm>
#include <set>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

bool HasSchedule(const check::Policy& policy, check::DeclId tier) {
  return std::ranges::any_of(policy.decls, [&](const check::Decl& decl) {
    return decl.schema->name == "schedule" && decl.target == tier;
  });
}

// Tiers that were reported: each once, where it is first asked.
using Told = std::set<std::uint32_t>;

void Look(Context& context, const check::Recipients& recipients, Told& told) {
  for (const check::Recipient& recipient : recipients.all) {
    if (!recipient.tier.valid() || HasSchedule(context.policy, recipient.tier) ||
        !told.insert(recipient.tier.index).second)
      continue;
    const check::Decl& tier = context.policy[recipient.tier];
    context.sink.Emit(codes::kNobodyOnCall, recipient.span, tier.name)
        .Also(tier.span, "this tier has no schedule")
        .Help(fmt::format("declare who is on call: `schedule {}_oncall for {} {{ ... }}`",
                          tier.name, tier.name));
  }
}

void LookAt(Context& context, const check::Decl& decl, Told& told) {
  for (const check::Field& field : decl.fields) {
    if (const auto* recipients = check::Get<check::Recipients>(field.value))
      Look(context, *recipients, told);
  }
  for (const check::Clause& clause : decl.clauses) {
    for (const check::Action& action : clause.actions) Look(context, action.to, told);
  }
  for (const check::Decl& row : decl.rows) LookAt(context, row, told);
}

void Run(Context& context) {
  Told told;
  for (const check::Decl& decl : context.policy.decls) LookAt(context, decl, told);
}

}  // namespace

extern const AnalysisRow analysis_nobody_on_call;
const AnalysisRow analysis_nobody_on_call{"nobody_on_call", Run};

}  // namespace tocsin::analyze
