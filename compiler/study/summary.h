// What a simulation comes to, for people: what fired, each alert's numbers, who was told, and what
// of the recording was left out. 80 columns, unless names are longer.
#pragma once

#include <functional>
#include <string_view>

#include "compiler/study/only.h"
#include "compiler/study/simulate.h"
#include "compiler/study/tally.h"

namespace tocsin::study {

inline constexpr std::size_t kFiringsShown = 100;

struct SummaryOptions {
  bool all = false;  // name what was never pending, too
  values::Instant begin = 0;
  Only only;
};

// The tally is finished.
void PrintSummary(const ir::Program& program, const Tally& tally, const Simulation& simulation,
                  const SummaryOptions& options,
                  const std::function<void(std::string_view)>& print);

}  // namespace tocsin::study
