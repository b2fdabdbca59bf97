// `test "what must be true" { ... }`: samples, what to suppose, and what is expected when. What is
// given becomes the declaration's `world`, and each expectation a clause; what could not be run is
// refused.
#pragma once

#include "compiler/check/context.h"

namespace tocsin::check {

// Reads the clauses of a test into `decl`.
void CheckTestBlock(Context& context, const syntax::Tree& tree, const syntax::Decl& test,
                    Decl& decl);

}  // namespace tocsin::check
