// Who answers for a tier at an instant.
#pragma once

#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::engine {

// For each of the tier's schedules the person whose turn it is, in the order of the schedules;
// nobody twice.
std::vector<ir::PersonId> OnCall(const ir::Program& program, ir::TierId tier, values::Instant at);

}  // namespace tocsin::engine
