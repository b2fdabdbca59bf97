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

extern const values::FunctionRow function_min;
const values::FunctionRow function_min{
    .name = "min",
    .documentation = "The smallest sample of a window, or the smallest of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
    .across_rows = true,
};

}  // namespace tocsin::stdlib
