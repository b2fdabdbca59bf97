// A policy with other values of its constants, for trying out what a threshold would have done:
// `disk_limit=90%` takes the place of the value of `let disk_limit`. The argument is read as the
// policy is, so that it may be any expression, and what is wrong with it is a finding in it.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/policy.h"

namespace tocsin::driver {

// As Load(), with each NAME=VALUE of `settings`. What makes no sense before anything is run is
// given back in words: no `=`, a name that is no `let` of the policy; then nothing was loaded.
std::string LoadWith(const std::string& path, const std::vector<std::string>& settings,
                     Loaded& loaded);

// Puts the declarations of `compilation.settings` in the place of those that are called the same.
// The policy's own files are parsed.
void ApplySettings(Compilation& compilation);

}  // namespace tocsin::driver
