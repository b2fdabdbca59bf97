// A program's code as one number: equal for programs whose shapes and machines compile to the same
// code.
#pragma once

#include <cstdint>

#include "runtime/ir/program.h"

namespace tocsin::native {

// 64-bit FNV-1a (Fowler, Noll, Vo) over the shapes and over what the machines' functions are made
// from. It guards against mixing up files, not against an adversary.
std::uint64_t Fingerprint(const ir::Program& program);

}  // namespace tocsin::native
