// Which findings may be accepted for a while: what is unwise, not what has no meaning.
#pragma once

#include <string>
#include <string_view>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

// The row of a code as a policy names it: `W0803`, or `slow_climb` for the name `slow-climb`, as
// names of policies have no dashes. Null where there is none.
const Row* FindCode(std::string_view name);

// Warnings, and what an analysis of the whole policy found.
bool IsAcceptable(const Row& row);

// What may be accepted and is written almost so; empty where nothing is.
std::string NearestAcceptable(std::string_view name);

}  // namespace tocsin::diagnostics
