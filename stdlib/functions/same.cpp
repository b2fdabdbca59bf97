// What a value was some time ago: kept by the engine, see runtime/engine/earlier.h.

#include <array>

#include "stdlib/functions/functions.h"

namespace tocsin::stdlib {
namespace {

using values::FunctionParameter;
using values::FunctionUnit;

constexpr std::array kParameters = {
    FunctionParameter{"value", FunctionUnit::kAnything},
    FunctionParameter{"ago", FunctionUnit::kDuration, true},
};

}  // namespace

extern const values::FunctionRow function_same;
const values::FunctionRow function_same{
    .name = "same",
    .documentation =
        "The same some time ago: what its first argument was at the tick that lies so far back.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .examples = {},
    .earlier = true,
};

}  // namespace tocsin::stdlib
