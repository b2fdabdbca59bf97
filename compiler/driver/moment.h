// An instant as people write it on a command line.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/values/zones.h"

namespace tocsin::driver {

// `2026-11-29T02:00Z`, or in `zone`: `2026-11-29 02:00`, a date, which is its midnight; and from
// `now` on the next `Sun 02:00` or `02:00`. Nothing where it is none of these.
std::optional<values::Instant> ParseMoment(std::string_view text, const values::Zone& zone,
                                           values::Instant now);

}  // namespace tocsin::driver
