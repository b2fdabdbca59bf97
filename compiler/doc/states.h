// A machine as a drawing: its states below one another in the order in which they are first
// reached, transitions down on the right and back up on the left, each with a number whose reason
// stands in the legend. Lines that mean the same run together; no two run on top of each other.
#pragma once

#include <optional>
#include <string>

#include "compiler/core/core.h"
#include "compiler/doc/document.h"

namespace tocsin::doc {

// Nothing where there is more than a drawing can show.
std::optional<Drawing> DrawStates(const core::Machine& machine, std::string name,
                                  std::string about);

}  // namespace tocsin::doc
