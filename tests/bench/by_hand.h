// The condition of the benchmarks as a C++ programmer would write it over the same columns, row by
// row: `a / b > limit`, held for a duration. What it must agree with is the executors' answer, to
// the bit.
#pragma once

#include "runtime/ir/frames.h"

namespace tocsin::bench {

// As one writes it, for any x86-64 processor.
void ByHand(const ir::KernelFrame& frame);
// With vectors of four rows, for processors with AVX2: as one writes it who knows how.
void ByHandVectors(const ir::KernelFrame& frame);
bool HasAvx2();

}  // namespace tocsin::bench
