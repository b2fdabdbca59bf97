// Series shapes to LLVM's language: explicit vectors of eight lanes in one straight block per eight
// rows, so that the quick code generator finds as good code as the slow one.
#pragma once

#include <cstddef>

#include "runtime/ir/program.h"

namespace llvm {
class Module;
}

namespace tocsin::emit {

// Adds `kernel_N`, an ir::KernelFunction, for the N-th shape. `wide`: 64-byte registers are used
// where the target has them.
void AddKernel(llvm::Module& module, std::size_t number, const ir::Shape& shape, bool wide);

}  // namespace tocsin::emit
