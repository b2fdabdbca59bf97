// The duty that every page and notification brings with it: whoever was told of a problem is told
// that it is over.
#pragma once

#include "compiler/core/core.h"

namespace tocsin::kinds {

// Adds the machine core::kDutyMachine where any effect of the policy brings the duty.
void AddTold(core::Policy& core);

}  // namespace tocsin::kinds
