// What a policy may cost at a tick, for people and as JSON.
#pragma once

#include <string>

#include "compiler/check/typed.h"

namespace tocsin::driver {

// A line for each signal and alert, the dearest first, and one for all of them.
std::string CostTable(const check::Policy& policy);
// The same, one object a line.
std::string CostJson(const check::Policy& policy);

}  // namespace tocsin::driver
