// Whose turn it is in a simple rotation: n people in order, passing the turn at a local time every
// day or every week. Turns are numbered from a fixed anchor: turn 0 begins on the first such day on
// or after Monday 1970-01-05, and the turn with number k belongs to person k modulo n. So whose
// turn it is depends on nothing but the rotation itself, and adding an alert, a reload or a restart
// moves nobody. Exact across daylight saving.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/values/instants.h"
#include "runtime/values/zones.h"

namespace tocsin::values {

struct Turn {
  enum class Every : std::uint8_t { kDaily, kWeekly };
  Every every = Every::kWeekly;
  Weekday weekday = Weekday::kMonday;  // of a weekly turn
  std::int32_t minute_of_day =
      0;  // 0 to 1439; a local time that does not exist is the next instant
  bool operator==(const Turn&) const = default;
};

// The number of the turn that holds `at`. A turn includes its first instant and not its last.
std::int64_t TurnNumber(Instant at, const Turn& turn, const Zone& zone);
// When that turn begins.
Instant TurnBegin(std::int64_t number, const Turn& turn, const Zone& zone);

// Which of `people` (at least 1) has the turn at an instant, counted from 0.
std::size_t TurnIndex(Instant at, const Turn& turn, const Zone& zone, std::size_t people);
// The first instant after `at` at which the turn passes.
Instant NextHandover(Instant at, const Turn& turn, const Zone& zone);

}  // namespace tocsin::values
