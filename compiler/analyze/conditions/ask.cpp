// Questions and answers.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "compiler/analyze/conditions/conditions.h"
#include "compiler/prove/part.h"
#include "runtime/diagnostics/diagnostic.h"
#include "runtime/values/units.h"

namespace tocsin::analyze::conditions {

using prove::Assignment;
using prove::VariableId;

// A statement with what is known of each variable in it, and of those that this names.
TruthId Conditions::Statement(TruthId statement,
                              const std::map<VariableId, std::vector<TruthId>>& of) {
  if (of.empty()) return statement;
  std::set<VariableId> seen;
  TruthId all = statement;
  for (bool more = true; more;) {
    more = false;
    const auto part = prove::Cut(formula_, all);
    if (!part) return all;
    for (const VariableId variable : part->variables) {
      if (!seen.insert(variable).second) continue;
      const auto known = of.find(variable);
      if (known == of.end()) continue;
      for (const TruthId one : known->second) all = formula_.And(all, one);
      more = true;
    }
  }
  return all;
}

bool Conditions::Never(TruthId statement) {
  return prover_.Solve(formula_, Statement(statement, certain_)).never();
}

bool Conditions::Always(SeriesId condition) {
  const Truth truth = Of(condition);
  const auto part = prove::Cut(formula_, formula_.Or(truth.yes, truth.no));
  if (!part || !Never(truth.no)) return false;
  TruthId there = Scope(condition, For::kProof).value_or(formula_.Always(true));
  for (const VariableId variable : part->variables) {
    if (meanings_[variable.index].what == Meaning::What::kKnown)
      there = formula_.And(there, Known(variable));
  }
  return Never(formula_.And(there, formula_.Not(truth.yes)));
}

std::optional<Assignment> Conditions::Example(TruthId statement) {
  const prove::Answer answer = prover_.Solve(formula_, Statement(statement, likely_));
  if (!answer.possible() || !Separate(answer.values)) return std::nullopt;
  return answer.values;
}

// Whether nothing that is measured is behind two of the values, and the state of no alert behind
// any.
bool Conditions::Separate(const Assignment& values) {
  std::set<DeclId> behind;
  for (const auto& [variable, value] : values) {
    const Meaning& meaning = meanings_[variable.index];
    if (meaning.what != Meaning::What::kValue) continue;
    for (const DeclId source : SourcesOf(meaning.series)) {
      if (policy_[source].schema->name != "signal" || !behind.insert(source).second) return false;
    }
  }
  return true;
}

std::string Conditions::Text(const Assignment& values) const {
  constexpr std::size_t kMost = 4;
  std::vector<std::string> parts;
  for (const auto& [variable, value] : values) {
    const Meaning& meaning = meanings_[variable.index];
    if (meaning.what == Meaning::What::kLabel) {
      const auto which = static_cast<std::size_t>(value);
      if (which < meaning.values.size())
        parts.push_back(fmt::format("{} = {}", meaning.label, meaning.values[which]));
    }
    if (meaning.what != Meaning::What::kValue) continue;
    const check::SeriesNode& series = policy_[meaning.series];
    const std::string name = series.kind == check::SeriesKind::kSignal
                                 ? policy_[series.decl].name
                                 : diagnostics::Shown(sources_.Text(series.span), 40);
    const auto known = values.find(meaning.known);
    if (known != values.end() && known->second == 0) {
      parts.push_back(fmt::format("no {}", name));
    } else if (series.truth()) {
      parts.push_back(fmt::format("{} = {}", name, value != 0));
    } else {
      parts.push_back(
          fmt::format("{} = {}", name, values::FormatQuantity(value, series.type.unit)));
    }
  }
  if (parts.size() > kMost) parts.resize(kMost);
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace tocsin::analyze::conditions
