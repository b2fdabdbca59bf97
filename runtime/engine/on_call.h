// Who answers for a tier at an instant.
#pragma once

#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::engine {

// Whether a calendar holds an instant; none holds all.
bool IsOpen(const ir::Program& program, ir::CalendarId calendar, values::Instant at);
// Adds the instants in [from, to) at which a part of it begins or ends, in no order.
void AddBounds(const ir::Program& program, ir::CalendarId calendar, values::Instant from,
               values::Instant to, std::vector<values::Instant>& bounds);

// For each of the tier's schedules that speaks for it at that instant the person whose turn it is,
// in the order of the schedules; nobody twice. Nobody where the tier is not available.
std::vector<ir::PersonId> OnCall(const ir::Program& program, ir::TierId tier, values::Instant at);

}  // namespace tocsin::engine
