// Somebody who is on call for a tier without the certificate that the tier requires. Who holds a
// certificate holds those that it builds on.

#include <set>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::DeclId;
using check::Value;

DeclId One(const Value& value) {
  const auto* reference = check::Get<check::Reference>(value);
  return reference == nullptr ? DeclId() : reference->decl;
}

// Certificates that build on one another in a circle are walked once.
bool Holds(const check::Policy& policy, const check::Decl& person, DeclId wanted) {
  const auto* held = check::Get<check::ValueList>(person["holds"]);
  if (held == nullptr) return false;
  std::set<DeclId> seen;
  for (const Value& item : *held) {
    for (DeclId at = One(item); at.valid() && seen.insert(at).second;
         at = One(policy[at]["builds_on"])) {
      if (at == wanted) return true;
    }
  }
  return false;
}

void LookAtPeople(Context& context, const check::Decl& decl, DeclId tier) {
  const DeclId wanted = One(context.policy[tier]["requires"]);
  const auto* people = check::Get<check::ValueList>(decl["people"]);
  for (std::size_t i = 0; people != nullptr && i < people->size(); ++i) {
    const DeclId id = One((*people)[i]);
    if (!id.valid() || Holds(context.policy, context.policy[id], wanted)) continue;
    const check::Decl& person = context.policy[id];
    context.sink
        .Emit(codes::kUncertifiedPerson, (*people)[i].span, person.name, context.policy[tier].name,
              context.policy[wanted].name)
        .Also(context.policy[tier]["requires"].span, "required here")
        .Also(person.span, "this person does not hold it")
        .Help(
            "take the person off the schedule, or add the certificate to `holds` once it is held");
  }
}

void Run(Context& context) {
  for (const check::Decl& decl : context.policy.decls) {
    const bool schedule = decl.schema->builtin && decl.schema->name == "schedule";
    if (!schedule || !decl.target.valid()) continue;
    if (!One(context.policy[decl.target]["requires"]).valid()) continue;
    LookAtPeople(context, decl, decl.target);
    for (const check::Decl& row : decl.rows) LookAtPeople(context, row, decl.target);
  }
}

}  // namespace

extern const AnalysisRow analysis_uncertified_person;
const AnalysisRow analysis_uncertified_person{"uncertified_person", Run};

}  // namespace tocsin::analyze
