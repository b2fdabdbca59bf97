// Alerts as their conditions make them, for questions about one or two of them.
#pragma once

#include "compiler/analyze/conditions/conditions.h"

namespace tocsin::analyze::conditions {

struct Alert {
  DeclId id;
  const check::Decl* decl = nullptr;
  const check::Clause* when = nullptr;
  const check::Clause* clear = nullptr;  // may be absent
  Truth holds;
  const std::vector<std::string>* labels = nullptr;  // of its rows
  bool possible = true;                              // false: its condition never holds
  bool always = false;                               // wherever its signals are there
};

// Those of a policy whose condition means something, in its order.
std::vector<Alert> Alerts(Conditions& conditions, const check::Policy& policy);

// Whether anything that is measured is behind both.
bool Related(Conditions& conditions, const Alert& a, const Alert& b);

// Whether at each tick at which `alert` begins to fire, `other` fires in its row.
bool FiresWith(Conditions& conditions, const Alert& alert, const Alert& other);

// Whether everybody who would then be told of `alert` is told of `other`, if they are as loud.
bool ToldWith(Conditions& conditions, const Alert& alert, const Alert& other);

}  // namespace tocsin::analyze::conditions
