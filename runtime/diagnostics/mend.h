// Findings to the fixes that can be made at once, and a text with them made.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

struct PlannedFix {
  const Diagnostic* finding = nullptr;
  const Fix* fix = nullptr;
};

// Of each finding the first fix that may be made: a safe one, with `review` also one that somebody
// should look at, never one with a placeholder. By place; a fix that overlaps or touches one before
// it is left for another time, when the text is known that it would be made to. What comes with
// the language is never mended.
std::vector<PlannedFix> PlanFixes(std::span<const Diagnostic> all, const SourceSet& sources,
                                  bool review);

// The text of `source` with those of the planned fixes made that are in it.
std::string Mended(const SourceSet& sources, SourceId source, std::span<const PlannedFix> fixes);

}  // namespace tocsin::diagnostics
