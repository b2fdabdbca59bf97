// Core forms to IR: names become numbers, trees become instructions. What comes out has passed
// ir::Verify; the same policy gives the same program, byte for byte. It knows no kind.
#pragma once

#include "compiler/core/core.h"
#include "runtime/ir/program.h"

namespace tocsin::lower {

// The zones that schedules name are read from the system's tzdata; the checker has seen that they
// exist.
ir::Program Lower(const core::Policy& policy);

}  // namespace tocsin::lower
