// The life of an alert's rows, as the tables of "Alerts" in docs/reference/language.md have it:
// conditions tick by tick in, transitions and who is told by the alert's level out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/reality/series.h"

namespace tocsin::reality {

struct Level {
  std::string person, channel;
};

enum class NoData { kHold, kFire, kClear };

// An alert, written by hand. Where `limit` is 0 it has none; `step` is what a mutation adds to it.
struct Rule {
  std::string name;
  std::vector<std::string> labels;
  std::vector<Row> rows;
  std::vector<Row> fires;  // these rows must fire, and no others
  Level level;
  std::function<Truth(const Row&, Instant, double limit)> when;
  double limit = 0, step = 0;
  Instant hold = 0;
  std::function<Truth(const Row&, Instant)> clear = nullptr;  // without it, `not when`
  Instant clear_hold = 0;                                     // and for `hold`
  NoData no_data = NoData::kHold;
  Instant after = 0;
  std::string unless = {};  // the alert whose row, by `matching`, keeps this one idle
  std::vector<std::size_t> matching = {};  // which of our labels the other has
};

// As it stands in a line of the decisions: `registry_down{region="eu"} pending -> firing`, or
// `registry_down{region="eu"} tells ceo by phone`.
struct Step {
  Instant at;
  std::string what;
  auto operator<=>(const Step&) const = default;
};

// All that happens, in no order but that of `at` and `what`.
std::vector<Step> Decide(const std::vector<Rule>& rules, const Ticks& ticks, Instant grace);

std::string Key(const Rule& rule, const Row& row);

}  // namespace tocsin::reality
