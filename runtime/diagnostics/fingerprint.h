// Findings to names by which they are recognised in the next run: the code, the declaration and the
// words of the clause, but not its place, so that a finding keeps its name when lines are added
// above it, when the file is laid out again or when the declaration moves to another file.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/diagnostics/declarations.h"
#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

// One for each of `all`, which are in the order of their places: sixteen hexadecimal digits, then
// which of the equal ones it is, counted from 1 ("5f0c24b8d41e9a77:1").
std::vector<std::string> Fingerprints(std::span<const Diagnostic* const> all,
                                      const SourceSet& sources, const Declarations& declarations);

}  // namespace tocsin::diagnostics
