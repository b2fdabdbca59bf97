// What the steps of a playbook do, for whoever asks about playbooks.
#pragma once

#include <vector>

#include "compiler/kinds/kind.h"

namespace tocsin::kinds {

// The actions of `start` or of a step, in the order in which they are done.
const std::vector<check::Action>& ActionsOf(const check::Decl& step);

}  // namespace tocsin::kinds
