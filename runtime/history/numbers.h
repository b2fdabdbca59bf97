// The numbers of recorded data: whole texts, decimal, correctly rounded, the same on every machine.
#pragma once

#include <string_view>

#include "runtime/values/instants.h"

namespace tocsin::history {

// A decimal number, with an exponent or without; `NaN`, `Inf` and `Infinity` in any case, with a
// sign or without. No hexadecimal, no `_`. False where the text is anything else or past the range
// of a double.
bool ParseValue(std::string_view text, double& value);
// Seconds since the epoch with a fraction, as OpenMetrics has them; digits past the millisecond are
// cut off.
bool ParseSeconds(std::string_view text, values::Instant& stamp);
// Whole milliseconds since the epoch.
bool ParseMilliseconds(std::string_view text, values::Instant& stamp);

}  // namespace tocsin::history
