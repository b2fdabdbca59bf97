// The policies that people are given to start from: the examples, and those of the documentation.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/policy.h"

namespace tocsin::testing {

struct ShippedPolicy {
  std::string name;                       // its folder
  std::vector<driver::PolicyText> files;  // by path
};

// From the root of the project. Those that have findings without a slip are left out: the
// documentation has some to show them.
std::vector<ShippedPolicy> ShippedPolicies();

}  // namespace tocsin::testing
