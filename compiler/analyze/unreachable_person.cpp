// Somebody who is to be told something by a channel that is not among the contacts: the message
// would reach nobody.

#include <algorithm>
#include <set>

#include "compiler/analyze/analysis.h"

namespace tocsin::analyze {
namespace {

using check::DeclId;

std::set<DeclId> References(const check::Value& value) {
  std::set<DeclId> result;
  const auto* list = check::Get<check::ValueList>(value);
  if (list == nullptr) return result;
  for (const check::Value& item : *list) {
    if (const auto* reference = check::Get<check::Reference>(item)) result.insert(reference->decl);
  }
  return result;
}

// Everybody whom recipients may mean at some time.
std::set<DeclId> People(const check::Policy& policy, const check::Recipients& recipients) {
  std::set<DeclId> people;
  for (const check::Recipient& recipient : recipients.all) {
    if (recipient.person.valid()) people.insert(recipient.person);
    if (!recipient.tier.valid()) continue;
    for (const check::Decl& decl : policy.decls) {
      if (decl.schema->name == "schedule" && decl.target == recipient.tier)
        people.merge(References(decl["people"]));
    }
  }
  return people;
}

bool Has(const check::Policy& policy, DeclId person, DeclId channel) {
  return References(policy[person]["contact"]).contains(channel);
}

void LookVia(Context& context, const check::Recipients& recipients, DeclId via,
             diagnostics::Span span) {
  for (DeclId person : People(context.policy, recipients)) {
    if (Has(context.policy, person, via)) continue;
    const check::Decl& who = context.policy[person];
    context.sink.Emit(codes::kUnreachablePerson, span, who.name, context.policy[via].name)
        .Also(who["contact"].span, "these are the contacts")
        .Help("add the channel to the contacts, or name another channel");
  }
}

void LookAtPerson(Context& context, const check::Decl& person) {
  for (DeclId channel : References(person["contact"])) {
    const auto* over_by = check::Get<check::Reference>(context.policy[channel]["over_by"]);
    if (over_by == nullptr || References(person["contact"]).contains(over_by->decl)) continue;
    context.sink
        .Emit(codes::kUnreachablePerson, person["contact"].span, person.name,
              context.policy[over_by->decl].name)
        .Also(context.policy[channel]["over_by"].span,
              "whoever was told by this channel hears by that one that it is over")
        .Help("add the channel to the contacts");
  }
}

void Run(Context& context) {
  for (const check::Decl& decl : context.policy.decls) {
    const auto* inform = check::Get<check::Recipients>(decl["inform"]);
    const auto* via = check::Get<check::Reference>(decl["via"]);
    if (inform != nullptr && via != nullptr) LookVia(context, *inform, via->decl, decl["via"].span);
    for (const check::Clause& clause : decl.clauses) {
      for (const check::Action& action : clause.actions) {
        if (action.via.valid()) LookVia(context, action.to, action.via, action.span);
      }
    }
    if (decl.schema->builtin && decl.schema->name == "person") LookAtPerson(context, decl);
  }
}

}  // namespace

extern const AnalysisRow analysis_unreachable_person;
const AnalysisRow analysis_unreachable_person{"unreachable_person", Run};

}  // namespace tocsin::analyze
