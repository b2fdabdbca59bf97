// The interpreter: series kernels by chunks of rows, one instruction at a time over the whole
// chunk; guards and actions one instruction at a time. The program must have passed ir::Verify and
// outlive the interpreter.
#pragma once

#include <memory>

#include "runtime/engine/executor.h"

namespace tocsin::engine {

std::unique_ptr<Executor> MakeInterpreter(const ir::Program& program);

}  // namespace tocsin::engine
