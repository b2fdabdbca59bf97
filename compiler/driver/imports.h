// The folders that a policy imports, and those that they import: found, read and parsed, each once.
#pragma once

#include <string>

#include "compiler/driver/policy.h"

namespace tocsin::driver {

// Adds the trees of imported folders to those of the policy, which are parsed, and says which
// package each tree belongs to. `root` is the policy's folder with its `/`.
check::Packages ReadImports(const std::string& root, Compilation& compilation);

}  // namespace tocsin::driver
