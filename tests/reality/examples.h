// The rules of the examples, written by hand a second time, and what must come of them.
#pragma once

#include <vector>

#include "tests/reality/alert.h"

namespace tocsin::reality {

struct Example {
  Instant resolution, grace;
  std::vector<Rule> (*rules)(const Recording&, const Ticks&);
};

// examples/02_overloaded_broker and examples/03_every_rule.
std::vector<Rule> BrokerRules(const Recording& recording, const Ticks& ticks);
std::vector<Rule> HandbookRules(const Recording& recording, const Ticks& ticks);

// The rows of a signal, and those of two labels: each value of the one with each of the other.
std::vector<Row> RowsOf(const std::vector<std::string>& values);
std::vector<Row> RowsOf(const std::vector<std::string>& first,
                        const std::vector<std::string>& second);

}  // namespace tocsin::reality
