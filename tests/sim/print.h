// A generated policy as text of the language, and a history as recorded data (JSON lines).
#pragma once

#include <string>

#include "tests/sim/policy.h"
#include "tests/sim/random.h"

namespace tocsin::sim {

// Tables or blocks, and the order of declarations, are drawn: neither means anything.
std::string PrintPolicy(const Policy& policy, Random random);
std::string PrintExpr(const Policy& policy, const Expr& expr);
std::string PrintHistory(const History& history);
std::string LabelText(const Labels& labels);  // {region="eu"}

}  // namespace tocsin::sim
