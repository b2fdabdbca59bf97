// Machines to LLVM's language: choosing a transition and running its action, as straight scalar
// code under a switch. Calls go through the frame's table only, so that the code refers to nothing
// outside itself.
#pragma once

#include <vector>

#include "runtime/ir/program.h"

namespace llvm {
class Module;
}

namespace tocsin::emit {

// Adds `select_N`, an ir::SelectFunction, and `act_N`, an ir::ActFunction, for the N-th machine.
// Machines that do the same have one code under several names.
void AddMachines(llvm::Module& module, const std::vector<ir::Machine>& machines);

}  // namespace tocsin::emit
