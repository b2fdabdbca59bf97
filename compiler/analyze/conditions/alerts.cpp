#include "compiler/analyze/conditions/alerts.h"

#include <algorithm>

namespace tocsin::analyze::conditions {

using check::Clause;
using check::NoData;

namespace {

values::Duration DurationOf(const check::Value& value) {
  const auto* duration = check::Get<check::DurationValue>(value);
  return duration == nullptr ? 0 : duration->ms;
}

bool Fires(const check::Value& value) {
  const auto* policy = check::Get<NoData>(value);
  return policy != nullptr && policy->what == NoData::What::kFire;
}

// Where data is missing for `alert` for as long as it bears, it is for `other`.
bool SilentWith(Conditions& conditions, const Alert& alert, const Alert& other) {
  const auto *own = check::Get<NoData>((*alert.decl)["no_data"]),
             *its = check::Get<NoData>((*other.decl)["no_data"]);
  if (own == nullptr || own->what != NoData::What::kFire) return true;
  if (its == nullptr || its->what != NoData::What::kFire || its->after_ms > own->after_ms)
    return false;
  const auto absent = [&](const Truth& truth) {
    return conditions.And(conditions.Not(truth.yes), conditions.Not(truth.no));
  };
  return conditions.Implies(absent(alert.holds), absent(other.holds));
}

bool SameInhibition(Conditions& conditions, const Clause& a, const Clause& b) {
  if (a.alert != b.alert || a.matching != b.matching) return false;
  if (a.alert.valid()) return true;
  return a.condition.valid() && b.condition.valid() &&
         conditions.Of(a.condition).yes == conditions.Of(b.condition).yes;
}

}  // namespace

std::vector<Alert> Alerts(Conditions& conditions, const check::Policy& policy) {
  std::vector<Alert> alerts;
  for (const DeclId id : policy.OfKind("alert")) {
    const check::Decl& decl = policy[id];
    const Clause* when = decl.FindClause("when");
    if (when == nullptr || !when->condition.valid()) continue;
    Alert alert{id,
                &decl,
                when,
                decl.FindClause("clear"),
                conditions.Of(when->condition),
                &policy[when->condition].labels};
    if (alert.clear != nullptr && !alert.clear->condition.valid()) alert.clear = nullptr;
    alert.possible = !conditions.Never(alert.holds.yes);
    alert.always = alert.possible && conditions.Always(when->condition);
    alerts.push_back(alert);
  }
  return alerts;
}

bool Related(Conditions& conditions, const Alert& a, const Alert& b) {
  const std::set<DeclId>& of = conditions.SourcesOf(b.when->condition);
  return std::ranges::any_of(conditions.SourcesOf(a.when->condition),
                             [&](DeclId source) { return of.contains(source); });
}

// The clock of `for` stands still while a condition is absent and begins anew once it is false, so
// that where `other` is false `alert` has to be, too.
bool FiresWith(Conditions& conditions, const Alert& alert, const Alert& other) {
  if (!alert.possible || other.always || !std::ranges::includes(*alert.labels, *other.labels))
    return false;
  if (other.when->hold_ms > alert.when->hold_ms || !(*other.decl)["needs"].absent()) return false;
  if (Fires((*alert.decl)["until_ready"])) return false;
  if (!conditions.Implies(alert.holds.yes, other.holds.yes)) return false;
  if (other.when->hold_ms > 0 && !conditions.Implies(other.holds.no, alert.holds.no)) return false;
  return SilentWith(conditions, alert, other);
}

bool ToldWith(Conditions& conditions, const Alert& alert, const Alert& other) {
  // A group is told of when its first row fires.
  const auto* group = check::Get<check::Labels>((*other.decl)["group"]);
  if (group != nullptr) {
    const auto* own = check::Get<check::Labels>((*alert.decl)["group"]);
    if (own == nullptr || own->names != group->names ||
        DurationOf((*other.decl)["group_wait"]) > DurationOf((*alert.decl)["group_wait"]))
      return false;
  }
  return std::ranges::all_of(other.decl->clauses, [&](const Clause& clause) {
    return clause.keyword != "unless" ||
           std::ranges::any_of(alert.decl->clauses, [&](const Clause& own) {
             return own.keyword == "unless" && SameInhibition(conditions, own, clause);
           });
  });
}

}  // namespace tocsin::analyze::conditions
