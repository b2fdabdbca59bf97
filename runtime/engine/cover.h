// In which hours somebody is asked, and until when whoever is asked now is. Exact: nothing changes
// but where a calendar's part begins or ends, or a turn passes.
#pragma once

#include <map>
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
// Who is asked in [from, end). What it finds out about calendars and tiers serves all questions.
class Cover {
 public:
  Cover(const ir::Program& program, values::Instant from, values::Instant end)
      : program_(program), from_(from), end_(end) {}
  // The hours in which nobody of these is asked.
  std::vector<Gap> Gaps(std::span<const ir::Recipient> to, ir::CalendarId only);

 private:
  using Spans = std::vector<Gap>;  // in order, apart
  const Spans& OpenHours(ir::CalendarId calendar);
  const Spans& HoursOf(ir::TierId tier);
  Spans SpansOf(const values::HoursPart& part, const values::Zone& zone) const;

  const ir::Program& program_;
  values::Instant from_, end_;
  std::map<std::uint32_t, Spans> calendars_, tiers_;  // by number
  Spans all_;
};

// The first instant after `at`, and before `end`, at which a person is asked no more; where
// `person` is none, at which anybody is asked. Nothing where it all stays as it is.
std::optional<values::Instant> AskedUntil(const ir::Program& program,
                                          std::span<const ir::Recipient> to, ir::CalendarId only,
                                          ir::PersonId person, values::Instant at,
                                          values::Instant end);

}  // namespace tocsin::engine
