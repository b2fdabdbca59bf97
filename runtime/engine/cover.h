// In which hours somebody is asked, and until when whoever is asked now is. Exact: nothing changes
// but where a calendar's part begins or ends, or a turn passes.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::engine {

// Whoever of these is asked at an instant, nobody twice; nobody outside of the hours of `only`.
std::vector<ir::PersonId> Asked(const ir::Program& program, std::span<const ir::Recipient> to,
                                ir::CalendarId only, values::Instant at);

struct Gap {
  values::Instant begin = 0;
  values::Instant end = 0;
  bool operator==(const Gap&) const = default;
};
// The hours in [from, to) in which nobody of these is asked, from the first on. `most` is how many
// are looked for.
std::vector<Gap> Gaps(const ir::Program& program, std::span<const ir::Recipient> to,
                      ir::CalendarId only, values::Instant from, values::Instant end,
                      std::size_t most);

// The first instant after `at`, and before `end`, at which others are asked; nothing where it is
// the same people all the time.
std::optional<values::Instant> AskedUntil(const ir::Program& program,
                                          std::span<const ir::Recipient> to, ir::CalendarId only,
                                          values::Instant at, values::Instant end);

}  // namespace tocsin::engine
