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

extern const values::FunctionRow function_sum;
const values::FunctionRow function_sum{
    .name = "sum",
    .documentation = "The sum of the samples of a window, or of rows.",
    .parameters = kParameters,
    .result = FunctionUnit::kSame,
    .over_window = true,
    .across_rows = true,
    .additive = true,
};

}  // namespace tocsin::stdlib
