// Whether a program means anything: every index in range, every operand of the right sort and made
// before it is used, every machine's states, timers, fields and effects its own, columns and
// kernels over one space. An engine runs only what passed, so that nothing a module file may hold
// can make it read outside its columns.
#pragma once

#include <string>
#include <vector>

#include "runtime/ir/program.h"

namespace tocsin::ir {

// Empty when the program is sound; else what is wrong, each with the name of the thing it is wrong
// with.
std::vector<std::string> Verify(const Program& program);

}  // namespace tocsin::ir
