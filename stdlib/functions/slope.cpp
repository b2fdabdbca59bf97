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

extern const values::FunctionRow function_slope;
const values::FunctionRow function_slope{
    .name = "slope",
    .documentation = "How fast a value changes in a window, per second, by least squares.",
    .parameters = kParameters,
    .result = FunctionUnit::kPerSecond,
    .over_window = true,
};

}  // namespace tocsin::stdlib
