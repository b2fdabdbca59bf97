// What a policy must decide, worked out the slow way from what the documentation says: tick by
// tick, row by row, over plain maps and whole histories. It shares no code with the engine; of
// values/ it uses the tables of zones only.
#pragma once

#include <string>
#include <vector>

#include "tests/sim/policy.h"

namespace tocsin::sim {

// Decisions as lines that can be compared, each list sorted: an alert's transitions, what was sent,
// acknowledgements that nothing waited for.
struct Outcome {
  std::vector<std::string> lines;
  std::vector<Deadline> deadlines;  // of the model
  std::uint64_t late = 0;           // samples
  std::uint64_t ahead = 0;
  std::uint64_t refused = 0;  // series
};

std::string TransitionLine(Instant at, const std::string& alert, const std::string& row,
                           std::string_view from, std::string_view to, std::int64_t epoch);
struct SendLine {
  Instant at = 0;
  std::string machine;  // what sent it
  std::string alert;    // the row it stems from
  std::string row;
  std::int64_t epoch = 0;
  std::string step;
  std::string action;
  std::string person;
  std::string channel;
  std::string Text() const;
};
std::string IgnoredLine(Instant at, const std::string& alert, const std::string& row);

Outcome RunModel(const Policy& policy, const History& history);

}  // namespace tocsin::sim
