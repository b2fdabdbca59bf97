// A policy to the same policy with the fixes made that its findings offer, in place.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/diagnostics/diagnostic.h"

namespace tocsin::driver {

// Makes safe fixes in the policy's own files, not in those it imports, with `review` also those
// that somebody should look at, and those that its findings offer then, until none is left. Each is
// named on standard error. A file is replaced as a whole; where that fails, it is reported to
// `sink`, and what was mended before stays.
void FixPolicy(const std::string& path, bool review, diagnostics::Sink& sink);

}  // namespace tocsin::driver
