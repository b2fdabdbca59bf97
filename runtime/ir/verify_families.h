// Verify(): what machines are to one another: which start which, and whose labels the texts of a
// child may name.
#pragma once

#include "runtime/ir/problems.h"

namespace tocsin::ir {

// Every machine on its own must have been found sound.
void VerifyFamilies(const Program& program, Problems& problems);

}  // namespace tocsin::ir
