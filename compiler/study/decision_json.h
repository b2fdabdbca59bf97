// Decisions and results for programs: one JSON object a line, described in
// docs/reference/simulate.md. The same inputs give the same bytes, whatever executes them.
#pragma once

#include <string>

#include "compiler/study/simulate.h"

namespace tocsin::study {

std::string DecisionJson(const ir::Program& program, const engine::Decision& decision);
std::string SummaryJson(const Simulation& simulation);

}  // namespace tocsin::study
