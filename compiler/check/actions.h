// What is done: `page(alice, via: sms)`, `failover(to: "second") retry 3 every 30s else page(ann)`.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// What may be done where an action stands: tell somebody or ask for something to be done; or in the
// steps of a playbook also wait for what comes of it, and do something else where that fails.
enum class Acts : std::uint8_t { kAtOnce, kSteps };

// Checks one action, with what is done when it fails, and adds it to the clause.
void CheckAction(Context& context, const syntax::Tree& tree, const syntax::Action& action,
                 Clause& clause, Acts acts = Acts::kAtOnce);

}  // namespace tocsin::check
