// Questions of a test that nothing in it can answer with yes: so `no` always holds, and the rest
// never does.
#pragma once

#include "compiler/study/test_explain.h"

namespace tocsin::study {

// Reports them; whether there are none.
bool CanHappen(const TestContext& context, const check::Decl& test, diagnostics::Sink& sink);

}  // namespace tocsin::study
