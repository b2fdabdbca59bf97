// Verify(): one guard or action of a machine.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/ir/problems.h"

namespace tocsin::ir {

enum class CodeRole : std::uint8_t { kGuard, kAction };

// `owner` is whose code it is: "machine `p1_climb`: transition 3".
void VerifyCode(const Program& program, const Machine& machine, std::string_view owner,
                CodeRole role, const std::vector<ScalarInst>& code, Problems& problems);

}  // namespace tocsin::ir
