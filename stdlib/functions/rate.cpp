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

extern const values::FunctionRow function_rate;
const values::FunctionRow function_rate{
    .name = "rate",
    .documentation = "How fast a counter grew in a window, per second; a fall is a reset.",
    .parameters = kParameters,
    .result = FunctionUnit::kPerSecond,
    .over_window = true,
    .additive = true,
};

}  // namespace tocsin::stdlib
