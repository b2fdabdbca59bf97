// Findings for people: one frame each, the place first, then what is known about it, then what to
// do. ASCII, and the same words with and without colour.
//
//   error[E0301]: there is no tier `L9`
//     --> policy/climb.tocsin:4:10
//      |
//    4 |   page: on_call(L9)
//      |                 ^^ not declared
//      |
//      = help: declare the tier `L9`
//      = more: tocsin explain E0301
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::diagnostics {

struct TerminalOptions {
  bool colour = false;
  std::size_t columns = 80;
};

// Frames in the given order with an empty line after each. `more:` is said once for each code.
std::string RenderTerminal(std::span<const Diagnostic> all, const SourceSet& sources,
                           const TerminalOptions& options);

// "2 errors, 1 warning (3 not shown)", or empty where there is nothing to say.
std::string CountLine(std::size_t errors, std::size_t warnings, std::size_t not_shown);
// The same of all that was found; what was not kept is not shown.
std::string CountLine(const Sink& sink);

}  // namespace tocsin::diagnostics
