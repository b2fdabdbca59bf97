// The processors code is made for. Includes LLVM; only this room's sources that do so too may
// include it.
#pragma once

#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>

#include "runtime/native/native.h"

namespace tocsin::emit {

// Position-independent code for the level by the quick code generator, with no multiplication and
// addition ever fused.
llvm::orc::JITTargetMachineBuilder TargetBuilder(native::Level level);

}  // namespace tocsin::emit
