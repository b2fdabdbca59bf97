// What was known at an instant of a test: the signals that the condition of an alert depends on, as
// the test gives them.
#pragma once

#include "compiler/study/test_world.h"

namespace tocsin::study {

// "`registry_up{region="eu"}` was false since 0s", for each series that concerns the row; and a
// line for a signal that the test gives nothing of.
std::vector<std::string> KnownAt(const check::Policy& policy, const ir::Program& program,
                                 const World& world, const check::Decl& alert,
                                 const values::LabelSet& row, values::Duration at);

// The rows of an alert that the test gives something for, as far as they are known by all labels.
std::vector<values::LabelSet> RowsGiven(const check::Policy& policy, const World& world,
                                        const check::Decl& alert);

}  // namespace tocsin::study
