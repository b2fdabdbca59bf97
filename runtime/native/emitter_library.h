// The library that holds LLVM, opened when it is first needed and kept until the process ends.
#pragma once

#include <expected>
#include <string>

#include "runtime/native/emitter_abi.h"

namespace tocsin::native {

// Looks beside the program, then in ../lib/tocsin from there, then where the system looks for
// libraries; the environment variable TOCSIN_LLVM names the file instead. The error says what is
// missing and what to do.
std::expected<const EmitterAbi*, std::string> OpenEmitter();

}  // namespace tocsin::native
