// Machines to LLVM's language: choosing a transition and running its action, as straight scalar
// code under a switch. Calls go through the frame's table only, so that the code refers to nothing
// outside itself.
#pragma once

#include <cstddef>

#include "runtime/ir/program.h"

namespace llvm {
class Module;
}

namespace tocsin::emit {

// Adds `select_N`, an ir::SelectFunction, and `act_N`, an ir::ActFunction, for the N-th machine.
void AddMachine(llvm::Module& module, std::size_t number, const ir::Machine& machine);

}  // namespace tocsin::emit
