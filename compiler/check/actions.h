// What is done: `page(alice, via: sms)`, `failover(to: "second") retry 3 every 30s else page(ann)`.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// Checks one action, with what is done when it fails, and adds what can run to the clause.
void CheckAction(Context& context, const syntax::Tree& tree, const syntax::Action& action,
                 Clause& clause);

}  // namespace tocsin::check
