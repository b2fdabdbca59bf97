// Whether the standard library at hand has what a program calls. A program that was compiled
// elsewhere may call functions that this version does not have, or has with other parameters.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/ir/program.h"
#include "runtime/values/functions.h"

namespace tocsin::engine {

// Empty when an engine can run the program with these functions; else what is missing.
std::vector<std::string> MissingFunctions(const ir::Program& program,
                                          std::span<const values::FunctionRow* const> functions);

}  // namespace tocsin::engine
