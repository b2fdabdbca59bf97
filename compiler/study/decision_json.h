// Decisions and results for programs: one JSON object a line, described in
// docs/reference/simulate.md. The same inputs give the same bytes, whatever executes them.
#pragma once

#include <string>

#include "compiler/study/only.h"
#include "compiler/study/simulate.h"
#include "compiler/study/tally.h"

namespace tocsin::study {

std::string DecisionJson(const ir::Program& program, const engine::Decision& decision);
// What each alert that was pending or fired came to, and each person who was told; one line each,
// with its line feed. The tally is finished.
std::string TallyJson(const ir::Program& program, const Tally& tally, const Only& only);
std::string SummaryJson(const ir::Program& program, const Simulation& simulation,
                        const Tally& tally, const Only& only);

}  // namespace tocsin::study
