// An alert with arms is one alert for each of them, called `disk.urgent`: the same clauses, with
// the arm's values in the place of `arm.limit`. The first arm is the worst; where one fires the
// later ones have nothing to say.
//
// Done in the trees, before names are collected: what comes after knows no arms.
#pragma once

#include <deque>

#include "compiler/check/typed.h"
#include "compiler/syntax/syntax.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::check {

// `schemas` has the kinds of the standard library.
void ExpandArms(std::deque<syntax::Tree>& trees, const SchemaSet& schemas, diagnostics::Sink& sink);

// What is wrong with what arms have in common was found with each of them: leaves one.
void DropRepeats(const Policy& policy, diagnostics::Sink& sink);

}  // namespace tocsin::check
