#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAny},
};

}  // namespace

extern const values::FunctionRow function_drop;
const values::FunctionRow function_drop{
    .name = "drop",
    .documentation =
        "How much smaller the newest sample of a window is than its oldest, as a part of that.",
    .parameters = kParameters,
    .result = FunctionUnit::kRatio,
    .over_window = true,
};

}  // namespace tocsin::stdlib
