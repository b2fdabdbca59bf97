// An expectation that does not hold, as a finding at the line that has it: what was expected by
// when, what did happen and when, and what the alerts knew then.
#pragma once

#include "compiler/study/test_expect.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::study {

struct TestContext {
  const diagnostics::SourceSet& sources;
  const check::Policy& policy;
  const ir::Program& program;
  const World& world;
};

// What `values` does not know yet it is asked.
void Explain(const TestContext& context, const Story& story, const Expectation& expectation,
             TestValues& values, diagnostics::Sink& sink);

// "within 45s", "before 5m", "at 1h", "after 1h", "in this test".
std::string When(const check::Clause& clause);

}  // namespace tocsin::study
