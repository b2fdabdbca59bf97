// Findings that somebody accepted for a while, taken out of what is reported: the declarations of
// the kind `accept`, and the day, to the findings they keep back. What was accepted until a day
// that has come is reported again and says so; an acceptance of nothing is a finding itself.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/check/typed.h"
#include "runtime/diagnostics/declarations.h"
#include "runtime/diagnostics/report.h"
#include "runtime/values/zones.h"

namespace tocsin::driver {

struct Accepted {
  diagnostics::Diagnostic finding;
  diagnostics::Acceptance acceptance;
};

// `day` counts from 1970-01-01, in the zone of the policy. All analyses have run.
std::vector<Accepted> Accept(const check::Policy& policy, const diagnostics::SourceSet& sources,
                             const diagnostics::Declarations& declarations, std::int64_t day,
                             diagnostics::Sink& sink);

// Now: the one place where the compiler asks for the time.
values::Instant Now();
// The policy's zone.
values::Zone ZoneOf(const check::Policy& policy);
// The day it is now there.
std::int64_t Today(const check::Policy& policy);

}  // namespace tocsin::driver
